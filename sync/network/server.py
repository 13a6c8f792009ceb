"""A repository on a web server."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from content_packs.progress import CancelToken
from sync.line import Clock
from sync.network.head import portal
from sync.network.reply import ChangedError, Piece, Reply
from sync.network.stretch import Manner, Stretch
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
        attempts = self._wire.attempts()
        while True:
            reply = Reply(self._wire, Piece(path, 0, limit + 1, is_whole=True), attempts)
            try:
                reply.open()
                data = b"".join(reply.chunks())
            except ChangedError as error:
                self._wire.wait(attempts.pause_before_starting_over(), f"{path}：{error}")
                continue
            finally:
                reply.close()
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
        if validator is not None:
            reply = Reply(self._wire, Piece(path, start, length, validator), self._wire.attempts())
            try:
                reply.open()
                yield reply
            finally:
                reply.close()
        else:
            found = Stretch(self._wire, self._manner, self._cancel, path, start, start + length)
            try:
                found.open()
                yield found
            finally:
                found.close()
