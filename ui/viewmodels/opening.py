"""Whether the service point is open, and what the screen says when it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.opening import URGENT, closed_words, opens_next, spans_from
from ui.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 20_000


@dataclass(frozen=True, slots=True)
class OpeningState:
    """What a dark screen says; empty while the service point is open."""

    words: str = ""


def opening_state(now: datetime, hours: str) -> OpeningState:
    """Return what is said at a moment, for hours as they are set: pure."""
    opens = opens_next(now, spans_from(hours))
    return OpeningState(closed_words(now, opens)) if opens else OpeningState()


@QmlElement
@QmlUncreatable("made by ui.app")
class OpeningViewModel(QObject):
    """Looks at the clock now and then.

    Args:
        hours: As they are set; without any nobody looks.
        now: By the clock on the wall.
        parent: Owner.
    """

    stateChanged = Signal()

    def __init__(self, hours: str, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hours = hours
        self._now = now
        self._state = OpeningState()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        if hours:
            self._timer.start()
            self.look()

    @property
    def state(self) -> OpeningState:
        """What is said."""
        return self._state

    def look(self) -> None:
        """Look whether it is time to open or to close."""
        state = opening_state(self._now(), self._hours)
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    @Property(bool, notify=stateChanged)
    def isClosed(self) -> bool:
        return bool(self._state.words)

    @Property(str, notify=stateChanged)
    def words(self) -> str:
        return self._state.words

    @Property(str, constant=True)
    def urgent(self) -> str:
        return URGENT
