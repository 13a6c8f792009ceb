"""Runs commands of ours beside the screen and brings what they tell to the UI thread."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from content_packs.progress import CancelToken, OnProgress, ignore_progress
from kiosk.chores.child import AS_CHILD, CUNKOU, OnNews, run_chore
from kiosk.home import Home
from ui.jobs import Failed, Jobs, Lane, Ok

Ended = Callable[[Ok[dict[str, Any]] | Failed], None]
"""Takes what a command had to say when it was done, or why it failed."""


def _ignore_news(news: dict[str, Any]) -> None:
    del news


class ChoreRunner(QObject):
    """Starts ``cunkou …`` in processes of their own. `close` before the jobs.

    Args:
        jobs: The door off the UI thread; all that a command tells comes back through here.
        home: Whose kiosk.
        program: How ``cunkou`` is started.
        parent: Owner.
    """

    _told = Signal(object, object)

    def __init__(self, jobs: Jobs, home: Home, program: Sequence[str] = CUNKOU, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._home = home
        self._program = tuple(program)
        self._running: list[CancelToken] = []
        self._told.connect(self._tell)  # queued: told by a worker, heard by the UI thread

    def run(
        self,
        command: Sequence[str],
        ended: Ended,
        *,
        lane: Lane = Lane.CHORES,
        on_progress: OnProgress = ignore_progress,
        on_news: OnNews = _ignore_news,
    ) -> CancelToken:
        """Start a command; all three are called on the UI thread.

        Returns:
            What ends it.
        """
        token = CancelToken()
        self._running.append(token)
        whole = (*self._program, *command, *AS_CHILD, "--home", str(self._home.root))

        def work() -> dict[str, Any]:
            return run_chore(
                whole,
                on_progress=lambda progress: self._told.emit(on_progress, progress),
                on_news=lambda news: self._told.emit(on_news, news),
                cancel=token,
            )

        def done(outcome: Ok[dict[str, Any]] | Failed) -> None:
            self._running.remove(token)
            ended(outcome)

        self._jobs.run(lane, work, done)
        return token

    def close(self) -> None:
        """End every command. What one was doing goes on where it stood when it is started again."""
        for token in self._running:
            token.cancel()

    @Slot(object, object)
    def _tell(self, hear: Callable[[Any], None], what: Any) -> None:  # noqa: ANN401 (progress or news)
        hear(what)
