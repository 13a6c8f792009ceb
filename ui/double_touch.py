"""Keeps the second half of a double touch from falling on the page that the first half opened.

Whoever has seen somebody use a computer touches twice. The second touch would open whatever happens to stand at that
place of the next page, which nobody can have read yet.
"""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Slot
from PySide6.QtGui import QMouseEvent, QTouchEvent
from typing_extensions import override

TOGETHER_MS: Final = 500
"""Two touches within this time were meant as one."""

_BEGINS: Final = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_ENDS: Final = frozenset({QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease})
_GOES_ON: Final = frozenset({QEvent.Type.TouchUpdate, QEvent.Type.MouseMove})


def is_second_half(first: QPointF, second: QPointF, elapsed_ms: int, reach_px: float) -> bool:
    """Return whether a touch belongs to the one that led to the page it falls on.

    Args:
        first: Where the touch was that led here.
        second: Where this one is.
        elapsed_ms: Since the page has changed.
        reach_px: How far apart the two halves may be.
    """
    apart = second - first
    return elapsed_ms < TOGETHER_MS and QPointF.dotProduct(apart, apart) <= reach_px * reach_px


class DoubleTouch(QObject):
    """Swallows a touch at the place and within half a second of the one that led to another page.

    Args:
        reach_px: How far apart two touches can be that were meant as one.
        parent: Owner.
    """

    def __init__(self, reach_px: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reach_px = reach_px
        self._last = QPointF()
        self._led_here = QPointF()
        self._since = QElapsedTimer()
        self._swallows = False

    def watch(self, window: QObject) -> None:
        """Stand between the glass and a window."""
        window.installEventFilter(self)

    @Slot()
    def stepped(self) -> None:
        """The last touch has led to another page."""
        self._led_here = self._last
        self._since.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop what belongs to a second half, from its beginning to its end."""
        kind = event.type()
        if kind in _BEGINS:
            place = _place_of(event)
            elapsed_ms = self._since.elapsed() if self._since.isValid() else TOGETHER_MS
            self._swallows = is_second_half(self._led_here, place, elapsed_ms, self._reach_px)
            self._last = place
        stops = self._swallows and kind in _BEGINS | _GOES_ON | _ENDS
        if stops:
            event.accept()  # or Qt would make a mouse of it
        if kind in _ENDS:
            self._swallows = False
        return stops


def _place_of(event: QEvent) -> QPointF:
    """Return where a touch or a press is, in the window's pixels."""
    if isinstance(event, QTouchEvent):
        return event.points()[0].position()
    return event.position() if isinstance(event, QMouseEvent) else QPointF()
