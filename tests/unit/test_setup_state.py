"""The questions of a new kiosk, as they follow from touches."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from content_packs.errors import PrinterError
from kiosk.settings import Settings, settings_from_text
from kiosk.setup import screen_text
from kiosk.words import Candidate
from ui.keys import COLUMNS, KeyKind, Mode
from ui.viewmodels.setup_state import (
    CARD_MM,
    LONGEST_VILLAGE,
    NO_PRINTER,
    STEPS,
    Step,
    after_back,
    after_card,
    after_chosen,
    after_digit,
    after_erased,
    after_first,
    after_mismatch,
    after_next,
    after_pin_set,
    after_printer,
    after_printers,
    after_region,
    after_struck,
    after_wider_region,
    answers,
    beginning,
    can_submit,
    pin_question,
    printer_choices,
    region_words,
    setup_keys,
    summary,
    trouble_words,
)

SITE = Path("setup.toml")
NEW = beginning(Settings(), aspect=16 / 9, told_inches=0.0, has_pin=False)


def words_for(letters):
    return (Candidate(text="云溪村", used=len(letters)), Candidate(text="云", used=3)) if letters else ()


def struck(state, *values):
    keys = {key.value: key for key in setup_keys(Mode.LETTERS)}
    for value in values:
        state = after_struck(state, keys[value], words_for)
    return state


def test_the_pages_come_one_after_another_and_back():
    state, seen = NEW, []
    for _ in STEPS:
        seen.append(state.step)
        state = after_next(state)
    assert seen == list(STEPS)
    assert state.step is Step.DONE
    for _ in STEPS:
        state = after_back(state)
    assert state.step is Step.WELCOME


def test_a_new_kiosk_where_everything_is_skipped_sets_nothing():
    assert answers(NEW) == {}
    assert settings_from_text(screen_text(answers(NEW)), SITE) == Settings()


@pytest.mark.parametrize(
    ("printer", "voice"),
    [("cups:village", None), ("escpos:384:/dev/usb/lp1", False), (NO_PRINTER, False), ("", None)],
)
def test_after_a_power_cut_every_answer_is_there_again(printer, voice):
    """The first page that is left writes all answers anew: one that was not taken up again would be lost."""
    state = replace(NEW, region="330112", distance_mm=700, voice=voice, printer=printer, card=0.25)
    state = replace(state, typing=replace(state.typing, text="云溪村"))
    kept = settings_from_text(screen_text(answers(state)), SITE)
    again = beginning(kept, aspect=16 / 9, told_inches=0.0, has_pin=False)
    assert settings_from_text(screen_text(answers(again)), SITE) == kept


def test_all_answers_make_a_file_that_may_stand():
    state = replace(NEW, region="330112", distance_mm=700, voice=False, printer="escpos:384:/dev/usb/lp1", card=0.25)
    state = replace(state, typing=replace(state.typing, text='“好”村"甲"'))
    assert settings_from_text(screen_text(answers(state)), SITE) == Settings(
        village='“好”村"甲"',
        region="330112",
        screen_inches=state.inches,
        viewing_distance_mm=700,
        sound="off",
        printer="escpos",
        escpos_device="/dev/usb/lp1",
        paper_dots=384,
    )


def test_after_a_power_cut_the_answers_are_there_again():
    known = Settings(village="云溪村", region="330112", screen_inches=21.5, viewing_distance_mm=400)
    state = beginning(known, aspect=1920 / 1080, told_inches=15.6, has_pin=True)
    assert state.village == "云溪村"
    assert state.inches == pytest.approx(21.5, abs=0.05)
    assert answers(state) == {
        "village": "云溪村",
        "region": "330112",
        "screen_inches": 21.5,
        "viewing_distance_mm": 400,
    }


def test_letters_are_typed_and_a_word_is_chosen():
    state = struck(replace(NEW, step=Step.VILLAGE), "y", "x", "c")
    assert not state.can_go_on, "letters wait to be chosen for"
    chosen = after_chosen(state, 0, words_for)
    assert chosen.village == "云溪村"
    assert chosen.can_go_on


def test_the_space_bar_takes_the_first_word_and_writes_no_space_at_the_start():
    assert struck(NEW, " ").typing.text == ""
    assert struck(NEW, "y", " ").village == "云溪村"


def test_a_name_is_never_longer_than_may_be_set():
    state = NEW
    for _ in range(12):
        state = after_chosen(struck(state, "y"), 0, words_for)
    assert len(state.village) == LONGEST_VILLAGE
    assert settings_from_text(screen_text(answers(state)), SITE).village == state.village


@pytest.mark.parametrize("mode", [Mode.LETTERS, Mode.DIGITS])
def test_the_keys_are_those_of_search_without_what_only_a_search_needs(mode):
    keys = setup_keys(mode)
    assert not any(key.kind is KeyKind.SEARCH or key.value == Mode.DOC_NO for key in keys)
    places = sorted((key.row, key.column, key.column + key.span) for key in keys)
    assert all(end <= COLUMNS + 1e-9 for _, _, end in places)
    for (row, _, end), (next_row, begin, _) in pairwise(places):
        assert row != next_row or begin >= end - 1e-9, "two keys lie over each other"


def test_region_by_region_and_back():
    state = after_region(after_region(after_region(NEW, "33"), "3301"), "330112")
    assert region_words(state.region) == "浙江省　杭州市　临安区"
    assert after_wider_region(state).region == "3301"
    assert after_wider_region(after_region(NEW, "33")).region == "0"
    assert after_wider_region(after_region(NEW, "419001")).region == "41"


def test_a_card_as_wide_as_the_drawn_one_tells_the_diagonal():
    width_mm = 476.0
    state = after_card(replace(NEW, aspect=9 / 16), CARD_MM / width_mm)
    assert state.inches == pytest.approx(21.5, abs=0.05)
    assert 0 < after_card(state, -1).card < after_card(state, 9).card < 1


def test_printers_as_cups_and_usb_tell_them_and_none():
    found = printer_choices(("village",), ("/dev/usb/lp0",))
    assert [each.code for each in found] == [
        "cups:village",
        "escpos:384:/dev/usb/lp0",
        "escpos:576:/dev/usb/lp0",
        NO_PRINTER,
    ]
    for each in found:
        settings_from_text(screen_text(answers(after_printer(NEW, each.code))), SITE)


def test_a_printer_that_is_gone_is_no_longer_chosen():
    state = after_printers(after_printer(NEW, "cups:village"), printer_choices((), ()))
    assert state.printer == ""


def test_the_pin_is_typed_twice():
    state = replace(NEW, step=Step.PIN)
    for digit in "407182":
        assert not can_submit(state)
        state = after_digit(state, digit)
    assert can_submit(state)
    assert not state.can_go_on
    state = after_first(state)
    assert (state.digits, state.first) == ("", "407182")
    assert "再输一遍" in pin_question(state)
    done = after_pin_set(state)
    assert done.can_go_on
    assert "407182" not in repr(done)


def test_two_that_differ_are_asked_for_anew():
    state = after_mismatch(replace(NEW, first="407182", digits="407183"))
    assert (state.first, state.digits) == ("", "")
    assert "不一样" in state.message
    assert after_digit(state, "1").message == ""


def test_no_more_than_twelve_digits_and_one_back():
    state = NEW
    for _ in range(20):
        state = after_digit(state, "7")
    assert len(state.digits) == 12
    assert len(after_erased(state).digits) == 11


def test_whoever_leaves_the_page_leaves_no_digits_there():
    state = replace(NEW, step=Step.PIN, digits="4071", first="407182", message="x")
    for away in (after_next(state), after_back(state)):
        assert (away.digits, away.first, away.message) == ("", "", "")


def test_the_last_page_says_all_of_it():
    rows = {row.code: row.words for row in summary(NEW)}
    assert rows["村名"] == Settings().village
    assert rows["打印机"] == "以后再说"
    assert "cunkou pin set" in rows["PIN"]
    full = after_printers(
        replace(NEW, region="33", printer=NO_PRINTER, voice=True, has_pin=True, told_inches=15.6),
        printer_choices((), ()),
    )
    rows = {row.code: row.words for row in summary(full)}
    assert rows == {
        "村名": Settings().village,
        "地区": "浙江省",
        "屏幕": "15.6寸（屏幕自己说的），离眼睛55厘米",
        "打印机": "没有打印机",
        "朗读": "听得到",
        "PIN": "设好了",
    }


def test_trouble_is_told_with_its_code_and_a_bug_without_its_text():
    error = PrinterError("没有打印成。", why="no paper", todo="请看看打印机。", code="M-332")
    assert trouble_words(error) == "没有打印成（no paper）。请看看打印机。（M-332）"
    assert "secret" not in trouble_words(ValueError("secret"))
