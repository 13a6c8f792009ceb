"""What must survive everything: the floor of time and the highest versions that were ever promoted.

Two slots, written in turn, each with a number and a checksum. python-tuf's own protection rests on metadata files; a
power cut that empties them would let an old stick in.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from content_packs.durable import write_in_place
from content_packs.limits import MIB

FOLDER: Final = "trust"
"""Of a home, for all that concerns trust."""

_SLOTS: Final = ("floor.a.json", "floor.b.json")
_SLOT_BYTES: Final = 4 * MIB


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What this kiosk has seen.

    Attributes:
        floor: A day that is sure to have passed.
        seen: Repository → role → highest version.
    """

    floor: date
    seen: dict[str, dict[str, int]] = {}


class _Slot(Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    sha256: str
    record: Record


def read_record(folder: Path, *, built: date) -> Record:
    """Return the newest valid record, its floor never below ``built``; an empty one if there is none."""
    newest = max(_slots(folder), key=lambda found: found[1].number, default=None)
    record = newest[1].record if newest else Record(built)
    return Record(max(record.floor, built), record.seen)


def write_record(folder: Path, record: Record) -> None:
    """Put a new record into the slot that is not in use; on return it is on the disk.

    Raises:
        OSError: The disk refused; the old record still holds.
    """
    newest = max(_slots(folder), key=lambda found: found[1].number, default=None)
    number = newest[1].number + 1 if newest else 1
    name = next(name for name in _SLOTS if newest is None or name != newest[0])
    write_in_place(folder / name, msgspec.json.encode(_Slot(number, _checksum(number, record), record)) + b"\n")


def _slots(folder: Path) -> list[tuple[str, _Slot]]:
    found: list[tuple[str, _Slot]] = []
    for name in _SLOTS:
        try:
            with (folder / name).open("rb") as opened:
                slot = msgspec.json.decode(opened.read(_SLOT_BYTES), type=_Slot)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if slot.sha256 == _checksum(slot.number, slot.record):
            found.append((name, slot))
    return found


def _checksum(number: int, record: Record) -> str:
    return hashlib.sha256(b"%d\0" % number + msgspec.json.encode(record, order="sorted")).hexdigest()
