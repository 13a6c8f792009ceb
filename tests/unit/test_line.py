"""When to try again, when to give up, how fast to read."""

import pytest

from sync.line import (
    Attempts,
    Floor,
    Flow,
    Pace,
    Patience,
    connect_waits,
    has_room,
    is_even,
    is_losing,
    is_quiet,
    is_stuck,
    next_piece,
)

PATIENCE = Patience(attempts=5, first_s=1, longest_s=4, longest_asked_s=100, floor_bytes=1000, floor_s=10, slow_times=2)


def test_pauses_grow_up_to_the_longest_and_then_we_give_up():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    assert [attempts.pause_after_failure() for _ in range(5)] == [1, 2, 4, 4, None]


def test_pauses_are_drawn_from_nought():
    assert Attempts(PATIENCE, lambda: 0.0).pause_after_failure() == 0
    assert Attempts(PATIENCE, lambda: 0.25).pause_after_failure() == 0.25


def test_bytes_that_arrive_make_up_for_what_went_wrong():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    for _ in range(20):
        assert attempts.pause_after_failure() == 1
        assert attempts.pause_after_failure() == 2
        attempts.arrived()


def test_what_we_ended_ourselves_does_not_count():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    attempts.forgive()
    assert attempts.pause_after_failure() == 1
    for _ in range(20):
        assert attempts.pause_after_failure() == 2
        attempts.forgive()


def test_a_server_may_ask_for_a_pause_but_not_for_a_day():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    assert attempts.pause_after_failure(30) == 30
    assert attempts.pause_after_failure(101) is None


def test_slow_connections_are_counted_until_one_is_fast_enough():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    assert attempts.pause_after_slowness() == 1
    attempts.fast_enough()
    assert attempts.pause_after_slowness() == 1
    assert attempts.pause_after_slowness() is None


def test_starting_over_has_an_end_even_when_bytes_arrive():
    attempts = Attempts(PATIENCE, lambda: 1.0)
    pauses = []
    for _ in range(5):
        attempts.arrived()
        pauses.append(attempts.pause_before_starting_over())
    assert pauses == [1, 1, 1, 1, None]


def test_the_floor_judges_whole_windows():
    floor = Floor(PATIENCE, 0, now=0)
    assert floor.holds(1, 5) is None
    assert floor.holds(1, 10) is False
    assert floor.holds(1000, 15) is None
    assert floor.holds(0, 20) is True


def test_the_floor_asks_no_more_than_half_of_what_we_allow_ourselves():
    floor = Floor(PATIENCE, 100, now=0)
    assert floor.holds(500, 10) is True
    assert floor.holds(499, 20) is False


@pytest.mark.parametrize(("limit", "piece"), [(0, 65536), (8000, 2000), (100, 1024), (10_000_000, 65536)])
def test_pieces_are_small_where_the_line_is_slow(limit, piece):
    assert Pace(limit, 0).piece(65536) == piece


def test_the_pace_holds_the_average():
    pace, now = Pace(1000, 0), 0.0
    for _ in range(100):
        now += 0.1 + pace.pause(500, now + 0.1)
    assert now == pytest.approx(50, rel=0.02)


def test_time_that_the_line_takes_is_no_credit_for_later():
    pace = Pace(1000, 0)
    assert pace.pause(1000, 100) == pytest.approx(0.75)


def test_without_a_limit_nobody_waits():
    assert Pace(0, 0).pause(10**9, 0) == 0


@pytest.mark.parametrize(
    ("segments", "disordered", "arrived", "seconds", "loses"),
    [
        (12, 3, 16_000, 4.0, True),
        (12, 3, 16_000, 0.1, False),  # fast all the same
        (12, 0, 16_000, 4.0, False),  # slow, but whole: a server that allows no more
        (4, 4, 16_000, 4.0, False),  # too few to tell
        (100, 5, 16_000, 4.0, False),
        (100, 6, 16_000, 4.0, True),
        (0, 0, 0, 0.0, False),
    ],
)
def test_a_line_that_loses_packets_is_told_from_one_that_is_only_slow(segments, disordered, arrived, seconds, loses):
    flow = Flow(segments=segments, disordered=disordered, arrived=arrived, seconds=seconds)
    assert is_losing(flow) is loses


@pytest.mark.parametrize(
    ("segments", "arrived", "round_trip_s", "silent_s", "loses"),
    [
        (3, 4_000, 0.2, 1.4, False),
        (3, 4_000, 0.2, 1.6, True),  # something is lost, and nothing comes behind it that could tell
        (3, 0, 0.2, 1.6, True),  # and so is an answer that has not begun
        (3, 0, 0.8, 2.3, False),  # the way is long
        (3, 0, 0.8, 2.5, True),
        (0, 0, 0.0, 9.0, False),  # there is no connection: it waits until it may try again
        (99, 400_000, 0.2, 1.6, False),  # fast all the same
    ],
)
def test_a_line_that_falls_silent_where_something_was_to_come_loses_packets(
    segments, arrived, round_trip_s, silent_s, loses
):
    flow = Flow(
        segments=segments, disordered=0, arrived=arrived, seconds=2.0, silent_s=silent_s, round_trip_s=round_trip_s
    )
    assert is_losing(flow) is loses


@pytest.mark.parametrize(
    ("segments", "disordered", "arrived", "seconds", "even"),
    [
        (2, 0, 64_000, 0.5, True),  # fast
        (40, 2, 64_000, 0.5, True),
        (12, 5, 16_000, 0.0, False),  # all at once, because it had waited behind one that was lost
        (0, 0, 64_000, 0.0, True),
        (32, 0, 16_000, 4.0, True),  # slow, but whole
        (31, 0, 16_000, 4.0, False),  # too few to tell
        (99, 1, 16_000, 4.0, False),
    ],
)
def test_a_line_that_needs_no_help_is_left_alone(segments, disordered, arrived, seconds, even):
    flow = Flow(segments=segments, disordered=disordered, arrived=arrived, seconds=seconds)
    assert is_even(flow) is even


def test_lanes_ask_for_ever_smaller_pieces_and_never_for_more_than_there_is():
    left, pieces = 300_000, []
    while left:
        pieces.append(next_piece(left, 3))
        left -= pieces[-1]
    assert pieces[0] == 44 * 1024
    assert pieces == sorted(pieces, reverse=True)
    assert sum(pieces) == 300_000
    assert len(pieces) < 15
    assert next_piece(1, 3) == 1


def test_a_lane_steps_in_for_one_that_has_been_silent():
    assert has_room([], 2)
    assert has_room([0.1], 2)
    assert not has_room([0.1, 7.9], 2)
    assert has_room([0.1, 8.1], 2)
    assert not has_room([0.1, 8.1, 0.3], 2)


@pytest.mark.parametrize(
    ("silent_s", "quiet_s", "answer_s", "in_vain", "holds", "stuck"),
    [
        (0.4, 0.4, 0.1, 0, False, False),
        (0.6, 0.6, 0.1, 0, False, True),  # nothing is on its way any more
        (0.6, 0.4, 0.1, 0, False, False),  # the others talk: it may wait behind them
        (3.9, 0.0, 0.1, 0, False, False),
        (4.1, 0.0, 0.1, 0, False, True),
        (0.9, 0.9, 0.1, 0, True, False),  # what it holds would be thrown away
        (1.1, 1.1, 0.1, 0, True, True),
        (4.1, 0.0, 0.1, 0, True, True),
        (2.9, 2.9, 1.5, 0, False, False),  # the way is long: everybody takes so long
        (3.1, 3.1, 1.5, 0, False, True),
        (4.4, 0.0, 1.5, 0, False, False),
        (4.6, 0.0, 1.5, 0, False, True),
        (0.9, 0.9, 0.1, 1, False, False),  # all were given up once already, and nothing came
        (1.1, 1.1, 0.1, 1, False, True),
        (7.9, 0.0, 0.1, 1, True, False),
    ],
)
def test_a_lane_that_waits_in_vain_is_told_from_one_that_is_only_slow(
    silent_s, quiet_s, answer_s, in_vain, holds, stuck
):
    assert is_stuck(silent_s, quiet_s, answer_s, in_vain, holds=holds, has_help=True) is stuck


@pytest.mark.parametrize(
    ("silent_s", "quiet_s", "in_vain", "holds", "stuck"),
    [
        (60.0, 0.4, 0, False, False),  # somebody else still gets something, and would have to share
        (0.9, 0.9, 0, False, False),
        (1.1, 1.1, 0, False, True),
        (1.9, 1.9, 0, True, False),
        (2.1, 2.1, 0, True, True),
        (1.9, 1.9, 1, False, False),
        (2.1, 2.1, 1, False, True),
    ],
)
def test_a_lane_begins_anew_where_nobody_is_idle_and_nothing_comes(silent_s, quiet_s, in_vain, holds, stuck):
    assert is_stuck(silent_s, quiet_s, 0.1, in_vain, holds=holds, has_help=False) is stuck


def test_a_line_is_quiet_when_nothing_has_come_for_longer_than_answers_take():
    assert not is_quiet(0.4, 0.1)
    assert is_quiet(0.6, 0.1)
    assert not is_quiet(2.9, 1.5)
    assert is_quiet(3.1, 1.5)


@pytest.mark.parametrize(
    ("longest_s", "waits"), [(20, [4, 8, 8]), (30, [4, 8, 18]), (9, [4, 5]), (5, [5]), (0.5, [0.5])]
)
def test_a_connection_that_does_not_come_is_asked_for_anew_within_the_same_time(longest_s, waits):
    assert list(connect_waits(longest_s)) == waits
