"""The first sight, kept from the last time: home is painted before a pack, a setting or a library has been read.

What is kept is believed only while nothing that it was made from has changed: the program, the settings, what is known
of trust, and whatever lies in the folders of the packs, byte for byte or by the marks of the file. If it is damaged or
does not fit, the kiosk starts the ordinary way. Soon after the first frame the packs are read all the same, and they
have the last word.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from content_packs.built import BUILT_ON
from content_packs.durable import write_in_place
from kiosk.home import Home
from ui.sight import AppearanceState, AskedRow, FirstSight, HomeContent, TileRow

FILE: Final = "first-sight.json"
FORMAT: Final = 2
"""Of the file. A program that shows home in other words has another one, or another day on which it was built."""

PACKS: Final = "packs"
TRUST: Final = "trust"
"""Folders of a home; those who own them take too long to import."""

LIMIT_BYTES: Final = 1_048_576

Marks = Mapping[str, str]
"""Everything that a first sight is made from: the name of each part, and what tells it from any other state of it."""

_SMALL_BYTES: Final = 65_536
"""Files up to this size are compared byte for byte, larger ones by size, time of change and inode."""


def marks_of(home: Home) -> Marks:
    """Return what the first sight of a home is made from, as it is now."""
    marks = {"program": f"{BUILT_ON} {FORMAT}"}
    settings = (home.site_file, home.screen_file)
    for path in (*settings, *_files(home.root / TRUST, depth=1), *_files(home.root / PACKS, depth=3)):
        with suppress(OSError):
            marks[str(path.relative_to(home.root))] = _mark_of(path)
    return marks


def kept_sight(home: Home) -> FirstSight | None:
    """Return the first sight of a home as it was kept; None if there is none that can be believed."""
    try:
        with (home.root / FILE).open("rb") as file:
            data = file.read(LIMIT_BYTES)
        checksum, _, body = data.partition(b"\n")
        if int(checksum, 16) != crc32(body):
            return None
        kept = json.loads(body)
        return _sight_of(kept["sight"]) if kept["marks"] == marks_of(home) else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def keep_sight(home: Home, sight: FirstSight, marks: Marks) -> None:
    """Keep a first sight for the next start; on a disk that refuses, the next start is the ordinary one.

    Args:
        home: Whose it is.
        sight: What is shown.
        marks: What it was made from, as it was before that was read.
    """
    body = json.dumps({"marks": marks, "sight": _kept(sight)}, ensure_ascii=False).encode()
    with suppress(OSError):
        write_in_place(home.root / FILE, f"{crc32(body):08x}\n".encode() + body)


def _files(folder: Path, *, depth: int) -> Iterator[Path]:
    """Give the files of a folder, and of the folders in it down to a depth; what is hidden is still being made."""
    with suppress(OSError):
        for path in sorted(path for path in folder.iterdir() if path.name[0] != "."):
            if not path.is_dir():
                yield path
            elif depth > 1:
                yield from _files(path, depth=depth - 1)


def _mark_of(path: Path) -> str:
    stat = path.stat()
    if stat.st_size <= _SMALL_BYTES:
        return path.read_bytes().decode(errors="backslashreplace")
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _kept(said: Any) -> Any:  # noqa: ANN401 (whatever a first sight is made of)
    """Return a first sight, or a part of it, as it is written: with the names of its fields."""
    if hasattr(said, "_asdict"):
        return {name: _kept(value) for name, value in said._asdict().items()}
    return [_kept(value) for value in said] if isinstance(said, tuple) else said


def _sight_of(kept: dict[str, Any]) -> FirstSight:
    content, notice = kept["content"], kept["content"]["notice"]
    rows = {name: tuple(TileRow(**row) for row in content[name]) for name in ("tiles", "themes", "people")}
    return FirstSight(
        content=HomeContent(
            village=content["village"],
            updated=content["updated"],
            remark=content["remark"],
            notice=AskedRow(**notice) if notice else None,
            asked=tuple(AskedRow(**row) for row in content["asked"]),
            **rows,
        ),
        appearance=AppearanceState(**kept["appearance"]),
        screen_inches=kept["screen_inches"],
        viewing_distance_mm=kept["viewing_distance_mm"],
        idle_s=kept["idle_s"],
        warn_s=kept["warn_s"],
    )
