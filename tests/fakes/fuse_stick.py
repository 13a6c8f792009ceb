"""A stick that can be pulled at any byte: a file system of ours.

It shows a folder as a FAT stick would: names in any case, times in steps of two seconds, no links, nothing to write.
What was read is noted, so that a test can see whether a byte went over twice. Needs root.
"""

import errno
import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.fakes import fuse

_ATTRIBUTES = struct.Struct("<6Q10I")
_UNKNOWN = {5: errno.EINVAL, 22: errno.ENOSYS, 23: errno.ENOSYS, 34: errno.ENOSYS, 39: errno.ENOSYS, 46: errno.ENOSYS}
"""What is not answered with "read only": links, attributes beside the file, rights, other seeks."""

_SAME = {
    fuse.INIT: struct.pack("<IIIIHHIIHHI7I", 7, 31, 0, 0, 1, 1, 4096, 1, 1, 0, 0, *[0] * 7),
    fuse.STATFS: struct.pack("<5Q4I6I", 1000, 0, 0, 1000, 0, 4096, 255, 4096, 0, *[0] * 6),
    fuse.OPEN: struct.pack("<QII", 0, 1, 0),  # read directly: what goes over is what was asked for
    fuse.OPENDIR: struct.pack("<QII", 0, 0, 0),
    **dict.fromkeys((fuse.RELEASE, fuse.RELEASEDIR, fuse.FLUSH, fuse.DESTROY), b""),
}
"""What is answered whatever was asked."""

_HOW = fuse.READ_ONLY | fuse.NO_SUID | fuse.NO_DEVICES | fuse.NO_PROGRAMS


@dataclass(frozen=True)
class Faults:
    """What goes wrong with a stick.

    Attributes:
        pulled_after: After so many bytes of all files it is gone; None if it stays.
        leaves_mount: Whether its mount stays when it is pulled, and everything in it fails.
        failing_reads: Reads, counted from 1, that fail once.
        is_shouting: Whether it tells its names in capitals, as some do.
    """

    pulled_after: int | None = None
    leaves_mount: bool = False
    failing_reads: frozenset[int] = frozenset()
    is_shouting: bool = False


@dataclass(frozen=True)
class Handed:
    """Bytes of a file that went over."""

    path: str
    start: int
    end: int


@dataclass
class Stick:
    """A stick that is plugged in.

    Attributes:
        place: Where it is mounted.
    """

    place: Path
    _log: Path

    @property
    def handed(self) -> list[Handed]:
        """What went over so far, in order."""
        rows = (line.rsplit(" ", 2) for line in self._log.read_text().splitlines())
        return [Handed(path, int(start), int(end)) for path, start, end in rows]


def is_possible(folder: Path) -> str:
    """Return why no stick can be plugged in here; empty if it can."""
    if os.geteuid() != 0:
        return "needs root"
    (folder / "probe").mkdir(parents=True)
    (folder / "probe" / "a").write_text("a")
    try:
        with plugged(folder / "probe", folder / "probe-place") as stick:
            return "" if (stick.place / "A").read_text() == "a" else "FUSE does not work here"
    except OSError as error:
        return f"FUSE does not work here: {error}"


@contextmanager
def plugged(contents: Path, place: Path, faults: Faults | None = None) -> Iterator[Stick]:
    """Give a stick with the contents of a folder, mounted at a place.

    Raises:
        OSError: There is no /dev/fuse here, or no right to use it.
    """
    place.mkdir(exist_ok=True)
    log = place.with_suffix(".log")
    log.write_text("")
    with fuse.mounted(place, lambda: _Volume(contents, faults or Faults(), log.open("a", buffering=1)), _HOW):
        yield Stick(place, log)


@dataclass
class _Volume:
    """What the kernel is told."""

    contents: Path
    faults: Faults
    log: IO[str]
    is_gone: bool = False
    _nodes: list[Path] = field(default_factory=list)
    _reads: int = 0
    _bytes: int = 0

    def __post_init__(self) -> None:
        self._nodes = [self.contents]

    @property
    def is_answering(self) -> bool:
        """Whether it is plugged in, or what is mounted fails."""
        return not self.is_gone or self.faults.leaves_mount

    def answer(self, operation: int, node: int, rest: bytes) -> bytes:
        """Return what the kernel is answered.

        Raises:
            OSError: It is refused.
        """
        if operation in _SAME:
            return _SAME[operation]
        if self.is_gone:
            raise OSError(errno.EIO, "")
        path = self._nodes[node - fuse.ROOT]
        if operation == fuse.LOOKUP:
            return self._entry(path, rest[:-1].decode())
        if operation == fuse.GETATTR:
            return struct.pack("<QII", 0, 0, 0) + self._attributes(path)
        if operation in {fuse.READ, fuse.READDIR}:
            _, offset, size = struct.unpack_from("<QQI", rest)
            return self._read(path, offset, size) if operation == fuse.READ else self._listed(path, offset, size)
        raise OSError(_UNKNOWN.get(operation, errno.EROFS), "")

    def _entry(self, folder: Path, name: str) -> bytes:
        """Return what a name stands for, in whatever case it is written."""
        path = next((path for path in folder.iterdir() if path.name.casefold() == name.casefold()), None)
        if path is None or path.is_symlink():
            raise OSError(errno.ENOENT, "")
        if path not in self._nodes:
            self._nodes.append(path)
        return struct.pack("<4QII", self._nodes.index(path) + fuse.ROOT, 0, 0, 0, 0, 0) + self._attributes(path)

    def _attributes(self, path: Path) -> bytes:
        found = path.stat()
        number = self._nodes.index(path) + fuse.ROOT
        day = int(found.st_mtime) // 2 * 2
        mode = (stat.S_IFDIR if path.is_dir() else stat.S_IFREG) | 0o755
        blocks = -(-found.st_size // 512)
        return _ATTRIBUTES.pack(number, found.st_size, blocks, day, day, day, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)

    def _read(self, path: Path, offset: int, size: int) -> bytes:
        """Return bytes of a file; the last ones before the stick is pulled may be fewer than were asked for."""
        self._reads += 1
        if self._reads in self.faults.failing_reads:
            raise OSError(errno.EIO, "")
        with path.open("rb") as opened:
            opened.seek(offset)
            data = opened.read(size)
        if self.faults.pulled_after is not None and self._bytes + len(data) >= self.faults.pulled_after:
            self.is_gone = True
            data = data[: self.faults.pulled_after - self._bytes]
            if not data:
                raise OSError(errno.EIO, "")
        self._bytes += len(data)
        if data:
            self.log.write(f"{path.relative_to(self.contents)} {offset} {offset + len(data)}\n")
        return data

    def _listed(self, folder: Path, offset: int, size: int) -> bytes:
        out = b""
        for number, path in enumerate(sorted(folder.iterdir())[offset:], offset + 1):
            name = (path.name.upper() if self.faults.is_shouting else path.name).encode()
            kind = stat.S_IFDIR >> 12 if path.is_dir() else stat.S_IFREG >> 12
            entry = struct.pack("<QQII", number, number, len(name), kind) + name
            entry += bytes(-len(entry) % 8)
            if len(out) + len(entry) > size:
                break
            out += entry
        return out
