"""Which version of a pack is read: a record in two slots, so that a power cut leaves the old one or the new one."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from content_packs.slots import Slots

_NAMES: Final = ("pointer.a", "pointer.b")
_SLOT_BYTES: Final = 4096


class Pointer(Struct, frozen=True, forbid_unknown_fields=True):
    """Which version of a pack is read.

    Attributes:
        current: Name of the version's folder.
        previous: The version that a roll-back returns to; empty if there is none.
    """

    current: str
    previous: str = ""


def read_pointer(folder: Path) -> Pointer | None:
    """Return the newest valid record of a pack's folder; None if there is none."""
    return Slots(folder, _NAMES, _SLOT_BYTES).read(Pointer)


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Let another version be read; on return that is on the disk.

    Raises:
        OSError: The disk refused; the old record still holds.
    """
    Slots(folder, _NAMES, _SLOT_BYTES).write(pointer)
