"""A small record that is never half written: two slots, each with a number and a checksum.

A write goes to the slot that is not in use, in one durable step; a read takes the valid slot with the higher number. A
slot that the disk has spoilt, long after it was written, leaves the record before it.
"""

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs.durable import write_in_place

_SLOTS = ("pointer.a", "pointer.b")
_SLOT_BYTES = 4096


class Pointer(Struct, frozen=True, forbid_unknown_fields=True):
    """Which version of a pack is read.

    Attributes:
        current: Name of the version's folder.
        previous: The version that a roll-back returns to; empty if there is none.
    """

    current: str
    previous: str = ""


class _Slot(Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    pointer: Pointer
    sha256: str


def read_pointer(folder: Path) -> Pointer | None:
    """Return the newest valid record of a folder; None if there is none."""
    newest = max(_slots(folder), key=lambda found: found[1].number, default=None)
    return newest[1].pointer if newest else None


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Put a new record into the slot that is not in use; on return it is on the disk.

    Raises:
        OSError: The disk refused; the old record still holds.
    """
    newest = max(_slots(folder), key=lambda found: found[1].number, default=None)
    number = newest[1].number + 1 if newest else 1
    name = next(name for name in _SLOTS if newest is None or name != newest[0])
    write_in_place(folder / name, msgspec.json.encode(_Slot(number, pointer, _checksum(number, pointer))) + b"\n")


def _slots(folder: Path) -> list[tuple[str, _Slot]]:
    found: list[tuple[str, _Slot]] = []
    for name in _SLOTS:
        try:
            with (folder / name).open("rb") as opened:
                slot = msgspec.json.decode(opened.read(_SLOT_BYTES), type=_Slot)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if slot.sha256 == _checksum(slot.number, slot.pointer):
            found.append((name, slot))
    return found


def _checksum(number: int, pointer: Pointer) -> str:
    return hashlib.sha256(f"{number}\0{pointer.current}\0{pointer.previous}".encode()).hexdigest()
