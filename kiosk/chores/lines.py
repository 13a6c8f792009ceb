"""What a chore says on its standard output, one JSON object a line: where it is, and at last how it ended.

::

    {"line":"progress","done":3,"total":20,"phase":"读取条目","unit":"items"}
    {"line":"news","news":{…}}
    {"line":"done","result":{…}}
    {"line":"failed","what":"磁盘满了。","why":"…","todo":"…","code":"M-310"}

Work with several phases also says ``"percent"`` and, once it can tell, ``"seconds_left"``, both of the whole.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
from msgspec import Struct

from content_packs.errors import KioskError
from content_packs.progress import Progress
from content_packs.unreadable import UNREADABLE

EVERY_S: Final = 0.1
"""Between two lines about the same phase."""


class ProgressLine(Struct, frozen=True, tag="progress", tag_field="line", omit_defaults=True):
    """Where the work stands; as `content_packs.progress.Progress`."""

    done: int
    total: int
    phase: str
    unit: str
    percent: float | None = None
    seconds_left: int | None = None


class NewsLine(Struct, frozen=True, tag="news", tag_field="line"):
    """Something that whoever started the work should know while it goes on.

    Attributes:
        news: What the command has to say; its own.
    """

    news: dict[str, Any]


class DoneLine(Struct, frozen=True, tag="done", tag_field="line"):
    """The work is done.

    Attributes:
        result: What the command has to say; its own.
    """

    result: dict[str, Any]


class FailedLine(Struct, frozen=True, tag="failed", tag_field="line"):
    """The work has ended with an error that somebody can mend; as `content_packs.errors.KioskError`."""

    what: str
    why: str
    todo: str
    code: str

    @property
    def error(self) -> KioskError:
        """The error, as whoever waits for the work raises it."""
        return KioskError(self.what, why=self.why, todo=self.todo, code=self.code)


Line = ProgressLine | NewsLine | DoneLine | FailedLine

_DECODER: Final[msgspec.json.Decoder[Line]] = msgspec.json.Decoder(Line)


def decode_line(line: bytes) -> Line | None:
    """Return what a line says; None for one that is none of ours."""
    try:
        return _DECODER.decode(line)
    except UNREADABLE:
        return None


def write_line(line: bytes) -> None:
    """Write a line to whoever listens; if nobody does any more, there is nothing left to do and the process ends."""
    try:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)


class Telling:
    """Writes the lines of one chore.

    Args:
        write: Takes a whole line at once.
        now: Seconds that never go back.
    """

    def __init__(self, write: Callable[[bytes], None], now: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._now = now
        self._phase = ""
        self._told_at = 0.0

    def progress(self, progress: Progress) -> None:
        """Tell where the work stands, unless that was told just now; beginnings and ends of phases always."""
        now = self._now()
        begins, ends = progress.phase != self._phase, progress.done >= progress.total
        if begins or ends or now - self._told_at >= EVERY_S:
            self._phase, self._told_at = progress.phase, now
            self._tell(
                ProgressLine(
                    progress.done,
                    progress.total,
                    progress.phase,
                    progress.unit,
                    progress.percent,
                    progress.seconds_left,
                )
            )

    def news(self, news: dict[str, Any]) -> None:
        """Tell something while the work goes on."""
        self._tell(NewsLine(news))

    def done(self, result: dict[str, Any]) -> None:
        """Tell that the work is done."""
        self._tell(DoneLine(result))

    def failed(self, error: KioskError) -> None:
        """Tell that the work has failed."""
        self._tell(FailedLine(error.what, error.why, error.todo, error.telephone_code))

    def _tell(self, line: Line) -> None:
        self._write(msgspec.json.encode(line) + b"\n")
