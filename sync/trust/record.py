"""What must survive everything: the floor of time and the highest versions that were ever promoted.

In two slots: python-tuf's own protection rests on metadata files, and a power cut that empties them would let an old
stick in.
"""

from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from content_packs.limits import MIB
from content_packs.slots import Slots

FOLDER: Final = "trust"
"""Of a home, for all that concerns trust."""

_NAMES: Final = ("floor.a.json", "floor.b.json")
_SLOT_BYTES: Final = 4 * MIB


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What this kiosk has seen.

    Attributes:
        floor: A day that is sure to have passed.
        seen: Repository → role → highest version.
    """

    floor: date
    seen: dict[str, dict[str, int]] = {}


def read_record(folder: Path, *, built: date) -> Record:
    """Return the newest valid record, its floor never below ``built``; an empty one if there is none."""
    record = Slots(folder, _NAMES, _SLOT_BYTES).read(Record) or Record(built)
    return Record(max(record.floor, built), record.seen)


def write_record(folder: Path, record: Record) -> None:
    """Remember what was seen; on return it is on the disk.

    Raises:
        OSError: The disk refused; the old record still holds.
    """
    Slots(folder, _NAMES, _SLOT_BYTES).write(record)
