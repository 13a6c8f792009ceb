"""What happened, for whoever looks after the kiosk: bounded, and without a word about the people who used it.

A line is an event and a few fields. Only identifiers and numbers of ours can be written: free text, a query, a name, a
telephone number or what somebody typed has no way in, not even inside an error.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import Final

from typing_extensions import override

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

    Args:
        home: Whose log it is.
    """

    def __init__(self, home: Home) -> None:
        self._handler: logging.Handler = logging.NullHandler()
        try:
            home.log.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handler = _QuietFile(
                home.log / "kiosk.log", maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8", delay=True
            )
        except OSError:
            return
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))

    def event(self, name: str, **fields: Field) -> None:
        """Write one line, such as ``pack-installed pack=cn.cunkou.starter version=3``."""
        self._write(event_line(name, fields))

    def error(self, error: KioskError) -> None:
        """Write the code of an error that somebody can mend; its words may hold what a person typed."""
        self.event("error", code=error.telephone_code, kind=type(error).__name__)

    def crash(self, error: BaseException) -> None:
        """Write where a bug happened: the kind of the exception and the places, not its text and no values."""
        self._write(event_line("crash", {"kind": type(error).__name__}) + "".join(places(error.__traceback__)))

    def close(self) -> None:
        """Close the file."""
        self._handler.close()

    def _write(self, line: str) -> None:
        self._handler.handle(logging.LogRecord("cunkou", logging.INFO, "", 0, line, None, None))


class _QuietFile(RotatingFileHandler):
    """Loses a line rather than stopping the kiosk when the disk is full."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing: there is nobody to tell."""


def event_line(name: str, fields: Mapping[str, Field]) -> str:
    """Return the line of an event; values that are no identifier and no small number are hidden."""
    return " ".join((_shown(name), *(f"{_shown(key)}={_shown(value)}" for key, value in fields.items())))


def places(trace: TracebackType | None) -> list[str]:
    """Return one line for each step of a traceback, outermost first: file, line and function."""
    return [f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _shown(value: Field) -> str:
    if isinstance(value, str):
        return value if _IDENTIFIER.fullmatch(value) else HIDDEN
    return f"{value:g}" if abs(value) <= _LONGEST_NUMBER else HIDDEN
