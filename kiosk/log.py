"""What happened, for whoever looks after the kiosk: bounded, and without a word about the people who used it.

A line is an event and a few fields. Only identifiers and numbers of ours can be written: free text, a query, a name, a
telephone number or what somebody typed has no way in, not even inside an error.
"""

import re
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final

from content_packs.errors import KioskError
from kiosk.home import Home

FILE_BYTES: Final = 262_144
OLD_FILES: Final = 3
HIDDEN: Final = "-"
"""Stands for a value that may not be written."""

Field = int | float | str

_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,79}")
_LONGEST_NUMBER: Final = 99_999_999


class EventLog:
    """Writes events to ``HOME/log/kiosk.log`` and never fails: without room or right it writes nothing.

    May be used from several threads. Not Python's own rotating file, whose sockets and pickles take the screen 5 ms.

    Args:
        home: Whose log it is.
    """

    def __init__(self, home: Home) -> None:
        self._file = home.log / "kiosk.log"
        self._lock = Lock()
        with suppress(OSError):
            home.log.mkdir(mode=0o700, parents=True, exist_ok=True)

    def event(self, name: str, **fields: Field) -> None:
        """Write one line, such as ``pack-installed pack=cn.cunkou.starter version=3``."""
        self._write(event_line(name, fields))

    def error(self, error: KioskError) -> None:
        """Write the code of an error that somebody can mend; its words may hold what a person typed."""
        self.event("error", code=error.telephone_code, kind=type(error).__name__)

    def crash(self, error: BaseException) -> None:
        """Write where a bug happened: the kind of the exception and the places, not its text and no values."""
        self._write(event_line("crash", {"kind": type(error).__name__}) + "".join(places(error.__traceback__)))

    def _write(self, text: str) -> None:
        """Add a line; a full disk loses it rather than stopping the kiosk. Nothing is kept open between two events."""
        line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n".encode(errors="replace")
        with self._lock, suppress(OSError):
            if _size(self._file) + len(line) > FILE_BYTES:
                self._make_room()
            with self._file.open("ab") as file:
                file.write(line)

    def _make_room(self) -> None:
        """Push every file one number up, over the oldest."""
        names = [self._file, *(self._file.with_name(f"{self._file.name}.{age}") for age in range(1, OLD_FILES + 1))]
        for younger, older in reversed(list(pairwise(names))):
            if younger.exists():
                younger.replace(older)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def event_line(name: str, fields: Mapping[str, Field]) -> str:
    """Return the line of an event; values that are no identifier and no small number are hidden."""
    return " ".join((_shown(name), *(f"{_shown(key)}={_shown(value)}" for key, value in fields.items())))


def places(trace: TracebackType | None) -> list[str]:
    """Return one line for each step of a traceback, outermost first: file, line and function."""
    return [f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def bug_words(error: BaseException) -> str:
    """Return what may be said of a bug anywhere outside this process: its kind and its places, not its text."""
    return type(error).__name__ + "".join(places(error.__traceback__))


def _shown(value: Field) -> str:
    if isinstance(value, str):
        return value if _IDENTIFIER.fullmatch(value) else HIDDEN
    return f"{value:g}" if abs(value) <= _LONGEST_NUMBER else HIDDEN
