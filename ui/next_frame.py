"""Work that waits until the eye has had its frame: the title first, the article after it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

NO_FRAME_MS = 60
"""A window that is covered, or shows what it showed before, draws no frame: then work does not wait longer."""


class NextFrame(QObject):
    """Runs actions after the next frame of a window, in order, on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: list[Callable[[], None]] = []
        self._limit = QTimer(self, singleShot=True, interval=NO_FRAME_MS)
        self._limit.timeout.connect(self._run)

    def watch(self, window: QQuickWindow) -> None:
        """Take this window's frames."""
        window.frameSwapped.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def then(self, action: Callable[[], None]) -> None:
        """Run an action after the next frame that is drawn."""
        self._actions.append(action)
        self._limit.start()

    def _run(self) -> None:
        if self._actions:
            self._limit.stop()
            actions, self._actions = self._actions, []
            for action in actions:
                action()
