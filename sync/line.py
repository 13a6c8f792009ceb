"""How patient we are with a bad line: when to try again, when to give up, how fast to read. No clock, no socket."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

Clock = Callable[[], float]
"""Seconds that only grow, such as `time.monotonic`."""


_SURE_SEGMENTS, _LOSING_SHARE = 5, 0.05
_EVEN_SEGMENTS = 32
_SLOW_BYTES_S, _FAST_BYTES_S = 32 * 1024, 64 * 1024
_STALLED_S = 1.5
_LEAST_PIECE, _MOST_PIECE = 4000, 44 * 1024
_SHARE_OF_PIECE = 4 / 3
_TALK_S = 8.0
_SILENT_S, _ANSWERS = 4.0, 3
_QUIET_S, _QUIET_ANSWERS = 0.5, 2
_FIRST_WAIT_S = 4.0


class Patience(Struct, frozen=True, kw_only=True):
    """What a line may do to us before we stop.

    Attributes:
        attempts: How often in a row nothing at all may arrive.
        first_s: Longest pause before the second attempt; doubled for each further one.
        longest_s: Longest pause of all.
        longest_asked_s: Longest pause that a server may ask for; if it asks for more we come back another day.
        connect_s: Until a connection must stand.
        first_silence_s: How long an open connection may say nothing before another one is tried; doubled each time in
            a row. Where a fifth of all packets is lost TCP is silent for seconds now and then and does better if it is
            left alone: with 3 or 5 s instead, 300 KB at 64 kbit/s took a quarter longer.
        silence_s: The longest silence of all.
        held_s: How long one step may take that only a whole answer ends: agreeing on encryption, the head of a reply,
            a chunk and its frame. Silence does not bound it, because a server may say one byte a second.
        floor_bytes: What must arrive within each ``floor_s``, or the connection counts as broken.
        floor_s: See ``floor_bytes``.
        slow_times: How often in a row a connection may fall below the floor.
    """

    attempts: int = 8
    first_s: float = 1.0
    longest_s: float = 60.0
    longest_asked_s: float = 300.0
    connect_s: float = 20.0
    first_silence_s: float = 20.0
    silence_s: float = 40.0
    held_s: float = 120.0
    floor_bytes: int = 4096
    floor_s: float = 60.0
    slow_times: int = 3


class Attempts:
    """Counts what went wrong since bytes last arrived, and says how long to wait.

    Args:
        patience: When to give up.
        dice: Gives a number from 0 to 1. The pause is drawn anew from nought up to its longest (full jitter), so that
            the kiosks of a county that lost the same mast do not all come back in the same second.
    """

    def __init__(self, patience: Patience, dice: Callable[[], float]) -> None:
        self._patience = patience
        self._dice = dice
        self._failed = 0
        self._slow = 0
        self._over = 0

    def silence_s(self) -> float:
        """Return how long the next connection may say nothing."""
        return min(self._patience.silence_s, self._patience.first_silence_s * 2.0**self._failed)

    def arrived(self) -> None:
        """Note that bytes came: what went wrong before counts no longer."""
        self._failed = 0

    def forgive(self) -> None:
        """Note that we ended the last attempt ourselves: that says nothing about the line."""
        self._failed = max(0, self._failed - 1)

    def fast_enough(self) -> None:
        """Note that a connection kept above the floor for a while."""
        self._slow = 0

    def pause_after_failure(self, asked_s: float = 0) -> float | None:
        """Return how many seconds to wait before the next attempt; None to give up.

        Args:
            asked_s: What the server asked for, 0 if nothing.
        """
        self._failed += 1
        if self._failed >= self._patience.attempts or asked_s > self._patience.longest_asked_s:
            return None
        longest = min(self._patience.longest_s, self._patience.first_s * 2.0 ** (self._failed - 1))
        return max(asked_s, self._dice() * longest)

    def pause_after_slowness(self) -> float | None:
        """Return how many seconds to wait after a connection fell below the floor; None to give up."""
        self._slow += 1
        if self._slow >= self._patience.slow_times:
            return None
        return self._dice() * self._patience.first_s

    def pause_before_starting_over(self) -> float | None:
        """Return how many seconds to wait after all that had come was of no use; None to give up."""
        self._over += 1
        if self._over >= self._patience.attempts:
            return None
        return self._dice() * self._patience.first_s


class Floor:
    """Says when a connection is so slow that somebody may be keeping us busy on purpose.

    Args:
        patience: The floor.
        limit_bytes_s: What we allow ourselves, 0 if all there is; the floor never asks for more than half of that.
        now: Start of the first window, in seconds.
    """

    def __init__(self, patience: Patience, limit_bytes_s: int, now: float) -> None:
        allowed = limit_bytes_s * patience.floor_s / 2 if limit_bytes_s else patience.floor_bytes
        self._wanted = min(patience.floor_bytes, allowed)
        self._window_s = patience.floor_s
        self._began = now
        self._bytes = 0

    def holds(self, arrived: int, now: float) -> bool | None:
        """Count bytes; return whether the window that ends now was fast enough, None if none ends now."""
        self._bytes += arrived
        if now - self._began < self._window_s:
            return None
        enough = self._bytes >= self._wanted
        self._began, self._bytes = now, 0
        return enough


class Pace:
    """Keeps the average below a limit.

    Args:
        limit_bytes_s: 0 for as fast as the line goes.
        now: In seconds.
    """

    _SLACK_S = 0.25

    def __init__(self, limit_bytes_s: int, now: float) -> None:
        self._limit = limit_bytes_s
        self._due = now

    def piece(self, most: int) -> int:
        """Return how many bytes to read at once: about a quarter of a second's worth."""
        return max(1024, min(most, int(self._limit * self._SLACK_S))) if self._limit else most

    def pause(self, arrived: int, now: float) -> float:
        """Return how long to wait after bytes have arrived; time that the line itself took counts."""
        if not self._limit:
            return 0
        self._due = max(self._due, now - self._SLACK_S) + arrived / self._limit
        return max(0.0, self._due - now)


class Flow(Struct, frozen=True, kw_only=True):
    """What one connection has brought, and how.

    Attributes:
        segments: That have come over it; 0 if it is closed, or nobody can tell.
        disordered: How many of them came before one that was sent earlier.
        arrived: Bytes, lately.
        seconds: How long these took.
        silent_s: How long we have been waiting for the next ones.
        round_trip_s: How long something takes to the other side and back, as far as is known.
    """

    segments: int
    disordered: int
    arrived: int
    seconds: float
    silent_s: float = 0.0
    round_trip_s: float = 0.0


def is_losing(flow: Flow) -> bool:
    """Return whether a line is slow because it loses packets. Pure.

    More than one in twenty came out of order, or what was to come has not come for longer than answers take. A fast one
    does well without help, and a slow one that loses nothing is slow because somebody wants it so.
    """
    if flow.arrived >= _SLOW_BYTES_S * flow.seconds:
        return False
    if flow.segments and flow.silent_s >= max(_STALLED_S, _ANSWERS * flow.round_trip_s):
        return True
    return flow.segments >= _SURE_SEGMENTS and flow.disordered > flow.segments * _LOSING_SHARE


def is_even(flow: Flow) -> bool:
    """Return whether a line needs no help: it is fast and orderly, or nothing is missing in all that has come. Pure.

    What has waited behind a lost packet comes all at once, and fast only in appearance.
    """
    is_fast = flow.arrived >= _FAST_BYTES_S * flow.seconds and flow.disordered <= flow.segments * _LOSING_SHARE
    return is_fast or (flow.segments >= _EVEN_SEGMENTS and not flow.disordered)


def is_quiet(quiet_s: float, answer_s: float) -> bool:
    """Return whether nothing is on its way over a line any more. Pure.

    Args:
        quiet_s: How long nobody has brought or asked for anything.
        answer_s: The quickest answer that came.
    """
    return quiet_s > max(_QUIET_S, _QUIET_ANSWERS * answer_s)


def has_room(silent_s: Iterable[float], most: int) -> bool:
    """Return whether one more lane may begin: fewer than so many fill the line. Pure.

    Who has been silent for long waits for something lost, and leaves its share of the line empty meanwhile.

    Args:
        silent_s: For each lane that is at a piece, how long it has brought nothing.
        most: How many may talk at a time.
    """
    return sum(silence < _TALK_S for silence in silent_s) < most


def is_stuck(silent_s: float, quiet_s: float, answer_s: float, in_vain: int, *, holds: bool, has_help: bool) -> bool:
    """Return whether a lane had better leave its rest to one that is idle, or begin anew. Pure.

    Where all lanes are quiet nothing is on its way any more, and all of them wait for timers that grow. One that has
    received something behind what is missing may wait for longer: that would be thrown away. So may all where none is
    idle: a new connection takes longer than one that stands.

    Args:
        silent_s: How long it has brought nothing.
        quiet_s: How long no lane has brought or asked for anything.
        answer_s: The quickest answer that came: nobody is given up before twice as long, three times while others talk.
        in_vain: How often all lanes were given up since bytes last came; each time doubles our patience.
        holds: Whether it has received something behind what is missing.
        has_help: Whether another one is idle. If not, only a line on which all are quiet is reason enough.
    """
    if is_quiet(quiet_s / 2.0 ** (in_vain + holds + (not has_help)), answer_s):
        return True
    return has_help and silent_s > max(_SILENT_S, _ANSWERS * answer_s) * 2.0**in_vain


def connect_waits(longest_s: float) -> Iterator[float]:
    """Give how long to wait for each of several tries at one connection, so that all together take no longer. Pure.

    TCP asks again after 1, 3, 7 and 15 s when an answer is lost; a new try begins with one second again.

    Args:
        longest_s: For all of them.
    """
    wait_s = _FIRST_WAIT_S
    while longest_s >= 2 * wait_s:
        yield wait_s
        longest_s -= wait_s
        wait_s *= 2
    yield longest_s


def next_piece(left: int, lanes: int) -> int:
    """Return how many bytes one of several lanes asks for next, so that all of them end at about the same time. Pure.

    A third more than its share of what is left: each request costs the line as much as half a packet.

    Args:
        left: That nobody has asked for, at least 1.
        lanes: How many talk at a time.
    """
    return min(left, max(_LEAST_PIECE, min(_MOST_PIECE, int(left * _SHARE_OF_PIECE / lanes))))
