"""The place that matches, marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.snippet import LONGEST_CHARS, Match, snippet_of
from kiosk.words import Snippet


def matches(text, *terms):
    found = []
    for term in terms:
        place = text.find(term)
        while place >= 0:
            found.append(Match(place, place + len(term), term))
            place = text.find(term, place + 1)
    return sorted(found, key=lambda match: match.start)


def marked(snippet):
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_the_sentence_that_holds_most_is_shown():
    text = "先问村里。养老金要本人去领。养老院另说。"
    snippet = snippet_of(text, matches(text, "养老", "老金", "去领"))
    assert snippet.text == "养老金要本人去领。养老院另说。"
    assert marked(snippet) == ["养老金", "去领", "养老"]


def test_how_the_text_begins_is_shown_where_nothing_matches():
    assert snippet_of("第一句。第二句。\n第三句。", ()) == Snippet(text="第一句。第二句。")


def test_a_next_line_is_not_drawn_in():
    assert snippet_of("要带什么：身份证\n去哪里办：村里", ()).text == "要带什么：身份证"


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_an_empty_text_gives_an_empty_snippet(text):
    assert snippet_of(text, ()) == Snippet(text="")


def test_a_long_sentence_is_cut_at_a_clause():
    text = "甲" * 50 + "，" + "乙" * 20 + "，养老金在这里，" + "丙" * 30 + "。"
    snippet = snippet_of(text, matches(text, "养老", "老金"))
    assert marked(snippet) == ["养老金"]
    assert len(snippet.text) <= LONGEST_CHARS
    assert snippet.text[0] in "乙养"


def test_a_clause_longer_than_a_snippet_is_cut_hard():
    assert snippet_of("长" * 200, ()).text == "长" * LONGEST_CHARS


def test_blanks_at_the_ends_go_and_marks_move_with_the_text():
    text = "  养老金  。"
    snippet = snippet_of(text, matches(text, "养老"))
    assert marked(snippet) == ["养老"]
    assert snippet.text == "养老金  。"


@given(st.text(alphabet="养老金，。\n a", max_size=200), st.sampled_from(["养老", "老金", "a"]))
def test_marks_lie_in_order_within_the_snippet(text, term):
    snippet = snippet_of(text, matches(text, term))
    assert len(snippet.text) <= LONGEST_CHARS
    assert snippet.text == snippet.text.strip()
    ends = [0, *(place for mark in snippet.marks for place in mark), len(snippet.text)]
    assert ends == sorted(ends)
    assert all(set(part) & set(term) for part in marked(snippet))
