"""Writing so that a power cut leaves the old state or the new one, never half of either."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from content_packs.errors import DiskFullError, SiteError

DISK_FULL = "磁盘满了，资料包没有写完。"
MAKE_ROOM = "请清理磁盘，再来一次。原来的内容没有变。"


def fsync_file(path: Path) -> None:
    """Return once the bytes of a file are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_folder(path: Path) -> None:
    """Return once the names in a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move_into_place(source: Path, target: Path) -> None:
    """Replace ``target`` by ``source``, both on one volume, and return once that is on the disk.

    A reader sees the old file or the new one. The bytes of ``source`` are made durable before the name changes: a
    rename that overtakes its data leaves an empty file after a power cut.
    """
    fsync_file(source)
    os.replace(source, target)  # noqa: PTH105 — the call whose promise this module rests on
    fsync_folder(target.parent)
    if source.parent != target.parent:
        fsync_folder(source.parent)


def write_in_place(target: Path, data: bytes) -> None:
    """Replace the contents of a small file in one durable step; the folder must exist.

    Whatever lies under the temporary name, a link that somebody put there too, is removed and never written through.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        aside.unlink(missing_ok=True)
        with aside.open("xb") as opened:
            opened.write(data)
        move_into_place(aside, target)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def disk_error(error: OSError, path: Path) -> SiteError:
    """Return the error for an operation of the system that failed while a pack was written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFullError(DISK_FULL, why=f"{path}：{error.strerror}", todo=MAKE_ROOM)
    return SiteError(
        "资料包写不进磁盘。", why=f"{path}：{error.strerror}", todo="请检查磁盘和权限，再来一次。", code="M-311"
    )
