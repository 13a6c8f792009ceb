"""What was asked for and not found, on the disk: one small file of the home, replaced as a whole."""

import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from content_packs.durable import write_in_place
from content_packs.unreadable import UNREADABLE
from kiosk.search.query import clean
from kiosk.search.unanswered import Unanswered, after_asking, after_days, keepable
from kiosk.tables.read import Tables
from kiosk.words import UnansweredQuery

_SALT_BYTES: Final = 32


class UnansweredFile:
    """Counts what was not found; `kiosk.search.unanswered` says what is kept of it. May be used from several threads.

    Not a database: a few kilobytes, written a few times a day, must be small, durable, and hold nothing any more of
    what it has forgotten. A file that is replaced does; SQLite and its journal do not, and load 13 MB.

    Args:
        path: The file; made when there is something to keep.
        tables: Folds what was asked.
        day: Tells the day that counts.
    """

    def __init__(self, path: Path, tables: Tables, day: Callable[[], date]) -> None:
        self._path = path
        self._tables = tables
        self._day = day
        self._lock = Lock()

    def note(self, query: str) -> None:
        """Count that a question found nothing; blocks until that is on the disk. Most questions leave no word behind.

        Args:
            query: As it was asked.

        Raises:
            OSError: The disk is full or broken; nothing has changed.
        """
        text = keepable(self._tables.fold(clean(query)))
        if not text:
            return
        with self._lock:
            known = self._read()
            self._write(known, after_asking(known, text, self._day(), lambda: secrets.token_hex(_SALT_BYTES)))

    def tidy(self) -> None:
        """Forget what has become too old.

        Raises:
            OSError: The disk is full or broken; nothing has changed.
        """
        with self._lock:
            known = self._read()
            self._write(known, after_days(known, self._day()))

    def kept(self) -> tuple[UnansweredQuery, ...]:
        """Return what was asked on at least three days, what was asked on most days first."""
        with self._lock:
            known = after_days(self._read(), self._day())
        ordered = sorted(known.kept, key=lambda each: (-each.days, -each.last_on.toordinal(), each.text))
        return tuple(UnansweredQuery(text=each.text, days=each.days, last_on=each.last_on) for each in ordered)

    def forget(self) -> None:
        """Remove all of it, hashes and salt as well."""
        with self._lock:
            self._path.unlink(missing_ok=True)

    def _read(self) -> Unanswered:
        """Return what the file holds; nothing if there is none or nobody can read it: it is only a count."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Unanswered)
        except (OSError, *UNREADABLE):
            return Unanswered()

    def _write(self, before: Unanswered, after: Unanswered) -> None:
        if after != before:
            write_in_place(self._path, msgspec.json.encode(after))
