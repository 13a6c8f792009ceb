"""What was synced when, from where, with which result: for the clerk, for support, and for the next estimate.

Bounded, and without anything about people. A history that cannot be read is no reason not to sync: it begins anew.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs.durable import write_in_place
from content_packs.unreadable import UNREADABLE

ENTRIES = 200
_LIMIT_BYTES = 4 * 1024 * 1024
_WORTH_BYTES = 100_000
"""Fewer bytes say nothing about how fast a source is."""


class Result(StrEnum):
    """How a sync ended."""

    DONE = "done"
    NOTHING_NEW = "nothing-new"
    PARTLY = "partly"
    BROKEN_OFF = "broken-off"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Change(Struct, frozen=True):
    """One pack that changed.

    Attributes:
        pack_id: Its id.
        title: For people.
        before: Version in use before; None if the pack was new.
        version: Version in use afterwards; None if it was taken away.
    """

    pack_id: str
    title: str
    before: int | None
    version: int | None


class Entry(Struct, frozen=True, kw_only=True):
    """One sync.

    Attributes:
        ended: By the machine's clock, which may be wrong.
        source: What people call it.
        is_stick: Whether it was carried by hand.
        repository: Its stable name; empty if it was not even recognised.
        issued: Day of the repository's timestamp, as text; empty if unknown.
        result: How it ended.
        changes: What changed.
        refused: Sentences about what was not taken over.
        fetched: Bytes that came.
        fetch_s: How long they took.
        what: What went wrong, for the clerk; empty if nothing did.
        code: For the telephone; empty if nothing went wrong.
    """

    ended: datetime
    source: str
    is_stick: bool
    repository: str = ""
    issued: str = ""
    result: Result
    changes: tuple[Change, ...] = ()
    refused: tuple[str, ...] = ()
    fetched: int = 0
    fetch_s: float = 0
    what: str = ""
    code: str = ""


class History:
    """The history of one kiosk.

    Args:
        file: Where it lies; its folder is made when the first entry is added.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def entries(self) -> tuple[Entry, ...]:
        """Return what is known, the latest first."""
        with suppress(OSError, *UNREADABLE), self._file.open("rb") as opened:
            return msgspec.json.decode(opened.read(_LIMIT_BYTES), type=tuple[Entry, ...])
        return ()

    def add(self, entry: Entry) -> None:
        """Add the latest sync; the oldest goes when there are too many.

        Raises:
            OSError: The disk refused; what was known stays.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_in_place(self._file, msgspec.json.encode((entry, *self.entries())[:ENTRIES]))


def speed_of(entries: Sequence[Entry], source: str, *, is_stick: bool) -> float | None:
    """Return how fast a source was when it last brought enough to tell, in bytes a second. Pure.

    Args:
        entries: The latest first.
        source: What people call it; another of the same kind serves where it is not known.
        is_stick: Whether it is carried by hand.
    """
    told = [
        entry for entry in entries if entry.is_stick == is_stick and entry.fetched >= _WORTH_BYTES and entry.fetch_s
    ]
    best = next((entry for entry in told if entry.source == source), told[0] if told else None)
    return best.fetched / best.fetch_s if best else None


def failures_since_success(entries: Sequence[Entry]) -> int:
    """Return how often in a row the network has failed us. Pure.

    Args:
        entries: The latest first.
    """
    count = 0
    for entry in entries:
        if entry.is_stick:
            continue
        if entry.result not in {Result.BROKEN_OFF, Result.FAILED}:
            break
        count += 1
    return count


def last_success(entries: Sequence[Entry]) -> datetime | None:
    """Return when the network last brought us up to date. Pure.

    Args:
        entries: The latest first.
    """
    good = {Result.DONE, Result.NOTHING_NEW}
    return next((entry.ended for entry in entries if not entry.is_stick and entry.result in good), None)
