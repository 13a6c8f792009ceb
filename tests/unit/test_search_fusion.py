"""Several findings in one order."""

from kiosk.search.findings import Findings, Found
from kiosk.search.fusion import fused, promoted

PENSION, DOG, LAND = (Found(0, item, 0, score) for item, score in ((1, 8.0), (2, 4.0), (3, 2.0)))


def items(findings):
    return [found.item for found in findings.found]


def test_the_best_of_each_meaning_counts_its_weight():
    both = fused([(Findings((PENSION, LAND)), 1.0), (Findings((DOG,)), 0.5)])
    assert [(found.item, found.score) for found in both.found] == [(1, 100.0), (2, 50.0), (3, 25.0)]


def test_what_is_found_under_several_meanings_keeps_its_better_score():
    likelier_first = [(Findings((PENSION, LAND)), 1.0), (Findings((LAND,)), 0.9)]
    assert [found.score for found in fused(likelier_first).found] == [100.0, 90.0]
    assert fused(likelier_first[::-1]).found == fused(likelier_first).found


def test_marks_and_what_came_near_are_those_of_all_meanings():
    both = fused(
        [(Findings(near=(DOG,), marked=("养老", "老金")), 1.0), (Findings(near=(LAND,), marked=("养老",)), 0.5)]
    )
    assert (both.found, both.near, both.marked) == ((), (DOG, LAND), ("养老", "老金"))


def test_what_was_asked_for_by_its_name_stands_first_and_once():
    findings = Findings((PENSION, DOG, LAND), marked=("养老",), heard=("yan_lao",))
    first = promoted([LAND, LAND._replace(section=4), DOG], findings)
    assert items(first) == [3, 2, 1]
    assert first.found[0].section == 0
    assert (first.marked, first.heard) == (findings.marked, findings.heard)
    assert promoted([], findings) is findings
