"""What lies on a stick: repositories of ours, or something of somebody else's that is none of our business."""

import os
import re
import stat
from pathlib import Path

from content_packs.errors import SourceError
from content_packs.model import ID_PATTERN
from sync.layout import METADATA, STICK_FOLDER

_TIMESTAMP = "timestamp.json"
_REPOSITORIES = 64
"""More than any stick of ours holds; a folder with a million names is not gone through."""


def repositories_on(folder: Path) -> tuple[Path, ...]:
    """Return the repositories of a stick or of a folder, in order of name; empty if it is none of ours.

    Only names are looked at, and never through a link. A folder that is a repository itself counts as one.

    Args:
        folder: Where a stick is mounted, or any folder.

    Raises:
        SourceError: It cannot be read: pulled out, perhaps.
    """
    try:
        if _is_repository(folder):
            return (folder,)
        base = folder / STICK_FOLDER
        if not _is_folder(base):
            return ()
        with os.scandir(base) as entries:
            names = [entry.name for _, entry in zip(range(_REPOSITORIES), entries, strict=False)]
        named = (base / name for name in sorted(names) if re.fullmatch(ID_PATTERN, name))
        return tuple(path for path in named if _is_repository(path))
    except OSError as error:
        raise SourceError(
            "U盘读不出来。",
            why=f"{folder}：{error.strerror}",
            todo="请拔出再插一次；还不行，请换一个U盘。",
            code="S-221",
        ) from error


def _is_repository(folder: Path) -> bool:
    return _is_folder(folder) and _is_folder(folder / METADATA) and _is_file(folder / METADATA / _TIMESTAMP)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
