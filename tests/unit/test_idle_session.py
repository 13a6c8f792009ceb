from hypothesis import given
from hypothesis import strategies as st

from kiosk.session import IdleSession, Reset, Stay, Warn


def session() -> IdleSession:
    return IdleSession(idle_s=90, warn_s=15)


def test_a_kiosk_that_nobody_touched_rests():
    idle = session()
    assert [idle.tick(now, busy=False) for now in (0.0, 1000.0, 100000.0)] == [Stay()] * 3


def test_it_stays_warns_and_resets_once():
    idle = session()
    idle.touched(10.0)
    assert idle.tick(99.9, busy=False) == Stay()
    assert idle.tick(100.0, busy=False) == Warn(15)
    assert idle.tick(101.0, busy=False) == Warn(14)
    assert idle.tick(114.1, busy=False) == Warn(1)
    assert idle.tick(115.0, busy=False) == Reset()
    assert idle.tick(116.0, busy=False) == Stay()
    assert idle.tick(9999.0, busy=False) == Stay()


def test_one_touch_ends_the_countdown():
    idle = session()
    idle.touched(0.0)
    assert idle.tick(95.0, busy=False) == Warn(15)
    idle.touched(96.0)
    assert idle.tick(97.0, busy=False) == Stay()
    assert idle.tick(185.9, busy=False) == Stay()
    assert idle.tick(186.0, busy=False) == Warn(15)


def test_nobody_is_cut_off_while_listening():
    idle = session()
    idle.touched(0.0)
    for now in range(1, 3600):
        assert idle.tick(float(now), busy=True) == Stay()
    assert idle.tick(3688.0, busy=False) == Stay()
    assert idle.tick(3690.0, busy=False) == Warn(15)


def test_work_that_starts_during_the_countdown_ends_it():
    idle = session()
    idle.touched(0.0)
    assert idle.tick(91.0, busy=False) == Warn(15)
    assert idle.tick(92.0, busy=True) == Stay()
    assert idle.tick(107.0, busy=False) == Stay()


def test_work_without_a_person_does_not_start_a_session():
    idle = session()
    assert idle.tick(1.0, busy=True) == Stay()
    assert idle.tick(500.0, busy=False) == Stay()


def test_a_machine_that_stood_still_shows_the_whole_countdown():
    idle = session()
    idle.touched(0.0)
    assert idle.tick(10_000.0, busy=False) == Warn(15)
    assert idle.tick(10_014.0, busy=False) == Warn(1)
    assert idle.tick(10_015.0, busy=False) == Reset()


@given(st.lists(st.tuples(st.floats(0, 40), st.sampled_from(["touch", "tick", "busy"])), max_size=60))
def test_reset_comes_only_after_a_full_countdown_without_touches(steps):
    idle, now, quiet_since, warned_at = session(), 0.0, None, None
    for wait, what in steps:
        now += wait
        if what == "touch":
            idle.touched(now)
            quiet_since, warned_at = now, None
            continue
        answer = idle.tick(now, busy=what == "busy")
        if what == "busy" and quiet_since is not None:
            quiet_since, warned_at = now, None
        if isinstance(answer, Warn):
            assert 1 <= answer.seconds <= 15
            warned_at = now if warned_at is None else warned_at
        if isinstance(answer, Reset):
            assert now - quiet_since >= 105
            assert now - warned_at >= 15
            quiet_since = warned_at = None
