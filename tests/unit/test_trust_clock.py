"""What day it is, as far as signed dates can prove it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from content_packs.errors import TrustError
from sync.trust.clock import IssuedRoot, floor_after_roots, midnight, raised, reference_time

FLOOR = date(2026, 11, 22)
DAY = timedelta(days=1)
START = midnight(FLOOR)


@pytest.mark.parametrize(
    ("machine", "network"),
    [
        (START, START),
        (START + 3 * DAY, START + 3 * DAY),
        (START + 400 * DAY, START + 400 * DAY),
        (START + 400 * DAY + timedelta(seconds=1), START),
        (START - timedelta(seconds=1), START),
        (datetime(1970, 1, 1, tzinfo=UTC), START),
        (datetime(2099, 1, 1, tzinfo=UTC), START),
        (datetime.max.replace(tzinfo=UTC), START),
    ],
)
def test_the_machines_clock_counts_only_near_the_floor_and_on_the_network(machine: datetime, network: datetime) -> None:
    assert reference_time(FLOOR, machine, is_stick=False) == network
    assert reference_time(FLOOR, machine, is_stick=True) == START


def test_the_floor_rises_and_never_falls_by_itself() -> None:
    later = START + 999 * DAY
    assert raised(FLOOR, FLOOR + DAY, later, "timestamp") == FLOOR + DAY
    assert raised(FLOOR, FLOOR - 99 * DAY, later, "timestamp") == FLOOR
    assert raised(FLOOR, FLOOR + 400 * DAY, later, "timestamp") == FLOOR + 400 * DAY


@pytest.mark.parametrize(
    ("issued", "expires", "code"),
    [
        (FLOOR + 401 * DAY, START + 999 * DAY, "T-411"),
        (date.max, datetime.max.replace(tzinfo=UTC), "T-411"),
        (FLOOR + DAY, START + DAY, "T-410"),
        (FLOOR + 2 * DAY, START + DAY, "T-410"),
    ],
)
def test_an_impossible_day_is_refused(issued: date, expires: datetime, code: str) -> None:
    with pytest.raises(TrustError) as caught:
        raised(FLOOR, issued, expires, "timestamp")
    assert caught.value.telephone_code == code


def _root(days: int, *, floor: int | None = None, lives: int = 730) -> IssuedRoot:
    issued = FLOOR + days * DAY
    return IssuedRoot(issued, midnight(issued) + lives * DAY, None if floor is None else FLOOR + floor * DAY)


@pytest.mark.parametrize(
    ("roots", "floor"),
    [
        ([], 0),
        ([_root(-30)], 0),
        ([_root(300), _root(600), _root(900)], 900),
        ([_root(3000), _root(20)], 20),
        ([_root(300), _root(100, floor=100)], 100),
        ([_root(5000, floor=5000)], 5000),
        ([_root(30, floor=-999)], 30),
        ([_root(10, floor=10 + 800)], 10),
    ],
)
def test_a_chain_of_roots_moves_the_floor(roots: list[IssuedRoot], floor: int) -> None:
    assert floor_after_roots(FLOOR, roots, built=FLOOR) == FLOOR + floor * DAY


def test_a_last_root_that_is_dated_impossibly_is_refused() -> None:
    with pytest.raises(TrustError):
        floor_after_roots(FLOOR, [_root(20), _root(3000)], built=FLOOR)
    with pytest.raises(TrustError):
        floor_after_roots(FLOOR, [_root(20, lives=0)], built=FLOOR)
