"""Several arrays and a note in one file: written aside and made durable in one step, read back mapped, not loaded."""

from collections.abc import Mapping
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.lib.format import header_data_from_array_1_0, write_array_header_1_0
from numpy.typing import NDArray

from content_packs.durable import move_into_place

_MAGIC: Final = b"CUNKOU-1"
_ALIGNED: Final = 64
_LENGTH_BYTES: Final = 8
_START: Final = len(_MAGIC) + _LENGTH_BYTES


class ArraysDamageError(Exception):
    """A file that is not one of these, or not all of it."""


class _Place(Struct, frozen=True):
    dtype: str
    count: int
    offset: int


class _Head(Struct, frozen=True):
    places: dict[str, _Place]
    end: int


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], note: bytes = b"") -> None:
    """Write a file that is there as a whole or not at all, also after a power cut.

    Args:
        path: Of the file; its folder exists.
        arrays: Of one dimension, by name.
        note: Anything else; kept under the name ``note``.

    Raises:
        OSError: The disk refused.
    """
    columns = {**arrays, "note": np.frombuffer(note, np.uint8)}
    places: dict[str, _Place] = {}
    offset = 0
    for name, column in columns.items():
        places[name] = _Place(column.dtype.str, len(column), offset)
        offset = _aligned(offset + column.nbytes)
    head = msgspec.json.encode(_Head(places, offset))
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(_LENGTH_BYTES, "little") + head)
        begin = _aligned(file.tell())
        for name, column in columns.items():
            file.seek(begin + places[name].offset)
            file.write(np.ascontiguousarray(column).data)
        file.truncate(begin + offset)
    move_into_place(aside, path)


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write one array as ``numpy.load`` reads it.

    ``numpy.save`` itself leaves the bytes to the C library, and does not see that they were refused when it closes.

    Raises:
        OSError: The disk refused.
    """
    whole = np.ascontiguousarray(array)
    with path.open("wb") as file:
        write_array_header_1_0(file, header_data_from_array_1_0(whole))
        file.write(whole.data)


class Arrays:
    """What `write_arrays` wrote.

    Args:
        path: Of the file.

    Raises:
        ArraysDamageError: It is missing, something else, or cut off.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
            data = np.frombuffer(self._mapped, np.uint8)
            length = int.from_bytes(data[len(_MAGIC) : _START].tobytes(), "little")
            head = msgspec.json.decode(data[_START : _START + length].tobytes(), type=_Head)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise ArraysDamageError(str(path)) from error
        self._begin = _aligned(_START + length)
        if data[: len(_MAGIC)].tobytes() != _MAGIC or len(data) != self._begin + head.end:
            raise ArraysDamageError(str(path))
        self._data = data
        self._places = head.places

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return one array; it cannot be changed."""
        place = self._places[name]
        kind = np.dtype(place.dtype)
        first = self._begin + place.offset
        return self._data[first : first + place.count * kind.itemsize].view(kind)

    def rest(self) -> None:
        """Give the memory of what was read back to the system; it is read again where it is needed again."""
        self._mapped.madvise(MADV_DONTNEED)

    @property
    def note(self) -> bytes:
        """What was noted beside the arrays."""
        return self["note"].tobytes()


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED
