"""A file system in a process of ours, spoken to by the kernel over /dev/fuse. Needs root."""

import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

LOOKUP, FORGET, GETATTR, OPEN, READ, WRITE, STATFS, RELEASE, FSYNC = 1, 2, 3, 14, 15, 16, 17, 18, 20
FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, INTERRUPT, DESTROY, FORGET_MANY = 25, 26, 27, 28, 29, 36, 38, 42
ROOT = 1
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8

_HEAD = struct.Struct("<IIQQIIII")
_BUFFER_BYTES = 1 << 20
_UNANSWERED = {FORGET, FORGET_MANY, INTERRUPT}
_DETACH = 2


class Volume(Protocol):
    """What the kernel is told."""

    @property
    def is_answering(self) -> bool:
        """Whether it goes on; nobody answers afterwards."""

    def answer(self, operation: int, node: int, rest: bytes) -> bytes:
        """Return what the kernel is answered.

        Args:
            operation: What it wants.
            node: Of which file.
            rest: What follows the head of the request.

        Raises:
            OSError: It is refused.
        """


@contextmanager
def mounted(place: Path, begin: Callable[[], Volume], how: int) -> Iterator[None]:
    """Mount a volume that a process of its own answers for.

    Args:
        place: An empty folder.
        begin: Called in that process.
        how: Flags of the mount.

    Raises:
        OSError: There is no /dev/fuse here, or no right to use it.
    """
    line = os.open("/dev/fuse", os.O_RDWR)
    try:
        _mount(line, place, how)
        pid = os.fork()
        if pid == 0:
            _serve(line, begin)
    finally:
        os.close(line)
    try:
        yield
    finally:
        _libc().umount2(os.fsencode(place), _DETACH)
        os.waitpid(pid, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _mount(line: int, place: Path, how: int) -> None:
    options = f"fd={line},rootmode=40000,user_id=0,group_id=0".encode()
    if _libc().mount(b"ours", os.fsencode(place), b"fuse", how, options):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _serve(line: int, begin: Callable[[], Volume]) -> None:
    """Answer until the volume ends or is unmounted; never returns."""
    try:
        volume = begin()
        while volume.is_answering:
            request = os.read(line, _BUFFER_BYTES + 4096)
            _, operation, unique, node, *_ = _HEAD.unpack_from(request)
            if operation in _UNANSWERED:
                continue
            try:
                error, answer = 0, volume.answer(operation, node, request[_HEAD.size :])
            except OSError as refused:
                error, answer = refused.errno or 5, b""
            os.write(line, struct.pack("<IiQ", 16 + len(answer), -error, unique) + answer)
            if operation == DESTROY:
                break
    finally:
        os._exit(0)
