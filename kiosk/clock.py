"""What day it is, as far as that can be proven, and in words.

A kiosk has no clock that anybody looks after: a dead battery says 1970, a wrong hand 2099. So two dates are used. The
*trusted date* is a lower bound and proves that something has ended. The *caution date* is the machine's clock where it
is later; it is only good for saying 待核实.
"""

from datetime import date, datetime
from typing import Final

from content_packs.built import BUILT_ON

__all__ = [
    "BUILT_ON",
    "STEP_DAYS",
    "caution_date",
    "counting_date",
    "date_words",
    "day_words",
    "machine_today",
]

STEP_DAYS: Final = 400
"""How far the machine's clock may lie past the trusted date before it is taken for wrong."""

_WEEKDAYS: Final = "一二三四五六日"


def caution_date(trusted: date, machine: date) -> date:
    """Return the date that may have come: the machine's where it is later than the trusted one."""
    return max(trusted, machine)


def counting_date(trusted: date, machine: date) -> date:
    """Return the day by which days are counted: the machine's, unless that cannot be true.

    A clock that has died tells a day long past, and another one after each start; one that was set wrong, a day years
    ahead. Both count as the trusted date: any number of them is one day.
    """
    return machine if trusted <= machine and (machine - trusted).days <= STEP_DAYS else trusted


def machine_today() -> date:
    """Return the day of the machine's clock, in its own time zone."""
    return datetime.now().astimezone().date()


def date_words(day: date) -> str:
    """Return a date in Chinese, such as 2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: date) -> str:
    """Return a date with its weekday, such as 2026年11月22日 星期日."""
    return f"{date_words(day)} 星期{_WEEKDAYS[day.weekday()]}"
