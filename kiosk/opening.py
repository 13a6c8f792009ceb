"""When a service point is open, and what its screen says when it is not: pure."""

from datetime import datetime, timedelta
from typing import Final

from sync.schedule import Night as Span
from sync.schedule import is_quiet as is_within
from sync.schedule import night_from as span_from

URGENT: Final = "有急事请打：急救 120　报警 110　火警 119"

_MORNING_ENDS, _AFTERNOON_BEGINS, _EVENING_BEGINS = 12, 13, 18


def spans_from(text: str) -> tuple[Span, ...]:
    """Return the spans that a setting such as ``08:00-12:00 14:00-17:30`` names; empty where it is always open."""
    return tuple(span for part in text.split() if (span := span_from(part)))


def opens_next(now: datetime, spans: tuple[Span, ...]) -> datetime | None:
    """Return when it opens again; None while it is open.

    Args:
        now: By the clock on the wall, aware.
        spans: When it is open; without any it always is.
    """
    if not spans or any(is_within(now, span) for span in spans):
        return None
    return min(_next_start(now, span) for span in spans)


def closed_words(now: datetime, opens: datetime) -> str:
    """Return what a dark screen says."""
    days = (opens.date() - now.date()).days
    day = ("", "明天")[days] if days in {0, 1} else f"{opens.month}月{opens.day}日"
    return f"现在休息，{day}{_hour_words(opens)}再开。"


def _next_start(now: datetime, span: Span) -> datetime:
    today = now.replace(hour=span.begins.hour, minute=span.begins.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def _hour_words(moment: datetime) -> str:
    hour, minute = moment.hour, moment.minute
    part = "晚上" if hour >= _EVENING_BEGINS else "下午" if hour >= _AFTERNOON_BEGINS else "中午"
    if hour < _MORNING_ENDS:
        part = "上午"
    shown = hour - 12 if hour >= _AFTERNOON_BEGINS else hour
    return f"{part}{shown}点" + (f"{minute}分" if minute else "")
