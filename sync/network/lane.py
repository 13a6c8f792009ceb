"""One of several connections that share a range."""

from content_packs.progress import CancelToken
from sync.network.wire import Wire


class Lane:
    """A connection and what it is at. Whoever has several guards them against each other.

    Args:
        wire: Of its own.

    Attributes:
        wire: As given.
        is_busy: It is at a piece.
        relief: Ends that piece; once cancelled, stays so until the next one begins.
        heard_at: When it last brought something, or began.
    """

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.is_busy = False
        self.relief = CancelToken()
        self.heard_at = 0.0
        self._segments = 0

    @property
    def is_ready(self) -> bool:
        """Whether it is idle, and nothing went wrong with its connection before."""
        return not self.is_busy and not self.relief.is_cancelled

    @property
    def holds_bytes(self) -> bool:
        """Whether segments have come since it last brought something: what they hold waits for one that is missing."""
        return self.wire.connections.told()[0] > self._segments

    def begin(self, now: float) -> None:
        """Note that it is at a piece."""
        self.is_busy, self.relief = True, CancelToken()
        self.heard(now)

    def heard(self, now: float) -> None:
        """Note that all that has come over its connection was brought."""
        self.heard_at = now
        self._segments = self.wire.connections.told()[0]

    def cut(self) -> None:
        """End what it is doing."""
        self.relief.cancel()
        self.wire.connections.cut()
