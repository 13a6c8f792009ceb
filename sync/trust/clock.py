"""What day it is, as far as metadata can prove it: pure.

A kiosk keeps a *floor*: a date that is sure to have passed. It starts at the program's release and rises only by the
issue dates that root and timestamp sign, in bounded steps, because whoever could move it far ahead would end all later
syncs: a township, a stolen key. Only the threshold of root keys may set it back. The machine's clock counts only where
it agrees with the floor, and only over the network; what a server says in its headers is never read.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from content_packs.errors import TrustError
from sync.trust import refusals

STEP_DAYS: Final = 400
"""How far one file may move the floor, and how far past the floor the machine's clock is believed."""


class IssuedRoot(Struct, frozen=True):
    """The dates of a root.

    Attributes:
        issued: When it was signed, as it says itself.
        expires: When it ends, UTC.
        floor: What the kiosk's floor becomes with it; None leaves the floor to its ordinary rise.
    """

    issued: date
    expires: datetime
    floor: date | None = None


def reference_time(floor: date, machine: datetime, *, is_stick: bool) -> datetime:
    """Return the moment by which expiry is judged.

    Args:
        floor: What is sure to have passed.
        machine: This machine's clock, aware.
        is_stick: Whether the source was carried here. Then nobody knows how long that took, and only the floor counts.
    """
    start = midnight(floor)
    agrees = timedelta() <= machine - start <= timedelta(days=STEP_DAYS)
    return machine if agrees and not is_stick else start


def raised(floor: date, issued: date, expires: datetime, role: str) -> date:
    """Return the floor after a file of ``role`` that was issued on a day: the later one.

    Raises:
        TrustError: The day lies past the file's own end, or more than `STEP_DAYS` past the floor.
    """
    if midnight(issued) >= expires:
        raise refusals.dated_past_end(role, issued)
    if (issued - floor).days > STEP_DAYS:
        raise refusals.dated_too_far(role, issued, floor)
    return max(floor, issued)


def floor_after_roots(floor: date, roots: Iterable[IssuedRoot], *, built: date) -> date:
    """Return the floor after newer roots were taken over, in their order.

    A chain of roots brings a kiosk that slept for years up to date in steps. A date that cannot be is passed over if a
    later root mends it, so that one mistake does not shut out every kiosk for ever.

    Args:
        floor: Before.
        roots: Newer than the one we had; may be empty.
        built: The program's release, below which no root can set the floor.

    Raises:
        TrustError: The last root is dated impossibly.
    """
    trouble: TrustError | None = None
    for root in roots:
        if root.floor is not None and midnight(root.floor) < root.expires:
            floor = max(root.floor, built)
        try:
            floor, trouble = raised(floor, root.issued, root.expires, "root"), None
        except TrustError as error:
            trouble = error
    if trouble:
        raise trouble
    return floor


def midnight(day: date) -> datetime:
    """Return the first moment of a day, UTC."""
    return datetime.combine(day, time(), UTC)
