"""What a kiosk does by itself, and for whom it waits."""

from datetime import datetime, time, timedelta, timezone

import pytest

from kiosk.chores.nightly import ASK_EVERY_S, SCRUB_REST_S, Duty, Moment, Shift, next_duty
from sync.schedule import Night

CHINA = timezone(timedelta(hours=8))
NIGHT = Night(time(1), time(5))
DUE = datetime(2026, 11, 23, 2, 14, tzinfo=CHINA)
CHECKED = DUE - timedelta(days=1)
ASKED = Shift(due=DUE, asked_s=0.0, scrubbed=CHECKED)


def at(moment, *, rested_s=None, now_s=60.0):
    return Moment(now=moment, now_s=now_s, rested_s=rested_s)


def test_first_of_all_it_asks_when_it_is_due():
    assert next_duty(Shift(scrubbed=CHECKED), at(CHECKED), NIGHT) is Duty.ASK


def test_it_asks_again_when_the_clock_may_have_been_set():
    assert next_duty(ASKED, at(CHECKED, now_s=ASK_EVERY_S), NIGHT) is Duty.ASK
    assert next_duty(ASKED, at(CHECKED, now_s=ASK_EVERY_S - 1), NIGHT) is Duty.NONE


def test_at_its_moment_it_fetches_if_nobody_is_here():
    assert next_duty(ASKED, at(DUE, rested_s=1.0), NIGHT) is Duty.SYNC
    assert next_duty(ASKED, at(DUE - timedelta(minutes=1), rested_s=1.0), NIGHT) is Duty.NONE


def test_it_waits_for_whoever_reads_at_night_but_not_past_the_night():
    assert next_duty(ASKED, at(DUE), NIGHT) is Duty.NONE
    assert next_duty(ASKED, at(DUE.replace(hour=4, minute=31)), NIGHT) is Duty.SYNC
    assert next_duty(ASKED, at(DUE.replace(hour=5)), NIGHT) is Duty.ASK


def test_without_servers_it_never_asks_nor_fetches():
    assert next_duty(Shift(due=DUE, scrubbed=DUE), at(DUE, rested_s=1.0), None) is Duty.NONE


@pytest.mark.parametrize(
    ("scrubbed", "rested_s", "duty"),
    [
        (None, SCRUB_REST_S, Duty.SCRUB),
        (None, SCRUB_REST_S - 1, Duty.NONE),
        (None, None, Duty.NONE),
        (DUE - timedelta(days=6), SCRUB_REST_S, Duty.NONE),
        (DUE - timedelta(days=7), SCRUB_REST_S, Duty.SCRUB),
        (DUE + timedelta(days=400), SCRUB_REST_S, Duty.SCRUB),
    ],
)
def test_once_a_week_it_looks_through_everything_when_nobody_was_here_for_long(scrubbed, rested_s, duty):
    assert next_duty(Shift(scrubbed=scrubbed, backed_up=DUE), at(DUE, rested_s=rested_s), None) is duty


@pytest.mark.parametrize(
    ("backed_up", "rested_s", "duty"),
    [
        (None, SCRUB_REST_S, Duty.BACK_UP),
        (None, SCRUB_REST_S - 1, Duty.NONE),
        (None, None, Duty.NONE),
        (DUE - timedelta(hours=23), SCRUB_REST_S, Duty.NONE),
        (DUE - timedelta(hours=24), SCRUB_REST_S, Duty.BACK_UP),
        (DUE + timedelta(days=1), SCRUB_REST_S, Duty.BACK_UP),
    ],
)
def test_once_a_day_it_backs_up_the_small_files_when_nobody_was_here_for_long(backed_up, rested_s, duty):
    assert next_duty(Shift(scrubbed=DUE, backed_up=backed_up), at(DUE, rested_s=rested_s), None) is duty


@pytest.mark.parametrize(
    ("is_closed", "days", "duty"),
    [
        (True, 1, Duty.BACK_UP),
        (False, 1, Duty.NONE),
        (False, 2, Duty.BACK_UP),
        (None, 1, Duty.BACK_UP),
    ],
)
def test_work_waits_for_closing_time_but_not_for_ever(is_closed, days, duty):
    moment = Moment(now=DUE, now_s=60.0, rested_s=SCRUB_REST_S, is_closed=is_closed)
    assert next_duty(Shift(scrubbed=DUE, backed_up=DUE - timedelta(days=days)), moment, None) is duty


def test_after_the_backup_comes_the_look_through():
    assert next_duty(Shift(backed_up=DUE), at(DUE, rested_s=SCRUB_REST_S), None) is Duty.SCRUB


def test_one_thing_at_a_time():
    assert next_duty(Shift(is_working=True), at(DUE, rested_s=9999.0), NIGHT) is Duty.NONE
