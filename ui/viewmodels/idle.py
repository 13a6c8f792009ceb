"""The countdown before everything of the last person is wiped."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement
from typing_extensions import override

from kiosk.session import IdleSession, Reset, Warn
from ui.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS = 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
    }
)


@QmlElement
@QmlUncreatable("made by ui.app")
class IdleViewModel(QObject):
    """Watches the window for touches, counts down, and tells when the person has gone.

    Args:
        session: Decides.
        now: Monotonic seconds.
        busy: Whether something goes on for the person without touches.
        resting: Whether nobody is here: what is pressed at rest and leads nowhere is no visit.
        parent: Owner.
    """

    stateChanged = Signal()
    gone = Signal()

    def __init__(
        self,
        session: IdleSession,
        *,
        now: Callable[[], float],
        busy: Callable[[], bool],
        resting: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._now = now
        self._busy = busy
        self._resting = resting
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    def watch(self, window: QObject) -> None:
        """Count every touch of a window as a sign of life."""
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note touches, and let them pass.

        The countdown covers the window and answers touches itself: were it taken away under the finger, the touch would
        fall on the page beneath.
        """
        if event.type() in _TOUCHES and not self._seconds and not self._resting():
            self.stay()
        return False

    @Slot()
    def stay(self) -> None:
        """Somebody is here."""
        self._session.touched(self._now())
        if not self._timer.isActive():
            self._timer.start(TICK_MS)
        self._show(0)

    @Slot()
    def leave(self) -> None:
        """Somebody says that they are done."""
        self.rest()
        self.gone.emit()

    def rest(self) -> None:
        """Nobody is here any more, for whatever reason: ask nobody whether they still are."""
        self._timer.stop()
        self._show(0)

    @Slot()
    def tick(self) -> None:
        """Ask what is to be done now; the timer stands still while nobody is here, so that rest costs nothing."""
        step = self._session.tick(self._now(), busy=self._busy())
        self._show(step.seconds if isinstance(step, Warn) else 0)
        if isinstance(step, Reset):
            self._timer.stop()
            self.gone.emit()

    def _show(self, seconds: int) -> None:
        if seconds != self._seconds:
            self._seconds = seconds
            self.stateChanged.emit()

    @Property(int, notify=stateChanged)
    def seconds(self) -> int:
        """Seconds left of the countdown, 0 while there is none."""
        return self._seconds
