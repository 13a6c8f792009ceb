"""What may be said today about an item: pure."""

from datetime import date
from typing import Protocol

from content_packs.model import Status


class Dated(Protocol):
    """The dates of an item; a whole `content_packs.model.Item` has them, and so has a catalogue row."""

    @property
    def valid_from(self) -> date | None:
        """First day it holds."""

    @property
    def valid_to(self) -> date | None:
        """Last day it holds."""

    @property
    def repealed_on(self) -> date | None:
        """Day from which it no longer holds because somebody repealed it."""

    @property
    def review_by(self) -> date | None:
        """After this day somebody should have looked at it again."""


def status_of(item: Dated, trusted: date, machine: date | None, *, superseded: bool, repealed: bool) -> Status:
    """Derive the status of an item from what is known about today.

    The trusted date is a lower bound: it *proves* that a day has passed. The machine's clock may be wrong in either
    direction, so a later one only casts doubt.

    Args:
        item: What the publisher said.
        trusted: Today is this day or later.
        machine: What the machine's clock says; None if it is not to be used at all.
        superseded: Another installed item supersedes this one.
        repealed: Another installed item repeals this one.
    """
    if repealed or _reached(item.repealed_on, trusted):
        return Status.REPEALED
    if superseded:
        return Status.SUPERSEDED
    if _passed(item.valid_to, trusted):
        return Status.EXPIRED
    latest = max(trusted, machine) if machine else trusted
    if item.valid_from and trusted < item.valid_from:
        return Status.REVIEW if latest >= item.valid_from else Status.NOT_YET
    doubtful = _passed(item.review_by, latest) or _passed(item.valid_to, latest) or _reached(item.repealed_on, latest)
    return Status.REVIEW if doubtful else Status.IN_FORCE


def _passed(last_day: date | None, today: date) -> bool:
    return last_day is not None and today > last_day


def _reached(first_day: date | None, today: date) -> bool:
    return first_day is not None and today >= first_day
