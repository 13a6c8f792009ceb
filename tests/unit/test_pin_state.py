"""The page of the PIN: what is typed is seen as dots, and gone as soon as it is judged."""

from content_packs.errors import KioskError
from kiosk.pin import PinError
from ui.viewmodels.pin_state import (
    PinState,
    after_digit,
    after_erasing,
    after_look,
    after_refusal,
    after_submitting,
    after_tick,
    asked,
)

WRONG = PinError("PIN 不对。", todo="还可以马上试 2 次。")


def typed(digits, state=None):
    state = state or asked("装U盘里的新内容")
    for digit in digits:
        state = after_digit(state, digit)
    return state


def test_digits_are_counted_and_never_shown():
    state = typed("407182")
    assert (len(state.digits), state.can_submit) == (6, True)
    assert "407182" not in repr(state)
    assert not typed("40718").can_submit


def test_only_digits_count_and_not_more_than_a_pin_can_have():
    assert typed(["x", "", "12", "٣"]).digits == ""
    assert len(typed("1234567890123").digits) == 12


def test_a_slip_of_the_finger_is_taken_back():
    assert after_erasing(typed("407")).digits == "40"
    assert after_erasing(asked("x")).digits == ""


def test_while_it_is_judged_no_digit_is_kept_and_no_key_counts():
    state = after_submitting(typed("407182"))
    assert (state.digits, state.is_judging, state.can_type) == ("", True, False)
    assert typed("1", state) is state
    assert after_erasing(state) is state
    assert after_submitting(typed("4")).is_judging is False


def test_a_wrong_try_says_what_is_left():
    state = after_refusal(after_submitting(typed("407182")), WRONG, 0)
    assert (state.message, state.todo, state.wait_s, state.can_type) == ("PIN 不对。", "还可以马上试 2 次。", 0, True)
    assert typed("1", state).message == ""


def test_too_many_wrong_tries_are_waited_out_in_sight():
    state = after_refusal(after_submitting(typed("407182")), WRONG, 29.2)
    assert (state.wait_s, state.todo, state.can_type) == (30, "", False)
    assert after_tick(state, 12.0).wait_s == 12
    over = after_tick(state, 0)
    assert (over.wait_s, over.message, over.can_type) == (0, "", True)
    assert after_tick(over, 0) is over


def test_without_a_pin_the_administrator_is_named():
    state = after_look(asked("x"), is_set=False, seconds_left=0)
    assert not state.can_type
    assert "cunkou pin set" in state.todo
    told = after_refusal(asked("x"), KioskError("还没有设置。", code="K-032"), 0)
    assert not told.is_set


def test_a_wait_from_before_the_start_goes_on():
    state = after_look(asked("x"), is_set=True, seconds_left=31.5)
    assert (state.wait_s, state.message) == (32, "试得太多了。")
    assert after_look(asked("x"), is_set=True, seconds_left=0) == asked("x")


def test_late_answers_to_somebody_who_has_gone_change_nothing():
    assert after_look(PinState(), is_set=False, seconds_left=9) == PinState()
    assert after_refusal(PinState(), WRONG, 30) == PinState()
