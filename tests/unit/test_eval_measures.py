"""The measures of rankings, against figures worked out by hand, and the rules that make questions worse."""

import math

import pytest

from tests.eval.answers import Answers, Built
from tests.eval.measures import (
    chance_of_no_difference,
    first_places,
    ndcg,
    quality,
    recall,
    reciprocal_rank,
)
from tests.eval.report import CLEAN, OURS, TITLES, Entry, Run, page, share_left
from tests.eval.worse import LOOK_ALIKES, Worse, initials, pinyin

RIGHT = frozenset("ab")


def test_the_best_order_is_one_and_none_is_zero():
    assert ndcg("abxy", RIGHT) == ndcg("ba", RIGHT) == recall("ab", RIGHT) == reciprocal_rank("a", RIGHT) == 1.0
    assert ndcg("xy", RIGHT) == recall("xy", RIGHT) == reciprocal_rank("xy", RIGHT) == 0.0
    assert ndcg("", RIGHT) == ndcg("a", frozenset()) == recall("a", frozenset()) == 0.0


def test_places_count_less_the_lower_they_are():
    assert ndcg("xa", RIGHT) == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
    assert recall("xa", RIGHT) == 0.5
    assert reciprocal_rank("xxa", RIGHT) == pytest.approx(1 / 3)


def test_what_stands_below_the_depth_does_not_count():
    ranked = "xxxxxxxxxxab"
    assert ndcg(ranked, RIGHT) == recall(ranked, RIGHT) == reciprocal_rank(ranked, RIGHT) == 0.0
    many = frozenset(map(str, range(20)))
    assert ndcg([str(number) for number in range(10)], many) == 1.0


def test_a_question_without_answer_counts_nothing_found():
    found = quality({"1": "ab"}, {"1": RIGHT, "2": RIGHT, "3": frozenset()})
    assert (found.ndcg, found.recall, found.mrr) == (0.5, 0.5, 0.5)
    assert first_places({"1": "xxxxa", "2": "xxxxxa"}, {"1": RIGHT, "2": RIGHT}) == 0.5


def test_chance_is_small_for_a_clear_difference_and_one_for_none():
    assert chance_of_no_difference([0.5] * 30, [0.5] * 30) == 1.0
    assert chance_of_no_difference([0.9] * 30, [0.1] * 30) < 0.001
    assert chance_of_no_difference([1.0, 0.0] * 15, [0.0, 1.0] * 15) > 0.9


@pytest.fixture(scope="module")
def rules():
    return Worse().rules


def test_each_rule_changes_one_character_and_always_the_same(rules):
    question = "承包地被征收了怎么补偿"
    for name in ("homophone", "near-homophone", "look-alike"):
        worse = rules[name](question, "7")
        assert worse == rules[name](question, "7")
        assert sum(one != other for one, other in zip(question, worse, strict=True)) == 1
    assert rules["look-alike"]("吃", "1") == "吃"


def test_sounds_are_kept_or_nearly_kept(rules):
    for number, question in enumerate(("养老金怎么领", "宅基地能买卖吗", "工伤认定要多久")):
        assert pinyin(rules["homophone"](question, str(number))) == pinyin(question)
        assert pinyin(rules["near-homophone"](question, str(number))) != pinyin(question)


def test_scripts_and_letters(rules):
    assert rules["traditional"]("养老金", "1") == "養老金"
    assert rules["pinyin"]("养老金？", "1") == "yanglaojin"
    assert initials("民法典 第三条") == "mfddst"


def test_look_alikes_are_characters_and_differ():
    assert len(LOOK_ALIKES) > 100
    assert all(len(group) > 1 and len(set(group)) == len(group) for group in LOOK_ALIKES)


def test_the_page_sets_engines_side_by_side():
    def answers(hit):
        ranked = {"1": [hit], "2": ["b"]}
        kinds = (CLEAN, "homophone", *TITLES)
        return {kind: Answers(ranked=ranked, ms=(1.0, 3.0), memory_mb=50, memory_before_mb=20) for kind in kinds}

    ours, other = (
        Entry(name=name, built=Built(seconds=2, megabytes=9), answers=answers(hit))
        for name, hit in ((OURS, "a"), ("other", "x"))
    )
    right = {"1": frozenset("a"), "2": frozenset("b")}
    run = Run(
        commit="abc",
        articles=2,
        entries=(ours, other),
        right=dict.fromkeys((CLEAN, "homophone", *TITLES), right),
        changed={"homophone": frozenset("1")},
    )
    text = page(run)
    assert "| Cunkou | 1.000 | 1.000 | 1.000 |  |" in text
    assert "| other | 0.500 | 0.500 | 0.500 |" in text
    assert "| homophone | 1 | 1.000 (100%) | 0.000 (0%) |" in text
    assert "| title pinyin | 100.0% | 50.0% |" in text
    assert "| Cunkou | 1.0 | 3.0 | 3.0 | 0.0 | 2.0 | 9 | 30 |" in text
    assert share_left(run, other, "homophone") == (0.0, 0.0)
