"""One fault in many looks is one row."""

from tests.tour.report import Found, rows_of, table_of
from tests.tour.shown import Fault

CUT = Fault("cut", "“养老金”", "3 px below")


def test_the_same_fault_in_several_looks_is_one_row() -> None:
    found = [Found("home", f"portrait_{size}", CUT) for size in "abc"] + [Found("home", "portrait_a", CUT)]
    [row] = rows_of([*found])
    assert row.looks == ("portrait_a", "portrait_b", "portrait_c")
    assert row.measure == "3 px below"


def test_rows_are_ordered_by_rule_and_scene() -> None:
    gap = Fault("gap", "a and b")
    rows = rows_of([Found("rest", "x", gap), Found("list", "x", gap), Found("rest", "x", CUT)])
    assert [(row.rule, row.scene) for row in rows] == [("cut", "rest"), ("gap", "list"), ("gap", "rest")]


def test_many_looks_are_counted() -> None:
    table = table_of(rows_of(Found("home", f"look{number}", CUT) for number in range(7)))
    assert list(table.columns[-1].cells) == ["look0 look1 look2 look3 and 3 more"]


def test_no_fault_is_no_row() -> None:
    assert rows_of([]) == []
