"""A window that Qt holds for hidden although it is shown is brought back by a pixel that comes and goes."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QExposeEvent, QGuiApplication, QRegion
from PySide6.QtQuick import QQuickWindow

from ui.nudge import Nudge

pytestmark = pytest.mark.ui


@pytest.fixture
def window(qtbot):
    shown = QQuickWindow()
    shown.resize(100, 100)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


class Compositor:
    """Owes the window a frame, or not."""

    is_exposed = True

    def tell(self, window, is_exposed):
        self.is_exposed = is_exposed
        QGuiApplication.sendEvent(window, QExposeEvent(QRegion()))


def pixels(window):
    return [
        other
        for other in QGuiApplication.topLevelWindows()
        if other.transientParent() is window and other.isVisible() and other.size().width() == 1
    ]


def test_a_window_that_is_not_painted_is_nudged_until_it_is(window, qtbot):
    compositor = Compositor()
    nudge = Nudge(window, lambda: compositor.is_exposed)
    assert pixels(window) == []
    compositor.tell(window, False)
    qtbot.waitUntil(lambda: len(pixels(window)) == 1)
    assert nudge._timer.isActive()
    compositor.tell(window, True)
    qtbot.waitUntil(lambda: pixels(window) == [])
    assert not nudge._timer.isActive()


def test_it_is_nudged_again_and_again_by_one_pixel_that_comes_and_goes(window, qtbot):
    compositor = Compositor()
    nudge = Nudge(window, lambda: compositor.is_exposed)
    compositor.tell(window, False)
    qtbot.waitUntil(lambda: len(pixels(window)) == 1)
    nudge._timer.setInterval(1)
    for many in (0, 1, 0, 1):
        qtbot.waitUntil(lambda many=many: len(pixels(window)) == many)


def test_the_pixel_takes_neither_touches_nor_the_keyboard(window, qtbot):
    compositor = Compositor()
    Nudge(window, lambda: compositor.is_exposed)
    compositor.tell(window, False)
    qtbot.waitUntil(lambda: len(pixels(window)) == 1)
    flags = pixels(window)[0].flags()
    assert flags & Qt.WindowType.WindowTransparentForInput
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus


def test_what_is_hidden_on_purpose_stays_hidden(window, qtbot):
    compositor = Compositor()
    nudge = Nudge(window, lambda: compositor.is_exposed)
    window.hide()
    compositor.is_exposed = False
    nudge.look()
    assert pixels(window) == []
    assert not nudge._timer.isActive()


def test_other_events_do_not_matter(window):
    nudge = Nudge(window, lambda: False)
    assert not nudge.eventFilter(window, QEvent(QEvent.Type.FocusIn))
