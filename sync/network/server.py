"""A repository on a web server."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from content_packs.progress import CancelToken
from sync.line import Clock
from sync.network.head import portal
from sync.network.reply import ChangedError, Piece, Reply
from sync.network.stretch import Manner, Stretch
from sync.network.watch import Watch
from sync.network.wire import Line, Wire
from sync.source import ASK_PUBLISHER, RangeReply, SourceWrongError


class HttpSource:
    """A web server's folder that holds a repository.

    Args:
        url: Of the folder: ``https://…`` or ``http://…``, without a name or password in it.
        line: How it is reached.
        cancel: Ends every pause.
        clock: Seconds that only grow.
        dice: Gives a number from 0 to 1 for the pauses.

    Raises:
        SourceWrongError: The address cannot be used.
    """

    def __init__(
        self,
        url: str,
        *,
        line: Line | None = None,
        cancel: CancelToken | None = None,
        clock: Clock = time.monotonic,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._cancel = cancel or CancelToken()
        self._wire = Wire(url, line or Line(), self._cancel, clock, dice)
        self._manner = Manner()

    @property
    def label(self) -> str:
        """Host and port."""
        return self._wire.label

    @property
    def is_stick(self) -> bool:
        """Never: a server must be up to date."""
        return False

    @property
    def requests(self) -> int:
        """How many were sent."""
        return self._wire.traffic.requests

    @property
    def received(self) -> int:
        """Bytes of bodies."""
        return self._wire.traffic.received

    def close(self) -> None:
        """Close all connections."""
        self._wire.connections.close()

    def fetch(self, path: str, limit: int) -> bytes:
        """Return the whole of a small file, see `sync.source.PackSource`; a break costs nothing that had arrived."""
        with self._ended_when_cancelled():
            data = self._fetched(path, limit + 1)
        if len(data) > limit:
            raise SourceWrongError(
                "来源里的文件太大。", why=f"{path}：超过 {limit} 字节", todo=ASK_PUBLISHER, code="S-217"
            )
        if data.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
            raise portal(self.label, "送来的是一张网页")
        return data

    @contextmanager
    def open_range(self, path: str, start: int, length: int, validator: str | None) -> Iterator[RangeReply]:
        """Open a part of a file, see `sync.source.PackSource`."""
        found: Reply | Stretch
        if validator is not None:
            found = Reply(self._wire, Piece(path, start, length, validator), self._wire.attempts())
        else:
            found = Stretch(self._wire, self._manner, self._cancel, path, start, start + length)
        with self._ended_when_cancelled(), closing(found):
            found.open()
            yield found

    def _fetched(self, path: str, most: int) -> bytes:
        """Return a file, or so much of it."""
        attempts = self._wire.attempts()
        while True:
            with closing(Reply(self._wire, Piece(path, 0, most, is_whole=True), attempts)) as reply:
                try:
                    reply.open()
                    return b"".join(reply.chunks())
                except ChangedError as error:
                    why = f"{path}：{error}"
            self._wire.wait(attempts.pause_before_starting_over(), why)

    @contextmanager
    def _ended_when_cancelled(self) -> Iterator[None]:
        """Let no silence of the other side hold whoever wants to stop."""

        def look() -> bool:
            if self._cancel.is_cancelled:
                self._wire.connections.end()
            return False  # where a connection was only about to be opened, again

        watch = Watch(look)
        try:
            yield
        finally:
            watch.end()
