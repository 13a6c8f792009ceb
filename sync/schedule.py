"""When a kiosk fetches by itself: pure.

All kiosks of a country have the same night. Each one starts at its own moment of it, drawn from its own id, so that
600,000 of them ask evenly instead of all at once, and each does so at the same moment every night.
"""

import hashlib
import re
from datetime import datetime, time, timedelta

from msgspec import Struct

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_START_SHARE = 0.75
"""Starts are spread over this much of the night; what is left is for those who start last."""

_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=1)


class Night(Struct, frozen=True):
    """The quiet hours, by the clock on the wall.

    Attributes:
        begins: First minute.
        ends: After the last minute; at or before ``begins`` it is that of the next day.
    """

    begins: time
    ends: time

    @property
    def length(self) -> timedelta:
        """How long it is: more than nothing, at most a day."""
        minutes = (self.ends.hour - self.begins.hour) * 60 + self.ends.minute - self.begins.minute
        return timedelta(minutes=minutes if minutes > 0 else minutes + 24 * 60)


def night_from(text: str) -> Night | None:
    """Return the hours that a setting such as ``01:00-05:00`` names; None if it names none."""
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    begins_h, begins_m, ends_h, ends_m = map(int, found.groups())
    return Night(time(begins_h, begins_m), time(ends_h, ends_m))


def offset(kiosk_id: str, night: Night) -> timedelta:
    """Return how long after the beginning of a night a kiosk starts; always the same for the same kiosk."""
    drawn = int.from_bytes(hashlib.sha256(f"cunkou-sync\0{kiosk_id}".encode()).digest()[:8], "big")
    return night.length * _START_SHARE * (drawn / 2**64)


def next_start(
    now: datetime, night: Night, kiosk_id: str, *, last_done: datetime | None, failures: int = 0
) -> datetime:
    """Return when a kiosk starts next; ``now`` if it should start at once.

    Args:
        now: By the clock on the wall.
        night: The quiet hours.
        kiosk_id: Of this kiosk.
        last_done: When it last came to an end with success; None if never.
        failures: How often in a row it has failed since, the last time just now.
    """
    begins = _night_of(now, night)
    start = begins + offset(kiosk_id, night)
    if last_done is not None and last_done >= begins:
        return start + timedelta(days=1)
    if now < start:
        return start
    if not failures:
        return now
    again = now + min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures - 1, 10))
    return again if again < begins + night.length else start + timedelta(days=1)


def must_end(now: datetime, night: Night) -> datetime:
    """Return the end of the night in which ``now`` lies, else of the next one; what is left then goes on later."""
    return _night_of(now, night) + night.length


def is_quiet(now: datetime, night: Night) -> bool:
    """Whether it is night."""
    return _night_of(now, night) <= now < _night_of(now, night) + night.length


def _night_of(now: datetime, night: Night) -> datetime:
    """Return when the night began in which ``now`` lies, else when the next one begins."""
    today = now.replace(hour=night.begins.hour, minute=night.begins.minute, second=0, microsecond=0)
    yesterday = today - timedelta(days=1)
    if now < yesterday + night.length:
        return yesterday
    return today if now < today + night.length else today + timedelta(days=1)
