"""A small record that is never half written: two slots, each with a number and a checksum.

A write goes to the slot that is not in use, in one durable step; a read takes the valid slot with the higher number. A
slot that the disk has spoilt, long after it was written, leaves the record before it.
"""

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from content_packs.durable import write_in_place
from content_packs.unreadable import UNREADABLE

Record = TypeVar("Record", bound=Struct)


class _Slot(Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    sha256: str
    record: Raw


class Slots:
    """Two files of a folder that hold one record between them."""

    def __init__(self, folder: Path, names: tuple[str, str], limit: int) -> None:
        """Name the two files.

        Args:
            folder: Where they are, or will be.
            names: Of the two files.
            limit: Bytes; a slot that is longer counts as spoilt.
        """
        self._paths = (folder / names[0], folder / names[1])
        self._limit = limit

    def read(self, kind: type[Record]) -> Record | None:
        """Return the newest valid record; None if neither slot holds one."""
        newest = max(self._valid(kind), key=lambda found: found[1], default=None)
        return newest[2] if newest else None

    def write(self, record: Struct) -> None:
        """Put a record into the slot that is not in use; on return it is on the disk.

        Raises:
            OSError: The disk refused; the old record still holds.
        """
        newest = max(self._valid(type(record)), key=lambda found: found[1], default=None)
        number = newest[1] + 1 if newest else 1
        path = next(path for path in self._paths if newest is None or path != newest[0])
        body = Raw(msgspec.json.encode(record, order="sorted"))
        write_in_place(path, msgspec.json.encode(_Slot(number, _checksum(number, body), body)) + b"\n")

    def _valid(self, kind: type[Record]) -> list[tuple[Path, int, Record]]:
        found: list[tuple[Path, int, Record]] = []
        for path in self._paths:
            try:
                with path.open("rb") as opened:
                    slot = msgspec.json.decode(opened.read(self._limit), type=_Slot)
                if slot.sha256 == _checksum(slot.number, slot.record):
                    found.append((path, slot.number, msgspec.json.decode(slot.record, type=kind)))
            except (OSError, *UNREADABLE):
                continue
        return found


def _checksum(number: int, body: Raw) -> str:
    return hashlib.sha256(b"%d\0" % number + bytes(body)).hexdigest()
