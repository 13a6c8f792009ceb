"""What was not found: what may be kept of it, from when on, and for how long."""

from datetime import date, timedelta
from itertools import count

import pytest

from kiosk.clock import BUILT_ON, STEP_DAYS, counting_date
from kiosk.search.unanswered import (
    KEPT_DAYS,
    MOST_HEARD,
    MOST_KEPT,
    SALT_DAYS,
    Heard,
    Kept,
    Salt,
    Unanswered,
    after_asking,
    after_days,
    keepable,
)

DAY = date(2026, 11, 22)
SECRET = "养鸡场赔偿"


def day(number):
    return DAY + timedelta(days=number)


@pytest.fixture
def salts():
    numbers = count()
    return lambda: f"{next(numbers):064x}"


def asked(state, *numbers, salts, text=SECRET):
    for number in numbers:
        state = after_asking(state, text, day(number), salts)
    return state


@pytest.mark.parametrize(
    "text", ["养鸡场赔偿", "养 鸡 场 赔偿？", "heqianting", "60岁领多少", "低保2026"[:5], "一二三不许动"]
)
def test_short_questions_may_be_kept_without_what_stands_between_words(text):
    assert keepable(text)
    assert not set(keepable(text)) & set(" ？")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ？！",
        "这一句话有十三个字不能留下来啊",
        "张三电话13800138000",
        "电话1380",
        "1 3 8 0",
        "13-80-01",
        "尾号٤٥٦٧",
        "一三八零零",
        "卡号〇一二三",
    ],
)
def test_long_ones_and_numbers_may_not(text):
    assert keepable(text) == ""
    assert keepable("字" * 12)
    assert not keepable("字" * 13)


def test_words_are_kept_only_after_three_different_days(salts):
    once = asked(Unanswered(), 0, 0, 0, salts=salts)
    assert (once.kept, len(once.heard), once.heard[0].days) == ((), 1, (DAY,))
    twice = asked(once, 1, 1, salts=salts)
    assert twice.kept == ()
    assert SECRET not in repr(twice)
    thrice = asked(twice, 5, salts=salts)
    assert thrice.kept == (Kept(text=SECRET, days=3, last_on=day(5)),)
    assert thrice.heard == ()


def test_later_days_are_counted_once_each(salts):
    state = asked(Unanswered(), 0, 1, 2, 2, 7, 7, salts=salts)
    assert state.kept == (Kept(text=SECRET, days=4, last_on=day(7)),)


def test_days_may_come_in_any_order(salts):
    assert asked(Unanswered(), 3, 0, 1, salts=salts).kept == (Kept(text=SECRET, days=3, last_on=day(3)),)
    assert asked(Unanswered(), 0, 1, 3, 2, salts=salts).kept[0].last_on == day(3)


def test_words_are_forgotten_ninety_days_after_they_were_asked_last(salts):
    state = asked(Unanswered(), 0, 1, 2, salts=salts)
    assert after_days(state, day(2 + KEPT_DAYS)).kept
    assert after_days(state, day(3 + KEPT_DAYS)).kept == ()


def test_different_homes_hash_differently(salts):
    here, there = asked(Unanswered(), 0, salts=salts), asked(Unanswered(), 0, salts=salts)
    assert here.heard[0].digest != there.heard[0].digest


def test_a_salt_is_changed_and_what_was_heard_is_still_counted_once_over(salts):
    state = asked(Unanswered(), 0, SALT_DAYS - 1, salts=salts)
    assert len(state.salts) == 1
    state = asked(state, SALT_DAYS, salts=salts)
    assert len(state.salts) == 2
    assert state.kept
    again = asked(Unanswered(), 0, SALT_DAYS, salts=salts)
    assert again.heard[0].salt == again.salts[0].value
    assert again.heard[0].days == (DAY, day(SALT_DAYS))


def test_hashes_end_with_their_salt(salts):
    state = asked(Unanswered(), 0, salts=salts)
    assert after_days(state, day(2 * SALT_DAYS - 1)).heard
    gone = after_days(state, day(2 * SALT_DAYS))
    assert (gone.heard, gone.salts) == ((), ())
    late = asked(state, 2 * SALT_DAYS, 2 * SALT_DAYS + 1, salts=salts)
    assert late.kept == ()


def test_there_is_a_bound(salts):
    kept = tuple(Kept(text=f"问题{number}", days=3, last_on=DAY) for number in range(MOST_KEPT))
    heard = tuple(Heard(digest=f"{number:032x}", salt="00", days=(DAY,)) for number in range(MOST_HEARD))
    full = Unanswered(salts=(Salt(value="00", since=DAY),), heard=heard, kept=kept)
    state = asked(full, 0, salts=salts)
    assert len(state.heard) == MOST_HEARD
    assert state.heard[-1].digest not in {each.digest for each in heard}
    state = asked(state, 1, 2, salts=salts)
    assert (len(state.kept), state.kept[-1].text, state.kept[0].text) == (MOST_KEPT, SECRET, "问题1")


def test_nothing_is_added_for_nothing_but_what_is_old_goes(salts):
    assert asked(Unanswered(), 0, salts=salts, text="") == Unanswered()
    state = asked(Unanswered(), 0, 1, 2, salts=salts)
    assert after_asking(state, "", day(200), salts) == Unanswered()


def test_a_dead_clock_makes_one_day_of_many():
    dead = [date(1970, 1, 1) + timedelta(days=number) for number in range(5)]
    wild = [BUILT_ON + timedelta(days=STEP_DAYS + number) for number in range(1, 5)]
    assert {counting_date(BUILT_ON, each) for each in (*dead, *wild)} == {BUILT_ON}
    assert counting_date(BUILT_ON, BUILT_ON + timedelta(days=3)) == BUILT_ON + timedelta(days=3)
