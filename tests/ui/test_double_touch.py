"""The second half of a double touch: which it is, and that it is stopped from its beginning to its end."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from ui.double_touch import TOGETHER_MS, DoubleTouch, is_second_half

pytestmark = pytest.mark.ui

REACH = 60.0
HERE, NEAR, FAR = QPointF(500, 500), QPointF(530, 540), QPointF(500, 570)


@pytest.mark.parametrize(
    ("second", "elapsed_ms", "answer"),
    [
        (HERE, 0, True),
        (NEAR, TOGETHER_MS - 1, True),
        (HERE, TOGETHER_MS, False),
        (FAR, 0, False),
    ],
)
def test_a_second_half_is_near_in_time_and_place(second, elapsed_ms, answer):
    assert is_second_half(HERE, second, elapsed_ms, REACH) is answer


def mouse(kind: QEvent.Type, place: QPointF) -> QMouseEvent:
    button = Qt.MouseButton.LeftButton
    return QMouseEvent(kind, place, place, button, button, Qt.KeyboardModifier.NoModifier)


def stopped(guard: DoubleTouch, place: QPointF) -> list[bool]:
    kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
    return [guard.eventFilter(QObject(), mouse(kind, place)) for kind in kinds]


def test_it_is_stopped_whole_and_what_comes_after_it_is_not(qapp):
    guard = DoubleTouch(REACH)
    assert stopped(guard, HERE) == [False, False, False]
    guard.stepped()
    assert stopped(guard, NEAR) == [True, True, True]
    assert stopped(guard, FAR) == [False, False, False]


def test_what_is_no_touch_passes(qapp):
    guard = DoubleTouch(REACH)
    guard.stepped()
    guard.eventFilter(QObject(), mouse(QEvent.Type.MouseButtonPress, QPointF()))
    assert not guard.eventFilter(QObject(), QEvent(QEvent.Type.UpdateRequest))
