"""Contrast as it is judged by the tour, on pixels made here."""

import numpy as np
import pytest

from tests.tour.contrast import faint_words, luminance, part_of, ratio, seen_in
from tests.tour.shown import Rect, Shown, ShownText

WHITE, BLACK, PAPER, GREY, INK = (255, 255, 255), (0, 0, 0), (246, 241, 231), (150, 150, 150), (35, 32, 27)
PLACE = Rect(10, 10, 60, 30)


def a_picture(ground, ink=None) -> np.ndarray:
    """Return a ground with some strokes of ink in the place of the words."""
    picture = np.full((60, 80, 3), ground, dtype=np.uint8)
    if ink:
        picture[18:32, 12:68:6] = ink
    return picture


def words(colour, **fields) -> Shown:
    text = ShownText(words="字", place="Label", painted=PLACE, visible=PLACE, em=20, colour=colour, **fields)
    return Shown(Rect(0, 0, 80, 60), (text,))


def test_the_ends_of_the_scale() -> None:
    assert luminance(WHITE) == pytest.approx(1)
    assert ratio(WHITE, BLACK) == pytest.approx(21)
    assert ratio(INK, PAPER) == pytest.approx(ratio(PAPER, INK))
    assert ratio(GREY, GREY) == pytest.approx(1)


def test_the_ground_is_what_dominates_beside_the_letters() -> None:
    seen = seen_in(a_picture(PAPER, INK), INK)
    assert seen.is_painted
    assert seen.ground == PAPER


def test_letters_on_nothing_but_their_own_colour_have_no_contrast() -> None:
    assert seen_in(a_picture(INK), INK).ground == INK


def test_words_that_can_be_read_are_no_fault() -> None:
    assert list(faint_words(words(INK), a_picture(PAPER, INK), strong=True)) == []


def test_faint_words_are_told_with_both_colours() -> None:
    [fault] = faint_words(words(GREY), a_picture(WHITE, GREY), strong=False)
    assert fault.measure == "3.0 < 4.5: #969696 on #FFFFFF"


def test_high_contrast_asks_for_more() -> None:
    middle = (110, 110, 110)
    page = words(middle), a_picture(WHITE, middle)
    assert list(faint_words(*page, strong=False)) == []
    assert [fault.rule for fault in faint_words(*page, strong=True)] == ["contrast"]


def test_icons_ask_for_less_and_what_cannot_be_touched_for_nothing() -> None:
    lighter = (140, 140, 140)
    assert list(faint_words(words(lighter, icon=True), a_picture(WHITE, lighter), strong=True)) == []
    assert list(faint_words(words(GREY, faint=True), a_picture(WHITE, GREY), strong=True)) == []


def test_words_that_were_not_painted_are_told() -> None:
    [fault] = faint_words(words(INK), a_picture(PAPER), strong=False)
    assert fault.measure == "its colour #23201B is nowhere in its place"


def test_a_place_is_cut_out_of_a_picture() -> None:
    assert part_of(a_picture(PAPER), Rect(70, 50, 40, 40)).shape == (10, 10, 3)
