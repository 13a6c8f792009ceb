"""One range over several connections at once, for lines that lose packets.

TCP waits when a packet is lost, longer each time in a row: on a line that loses a fifth of them, one connection leaves
the line empty most of the time. While one waits here, others fill it. The window of each is small: what waits too
long in the queue before the line is sent twice.

Each asks for the next piece that nobody has asked for; pieces become smaller towards the end, so that all of them end
together. One more lane than may talk at a time steps in for whoever has been silent for a while, or where the whole
line is quiet. Where nothing is left to ask for, or all others are far ahead already, one that has fallen silent gives
its rest to one that is idle; where none is idle and nothing comes, it begins anew. No byte is asked for while another
connection may still bring it.
"""

import threading
from collections import deque
from collections.abc import Iterator

from content_packs.progress import CancelToken
from sync.line import Attempts, has_room, is_quiet, is_stuck, next_piece
from sync.network.lane import Lane
from sync.network.reply import LEAST_BYTES, Piece, Reply
from sync.network.wire import Wire

LANES = 4
"""Fewer than browsers open to one server."""

TALKING = 3
"""So many may fill the line at a time. Fewer leave it empty now and then; more cost more requests, and more of what
waits in the queue before the line is sent twice.
"""

WINDOW_BYTES = 16_000
"""For each, at first; the system lets it grow to some twenty packets."""

AHEAD_BYTES = 256 * 1024
"""So far ahead of the first byte that is missing others may be: what comes there waits in memory."""

_LOOK_S = 0.1

_IN_VAIN = 4
"""Once all have been given up so often and nothing came, the next one counts its own failures, and ends."""

_NO_ANSWER_S = 2.0
"""Taken for the quickest answer until there is one."""


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
        self._lanes = [Lane(wire.beside(WINDOW_BYTES)) for _ in range(LANES)]
        self._threads: list[threading.Thread] = []
        self._heard_at = wire.clock()
        self._answer_s = _NO_ANSWER_S
        self._given_up = 0
        self._failure: Exception | None = None
        self._end = end
        self._is_over = False

    @property
    def position(self) -> int:
        """Where the next byte belongs."""
        return self._position

    def begin(self) -> None:
        """Begin to fetch before anybody takes the bytes; again changes nothing."""
        if not self._threads:
            self._threads = [threading.Thread(target=self._run, args=(lane,), daemon=True) for lane in self._lanes]
            for thread in self._threads:
                thread.start()

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in order, see `sync.source.RangeReply`.

        Raises:
            SourceError: One of the connections found no use in going on.
            CancelledError: Somebody asked to stop.
        """
        self.begin()
        try:
            while self._position < self._end and (chunk := self._next()):
                self._position += len(chunk)
                yield chunk
        finally:
            self.close()

    def close(self) -> None:
        """Close all connections; what came too early stays for the next time."""
        self._stop()
        for thread, lane in zip(self._threads, self._lanes, strict=False):
            while thread.is_alive():
                lane.wire.connections.cut()
                thread.join(_LOOK_S)
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

    def _run(self, lane: Lane) -> None:
        attempts = self._wire.attempts()
        try:
            while piece := self._take(lane):
                self._fetch(lane, piece, attempts)
        except Exception as error:  # noqa: BLE001 (whoever takes the chunks must hear of it)
            with self._changed:
                self._failure = self._failure or error
                self._changed.notify_all()

    def _take(self, lane: Lane) -> tuple[int, int] | None:
        """Return what a lane is to fetch next, once there is something; None if nothing will be."""
        with self._changed:
            lane.is_busy = False
            while not self._is_over:
                if self._is_due() and self._may_begin(lane):
                    start, end = self._work.popleft()
                    cut = start + next_piece(end - start, TALKING)
                    if cut < end:
                        self._work.appendleft((cut, end))
                    self._heard_at = self._wire.clock()
                    lane.begin(self._heard_at)
                    return start, min(cut, end)
                self._changed.wait(_LOOK_S)
            return None

    def _is_due(self) -> bool:
        """Return whether there is something to ask for that is not too far ahead."""
        return bool(self._work) and self._work[0][0] < self._position + AHEAD_BYTES

    def _may_begin(self, lane: Lane) -> bool:
        """Return whether it is this lane's turn; one that was relieved lets those go first whose connection works."""
        if not lane.is_ready and any(other.is_ready for other in self._lanes):
            return False
        now = self._wire.clock()
        if is_quiet(self._silence(self._heard_at, now), self._answer_s):
            return True
        return has_room((now - other.heard_at for other in self._lanes if other.is_busy), TALKING)

    def _fetch(self, lane: Lane, piece: tuple[int, int], attempts: Attempts) -> None:
        """Bring one piece; what of it a lane could not bring before it was relieved is work again."""
        start, end = piece
        wanted = Piece(self._path, start, end - start)
        reply = Reply(lane.wire.until(lane.relief), wanted, attempts)
        position, asked_at = start, self._wire.clock()
        try:
            reply.open()
            self._answer_s = min(self._answer_s, self._wire.clock() - asked_at)
            for chunk in reply.chunks():
                with self._changed:
                    self._here[position] = chunk
                    position += len(chunk)
                    if position - start >= LEAST_BYTES or position == end:
                        self._given_up = 0
                    self._heard_at = self._wire.clock()
                    lane.heard(self._heard_at)
                    self._changed.notify_all()
        except Exception:
            if not lane.relief.is_cancelled:
                raise
            attempts.forgive()
        finally:
            reply.close()
        if position < end:
            with self._changed:
                if lane.relief.is_cancelled:  # a body of unknown length seems to end where it was cut
                    self._work.appendleft((position, end))
                else:
                    self._here[position] = b""  # the file ends here, and so does what is given
                self._changed.notify_all()

    def _relieve(self) -> None:
        """Let idle lanes take over from those that wait in vain, who has been silent for longest first.

        Where none is idle, and nothing comes any more, that one begins anew.
        """
        idle = sum(not lane.is_busy for lane in self._lanes)
        if idle and self._is_due():
            return
        now, most = self._wire.clock(), max(1, idle)
        for lane in sorted(self._lanes, key=lambda lane: lane.heard_at):
            if lane.is_busy and lane.relief.is_cancelled:
                lane.cut()  # once more: it may have opened a connection since
            elif lane.is_busy and most and self._is_stuck(lane, now, has_help=idle > 0):
                most -= 1
                self._given_up += 1
                lane.cut()

    def _is_stuck(self, lane: Lane, now: float, *, has_help: bool) -> bool:
        silent_s, quiet_s = self._silence(lane.heard_at, now), self._silence(self._heard_at, now)
        in_vain = self._given_up // len(self._lanes)
        if in_vain >= _IN_VAIN:
            return False
        return is_stuck(silent_s, quiet_s, self._answer_s, in_vain, holds=lane.holds_bytes, has_help=has_help)

    def _silence(self, since: float, now: float) -> float:
        """Return for how many seconds something has been silent that might have talked."""
        return now - max(since, self._wire.traffic.free_at())

    def _stop(self) -> None:
        with self._changed:
            self._is_over = True
            for lane in self._lanes:
                lane.relief.cancel()
                lane.wire.connections.end()
            for place in [place for place, chunk in self._here.items() if not chunk]:
                del self._here[place]
            self._changed.notify_all()


def _gaps(start: int, end: int, here: dict[int, bytes]) -> Iterator[tuple[int, int]]:
    """Give the parts of a range that are not here, in order. Pure."""
    position = start
    for place in sorted(place for place in here if start <= place < end):
        if position < place:
            yield position, place
        position = max(position, place + len(here[place]))
    if position < end:
        yield position, end
