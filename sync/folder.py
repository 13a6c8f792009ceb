"""A repository in a folder: on a stick, or on this machine.

A folder that came from outside may hold anything: links that lead elsewhere, named pipes that block for ever, devices.
Only regular files below the folder are opened, step by step, and never through a link. A pulled stick answers "no such
file" and stays in the table of mounts for a while, so that a missing file is believed only after a second look.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from content_packs import open_flags
from sync.source import ASK_PUBLISHER, TRY_AGAIN, SourceGoneError, SourceMissingError, SourceWrongError, path_parts

CHUNK_BYTES = 1024 * 1024

_NAMES = 64
"""Of the folder, remembered to tell whether it is still there; more than a repository of ours has."""

_FOLDER_FLAGS = os.O_RDONLY | open_flags.A_FOLDER | open_flags.NO_FOLLOW | open_flags.NOT_FOR_CHILDREN
_FILE_FLAGS = os.O_RDONLY | open_flags.NO_FOLLOW | open_flags.NO_WAIT | open_flags.NOT_FOR_CHILDREN
_DEVICES = Path("/sys/dev/block")


class FolderSource:
    """A folder that holds a repository.

    Args:
        base: The folder; may itself be reached through links.
        label: What people call it; the folder's name if empty.
        is_stick: Whether it is carried by hand. A plain folder counts as carried: nobody says how old it is.

    Raises:
        SourceGoneError: There is no such folder.
    """

    def __init__(self, base: Path, *, label: str = "", is_stick: bool = True) -> None:
        self._base = Path(os.path.realpath(base))
        self._label = label or self._base.name or str(self._base)
        self._is_stick = is_stick
        try:
            found = self._base.stat()
            with os.scandir(self._base) as entries:
                self._names = frozenset(entry.name for entry in islice(entries, _NAMES))
        except OSError as error:
            raise _gone(self._label, error.strerror or str(error)) from error
        self._identity = (found.st_dev, found.st_ino)
        self._device = _DEVICES / f"{os.major(found.st_dev)}:{os.minor(found.st_dev)}"
        self._has_device = self._device.exists()

    @property
    def label(self) -> str:
        """What people call it."""
        return self._label

    @property
    def is_stick(self) -> bool:
        """Whether it is carried by hand."""
        return self._is_stick

    def fetch(self, path: str, limit: int) -> bytes:
        """Return the whole of a small file, see `sync.source.PackSource`."""
        with self.open_range(path, 0, limit + 1, None) as reply:
            data = b"".join(reply.chunks())
        if len(data) > limit:
            raise SourceWrongError(
                "来源里的文件太大。", why=f"{path}：超过 {limit} 字节", todo=ASK_PUBLISHER, code="S-217"
            )
        return data

    @contextmanager
    def open_range(self, path: str, start: int, length: int, validator: str | None) -> Iterator["FolderReply"]:
        """Open a part of a file, see `sync.source.PackSource`."""
        opened = self._open(path)
        try:
            found = os.fstat(opened)
            state = f"{found.st_size}-{found.st_mtime_ns}"
            if validator not in {None, state}:
                start = 0
            if start > found.st_size:
                raise SourceWrongError(
                    "来源里的文件不完整。", why=f"{path}：只有 {found.st_size} 字节", todo=ASK_PUBLISHER, code="S-218"
                )
            yield FolderReply(self, opened, start, length, state)
        finally:
            with suppress(OSError):
                os.close(opened)

    def gone(self, error: OSError) -> SourceGoneError:
        """Return what to tell when reading failed: for a stick it is the same whether it was pulled or is failing."""
        return _gone(self._label, error.strerror or str(error))

    def _open(self, path: str) -> int:
        """Return a descriptor of a regular file."""
        *folders, name = path_parts(path)
        held = self._open_base()
        try:
            for folder in folders:
                inner = os.open(folder, _FOLDER_FLAGS, dir_fd=held)
                os.close(held)
                held = inner
            opened = os.open(name, _FILE_FLAGS, dir_fd=held)
        except FileNotFoundError as error:
            self._require_still_there(error)
            raise SourceMissingError("来源里没有这个文件。", why=path, todo=ASK_PUBLISHER) from error
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
                self._require_still_there(error)
                raise _no_plain_file(path) from error
            raise self.gone(error) from error
        finally:
            os.close(held)
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise _no_plain_file(path)
        return opened

    def _open_base(self) -> int:
        try:
            held = os.open(self._base, _FOLDER_FLAGS)
        except OSError as error:
            raise self.gone(error) from error
        found = os.fstat(held)
        if (found.st_dev, found.st_ino) != self._identity:
            os.close(held)
            raise _gone(self._label, "原来的位置上换了别的东西")
        return held

    def _require_still_there(self, error: OSError) -> None:
        """Return if the folder still holds what it held at first, on the device it was on."""
        try:
            with os.scandir(self._base) as entries:
                next(entries, None)
        except OSError as broken:
            raise self.gone(broken) from broken
        has_all = all(os.path.lexists(self._base / name) for name in self._names)
        if not has_all or (self._has_device and not self._device.exists()):
            raise self.gone(error) from error


class FolderReply:
    """Bytes of an open file, see `sync.source.RangeReply`."""

    def __init__(self, source: FolderSource, opened: int, start: int, length: int, state: str) -> None:
        self._source = source
        self._opened = opened
        self._start = start
        self._length = length
        self._state = state

    @property
    def start(self) -> int:
        """Where the bytes begin."""
        return self._start

    @property
    def validator(self) -> str:
        """Size and time of change."""
        return self._state

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes, see `sync.source.RangeReply`."""
        position, end = self._start, self._start + self._length
        while position < end:
            try:
                data = os.pread(self._opened, min(CHUNK_BYTES, end - position), position)
            except OSError as error:
                raise self._source.gone(error) from error
            if not data:
                return
            position += len(data)
            yield data


def _gone(label: str, why: str) -> SourceGoneError:
    return SourceGoneError("U 盘或文件夹读不到了。", why=f"{label}：{why}", todo=TRY_AGAIN)


def _no_plain_file(path: str) -> SourceWrongError:
    return SourceWrongError("来源里有不是普通文件的东西。", why=path, todo=ASK_PUBLISHER, code="S-216")
