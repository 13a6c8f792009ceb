"""Signs of life for whoever starts a frozen screen anew: the event loop turns, and the compositor answers.

Not that frames come: a screen on which nothing moves has none, and a frame that is asked for without a change is never
answered under Wayland. An idle kiosk that is taken for a frozen one would be started anew all day.
"""

from PySide6.QtCore import QObject, QTimer

from ui.compositor import Compositor
from ui.supervisor import Supervisor


class Heartbeat(QObject):
    """Says that the screen is there, and then that it lives. Made when the first frame has been shown.

    Args:
        supervisor: Told.
        compositor: Shows what we draw; None where nobody but us can freeze, or none can be asked.
        parent: Owner.
    """

    def __init__(self, supervisor: Supervisor, compositor: Compositor | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._supervisor = supervisor
        self._compositor = compositor
        self._timer = QTimer(self, interval=supervisor.every_ms)
        self._timer.timeout.connect(self.beat)
        supervisor.tell("READY=1")
        if supervisor.every_ms:
            self._timer.start()

    def beat(self) -> None:
        """Give a sign of life, unless the compositor still owes the answer to the question of the last time."""
        if self._compositor is None or not self._compositor.is_silent():
            self._supervisor.tell("WATCHDOG=1")
