"""The measures of rankings, against figures worked out by hand, and the rules that make questions worse."""

import math
from dataclasses import replace

import pytest

from tests.eval.answers import CLEAN, OURS, TITLES, Answers, Built
from tests.eval.bars import XAPIAN, bars, share_left
from tests.eval.corpus import Article
from tests.eval.measures import (
    chance_of_no_difference,
    first_places,
    ndcg,
    quality,
    recall,
    reciprocal_rank,
)
from tests.eval.pieces import in_pieces, pieces
from tests.eval.report import page
from tests.eval.run_words import Entry, Run
from tests.eval.speed import WARM_AFTER, Pieces, Speed
from tests.eval.village import OUT, Told, is_right
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
    assert "| Cunkou | 3.0 | 3.0 | 3.0 | 0.0 | 0.0 | 2.0 | 9 | 30 | 0 |" in text
    assert "| nDCG@10, text alone | 1.000 | ≥ 0.41 | ✓ |" in text
    assert share_left(run, other, "homophone") == (0.0, 0.0)


# --- bars and times -------------------------------------------------------------------------------


def timed(*ms, cpu=1.0, hits=(), memory=30.0):
    return Answers(ranked={"1": hits}, ms=ms, cpu_ms=[cpu] * len(ms), memory_mb=memory + 20.0, memory_before_mb=20.0)


def a_run(*, ours, other, speed=None):
    """One question with one right answer, asked of us and of one other engine."""
    kinds = (CLEAN, "homophone", "traditional", *TITLES)
    entries = [
        Entry(name=name, built=Built(seconds=1, megabytes=1), answers=dict.fromkeys(kinds, timed(1.0, hits=hits)))
        for name, hits in ((OURS, ours), (XAPIAN, other))
    ]
    right = {kind: {"1": frozenset("a")} for kind in kinds}
    changed = {"homophone": frozenset("1"), "traditional": frozenset("1")}
    return Run(commit="abc", articles=1, entries=entries, right=right, changed=changed, speed=speed)


def held(run):
    return {measure.name: measure.holds for measure in bars(run)}


def test_every_bar_of_quality_is_told_apart():
    assert all(holds for name, holds in held(a_run(ours="a", other="x")).items() if "chance" not in name)
    worst = held(a_run(ours="x", other="a"))
    assert not any(worst.values())
    assert f"chance that {XAPIAN.partition(',')[0]} ranks as well" in worst


def test_an_engine_that_is_better_on_one_question_may_be_so_by_chance():
    assert not held(a_run(ours="a", other="x"))["chance that Xapian ranks as well"]


def speed_of(warm, *, theirs=10.0, first=20.0, pieces=15.0, memory=30.0):
    def asked(ms, hold=30.0):
        return timed(*([99.0] * WARM_AFTER), *([ms] * 20), memory=hold)

    return Speed(
        turns={OURS: [asked(ms, memory) for ms in warm], XAPIAN: [asked(theirs) for _ in warm]},
        first=[timed(first)] * 3,
        snippets=timed(1.0, 1.0),
        keys=timed(1.0, 1.0),
        pieces=Pieces(sections=146_000, turns=[asked(pieces)]),
    )


def test_times_are_those_of_the_middle_turn_after_the_first_questions():
    found = {each.name: each for each in bars(a_run(ours="a", other="x", speed=speed_of((3.0, 7.0, 50.0))))}
    assert found["after 500 different questions, p95"].value == 7.0
    assert found["p95 beside Xapian's, both warm"].value == 0.7
    assert found["146,000 sections, p95 warm"].value == 15.0
    assert found["memory above a kiosk that has not searched"].value == 30.0
    assert all(each.holds for each in found.values() if each.unit in {"ms", "×", "MB"})


def test_slow_is_slow():
    slow = speed_of((9.0, 9.0, 9.0), theirs=5.0, first=51.0, pieces=21.0, memory=151.0)
    missed = [each.name for each in bars(a_run(ours="a", other="x", speed=slow)) if not each.holds]
    assert len([name for name in missed if "chance" not in name]) == 5


# --- villagers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "topics", "expected", "right"),
    [
        ("spoken", ["T1", "T2", "T3", "T4"], "T3", True),
        ("spoken", ["T1", "T2", "T3", "T4"], "T4", False),
        ("spoken", ["T1"], "T9|T1", True),
        ("initials", ["T1", "T2", "T3", "T4", "T5", "T6"], "T5", True),
        ("docno", ["T1", "T2"], "T2", False),
        ("out", [], "", True),
        ("out", ["T1"], "", False),
    ],
)
def test_a_villager_sees_the_right_topic_high_enough(sort, topics, expected, right):
    assert is_right(sort, topics, expected) is right


def test_bars_of_the_village_are_told_apart():
    told = {"spoken": Told(right=92, asked=100), OUT: Told(right=94, asked=100), "slips": Told(right=0, asked=9)}
    run = replace(a_run(ours="a", other="x"), village={"village": told})
    found = {name: holds for name, holds in held(run).items() if name.startswith("village")}
    assert found == {"village: spoken, right topic in the first 3": True, "village: out of scope, says so": False}
    assert "| slips | 0.0% (0 of 9) |" in page(run)


# --- articles in pieces ---------------------------------------------------------------------------


def test_a_text_is_cut_where_a_sentence_or_a_half_ends():
    long = "甲" * 30
    assert pieces(f"{long}。{long}；{long}") == [f"{long}。", f"{long}；", long]
    assert pieces(f"{long}。短。{long}。") == [f"{long}。短。", f"{long}。"]
    assert pieces(f"短。{long}") == ["短。", long]
    assert [len(piece) for piece in pieces("甲" * 900)] == [400, 400, 100]
    assert pieces(f"## {long}\n\n- {long}。\n") == [f"{long} {long}。"]
    assert pieces(" 。" * 0) == []


def test_sections_are_filled_up_to_the_number_that_is_wanted():
    sentence = "甲" * 30 + "。"
    articles = [
        Article(id=f"L{number}", title="法 第一条", heading="", text=sentence * 3, category="法") for number in (1, 2)
    ]
    laws = [{"id": "9", "title": "某法", "category": "法", "body": sentence * 50}] * 2
    for count in (4, 6, 11, 70):
        records = list(in_pieces(articles, laws, count))
        assert sum(record["body"].count("## ") for record in records) == count
    assert [record["id"] for record in in_pieces(articles, laws, 11)] == ["L1", "L2", "law9"]
    assert [record["id"] for record in in_pieces(articles, laws, 4)] == ["L1", "L2"]
