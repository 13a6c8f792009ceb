"""Counting citations, and what they change: the order among articles, never the place of anything else."""

import math

import pytest

from kiosk.search.citations import (
    WEIGHT,
    Citations,
    LawNumbers,
    count_lines,
    law_name,
    priors,
    read_counts,
    reordered,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("中华人民共和国民法典", "民法典"),
        ("中华人民共和国民法典 合同编 第十条", "民法典"),
        ("中华人民共和国刑法（2020修正）", "刑法"),
        ("工伤保险条例 第十四条之一", "工伤保险条例"),
        ("", ""),
    ],
)
def test_a_law_is_known_by_its_short_name(title, name):
    assert law_name(title) == name


def test_each_document_counts_a_law_once_and_never_itself():
    one, other = Citations(), Citations()
    one.add("实施办法", ("根据《民法典》和《中华人民共和国刑法》", "又见《民法典》"))
    one.add("中华人民共和国民法典", ("本法即《民法典》，见《刑法》",))
    other.add("通知", ("《民法典》《没有结束",))
    counts = read_counts([count_lines(one.counts), count_lines(other.counts), ""])
    assert counts == {"民法典": 2, "刑法": 2}


def test_what_is_cited_more_is_worth_more_and_never_more_than_nine_times_the_logarithm():
    none, some, many = priors(("无", "有", "多"), {"有": 1, "多": 100})
    assert none == 0
    assert some == pytest.approx(WEIGHT * math.log(2))
    assert many == pytest.approx(WEIGHT * math.log(101))
    assert WEIGHT <= 9


def test_only_what_has_a_worth_changes_places():
    assert reordered([None, 1.0, None, 3.0, 2.0]) == [0, 3, 2, 4, 1]
    assert reordered([None, None]) == [0, 1]
    assert reordered([1.0, 1.0]) == [0, 1]
    assert reordered([]) == []


def test_items_that_are_no_articles_have_no_law():
    laws = LawNumbers()
    for law in ("民法典", "", "刑法", "民法典"):
        laws.add(law)
    assert laws.of_items == [0, -1, 1, 0]
    assert laws.names == ["民法典", "刑法"]
