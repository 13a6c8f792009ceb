"""What stands behind the clerk's pages: sticks, the PIN, upkeep, and what the kiosk does by itself."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from content_packs.errors import KioskError
from content_packs.store import PackStore
from kiosk.chores.child import CUNKOU
from kiosk.clock import date_words
from kiosk.opening import spans_from
from kiosk.removal import remove_pack, removed_words
from kiosk.services import Kiosk
from kiosk.upkeep import note_checked, upkeep_of
from sync.schedule import night_from
from ui.chore_runner import ChoreRunner
from ui.jobs import Jobs
from ui.night_shift import NightShift
from ui.places import Page, Place
from ui.printing.printer import Printer
from ui.stick_watch import StickWatch, bus_options, has_bus
from ui.trial import VOICE_TEST, no_code, trial_slip
from ui.viewmodels.listening import ListeningViewModel
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.pin import JudgesPins, PinViewModel
from ui.viewmodels.stick import StickViewModel
from ui.viewmodels.upkeep import Hands, UpkeepViewModel

START_MS: Final = 5_000
"""So long after the pages are made the watching begins: the first touches come before it."""

PAGES: Final = frozenset({Page.CLERK, Page.PIN, Page.HISTORY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the office is built into. All of it outlives it."""

    kiosk: Kiosk
    jobs: Jobs
    navigator: Navigator
    listening: ListeningViewModel
    printer: Printer
    program: Sequence[str] = CUNKOU
    environment: Mapping[str, str]


class ClerkOffice(QObject):
    """Makes what the clerk needs and lets it work together: one piece of long work at a time, the clerk's first.

    `close` before the jobs.
    """

    def __init__(self, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        kiosk, jobs = around.kiosk, around.jobs
        self._around = around
        self._bus = bus_options(around.environment)
        self._rested_at: float | None = time.monotonic()
        self.runner = ChoreRunner(jobs, kiosk.home, around.program, self)
        self.pin = PinViewModel(
            jobs,
            partial(_desk_of, kiosk),
            go=lambda: around.navigator.go(Place(page=Page.PIN)),
            back=around.navigator.back,
            parent=self,
        )
        self.stick = StickViewModel(self.runner, self.pin.ask, bus=self._bus, parent=self)
        self.upkeep = UpkeepViewModel(jobs, self.runner, self.pin.ask, self._hands(), self)
        self._watch = StickWatch(self.runner, self._bus, tell=self.stick.hear, fail=self._cannot_see, parent=self)
        self._night = NightShift(
            jobs,
            self.runner,
            kiosk.home,
            kiosk.log,
            night=night_from(kiosk.settings.sync_hours) if kiosk.settings.sync_urls else None,
            hours=spans_from(kiosk.settings.opening_hours),
            rested_s=self._rested_s,
            parent=self,
        )
        self._start = QTimer(self, singleShot=True, interval=START_MS)
        self._start.timeout.connect(self._begin)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether a clerk is here and waits for long work: nobody is sent away meanwhile.

        On every other page the countdown goes on as ever, and a sync goes on without anybody.
        """
        return self._around.navigator.here.page in PAGES and (self.stick.state.is_running or self.upkeep.is_working)

    def start(self) -> None:
        """Begin to watch and to work by itself, after a while."""
        self._start.start()

    def arrive(self) -> None:
        """Show how things stand."""
        self.upkeep.look()
        self.stick.notice()

    def leave(self, page: Page) -> None:
        """Let go of what only a page needs."""
        if page is Page.PIN:
            self.pin.forget()
        elif page is Page.CLERK:
            self._around.listening.show_page((), 0)

    def forget(self) -> None:
        """Wipe what the last person left; what runs goes on."""
        self.pin.forget()
        self.stick.forget()
        self.upkeep.forget()

    def close(self) -> None:
        """End every process. What was being brought goes on where it stood, the next time."""
        self._start.stop()
        self._watch.close()
        self._night.close()
        self.runner.close()

    def _connect(self) -> None:
        for work in (self.stick, self.upkeep):
            work.begins.connect(self._night.hold)
            work.ended.connect(self._night.release)
            work.ended.connect(self.upkeep.look)
        self._night.ended.connect(self.upkeep.look)
        self._night.due_told.connect(self.upkeep.show_next)
        self._around.navigator.stateChanged.connect(self._stepped)

    def _begin(self) -> None:
        self.pin.prepare()
        self._night.start()
        if has_bus(self._around.environment):
            self._watch.start()

    def _cannot_see(self, error: Exception) -> None:
        if isinstance(error, KioskError):
            self._around.kiosk.log.error(error)
        self.stick.fail(error)

    def _stepped(self) -> None:
        """Note since when nobody is here."""
        is_resting = self._around.navigator.here.page is Page.REST
        if not is_resting:
            self._rested_at = None
        elif self._rested_at is None:
            self._rested_at = time.monotonic()

    def _rested_s(self) -> float | None:
        return None if self._rested_at is None else time.monotonic() - self._rested_at

    def _hands(self) -> Hands:
        kiosk, printer = self._around.kiosk, self._around.printer
        home, settings = kiosk.home, kiosk.settings
        return Hands(
            look=lambda: upkeep_of(home),
            roll_back=lambda pack: PackStore(home.root).roll_back(pack),
            remove=lambda pack: removed_words(remove_pack(home, pack)),
            note_checked=lambda: note_checked(home, datetime.now(UTC).astimezone()),
            print_test=lambda: printer.send(trial_slip(settings.village, date_words(kiosk.today)), no_code),
            speak_test=self._speak,
            has_urls=bool(settings.sync_urls),
            has_night=night_from(settings.sync_hours) is not None,
        )

    def _speak(self) -> bool:
        from kiosk.speech.script import Part  # noqa: PLC0415 (the first page needs no sentences)

        listening = self._around.listening
        if not listening.state.available:
            return False
        listening.show_page((Part(text=VOICE_TEST),), 0)
        listening.play(0)
        return True


def _desk_of(kiosk: Kiosk) -> JudgesPins:
    from kiosk.pin import PinDesk  # noqa: PLC0415 (only the clerk needs it)

    return PinDesk(kiosk.home.pin, seed=kiosk.settings.pin_hash, now=time.monotonic)
