"""Texts that stand for numbers, found again by their hashes."""

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.search.keys import Keys, codes_of, powers

PAIRS = st.lists(st.tuples(st.text(alphabet="养老金a_?", max_size=3), st.integers(0, 65_535)))


@settings(deadline=None)
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


@settings(deadline=None)
@given(PAIRS.filter(bool))
def test_many_hashes_are_looked_for_at_once(pairs):
    keys = Keys(pairs)
    texts = ["养老", *(text for text, _ in pairs), ""]
    hashes = np.array([int((codes_of(text) * powers(len(text))).sum()) for text in texts], np.uint64)
    found = {place: list(numbers) for place, numbers in keys.find(hashes)}
    assert found == {place: list(keys.of(text)) for place, text in enumerate(texts) if len(keys.of(text))}
