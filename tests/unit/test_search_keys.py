"""Texts that stand for numbers, found again by their hashes."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.keys import Keys

PAIRS = st.lists(st.tuples(st.text(alphabet="养老金a_?", max_size=3), st.integers(0, 65_535)))


@given(PAIRS, st.text(alphabet="养老金a_?", max_size=4))
def test_a_text_stands_for_what_a_dictionary_would_say(pairs, other):
    known = defaultdict(list)
    for text, number in pairs:
        known[text].append(number)
    keys = Keys(pairs)
    for text in {*known, other}:
        assert list(keys.of(text)) == known[text]


def test_a_list_of_none_stands_for_nothing():
    assert list(Keys(()).of("")) == []
