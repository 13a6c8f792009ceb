"""Whole lines with the same numbers are found, and no others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.namesakes import LEAST, Namesakes

LINES = ["abcd", "ab cd", "abce", "bcd", "dcba", "", "abcda", "aaaa", "abcd"]


def letters(codes):
    return np.where((codes >= ord("a")) & (codes <= ord("z")), codes - ord("a") + 1, 0).astype(np.uint16)


def numbers(word):
    return [ord(letter) - ord("a") + 1 for letter in word]


def of(lines):
    return Namesakes("".join(f"{line}\n" for line in lines), letters)


@pytest.mark.parametrize(
    ("word", "lines"), [("abcd", [0, 1, 8]), ("dcba", [4]), ("abcda", [6]), ("aaaa", [7]), ("abcf", []), ("bcd", [])]
)
def test_the_same_sounds_in_the_same_order(word, lines):
    assert of(LINES).of(numbers(word)) == lines


def test_nothing_is_like_nothing():
    assert of([]).of(numbers("abcd")) == []
    assert of(["", "  "]).of([]) == []


@given(st.lists(st.text("abz ", max_size=8), max_size=12), st.text("abz", max_size=8))
def test_it_is_what_comparing_one_by_one_finds(lines, word):
    expected = [place for place, line in enumerate(lines) if len(word) >= LEAST and line.replace(" ", "") == word]
    assert of(lines).of(numbers(word)) == expected
