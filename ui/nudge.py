"""Gets the window painted again when the Wayland compositor owes it a frame that will never come.

Qt paints nothing more until the compositor has answered its last frame, and after a tenth of a second holds the
window for hidden. A compositor that only draws what has changed, as cage does, never answers a frame without a change,
and such frames happen: a text changes on a page that is not shown. With a mouse its next move would help; on a screen
that is only touched nothing would be seen any more. So one pixel that cannot be seen or touched comes and goes: that is
a change, and with it all that is owed is answered.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QRasterWindow, QSurfaceFormat, QWindow
from typing_extensions import override

AGAIN_MS = 500
"""A panel that is switched off gets no frames, however often they are asked for: this often costs next to nothing."""


class Nudge(QObject):
    """Watches over one window.

    Args:
        window: Which must be painted; the owner of this.
        is_exposed: Whether Qt paints it.
    """

    def __init__(self, window: QWindow, is_exposed: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_exposed = is_exposed
        self._pixel: _Pixel | None = None
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self._nudge)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look once Qt has taken up whether the window is painted."""
        if event.type() is QEvent.Type.Expose:
            QTimer.singleShot(0, self, self.look)
        return False

    def look(self) -> None:
        """Nudge while the window is shown and not painted; be gone when it is."""
        if self._window.isVisible() and not self._is_exposed():
            if not self._timer.isActive():
                self._timer.start()
                self._nudge()
            return
        self._timer.stop()
        if self._pixel:
            self._pixel.hide()

    def _nudge(self) -> None:
        if self._pixel is None:
            self._pixel = _Pixel(self._window)
        self._pixel.setVisible(not self._pixel.isVisible())


class _Pixel(QRasterWindow):
    """A window of one transparent pixel, over another one."""

    def __init__(self, over: QWindow) -> None:
        super().__init__()
        clear = QSurfaceFormat()
        clear.setAlphaBufferSize(8)
        self.setFormat(clear)
        self.setTransientParent(over)
        self.setFlags(
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.resize(1, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing, all over."""
        painter = QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(0, 0, self.width(), self.height(), Qt.GlobalColor.transparent)
        painter.end()
