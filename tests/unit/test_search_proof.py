"""What questions are about, and whether enough of one is proven."""

from dataclasses import replace

import pytest

from content_packs.model import Kind
from kiosk.search.nearest import Placed, is_same_matter, nearest_first
from kiosk.search.proof import (
    OF_LAWS,
    OF_OTHER_THINGS,
    OF_THINGS,
    OF_VILLAGE,
    Measure,
    is_enough,
    loose_characters,
    measure_of,
)
from kiosk.search.query import SynonymTable, understand
from kiosk.search.scope import is_of_law, is_of_leisure, is_of_village


@pytest.mark.parametrize(
    ("proof", "provable", "expected"),
    [
        (0.0, 4.0, False),
        (0.0, 0.0, False),
        (2.0, 4.0, True),  # half of it, and as much as half of a rare term
        (1.9, 4.0, False),
        (0.9, 1.0, False),  # nearly all, but common words
        (1.2, 8.0, False),
        (2.4, 8.0, True),  # of a long story little, but that is rare
    ],
)
def test_enough_is_much_of_it_or_something_rare(proof, provable, expected):
    measure = Measure(share=0.5, weight=0.5, share_of_long=0.25, weight_of_long=1.1)
    assert is_enough(measure, proof, provable, 2.0) is expected


def test_a_question_that_names_a_thing_needs_less():
    assert is_enough(OF_THINGS, 0.8, 4.0, 1.0)
    assert not is_enough(OF_VILLAGE, 0.8, 4.0, 1.0)
    assert not is_enough(OF_OTHER_THINGS, 0.8, 1.0, 1.0)


def asked(text, **about):
    return replace(understand(text, SynonymTable((), ()), text.split()), **about)


@pytest.mark.parametrize(
    ("about", "measure"),
    [
        ({}, OF_VILLAGE),
        ({"has_thing": True}, OF_THINGS),
        ({"has_thing": True, "is_elsewhere": True}, OF_OTHER_THINGS),
        ({"is_elsewhere": True, "is_urgent": True}, OF_LAWS),
    ],
)
def test_what_must_be_held_follows_from_what_a_question_is_about(about, measure):
    assert measure_of(asked("养老金", **about)) is measure


def test_characters_of_no_word_are_not_proven_by_others_but_in_a_cry_for_help():
    assert loose_characters(asked("养老金 龘")) == 1
    assert loose_characters(asked("养老金")) == 0
    assert loose_characters(asked("着火 龘", is_urgent=True)) == 0


@pytest.mark.parametrize(
    ("question", "law", "village", "leisure"),
    [
        ("超市卖过期食品怎么赔", True, False, False),
        ("劳动合同到期不续签", True, False, False),
        ("工地上干活没给钱", False, True, False),
        ("明天会下雨吗", False, False, True),
        ("红烧肉怎么做", False, False, True),
        ("抖音上买的东西不退", False, True, True),
        ("今天", False, False, False),
    ],
)
def test_what_a_question_is_about(question, law, village, leisure):
    assert (is_of_law(question), is_of_village(question), is_of_leisure(question)) == (law, village, leisure)


def placed(near, *titles, score=1.0, kind=Kind.GUIDE, keywords=()):
    return Placed(near=near, kind=kind, titles=frozenset(titles), keywords=frozenset(keywords), score=score)


def test_the_nearest_region_wins_where_the_matter_is_the_same():
    nation = placed(0, "高龄津贴怎么领", score=10.0)
    other = placed(0, "低保怎么申请", score=9.0)
    county = placed(6, "安吉县高龄津贴怎么领", score=8.0)
    village = placed(12, "余村高龄津贴怎么领", score=6.0)
    assert nearest_first([nation, other, county, village]) == [3, 2, 0, 1]
    assert nearest_first([nation, other]) == [0, 1]
    assert nearest_first([]) == []


def test_a_local_item_about_something_else_keeps_its_place():
    nation = placed(0, "高龄津贴怎么领", score=10.0)
    assert nearest_first([nation, placed(6, "县里的厕所补助", score=9.0)]) == [0, 1]
    assert nearest_first([nation, placed(6, "高龄津贴怎么领", score=4.0)]) == [0, 1]
    assert nearest_first([nation, placed(6, "高龄津贴怎么领", score=9.0, kind=Kind.POLICY)]) == [0, 1]


def test_the_same_keywords_are_the_same_matter():
    keywords = ("尊老金", "长寿钱")
    assert is_same_matter(placed(0, "老人的钱", keywords=keywords), placed(6, "安吉尊老办法", keywords=keywords))
    assert not is_same_matter(placed(0, "甲"), placed(6, "甲"))  # one character says nothing
