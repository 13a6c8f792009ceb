"""The rules of the tour, each seen to fail once and to pass once."""

from dataclasses import replace

import pytest

from tests.tour.checks import (
    Limits,
    cut_off,
    faults_of,
    high_targets,
    holes,
    nameless,
    near_targets,
    over_each_other,
    over_targets,
    shortened,
    small_targets,
    too_small,
    without_repeats,
)
from tests.tour.shown import Fault, Rect, Scrolls, Shown, ShownList, ShownTarget, ShownText

WINDOW = Rect(0, 0, 1000, 1000)
LINE = Rect(100, 400, 200, 40)
LIMITS = Limits(target=60, gap=16, key_gap=8, em=20, free_top=300)


def a_text(place: Rect = LINE, **fields) -> ShownText:
    return ShownText(words="养老金", place="Label", em=26, painted=place, **({"visible": place} | fields))


def a_target(place: Rect, **fields) -> ShownTarget:
    given = {"name": "养老金", "kind": "AppButton", "place": "Page", "visible": place} | fields
    return ShownTarget(whole=place, **given)


def shown(*things: ShownText | ShownTarget) -> Shown:
    texts = tuple(thing for thing in things if isinstance(thing, ShownText))
    return Shown(WINDOW, texts, tuple(thing for thing in things if isinstance(thing, ShownTarget)))


def rules(found) -> list[str]:
    return [fault.rule for fault in found]


def test_a_page_that_keeps_the_rules_has_no_faults() -> None:
    page = shown(a_text(), a_target(Rect(100, 500, 300, 60)), a_target(Rect(100, 580, 300, 60)))
    assert faults_of(page, LIMITS) == ()


def test_a_picture_that_cannot_be_loaded_is_a_fault() -> None:
    assert faults_of(Shown(WINDOW, broken=("image://media/x",)), LIMITS) == (Fault("picture", "image://media/x"),)


# --- cut off ---------------------------------------------------------------------------------------------------------


def test_letters_below_the_edge_are_cut_off() -> None:
    text = a_text(Rect(100, 980, 200, 40), visible=Rect(100, 980, 200, 20))
    assert [fault.measure for fault in cut_off(shown(text))] == ["16 px below"]


def test_letters_that_a_finger_brings_back_are_not_cut_off() -> None:
    text = a_text(Rect(100, 980, 200, 40), visible=Rect(100, 980, 200, 20), scrolls=Scrolls(forward=True))
    assert rules(cut_off(shown(text))) == []
    assert rules(cut_off(shown(replace(text, scrolls=Scrolls(back=True))))) == ["cut"]


@pytest.mark.parametrize(
    ("visible", "side"),
    [
        (Rect(100, 420, 200, 20), "above"),
        (Rect(150, 400, 150, 40), "on the left"),
        (Rect(100, 400, 150, 40), "on the right"),
    ],
)
def test_letters_are_cut_off_on_every_side(visible: Rect, side: str) -> None:
    [fault] = cut_off(shown(a_text(visible=visible)))
    assert fault.measure.endswith(side)


def test_the_air_above_and_below_letters_may_be_cut() -> None:
    assert rules(cut_off(shown(a_text(visible=Rect(100, 403, 200, 34))))) == []


def test_letters_may_not_leave_their_card() -> None:
    [fault] = cut_off(shown(a_text(room=Rect(90, 390, 180, 60))))
    assert fault.measure == "leaves its card by 30 px"


def test_what_is_painted_over_letters_is_a_fault_unless_they_can_be_scrolled_away() -> None:
    text = a_text(covered=4000)
    assert rules(cut_off(shown(text))) == ["cut"]
    assert rules(cut_off(shown(replace(text, scrolls=Scrolls(forward=True))))) == []


def test_of_the_lit_sentence_only_the_ground_is_asked() -> None:
    again = a_text(covered=4000, again=True, visible=Rect(0, 0, 0, 0))
    assert rules(cut_off(shown(again))) == []
    assert rules(over_each_other(shown(a_text(), again))) == []


def test_only_the_summary_of_a_card_may_end_in_an_ellipsis() -> None:
    page = shown(a_text(shortened=True), a_text(shortened=True, may_shorten=True))
    assert rules(shortened(page)) == ["shortened"]


# --- over each other -------------------------------------------------------------------------------------------------


def test_two_texts_may_not_share_pixels() -> None:
    page = shown(a_text(), a_text(Rect(250, 410, 200, 40)))
    assert [fault.measure for fault in over_each_other(page)] == ["50 × 22 px"]


def test_lines_may_stand_close() -> None:
    assert rules(over_each_other(shown(a_text(), a_text(Rect(100, 436, 200, 40))))) == []


def test_what_floats_over_a_page_that_goes_on_is_no_fault() -> None:
    below = a_text(scrolls=Scrolls(forward=True))
    assert rules(over_each_other(shown(below, a_text()))) == []
    assert rules(over_each_other(shown(replace(below, scrolls=Scrolls(back=True)), a_text()))) == ["over each other"]


def test_words_may_stand_on_their_own_button_only() -> None:
    button = a_target(Rect(90, 390, 220, 60), id=7)
    assert rules(over_targets(shown(a_text(target=7), button))) == []
    assert rules(over_targets(shown(a_text(), button))) == ["over each other"]
    assert rules(over_targets(shown(a_text(scrolls=Scrolls(back=True)), button))) == []


def test_a_page_that_is_one_target_holds_words() -> None:
    assert rules(over_targets(shown(a_text(), a_target(WINDOW)))) == []


def a_list(*rows: Rect, scrolls: Scrolls | None = None) -> Shown:
    view = Rect(0, 100, 400, 300)
    one = ShownList(name="ListView", view=view, rows=rows, spacing=16, scrolls=scrolls or Scrolls())
    return Shown(WINDOW, lists=(one,))


def test_a_list_has_no_holes() -> None:
    rows = Rect(0, 90, 400, 100), Rect(0, 206, 400, 100), Rect(0, 322, 400, 100)
    assert rules(holes(a_list(*rows))) == []
    assert [fault.measure for fault in holes(a_list(rows[0], rows[2]))] == ["132 px without a row"]
    assert [fault.measure for fault in holes(a_list(*rows[1:]))] == ["106 px without a row"]
    assert rules(holes(a_list())) == []


def test_only_a_list_that_goes_on_is_filled_to_its_end() -> None:
    row = Rect(0, 100, 400, 100)
    assert rules(holes(a_list(row))) == []
    assert rules(holes(a_list(row, scrolls=Scrolls(forward=True)))) == ["hole"]


# --- sizes -----------------------------------------------------------------------------------------------------------


def test_no_letter_is_smaller_than_small_print_but_pictures_may_be() -> None:
    page = shown(replace(a_text(), em=14.0), replace(a_text(), em=14.0, icon=True))
    assert rules(too_small(page, LIMITS)) == ["small"]


def test_targets_are_as_high_and_as_wide_as_a_finger() -> None:
    page = shown(a_target(Rect(100, 400, 300, 50)), a_target(Rect(500, 400, 40, 60)))
    assert [fault.measure for fault in small_targets(page, LIMITS)] == ["50 < 60 px high", "40 < 60 px wide"]


def test_keys_may_be_narrow_but_not_low() -> None:
    page = shown(a_target(Rect(100, 400, 40, 60), kind="Key"), a_target(Rect(100, 500, 40, 50), kind="Key"))
    assert [fault.measure for fault in small_targets(page, LIMITS)] == ["50 < 60 px high"]


# --- gaps ------------------------------------------------------------------------------------------------------------


def test_neighbours_stand_apart() -> None:
    page = shown(a_target(Rect(100, 400, 100, 60)), a_target(Rect(210, 400, 100, 60)))
    assert [fault.measure for fault in near_targets(page, LIMITS)] == ["10 < 16 px"]


def test_what_only_meets_at_a_corner_is_no_neighbour() -> None:
    assert rules(near_targets(shown(a_target(Rect(0, 0, 60, 60)), a_target(Rect(62, 62, 60, 60))), LIMITS)) == []


def test_keys_may_stand_closer() -> None:
    keys = a_target(Rect(100, 400, 60, 60), kind="Key"), a_target(Rect(168, 400, 60, 60), kind="Key")
    assert rules(near_targets(shown(*keys), LIMITS)) == []
    assert rules(near_targets(shown(keys[0], replace(keys[1], visible=Rect(163, 400, 60, 60))), LIMITS)) == ["gap"]


def test_rows_of_one_list_are_one_list() -> None:
    rows = [a_target(Rect(100, y, 300, 60), kind="QuestionRow", group=1) for y in (400, 460)]
    assert rules(near_targets(shown(*rows), LIMITS)) == []
    assert rules(near_targets(shown(rows[0], replace(rows[1], group=2)), LIMITS)) == ["gap"]


def test_what_scrolls_is_not_measured_against_what_stands_still() -> None:
    card, bar = a_target(Rect(100, 400, 300, 60), scroller=5), a_target(Rect(100, 462, 300, 60))
    assert rules(near_targets(shown(card, bar), LIMITS)) == []
    assert rules(near_targets(shown(card, replace(bar, scroller=5)), LIMITS)) == ["gap"]


# --- the top, and names ----------------------------------------------------------------------------------------------


def test_nothing_is_touched_in_the_top_of_a_tall_screen() -> None:
    page = shown(a_target(Rect(100, 290, 300, 60)), a_target(Rect(100, 320, 300, 60)), a_target(WINDOW))
    assert [fault.measure for fault in high_targets(page, LIMITS)] == ["at 290, free to 300 px"]
    assert rules(high_targets(page, replace(LIMITS, free_top=0))) == []


def test_everything_that_is_touched_has_a_name() -> None:
    page = shown(a_target(Rect(0, 0, 60, 60), name=" "), a_target(Rect(0, 100, 60, 60)))
    assert [fault.what for fault in nameless(page)] == ["AppButton in Page"]


def test_a_fault_is_told_once() -> None:
    assert without_repeats([Fault("cut", "a"), Fault("cut", "b"), Fault("cut", "a")]) == (
        Fault("cut", "a"),
        Fault("cut", "b"),
    )
