"""What makes a day of a kiosk a bad one."""

from dataclasses import replace

import pytest

from tests.day.run import STATE_ROOM_KIB, Day, judged
from tests.day.weighing import Weighing

HOUR = Weighing(
    screen_mib=160.0,
    voice_mib=18.0,
    handles=90,
    threads=14,
    processes=1,
    state_kib=80.0,
    content_kib=12_000.0,
    rubbish=0,
)


def day(*changes: dict[str, float]) -> Day:
    hours = [replace(HOUR, **change) for change in changes]
    return Day(hours=hours, taps=1, visits=1, printed=1, fetched=1, listened=1)


def test_a_day_on_which_nothing_grows_is_good():
    assert judged(day({"handles": 60}, {}, {"handles": 80}, {}, {"handles": 70}, {})) == []


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({"handles": 91}, "handles grew from 90 to 91"),
        ({"threads": 15}, "threads grew"),
        ({"processes": 2}, "processes grew"),
        ({"rubbish": 1}, "rubbish grew"),
        ({"state_kib": 81.0 + STATE_ROOM_KIB}, "state on the disk grew"),
        ({"screen_mib": 191.0}, "memory after the day is 191 MiB"),
    ],
)
def test_what_grew_is_said(last, words):
    (fault,) = judged(day({}, {"handles": 120}, {}, {}, {}, last))
    assert words in fault


def test_memory_that_creeps_up_is_a_fault_long_before_it_is_too_much():
    (fault,) = judged(day(*({"screen_mib": 150.0 + 2 * hour} for hour in range(6))))
    assert fault == "memory at rest grew by 2.00 MiB an hour"


def test_a_day_on_which_nobody_printed_proves_nothing():
    idle = day({}, {}, {})
    idle.printed = 0
    assert judged(idle) == ["nothing was tapped, printed, fetched or heard"]
