"""When a service point is open, and what its dark screen says."""

from datetime import datetime, timedelta, timezone

import pytest

from kiosk.opening import closed_words, opens_next, spans_from

CHINA = timezone(timedelta(hours=8))
DAY = spans_from("08:00-12:00 14:00-17:30")


def at(hour, minute=0, day=22):
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(7, 59), at(8)),
        (at(8), None),
        (at(11, 59), None),
        (at(12), at(14)),
        (at(17, 29), None),
        (at(17, 30), at(8, day=23)),
        (at(23, 59), at(8, day=23)),
    ],
)
def test_it_opens_when_the_next_span_begins(now, opens):
    assert opens_next(now, DAY) == opens


def test_without_hours_it_never_closes():
    assert opens_next(at(3), spans_from("")) is None


def test_hours_over_midnight_are_those_of_one_night():
    night = spans_from("20:00-02:00")
    assert opens_next(at(1), night) is None
    assert opens_next(at(3), night) == at(20)


@pytest.mark.parametrize(
    ("now", "opens", "words"),
    [
        (at(6), at(8), "现在休息，上午8点再开。"),
        (at(12, 5), at(14, 30), "现在休息，下午2点30分再开。"),
        (at(18), at(8, day=23), "现在休息，明天上午8点再开。"),
        (at(1), at(12), "现在休息，中午12点再开。"),
        (at(1), at(19), "现在休息，晚上7点再开。"),
        (at(18), at(8, day=25), "现在休息，11月25日上午8点再开。"),
    ],
)
def test_the_screen_says_when_it_opens_as_people_say_it(now, opens, words):
    assert closed_words(now, opens) == words
