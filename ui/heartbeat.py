"""Signs of life for whoever starts a frozen screen anew: each stands for a frame that was really shown.

A timer alone would prove that our event loop turns; a compositor that hangs leaves it turning before a picture that
stands still. So each beat changes something, one pixel by less than an eye can tell, and the next one says nothing
unless the frame with it came. A frame without any change will not do: under Wayland it is never answered.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.supervisor import Supervisor

_DOT = b"""import QtQuick
Rectangle { property bool beat: false; width: 1; height: 1; z: 1; color: "black"; opacity: beat ? 0.004 : 0.008 }
"""


class Heartbeat(QObject):
    """Says that the screen is there, and then that it lives. Made when the first frame has been shown.

    Args:
        window: Whose frames.
        supervisor: Told.
        has_screen: Whether there is something to show frames on. Where a screen was switched off with its plug, no
            frame comes, and starting anew would not bring one.
        parent: Owner.
    """

    def __init__(
        self,
        window: QQuickWindow,
        supervisor: Supervisor,
        has_screen: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._supervisor = supervisor
        self._has_screen = has_screen
        self._was_shown = True
        self._engine = QQmlEngine(self)
        component = QQmlComponent(self._engine)
        component.setData(_DOT, QUrl())
        dot = component.create()
        assert isinstance(dot, QQuickItem), component.errorString()  # noqa: S101 (a part of this program)
        dot.setParent(self)
        dot.setParentItem(window.contentItem())
        self._dot = dot
        window.frameSwapped.connect(self._shown, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=supervisor.every_ms)
        self._timer.timeout.connect(self.beat)
        supervisor.tell("READY=1")
        if supervisor.every_ms:
            self._timer.start()

    def beat(self) -> None:
        """Give a sign of life if the frame came that was asked for, and ask for another."""
        if self._was_shown or not self._has_screen():
            self._supervisor.tell("WATCHDOG=1")
        self._was_shown = False
        self._dot.setProperty("beat", not self._dot.property("beat"))

    def _shown(self) -> None:
        self._was_shown = True


def has_screen(window: QQuickWindow) -> bool:
    """Whether a window lies on a screen; Qt lays it on one without size when the last one has gone."""
    return not window.screen().size().isEmpty()
