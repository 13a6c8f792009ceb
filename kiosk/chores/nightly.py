"""What a kiosk does by itself while nobody stands before it, fetching and looking through what it holds: pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sync.schedule import Night, must_end

ASK_EVERY_S: Final = 6 * 3600.0
"""The next time is asked for anew, should the machine's clock have been set."""

SCRUB_EVERY: Final = timedelta(days=7)
SCRUB_REST_S: Final = 600.0
"""So long must nobody have been here."""

LAST_CALL: Final = timedelta(minutes=30)
"""Before the end of the night fetching waits for nobody any more: it goes on beside whoever reads."""


class Duty(StrEnum):
    """What is to be done now."""

    NONE = "none"
    ASK = "ask"
    SYNC = "sync"
    SCRUB = "scrub"


class Shift(Struct, frozen=True):
    """What is known of the kiosk's own duties.

    Attributes:
        due: When it fetches next, aware; None if it does not.
        asked_s: When that was asked for, by a clock that only grows; None if never, or if it is no longer true.
        scrubbed: When everything was last looked through, by the machine's clock; None if never.
        is_working: Whether long work is running.
    """

    due: datetime | None = None
    asked_s: float | None = None
    scrubbed: datetime | None = None
    is_working: bool = False


class Moment(Struct, frozen=True):
    """How things stand.

    Attributes:
        now: By the clock on the wall, aware.
        now_s: By a clock that only grows.
        rested_s: How long nobody has been here; None while somebody is.
    """

    now: datetime
    now_s: float
    rested_s: float | None


def next_duty(shift: Shift, moment: Moment, night: Night | None) -> Duty:
    """Return what is to be done now.

    Args:
        shift: What is known.
        moment: How things stand.
        night: The quiet hours; None if the kiosk fetches nothing by itself.
    """
    if shift.is_working:
        return Duty.NONE
    if night and (shift.asked_s is None or moment.now_s - shift.asked_s >= ASK_EVERY_S):
        return Duty.ASK
    if night and shift.due and shift.due <= moment.now:
        ends = must_end(shift.due, night)
        if moment.now >= ends:
            return Duty.ASK
        if moment.rested_s is not None or ends - moment.now <= LAST_CALL:
            return Duty.SYNC
    return Duty.SCRUB if _scrub_is_due(shift.scrubbed, moment) else Duty.NONE


def _scrub_is_due(scrubbed: datetime | None, moment: Moment) -> bool:
    if moment.rested_s is None or moment.rested_s < SCRUB_REST_S:
        return False
    # A date to come was written by a clock that was wrong.
    return scrubbed is None or not timedelta(0) <= moment.now - scrubbed < SCRUB_EVERY
