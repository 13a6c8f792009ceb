"""Has a process of its own watch for sticks, some time after the start and only where there is a message bus."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from content_packs.errors import CancelledError
from ui.chore_runner import ChoreRunner
from ui.jobs import Failed, Lane, Ok

BUS_VARIABLE: Final = "CUNKOU_BUS"
"""Names a message bus; tests set it."""

SYSTEM_BUS: Final = Path("/run/dbus/system_bus_socket")
FIRST_PAUSE_MS: Final = 60_000
LONGEST_PAUSE_MS: Final = 3_600_000


def bus_options(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options of ``cunkou stick`` that name the message bus; none for the machine's own."""
    named = environment.get(BUS_VARIABLE, "")
    return ("--bus", named) if named else ()


def has_bus(environment: Mapping[str, str], socket: Path = SYSTEM_BUS) -> bool:
    """Whether there is a message bus to be told by."""
    return bool(environment.get(BUS_VARIABLE, "")) or socket.exists()


class StickWatch(QObject):
    """Watches until it is closed; where that cannot be done it tries again, less and less often.

    Args:
        runner: Starts the process.
        bus: Options that name the message bus.
        tell: Told what is plugged in, after every change.
        fail: Told why nobody can tell.
        parent: Owner.
    """

    def __init__(
        self,
        runner: ChoreRunner,
        bus: tuple[str, ...],
        *,
        tell: Callable[[dict[str, Any]], None],
        fail: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._bus = bus
        self._tell = tell
        self._fail = fail
        self._pause_ms = FIRST_PAUSE_MS
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)

    def start(self) -> None:
        """Begin to watch."""
        self._runner.run(("stick", "watch", *self._bus), self._ended, lane=Lane.STICKS, on_news=self._heard)

    def close(self) -> None:
        """Try no more; the process is ended by whoever ends all of them."""
        self._again.stop()

    def _heard(self, news: dict[str, Any]) -> None:
        self._pause_ms = FIRST_PAUSE_MS
        self._tell(news)

    def _ended(self, outcome: Ok[dict[str, Any]] | Failed) -> None:
        if isinstance(outcome, Failed):
            if isinstance(outcome.error, CancelledError):
                return
            self._fail(outcome.error)
        self._again.start(self._pause_ms)
        self._pause_ms = min(self._pause_ms * 2, LONGEST_PAUSE_MS)
