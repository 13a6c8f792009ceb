"""One range over several connections at once, for lines that lose packets.

TCP waits when a packet is lost, longer each time in a row: on a line that loses a fifth of them, one connection leaves
the line empty most of the time. While one waits here, others fill it. Each gets a small window, so that all of them
together never fill the queue before the line for more than a second or two: what waits too long in it is sent twice.

Each asks for the next piece that nobody has asked for; pieces become smaller towards the end, so that all of them end
together. Where nothing is left to ask for, or all others are far ahead already, one that has fallen silent gives its
rest to one that is idle. No byte is asked for while another connection may still bring it.
"""

import threading
from collections import deque
from collections.abc import Iterator

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Attempts, next_piece
from sync.network.reply import Piece, Reply
from sync.network.wire import Wire

LANES = 5
"""Browsers open six to one server. Fewer leave the line empty now and then; more send more of it twice."""

WINDOW_BYTES = 8000
"""For each; what the system makes of it holds three or four packets."""

AHEAD_BYTES = 256 * 1024
"""So far ahead of the first byte that is missing others may be: what comes there waits in memory."""

SILENT_S = 4.0
"""After so long a lane gives its rest to one that is idle."""

_LOOK_S = 0.25


class Lanes:
    """Fetches one range; used once.

    Args:
        wire: To the server.
        path: Of the file.
        start: First byte.
        end: After the last byte.
        cancel: Asked by whoever takes the chunks.
        here: What has come before by this way, by its place; taken from it.
    """

    def __init__(
        self, wire: Wire, path: str, start: int, end: int, cancel: CancelToken, here: dict[int, bytes]
    ) -> None:
        self._wire = wire
        self._path = path
        self._position = start
        self._cancel = cancel
        self._here = here
        self._work = deque(_gaps(start, end, here))
        self._changed = threading.Condition()
        self._lanes = [_Lane(wire.beside(WINDOW_BYTES)) for _ in range(LANES)]
        self._failure: Exception | None = None
        self._end = end
        self._is_over = False

    @property
    def position(self) -> int:
        """Where the next byte belongs."""
        return self._position

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in order, see `sync.source.RangeReply`; what came too early stays for the next time.

        Raises:
            SourceError: One of the connections found no use in going on.
            CancelledError: Somebody asked to stop.
        """
        threads = [threading.Thread(target=self._run, args=(lane,), daemon=True) for lane in self._lanes]
        for thread in threads:
            thread.start()
        try:
            while self._position < self._end and (chunk := self._next()):
                self._position += len(chunk)
                yield chunk
        finally:
            self._stop()
            for thread in threads:
                thread.join()
            for lane in self._lanes:
                lane.wire.connections.close()

    def _next(self) -> bytes:
        """Return the chunk that belongs here, once it has come; nothing if the file ends here."""
        with self._changed:
            while self._position not in self._here:
                if self._failure:
                    raise self._failure
                self._cancel.check()
                self._relieve()
                self._changed.notify_all()  # who was too far ahead is no longer
                self._changed.wait(_LOOK_S)
            return self._here.pop(self._position)[: self._end - self._position]

    def _run(self, lane: "_Lane") -> None:
        attempts = self._wire.attempts()
        try:
            while piece := self._take(lane):
                self._fetch(lane, piece, attempts)
        except Exception as error:  # noqa: BLE001 (whoever takes the chunks must hear of it)
            with self._changed:
                self._failure = self._failure or error
                self._changed.notify_all()

    def _take(self, lane: "_Lane") -> tuple[int, int] | None:
        """Return what a lane is to fetch next, once there is something; None if nothing will be."""
        with self._changed:
            lane.is_busy = False
            while not self._is_over:
                if self._work and self._work[0][0] < self._position + AHEAD_BYTES:
                    start, end = self._work.popleft()
                    cut = start + next_piece(end - start, LANES)
                    if cut < end:
                        self._work.appendleft((cut, end))
                    lane.begin(self._wire.clock())
                    return start, min(cut, end)
                self._changed.wait()
            return None

    def _fetch(self, lane: "_Lane", piece: tuple[int, int], attempts: Attempts) -> None:
        """Bring one piece; what of it a lane could not bring before it was relieved is work again."""
        start, end = piece
        wanted = Piece(self._path, start, end - start)
        reply = Reply(lane.wire.until(lane.relief), wanted, attempts)
        position = start
        try:
            reply.open()
            for chunk in reply.chunks():
                with self._changed:
                    self._here[position] = chunk
                    position += len(chunk)
                    lane.heard_at = self._wire.clock()
                    self._changed.notify_all()
        except CancelledError:
            with self._changed:
                self._work.appendleft((position, end))
                self._changed.notify_all()
            return
        finally:
            reply.close()
        if position < end:
            with self._changed:
                self._here[position] = b""  # the file ends here, and so does what is given
                self._changed.notify_all()

    def _relieve(self) -> None:
        """Let an idle lane take over from the one that has been silent for longest."""
        now = self._wire.clock()
        busy = [lane for lane in self._lanes if lane.is_busy and not lane.relief.is_cancelled]
        if all(lane.is_busy for lane in self._lanes):
            return
        slowest = min(busy, key=lambda lane: lane.heard_at, default=None)
        if slowest and now - slowest.heard_at > SILENT_S:
            slowest.cut()

    def _stop(self) -> None:
        with self._changed:
            self._is_over = True
            for lane in self._lanes:
                lane.relief.cancel()
                lane.wire.connections.end()
            for place in [place for place, chunk in self._here.items() if not chunk]:
                del self._here[place]
            self._changed.notify_all()


class _Lane:
    """One connection and what it is at."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.is_busy = False
        self.relief = CancelToken()
        self.heard_at = 0.0

    def begin(self, now: float) -> None:
        """Note that it is at a piece."""
        self.is_busy, self.relief, self.heard_at = True, CancelToken(), now

    def cut(self) -> None:
        """End what it is doing."""
        self.relief.cancel()
        self.wire.connections.cut()


def _gaps(start: int, end: int, here: dict[int, bytes]) -> Iterator[tuple[int, int]]:
    """Give the parts of a range that are not here, in order. Pure."""
    position = start
    for place in sorted(place for place in here if start <= place < end):
        if position < place:
            yield position, place
        position = max(position, place + len(here[place]))
    if position < end:
        yield position, end
