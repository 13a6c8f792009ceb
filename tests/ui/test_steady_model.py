"""A list that changes in place: rows that stay are never taken away."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from ui.models.steady_model import SteadyModel

pytestmark = pytest.mark.ui


@dataclass(frozen=True)
class Row:
    word: str


def rows(words):
    return tuple(Row(word) for word in words)


@pytest.fixture
def model(qtbot):
    made = SteadyModel(Row)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    yield made
    made.deleteLater()


def shown(model):
    role = next(iter(model.roleNames()))
    return [model.data(model.index(place), role) for place in range(model.rowCount())]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.lists(st.text("abc", max_size=6), max_size=8))
def test_whatever_is_shown_next_is_what_a_view_reads(model, lists):
    for words in lists:
        model.show(rows(words))
        assert shown(model) == list(words)


@pytest.mark.parametrize(
    ("before", "after", "changes", "grown", "shrunk"),
    [
        ("abc", "abc", 0, 0, 0),
        ("abc", "axc", 1, 0, 0),
        ("ab", "abcd", 0, 1, 0),
        ("abcd", "xb", 1, 0, 1),
        ("", "a", 0, 1, 0),
    ],
)
def test_only_what_differs_is_told(model, before, after, changes, grown, shrunk):
    model.show(rows(before))
    spies = [QSignalSpy(signal) for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved)]
    reset = QSignalSpy(model.modelReset)
    model.show(rows(after))
    assert [spy.count() for spy in spies] == [changes, grown, shrunk]
    assert reset.count() == 0
