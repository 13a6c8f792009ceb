"""The only door off the UI thread: values in, values out, and the answer comes back on the UI thread.

Four lanes, each with one worker, so that a search never waits behind a page, and neither behind long work, which is
done by a process of its own (`kiosk.chores`) while its lane waits; one lane waits for sticks and does nothing else. Not
Qt's pool: coverage cannot see it.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Condition, Thread
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from content_packs.errors import KioskError
from kiosk.log import bug_words
from ui.garbage import UiThreadGarbage

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CLOSE_TIMEOUT_S = 10.0


class Lane(StrEnum):
    """Where work runs: queries (only the newest waits), pages and print, chores (all wait, in order), or sticks."""

    QUERIES = "queries"
    PAGES = "pages"
    CHORES = "chores"
    STICKS = "sticks"


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """Work that ended well, and what it returned."""

    value: T


@dataclass(frozen=True, slots=True)
class Failed:
    """Work that ended with an error: a `KioskError` to tell, or a bug, which is already in the log."""

    error: Exception


class Jobs(Protocol):
    """Runs work off the UI thread; tests drive it by hand."""

    def run(self, lane: Lane, work: Callable[[], T], done: Callable[[Ok[T] | Failed], None]) -> None:
        """Run ``work`` on a lane and hand its outcome to ``done`` on the UI thread."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]


def outcome_of(work: Callable[[], T]) -> Ok[T] | Failed:
    """Run the work here and return how it ended; a bug is written to the log, without its values."""
    try:
        return Ok(work())
    except KioskError as error:
        return Failed(error)
    except Exception as error:  # noqa: BLE001 (a bug: the screen must go on)
        _log.error("a job failed: %s", bug_words(error))  # the text of an exception may hold a question
        return Failed(error)


class _Worker:
    """One thread with its queue."""

    def __init__(self, name: str, *, newest_only: bool, deliver: Callable[[_Job, Any], None]) -> None:
        self._jobs: deque[_Job] = deque(maxlen=1 if newest_only else None)
        self._wake = Condition()
        self._closed = False
        self._deliver = deliver
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, job: _Job) -> None:
        with self._wake:
            self._jobs.append(job)
            self._wake.notify()

    def close(self) -> None:
        with self._wake:
            self._closed = True
            self._jobs.clear()
            self._wake.notify()
        self._thread.join(_CLOSE_TIMEOUT_S)

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._jobs and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                job = self._jobs.popleft()
            self._deliver(job, outcome_of(job.work))
            del job  # while this thread waits for the next one, nothing of a person's question stays in it


class ThreadedJobs(QObject):
    """Lanes with real threads. Made on the UI thread; `close` before the application ends."""

    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended.connect(self._finish)  # queued: told by a worker, heard by the UI thread
        self._garbage = UiThreadGarbage(self)
        self._workers = {
            lane: _Worker(lane.value, newest_only=lane is Lane.QUERIES, deliver=self._ended.emit) for lane in Lane
        }

    def run(self, lane: Lane, work: Callable[[], T], done: Callable[[Ok[T] | Failed], None]) -> None:
        """Run ``work`` on a lane and hand its outcome to ``done`` on the UI thread."""
        self._workers[lane].add(_Job(work, done))

    def close(self) -> None:
        """Drop what waits, and wait for what runs."""
        for worker in self._workers.values():
            worker.close()
        self._garbage.close()

    @Slot(object, object)
    def _finish(self, job: _Job, outcome: Any) -> None:  # noqa: ANN401 (the type is the job's own)
        job.done(outcome)
