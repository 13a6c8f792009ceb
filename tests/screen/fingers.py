"""A finger on the window: finds what can be seen by the name that a screen reader says, and touches it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

SMALLEST_PX = 4.0
"""Less than this of an item inside the window is not in sight."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing in sight.

    Attributes:
        name: What a screen reader says.
        place: The part of it that is in sight, in the window's pixels.
        enabled: Whether it answers to a touch.
        item: The item itself.
    """

    name: str
    place: QRectF
    enabled: bool
    item: QQuickItem


class Finger:
    """One finger on one window; sends real touch events through Qt's window system interface."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._device = QTest.createTouchDevice()

    def seen(self) -> Iterator[Seen]:
        """Give everything named that is in sight, in the order in which it was made."""
        return seen_in(self._window)

    def find(self, name: str, *, begins: bool = False) -> Seen | None:
        """Return the first enabled thing of a name, or one whose name begins so; None if none is in sight."""
        for thing in self.seen():
            if thing.enabled and (thing.name == name or (begins and thing.name.startswith(name))):
                return thing
        return None

    def press(self, point: QPointF) -> None:
        """Put the finger down."""
        QTest.touchEvent(self._window, self._device).press(0, point.toPoint(), self._window).commit()

    def release(self, point: QPointF) -> None:
        """Lift the finger."""
        QTest.touchEvent(self._window, self._device).release(0, point.toPoint(), self._window).commit()

    def touch(self, point: QPointF) -> None:
        """Touch a point and let go."""
        self.press(point)
        self.release(point)

    def drag(self, begin: QPointF, end: QPointF, steps: int = 8) -> None:
        """Put the finger down, move it in steps of a sixtieth of a second, and lift it."""
        self.press(begin)
        for step in range(1, steps + 1):
            point = (begin + (end - begin) * (step / steps)).toPoint()
            QTest.touchEvent(self._window, self._device).move(0, point, self._window).commit()
            QTest.qWait(16)
        self.release(end)

    def together(self, begins: Sequence[QPointF], ends: Sequence[QPointF], steps: int = 8) -> None:
        """Put several fingers down at once, move each from its beginning to its end, and lift them."""
        fingers = QTest.touchEvent(self._window, self._device)
        for number, begin in enumerate(begins):
            fingers.press(number, begin.toPoint(), self._window)
        fingers.commit()
        for step in range(1, steps + 1):
            for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
                fingers.move(number, (begin + (end - begin) * (step / steps)).toPoint(), self._window)
            fingers.commit()
            QTest.qWait(16)
        for number, end in enumerate(ends):
            fingers.release(number, end.toPoint(), self._window)
        fingers.commit()


def seen_in(window: QQuickWindow) -> Iterator[Seen]:
    """Give everything named that is in sight in a window, in the order in which it was made."""
    return _seen(window.contentItem(), QRectF(0, 0, window.width(), window.height()))


def _seen(item: QQuickItem, clip: QRectF) -> Iterator[Seen]:
    for child in item.childItems():
        if not child.isVisible() or child.opacity() == 0:
            continue
        own = child.mapRectToScene(QRectF(0, 0, child.width(), child.height()))
        part = own.intersected(clip)
        if part.width() >= SMALLEST_PX and part.height() >= SMALLEST_PX and (name := _name(child)):
            yield Seen(name=name, place=part, enabled=child.isEnabled(), item=child)
        yield from _seen(child, part if child.clip() else clip)


def _name(item: QQuickItem) -> str:
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(QAccessible.Text.Name) if interface else ""
