"""What a kiosk does by itself while nobody stands before it: fetch, look through what it holds, back up. Pure."""

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

BACK_UP_EVERY: Final = timedelta(days=1)
WAITS_AT_MOST: Final = 2
"""Work that has waited for closing time so many times as long as it should have is done as soon as nobody is here: some
machines are switched off when the door is locked."""

LAST_CALL: Final = timedelta(minutes=30)
"""Before the end of the night fetching waits for nobody any more: it goes on beside whoever reads."""


class Duty(StrEnum):
    """What is to be done now."""

    NONE = "none"
    ASK = "ask"
    SYNC = "sync"
    SCRUB = "scrub"
    BACK_UP = "back_up"


class Shift(Struct, frozen=True):
    """What is known of the kiosk's own duties.

    Attributes:
        due: When it fetches next, aware; None if it does not.
        asked_s: When that was asked for, by a clock that only grows; None if never, or if it is no longer true.
        scrubbed: When everything was last looked through, by the machine's clock; None if never.
        backed_up: When the small files were last backed up, by the machine's clock; None if never.
        is_working: Whether long work is running.
    """

    due: datetime | None = None
    asked_s: float | None = None
    scrubbed: datetime | None = None
    backed_up: datetime | None = None
    is_working: bool = False


class Moment(Struct, frozen=True):
    """How things stand.

    Attributes:
        now: By the clock on the wall, aware.
        now_s: By a clock that only grows.
        rested_s: How long nobody has been here; None while somebody is.
        is_closed: Whether the service point is closed; None if it has no hours.
    """

    now: datetime
    now_s: float
    rested_s: float | None
    is_closed: bool | None = None


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
    if _is_due(shift.backed_up, BACK_UP_EVERY, moment):
        return Duty.BACK_UP
    return Duty.SCRUB if _is_due(shift.scrubbed, SCRUB_EVERY, moment) else Duty.NONE


def _is_due(last: datetime | None, every: timedelta, moment: Moment) -> bool:
    """Return whether something that is done every so often is due, and may be done now."""
    if moment.rested_s is None or moment.rested_s < SCRUB_REST_S:
        return False
    since = moment.now - last if last else None
    if since is None or since < timedelta(0):  # a date to come was written by a clock that was wrong
        return True
    return since >= (every * WAITS_AT_MOST if moment.is_closed is False else every)
