"""A disk that takes its time to make something durable, as cards and turning disks do: an ext4 of its own.

Its bytes lie in a file whose file system is ours (see `tests.fakes.fuse`): what the kernel's ext4 asks the disk to make
durable comes here, and waits. Whatever else it asks costs what it costs. Needs root.
"""

import errno
import os
import stat
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes import fuse

_NAME = "disk.img"
_FILE = 2
_PIECE_BYTES, _PAGE_BYTES = 1 << 20, 4096
_BIG_WRITES, _MORE_PAGES = 1 << 5, 1 << 22
_KEEP_CACHE = 2
_FOREVER_S = 10**6
_PAGES = _PIECE_BYTES // _PAGE_BYTES

_SAME = {
    fuse.INIT: struct.pack(
        *("<IIIIHHIIHHI7I", 7, 31, _PIECE_BYTES, _BIG_WRITES | _MORE_PAGES, 16, 12),
        *(_PIECE_BYTES, 1, _PAGES, 0, 0, *[0] * 7),
    ),
    fuse.OPEN: struct.pack("<QII", 0, _KEEP_CACHE, 0),
    **dict.fromkeys((fuse.RELEASE, fuse.FLUSH, fuse.DESTROY), b""),
}
"""What is answered whatever was asked."""


@contextmanager
def slow_disk(folder: Path, *, size: int, flush_s: float) -> Iterator[Path]:
    """Give the folder where a new, empty disk is mounted.

    Args:
        folder: For what it is made of; on the disk whose speed it otherwise has.
        size: Of the disk, in bytes.
        flush_s: How much longer each flush takes.

    Raises:
        OSError: No file system of our own can be had here.
        CalledProcessError: No disk may be mounted here.
    """
    image, below, place = folder / "slow.img", folder / "slow-below", folder / "slow"
    for made in (below, place):
        made.mkdir(parents=True)
    with image.open("wb") as opened:
        opened.truncate(size)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
        with fuse.mounted(below, lambda: _Disk(image, flush_s), 0), _mounted(below / _NAME, place):
            yield place
    finally:
        image.unlink()


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


class _Disk:
    """One file in a folder, as the kernel is told of it.

    Args:
        image: Holds the bytes.
        flush_s: How much longer than the image's own each flush takes.
    """

    is_answering = True

    def __init__(self, image: Path, flush_s: float) -> None:
        self._bytes = os.open(image, os.O_RDWR)
        self._size = os.fstat(self._bytes).st_size
        self._flush_s = flush_s

    def answer(self, operation: int, node: int, rest: bytes) -> bytes:
        """Return what the kernel is answered, see `tests.fakes.fuse.Volume`."""
        if operation in _SAME:
            return _SAME[operation]
        if operation == fuse.LOOKUP and rest[:-1].decode() != _NAME:
            raise OSError(errno.ENOENT, "")
        answers = {
            fuse.LOOKUP: self._entry,
            fuse.GETATTR: lambda _: struct.pack("<QII", _FOREVER_S, 0, 0) + self._attributes(node),
            fuse.READ: self._read,
            fuse.WRITE: self._write,
            fuse.FSYNC: self._flush,
        }
        if operation not in answers:
            raise OSError(errno.ENOSYS, "")
        return answers[operation](rest)

    def _entry(self, _: bytes) -> bytes:
        return struct.pack("<4QII", _FILE, 0, _FOREVER_S, _FOREVER_S, 0, 0) + self._attributes(_FILE)

    def _read(self, rest: bytes) -> bytes:
        _, offset, length = struct.unpack_from("<QQI", rest)
        return os.pread(self._bytes, length, offset)

    def _write(self, rest: bytes) -> bytes:
        _, offset, length = struct.unpack_from("<QQI", rest)
        return struct.pack("<II", os.pwrite(self._bytes, memoryview(rest)[-length:], offset), 0)

    def _flush(self, _: bytes) -> bytes:
        os.fsync(self._bytes)
        time.sleep(self._flush_s)
        return b""

    def _attributes(self, node: int) -> bytes:
        is_file = node == _FILE
        mode = stat.S_IFREG | 0o600 if is_file else stat.S_IFDIR | 0o700
        size = self._size if is_file else 0
        return struct.pack("<6Q10I", node, size, size // 512, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, _PAGE_BYTES, 0)
