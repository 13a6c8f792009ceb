"""When the last person has gone: listen, count down, reset. No clock of its own; seconds come as arguments.

Any touch starts the time anew, and so does work that goes on without touches: reading aloud, printing, the clerk's
jobs. The countdown is always seen in full, even by somebody whose kiosk stood still for a while.
"""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody is here, or the kiosk already rests: change nothing."""


@dataclass(frozen=True, slots=True)
class Warn:
    """Nobody has touched for long: show a countdown of this many whole seconds, from 1."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Reset:
    """The countdown has ended: wipe everything of the last person and go to rest. Told once."""


Step = Stay | Warn | Reset


class IdleSession:
    """Decides from touches and ticks whether the last person has gone.

    A new session rests: it never resets before somebody has touched the screen. The caller ticks about once a second
    with seconds of a monotonic clock.

    Args:
        idle_s: Quiet seconds before the countdown starts, above 0.
        warn_s: Seconds of the countdown, above 0.
    """

    def __init__(self, *, idle_s: float, warn_s: float) -> None:
        self._idle_s = idle_s
        self._warn_s = warn_s
        self._active_at: float | None = None
        self._warned_at: float | None = None

    def touched(self, now: float) -> None:
        """Note that somebody is here: a touch, a key, or the button of the countdown."""
        self._active_at = now
        self._warned_at = None

    def tick(self, now: float, *, busy: bool) -> Step:
        """Return what is to be done now.

        Args:
            now: Monotonic seconds, never less than before.
            busy: Something goes on for the person who is here: reading aloud, printing, long work of the clerk.
        """
        if self._active_at is None:
            return Stay()
        if busy:
            self.touched(now)
            return Stay()
        if now - self._active_at < self._idle_s:
            return Stay()
        if self._warned_at is None:
            self._warned_at = now
        left = self._warn_s - (now - self._warned_at)
        if left > 0:
            return Warn(ceil(left))
        self._active_at = self._warned_at = None
        return Reset()
