"""Work that waits for the frame before it."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickWindow

from ui.next_frame import NextFrame

pytestmark = pytest.mark.ui


def test_actions_run_after_the_next_frame_and_in_order(qtbot):
    window = QQuickWindow()
    frames = NextFrame()
    frames.watch(window)
    window.resize(100, 100)
    window.show()
    qtbot.waitExposed(window)
    done = []
    frames.then(lambda: done.append("title"))
    frames.then(lambda: done.append("article"))
    assert done == []
    window.setColor(QColor("black"))
    window.requestUpdate()
    qtbot.waitUntil(lambda: done == ["title", "article"])
    window.close()


def test_a_window_that_draws_nothing_does_not_hold_work_up(qtbot):
    frames = NextFrame()
    done = []
    frames.then(lambda: done.append("article"))
    qtbot.waitUntil(lambda: done == ["article"])
