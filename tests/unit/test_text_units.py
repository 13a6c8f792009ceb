"""Code points and UTF-16 units of the same place."""

from hypothesis import given
from hypothesis import strategies as st

from ui.text_units import code_points_of, utf16_of

RARE = "村𠮷口😀a"


def test_a_rare_character_counts_as_two_units():
    assert [utf16_of(RARE, place) for place in range(6)] == [0, 1, 3, 4, 6, 7]


def test_a_place_inside_a_pair_belongs_to_its_character():
    assert [code_points_of(RARE, unit) for unit in range(9)] == [0, 1, 1, 2, 3, 3, 4, 5, 5]


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_there_and_back_is_the_same_place(text, place):
    place = min(place, len(text))
    assert utf16_of(text, place) == len(text[:place].encode("utf-16-le")) // 2
    assert code_points_of(text, utf16_of(text, place)) == place
