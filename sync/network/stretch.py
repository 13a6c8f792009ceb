"""A range whose bytes are proved by their hashes, fetched as the line asks for: at once, or by lanes."""

from collections.abc import Iterator

from content_packs.progress import CancelToken
from sync.line import Flow, is_even, is_losing
from sync.network.lanes import Lanes
from sync.network.reply import Piece, Reply
from sync.network.watch import Watch
from sync.network.wire import Wire

FIRST_BYTES = 16 * 1024
"""What a longer range begins with: enough to see what the line is like. Each further piece is twice as long."""

MOST_BYTES = 8 * 1024 * 1024
"""Of one piece on a line that needs no help: it may come to need some."""


class Manner:
    """What has been found out about the line to a server, and what came out of order and is not used yet.

    Attributes:
        is_even: It needs no help: much is asked for at once.
        is_losing: It loses packets.
        knows_ranges: The server last sent only what was asked for; one that sends all of a file is asked once.
        here: By path, what has come too early, by its place.
    """

    def __init__(self) -> None:
        self.is_even = False
        self.is_losing = False
        self.knows_ranges = True
        self.here: dict[str, dict[int, bytes]] = {}

    @property
    def wants_lanes(self) -> bool:
        """Whether lanes would be of help."""
        return self.is_losing and self.knows_ranges


class Stretch:
    """See `sync.source.RangeReply`.

    Args:
        wire: To the server.
        manner: Of the line; learns.
        cancel: Ends it.
        path: Of the file.
        start: First byte.
        end: After the last byte.
    """

    def __init__(self, wire: Wire, manner: Manner, cancel: CancelToken, path: str, start: int, end: int) -> None:
        self._wire = wire
        self._manner = manner
        self._cancel = cancel
        self._path = path
        self._start = self._position = start
        self._end = end
        self._length = FIRST_BYTES
        self._reply: Reply | None = None
        self._validator: str | None = None
        self._has_ended = False
        self._watch: Watch | None = None
        self._lanes: Lanes | None = None
        self._waits_since: float | None = None

    @property
    def start(self) -> int:
        """Where the bytes begin: as asked."""
        return self._start

    @property
    def validator(self) -> str | None:
        """What names this state of the file."""
        return self._validator

    def open(self) -> None:
        """Get the first answer, unless lanes will.

        Raises:
            SourceError: There is none, or not the one that was asked for.
        """
        if not self._manner.wants_lanes:
            self._reply = self._next_reply()
            self._validator = self._reply.validator

    def close(self) -> None:
        """Give back or close the connection."""
        self._end_watch()
        if self._reply:
            self._reply.close()
        self._end_lanes()

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in order, see `sync.source.RangeReply`."""
        while self._position < self._end and not self._has_ended:
            if self._manner.wants_lanes and not self._reply:
                yield from self._by_lanes()
                return
            yield from self._by_one()

    def _by_lanes(self) -> Iterator[bytes]:
        lanes = self._lanes = self._lanes or self._lanes_from(self._position)
        yield from lanes.chunks()

    def _lanes_from(self, position: int) -> Lanes:
        here = self._manner.here.setdefault(self._path, {})
        return Lanes(self._wire, self._path, position, self._end, self._cancel, here)

    def _by_one(self) -> Iterator[bytes]:
        """Give one piece, and learn from it: while it comes, and once it has come."""
        begun_at, begun = self._wire.clock(), self._position
        reply = self._reply = self._reply or self._next_reply()
        self._waits_since = self._wire.clock()
        for chunk in reply.chunks():
            self._waits_since = None  # it is whoever takes the bytes that is waited for now
            self._position += len(chunk)
            yield chunk
            self._waits_since = self._wire.clock()
        self._end_watch()
        flow = self._flow(begun, begun_at)
        reply.close()
        self._reply = None
        self._has_ended = self._position < reply.end
        self._manner.is_losing = self._manner.is_losing or is_losing(flow)
        self._manner.is_even = is_even(flow)
        self._length = min(MOST_BYTES, self._length * 2)

    def _flow(self, begun: int, begun_at: float) -> Flow:
        """Return how a piece has been coming so far."""
        segments, disordered, round_trip_s = self._wire.connections.told()
        since, now = self._waits_since, self._wire.clock()
        return Flow(
            segments=segments,
            disordered=disordered,
            arrived=self._position - begun,
            seconds=now - begun_at,
            silent_s=0.0 if since is None else now - max(since, self._wire.traffic.free_at()),
            round_trip_s=round_trip_s,
        )

    def _next_reply(self) -> Reply:
        """Ask for the next piece, and have the line watched until it is here."""
        left = self._end - self._position
        most = MOST_BYTES if self._manner.is_even else self._length
        length = left if left < most * 5 // 4 else most
        reply = Reply(self._wire, Piece(self._path, self._position, length), self._wire.attempts())
        if not self._manner.is_even:
            begun_at, begun = self._wire.clock(), self._position
            self._watch = Watch(lambda: self._has_help(begun, begun_at, reply.end))
        self._waits_since = self._wire.clock() if self._position > self._start else None
        try:
            reply.open()
        except BaseException:
            self._end_watch()
            reply.close()
            raise
        self._waits_since = None  # until somebody takes the bytes
        self._manner.knows_ranges = reply.knows_ranges
        if not reply.knows_ranges:
            self._end_watch()
            self._end_lanes()
            reply.go_on_to(self._end)
        return reply

    def _has_help(self, begun: int, begun_at: float, end: int) -> bool:
        """Let lanes begin behind a piece as soon as the line is known to lose packets; return whether it is."""
        if not is_losing(self._flow(begun, begun_at)):
            return False
        self._manner.is_losing = True
        if self._manner.knows_ranges and end < self._end:
            self._lanes = self._lanes_from(end)
            self._lanes.begin()
        return True

    def _end_watch(self) -> None:
        if self._watch:
            self._watch.end()

    def _end_lanes(self) -> None:
        lanes, self._lanes = self._lanes, None
        if lanes:
            lanes.close()
