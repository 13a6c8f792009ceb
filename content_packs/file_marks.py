"""How files look from outside: whoever keeps what it has read of them learns from it that they were replaced."""

from pathlib import Path
from typing import Final

PACKS: Final = "packs"
"""Folder of a home that holds all packs, each in a folder of its own."""

_POINTERS: Final = "*/pointer.*"

FileMarks = tuple[tuple[str, int, int], ...]
"""Path, time of change and inode of each file, in order of path."""


def marks_of(folder: Path, pattern: str) -> FileMarks:
    """Return what changes whenever one of some files is replaced, added or removed; nothing of them is read.

    Args:
        folder: Where they are; may be missing.
        pattern: Of their paths below it, as for `pathlib.Path.glob`.
    """
    found = []
    for path in sorted(folder.glob(pattern)):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_ino))
    return tuple(found)


def pointer_marks(home: Path) -> FileMarks:
    """Return what changes whenever a pack is installed, replaced, rolled back or taken away, also by another process.

    Costs one look at two small files of each pack, and little to import: a process asks this all day.

    Args:
        home: Folder that holds all state.
    """
    return marks_of(home / PACKS, _POINTERS)
