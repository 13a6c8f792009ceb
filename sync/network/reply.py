"""Bytes of one file over as many connections as it takes."""

from collections.abc import Iterator
from contextlib import suppress

import urllib3
from msgspec import Struct
from urllib3.exceptions import HTTPError

from sync.line import Attempts
from sync.network.head import OK, UNKNOWN, asks_later, place, require_bytes, strong, too_short
from sync.network.wire import BrokenError, Wire, reason
from sync.source import TRY_AGAIN, SourceGoneError

PIECE_BYTES = 64 * 1024

LEAST_BYTES = 64
"""A connection that brings fewer has failed, or a server could hold us for ever with a byte for each."""


class ChangedError(Exception):
    """The file is not the one that the first bytes came from."""


class _SlowError(Exception):
    """A connection that fell below the floor."""


class Piece(Struct, frozen=True):
    """What is wanted: a part of a file, or all of a file of unknown length.

    Attributes:
        path: Within the repository.
        start: First byte.
        length: How many; of a whole file, the most.
        validator: Only bytes of this state of the file will do; None for any.
        is_whole: It is all of a file.
    """

    path: str
    start: int
    length: int
    validator: str | None = None
    is_whole: bool = False


class Reply:
    """See `sync.source.RangeReply`.

    Args:
        wire: To the server.
        piece: What is wanted.
        attempts: Counts what goes wrong.
    """

    def __init__(self, wire: Wire, piece: Piece, attempts: Attempts) -> None:
        self._wire = wire
        self._path = piece.path
        self._start = self._position = piece.start
        self._end = piece.start + piece.length
        self._is_whole = piece.is_whole
        self._must_be = piece.validator
        self._is_pinned = piece.is_whole or piece.validator is not None
        self._attempts = attempts
        self._validator: str | None = None
        self._answer: urllib3.BaseHTTPResponse | None = None
        self._stops = 0
        self._knows_ranges = True

    @property
    def start(self) -> int:
        """Where the bytes begin."""
        return self._start

    @property
    def validator(self) -> str | None:
        """What names this state of the file."""
        return self._validator

    @property
    def knows_ranges(self) -> bool:
        """Whether the server has sent only what was asked for."""
        return self._knows_ranges

    @property
    def end(self) -> int:
        """Where it is to end."""
        return self._end

    def go_on_to(self, end: int) -> None:
        """Give more than was asked for, because the server sends more."""
        self._end = end

    def open(self) -> None:
        """Get the first answer.

        Raises:
            SourceError: There is none, or not the one that was asked for.
        """
        while True:
            try:
                self._connect(first=True)
            except BrokenError as error:
                pause_s = self._attempts.pause_after_failure(error.asked_s)
                self._wire.wait(pause_s, f"{self._path}：{error}", error.asked_s)
            else:
                return

    def close(self) -> None:
        """Give the connection back if everything was read, else close it."""
        answer, self._answer = self._answer, None
        if answer is None:
            return
        if self._stops == 0:
            with suppress(HTTPError, OSError):
                answer.read1(1, decode_content=False)  # nothing, which is then known to have been read
        answer.close()  # what was read to its end has gone back already

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in order, see `sync.source.RangeReply`."""
        while self._position < self._end:
            try:
                if self._answer is None:
                    self._connect(first=False)
                yield from self._read()
            except BrokenError as error:
                self._broken(str(error), self._attempts.pause_after_failure(error.asked_s), error.asked_s)
            except _SlowError as error:
                self._broken(str(error), self._attempts.pause_after_slowness())
            else:
                return

    def _broken(self, why: str, pause_s: float | None, asked_s: float = 0) -> None:
        """Wait before the next connection, unless what has come cannot be gone on with."""
        self.close()
        if pause_s is not None and self._is_whole and self._position and not self._validator:
            raise ChangedError(why)
        self._wire.wait(pause_s, f"{self._path}：{why}", asked_s)

    def _read(self, *, in_vain: bool = False) -> Iterator[bytes]:
        """Give what one connection brings; on return there is no more to come.

        Args:
            in_vain: It is here already, so that its coming does not make up for what went wrong.
        """
        floor, came = self._wire.floor(), 0
        while self._position < min(self._end, self._stops):
            answer = self._answer
            if answer is None:  # pragma: no cover (only `close` takes it away)
                return
            most = min(self._wire.traffic.piece(PIECE_BYTES), self._end - self._position)
            try:
                with self._wire.holding(answer):
                    data = answer.read1(most, decode_content=False)[:most]  # a chunk of negative length gives more
            except (HTTPError, OSError) as error:
                raise BrokenError(reason(error)) from error
            if not data:
                if self._stops == UNKNOWN and self._position:  # a head that was cut short looks like an empty file
                    self._stops = self._position
                    return
                raise BrokenError("话没说完就断了")
            self._position += len(data)
            came += len(data)
            if not in_vain and (came >= LEAST_BYTES or self._position >= self._end):
                self._attempts.arrived()
            pause_s = self._wire.traffic.took(len(data), self._wire.clock())
            yield data
            now = self._wire.rest(pause_s)
            if (enough := floor.holds(len(data), now)) is False:
                raise _SlowError("慢得不像在送东西")
            if enough:
                self._attempts.fast_enough()

    def _connect(self, *, first: bool) -> None:
        """Ask for what is missing.

        Raises:
            BrokenError: Try again.
            ChangedError: It is another file now, and the bytes that came before are of no use.
            SourceError: There is no use in trying again.
        """
        answer = self._wire.ask(self._path, self._wanted(), self._attempts.silence_s())
        self._answer = answer
        self._stops = UNKNOWN
        label = self._wire.label
        try:
            _require_time(answer)
            require_bytes(answer.status, answer.headers, label, self._path)
            begins, self._stops = place(answer.status, answer.headers, self._position, label, self._path)
        except BaseException:
            self._wire.put_away(answer)
            self._answer = None
            raise
        self._knows_ranges = answer.status != OK
        found, ours = strong(answer.headers.get("ETag")), self._must_be or self._validator
        self._validator = self._validator or found
        if begins == self._position:
            if self._is_pinned and begins and found and ours and found != ours:  # a server that knows no If-Range
                self._source_changed()
            return
        if first and self._is_pinned:
            self._end -= self._start
            self._start = self._position = 0
        elif self._is_pinned:
            self._source_changed()
        else:
            self._skip(self._position - begins)

    def _wanted(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        if self._position or not self._is_whole:
            last = "" if self._is_whole else str(self._end - 1)
            headers["Range"] = f"bytes={self._position}-{last}"
            pinned_to = self._must_be or (self._validator if self._is_pinned else None)
            if pinned_to:
                headers["If-Range"] = pinned_to
            elif self._is_pinned:
                del headers["Range"]
        return headers

    def _skip(self, count: int) -> None:
        """Read over what is already here: this server knows no ranges."""
        keep, self._position = self._position, self._position - count
        end, self._end = self._end, keep
        try:
            for _ in self._read(in_vain=True):
                pass
        finally:
            reached, self._position, self._end = self._position, keep, end
        if reached < keep:
            raise too_short(self._wire.label, self._path)

    def _source_changed(self) -> None:
        self.close()
        if self._is_whole:
            raise ChangedError("文件换了")
        raise SourceGoneError("来源里的文件换了。", why=f"{self._wire.label}：{self._path}", todo=TRY_AGAIN)


def _require_time(answer: urllib3.BaseHTTPResponse) -> None:
    """Return unless the server is busy.

    Raises:
        BrokenError: It is.
    """
    if (asked_s := asks_later(answer.status, answer.headers)) is not None:
        raise BrokenError(f"服务器说 {answer.status}", asked_s)
