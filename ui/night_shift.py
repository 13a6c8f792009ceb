"""Starts what a kiosk does by itself; `kiosk.chores.nightly` decides when."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from content_packs.errors import CancelledError, KioskError
from content_packs.progress import CancelToken
from kiosk.backup import backed_up_at
from kiosk.chores.nightly import Duty, Moment, Shift, next_duty
from kiosk.home import Home
from kiosk.log import EventLog
from kiosk.opening import opens_next
from kiosk.upkeep import checked_at, note_checked
from sync.schedule import Night
from ui.chore_runner import ChoreRunner
from ui.jobs import Failed, Jobs, Lane, Ok

EVERY_MS: Final = 60_000

_COMMANDS: Final = {
    Duty.ASK: ("sync", "--when"),
    Duty.SYNC: ("sync", "--at-night"),
    Duty.SCRUB: ("verify",),
    Duty.BACK_UP: ("backup", "now"),
}


def wall_clock() -> datetime:
    """Return the moment by the machine's clock, in its own time zone."""
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The clocks of a machine: ``wall`` may be set, ``steady`` only grows."""

    wall: Callable[[], datetime] = wall_clock
    steady: Callable[[], float] = time.monotonic


class NightShift(QObject):
    """Looks once a minute what is to be done.

    Args:
        jobs: The door off the UI thread.
        runner: Starts long work.
        home: Whose kiosk.
        log: Told what came of it.
        night: The quiet hours; None if nothing is fetched.
        hours: When the service point is open; without any it always is.
        rested_s: How long nobody has been here; None while somebody is.
        clocks: Of the machine.
        parent: Owner.
    """

    due_told = Signal(object)
    ended = Signal()

    def __init__(  # noqa: PLR0913 (each is another part of the machine)
        self,
        jobs: Jobs,
        runner: ChoreRunner,
        home: Home,
        log: EventLog,
        *,
        night: Night | None,
        hours: tuple[Night, ...] = (),
        rested_s: Callable[[], float | None],
        clocks: Clocks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._runner = runner
        self._home = home
        self._log = log
        self._night = night
        self._hours = hours
        self._rested_s = rested_s
        self._clocks = clocks or Clocks()
        self._token: CancelToken | None = None
        self._is_held = False
        self._shift = Shift(is_working=True)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def shift(self) -> Shift:
        """What is known."""
        return self._shift

    def start(self) -> None:
        """Begin to look."""
        home = self._home
        self._jobs.run(Lane.PAGES, lambda: (checked_at(home), backed_up_at(home)), self._learned)

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def hold(self) -> None:
        """Stop what runs and begin nothing: a clerk has work to do."""
        self._is_held = True
        if self._token:
            self._token.cancel()

    def release(self) -> None:
        """Go on: the clerk's work has ended, and may have changed when the next is due."""
        self._is_held = False
        self._know(asked_s=None)

    def tick(self) -> None:
        """Look what is to be done, and begin it."""
        if self._is_held:
            return
        now = self._clocks.wall()
        moment = Moment(
            now=now,
            now_s=self._clocks.steady(),
            rested_s=self._rested_s(),
            is_closed=opens_next(now, self._hours) is not None if self._hours else None,
        )
        duty = next_duty(self._shift, moment, self._night)
        if duty is not Duty.NONE:
            self._know(is_working=True)
            self._token = self._runner.run(_COMMANDS[duty], partial(self._ended, duty))

    def _learned(self, outcome: Ok[tuple[datetime | None, datetime | None]] | Failed) -> None:
        now = self._clocks.wall()
        checked, backed_up = outcome.value if isinstance(outcome, Ok) else (now, now)
        self._know(is_working=False, scrubbed=checked, backed_up=backed_up)
        self._timer.start()
        self.tick()

    def _ended(self, duty: Duty, outcome: Ok[dict[str, Any]] | Failed) -> None:
        self._token = None
        was_cancelled = isinstance(outcome, Failed) and isinstance(outcome.error, CancelledError)
        if isinstance(outcome, Failed) and isinstance(outcome.error, KioskError) and not was_cancelled:
            self._log.error(outcome.error)
        match duty:
            case Duty.ASK:
                self._asked(outcome)
            case Duty.SCRUB if not was_cancelled:
                self._scrubbed(outcome)
            case Duty.BACK_UP if not was_cancelled:
                self._backed_up(outcome)
            case _:
                self._know(asked_s=None)
        self._know(is_working=False)
        if duty is not Duty.ASK:
            self.ended.emit()

    def _asked(self, outcome: Ok[dict[str, Any]] | Failed) -> None:
        told = outcome.value.get("next") if isinstance(outcome, Ok) else None
        due = datetime.fromisoformat(told) if told else None
        self._know(due=due, asked_s=self._clocks.steady())
        self.due_told.emit(due)

    def _scrubbed(self, outcome: Ok[dict[str, Any]] | Failed) -> None:
        """Note that everything was looked through; what is damaged is fetched with the next sync."""
        now, home = self._clocks.wall(), self._home
        self._know(scrubbed=now)
        if isinstance(outcome, Ok):
            packs = outcome.value.get("packs", [])
            self._log.event("content-checked", packs=len(packs), damaged=sum(not pack["sound"] for pack in packs))
            self._jobs.run(Lane.PAGES, lambda: note_checked(home, now), lambda _: None)

    def _backed_up(self, outcome: Ok[dict[str, Any]] | Failed) -> None:
        """Note that the small files were backed up; on a disk that refuses it is tried again tomorrow."""
        self._know(backed_up=self._clocks.wall())
        if isinstance(outcome, Ok):
            self._log.event("backed-up", damaged=len(outcome.value.get("damaged", [])))

    def _know(self, **changes: Any) -> None:  # noqa: ANN401 (fields of a shift)
        self._shift = msgspec.structs.replace(self._shift, **changes)
