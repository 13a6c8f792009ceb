"""Writing one small file onto a stick of ours: the last thing that happens, when everything has been read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from content_packs import open_flags
from content_packs.errors import SourceError
from sync.layout import RECEIPTS_FOLDER

_FOLDER_FLAGS = os.O_RDONLY | open_flags.A_FOLDER | open_flags.NO_FOLLOW | open_flags.NOT_FOR_CHILDREN
_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | open_flags.NO_FOLLOW | open_flags.NOT_FOR_CHILDREN


def write_receipt(stick: Path, name: str, data: bytes) -> None:
    """Put a receipt into the folder for receipts, in the place of an earlier one of that name; durable on return.

    What lies on a stick may have been put there to lead us elsewhere: nothing is opened through a link, and nothing is
    written but in the folder that an export made.

    Args:
        stick: Where it is mounted, writable.
        name: Of the file.
        data: Its bytes.

    Raises:
        SourceError: The stick has no such folder, is full, write-protected or gone. Nothing else is lost by that.
    """
    aside = f".{name}.{secrets.token_hex(4)}"
    try:
        folder = os.open(stick / RECEIPTS_FOLDER, _FOLDER_FLAGS)
        try:
            _write(folder, aside, data)
            os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
            os.fsync(folder)
        except OSError:
            with suppress(OSError):
                os.unlink(aside, dir_fd=folder)
            raise
        finally:
            os.close(folder)
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(
            "回执没有写到U盘上。", why=why, todo="内容已经装好，不要紧；发布单位想要回执，请换一个U盘。", code="S-223"
        ) from error


def _write(folder: int, name: str, data: bytes) -> None:
    handle = os.open(name, _FILE_FLAGS, 0o644, dir_fd=folder)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
