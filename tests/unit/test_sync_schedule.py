"""When a kiosk fetches by itself."""

from datetime import datetime, time, timedelta, timezone

import pytest

from sync.schedule import Night, is_quiet, must_end, next_start, night_from, offset

NIGHT = Night(time(1), time(5))
CHINA = timezone(timedelta(hours=8))
OURS = "kiosk-7"
START = datetime(2026, 11, 22, 1, tzinfo=CHINA) + offset(OURS, NIGHT)
DAY = timedelta(days=1)


def at(hour, minute=0, day=22):
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def following(now, last_done=None, failures=0):
    return next_start(now, NIGHT, OURS, last_done=last_done, failures=failures)


def test_hours_are_read():
    assert night_from("01:00-05:00") == NIGHT
    assert night_from("22:30-04:15") == Night(time(22, 30), time(4, 15))
    for wrong in ("", "1:00-5:00", "25:00-05:00", "01:60-05:00", "01:00-05:00 ", "01:00-05:00\n", "０1:00-05:00"):
        assert night_from(wrong) is None


@pytest.mark.parametrize(("text", "hours"), [("01:00-05:00", 4), ("22:00-04:00", 6), ("00:00-00:00", 24)])
def test_how_long_a_night_is(text, hours):
    assert night_from(text).length == timedelta(hours=hours)


def test_every_kiosk_has_its_own_moment_and_keeps_it():
    assert offset(OURS, NIGHT) == offset(OURS, NIGHT)
    assert offset(OURS, NIGHT) != offset("kiosk-8", NIGHT)


def test_sixty_thousand_kiosks_come_evenly():
    """No minute of the three hours sees more than 1.5 times its share."""
    minutes = [0] * 180
    for number in range(60_000):
        minutes[int(offset(f"kiosk-{number}", NIGHT).total_seconds() // 60)] += 1
    assert max(minutes) < 1.5 * 60_000 / 180
    assert min(minutes) > 0.5 * 60_000 / 180


def test_by_day_it_waits_for_the_night():
    assert following(at(12)) == START + DAY
    assert following(at(0, 30)) == START


def test_in_the_night_it_waits_for_its_moment():
    assert following(START - timedelta(seconds=1)) == START
    assert following(START) == START
    assert following(START + timedelta(minutes=1)) == START + timedelta(minutes=1)


def test_once_a_night_is_enough():
    assert following(START + timedelta(minutes=20), last_done=START + timedelta(minutes=10)) == START + DAY


def test_last_nights_success_does_not_count_tonight():
    assert following(START, last_done=START - DAY + timedelta(minutes=10)) == START


def test_after_a_failure_it_tries_again_ever_more_rarely():
    pauses = [following(START, failures=count) - START for count in (1, 2, 3, 4, 5, 50)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 60, 60)]


def test_what_would_not_begin_before_morning_waits_for_the_next_night():
    assert following(at(4, 58), failures=1) == START + DAY


def test_a_night_across_midnight():
    night = Night(time(22), time(4))
    start = at(22) + offset(OURS, night)
    assert next_start(at(12), night, OURS, last_done=None) == start
    assert next_start(at(3, 59), night, OURS, last_done=None) == at(3, 59)
    assert next_start(at(3, 59), night, OURS, last_done=at(23, day=21)) == start
    assert is_quiet(at(23), night)
    assert is_quiet(at(3, 59), night)
    assert not is_quiet(at(4), night)


def test_it_stops_in_the_morning():
    assert must_end(at(2), NIGHT) == at(5)
    assert must_end(at(5), NIGHT) == at(5, day=23)
    assert must_end(at(12), NIGHT) == at(5, day=23)
    assert not is_quiet(at(12), NIGHT)
