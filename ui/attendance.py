"""Heeds touches apart from what is touched: as signs of life, and as halves of double touches.

Comes with the first frame, not before it: nobody can touch what has not been painted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.session import IdleSession
from ui.double_touch import DoubleTouch
from ui.places import Page
from ui.viewmodels.idle import IdleViewModel
from ui.viewmodels.navigator import Navigator

COUNTDOWN = Path(__file__).parent / "qml" / "Kiosk" / "App" / "Countdown.qml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is attended to.

    Attributes:
        engine: Makes the countdown.
        window: Whose touches.
        navigator: Told when the person has gone.
        reach_px: How far apart two touches can be that were meant as one.
        idle_s: Quiet seconds before the countdown starts.
        warn_s: Seconds of the countdown.
        now: Monotonic seconds.
        busy: Whether something goes on for the person without touches.
    """

    engine: QQmlApplicationEngine
    window: QQuickWindow
    navigator: Navigator
    reach_px: float
    idle_s: float
    warn_s: float
    now: Callable[[], float]
    busy: Callable[[], bool]


class Attendance(QObject):
    """Watches one window from its making on."""

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(parent)
        session = IdleSession(idle_s=visit.idle_s, warn_s=visit.warn_s)
        self._visit = visit
        self._idle = IdleViewModel(session, now=visit.now, busy=visit.busy, resting=self._is_resting, parent=self)
        self._double_touch = DoubleTouch(visit.reach_px, self)
        self._countdown = _countdown(visit, self._idle)
        self._idle.gone.connect(visit.navigator.reset)
        self._idle.watch(visit.window)
        self._double_touch.watch(visit.window)

    @property
    def idle(self) -> IdleViewModel:
        """The countdown for whoever has gone."""
        return self._idle

    def stepped(self) -> None:
        """Note that a touch has led to another page; the one that leads away from rest begins a visit."""
        self._double_touch.stepped()
        if not self._is_resting():
            self._idle.stay()

    def rest(self) -> None:
        """Note that nobody is here any more."""
        self._idle.rest()

    def _is_resting(self) -> bool:
        return self._visit.navigator.here.page is Page.REST


def _countdown(visit: Visit, idle: IdleViewModel) -> QQuickItem:
    """Return the countdown, put over everything in the window."""
    component = QQmlComponent(visit.engine, str(COUNTDOWN))
    item = component.createWithInitialProperties({"idle": idle})
    assert isinstance(item, QQuickItem), component.errorString()  # noqa: S101 (a part of this program)
    item.setParent(visit.window)
    item.setParentItem(visit.window.contentItem())
    return item
