"""Jobs that run when the test says so."""

from collections.abc import Callable
from typing import Any

from ui.jobs import Lane, outcome_of


class ManualJobs:
    """Collects jobs; `run_next` and `run_all` carry them out here and now, in order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Lane, Callable[[], Any], Callable[[Any], None]]] = []

    def run(self, lane: Lane, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.waiting.append((lane, work, done))

    def run_next(self) -> None:
        _, work, done = self.waiting.pop(0)
        done(outcome_of(work))

    def run_all(self) -> None:
        while self.waiting:
            self.run_next()
