"""Keeping a kiosk: versions and the way back, the network, what was synced when, tests of printer and voice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken, Progress
from kiosk.chores.stick_news import brought_news
from kiosk.upkeep import Upkeep
from ui.chore_runner import ChoreRunner
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.viewmodels.stick import Guard, trouble_of
from ui.viewmodels.upkeep_state import (
    HistoryRow,
    Kind,
    PackRow,
    UpkeepState,
    after_cancel,
    after_failure,
    after_leaving,
    after_progress,
    after_start,
    after_sync,
    after_verify,
    checked_words,
    free_words,
    history_row,
    next_words,
    pack_row,
)

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_COMMANDS = {Kind.NETWORK: ("sync",), Kind.VERIFY: ("verify",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What is done to this machine. All but ``speak`` block and are called off the UI thread.

    Attributes:
        look: How things stand.
        roll_back: Returns to the version before; its argument is the id of a pack.
        remove: Takes a pack away; returns what is to be told.
        note_checked: Notes that everything was looked through.
        print_test: Prints a page.
        speak_test: Says a sentence; returns whether there is a voice.
        has_urls: Whether servers are set.
        has_night: Whether quiet hours are set.
    """

    look: Callable[[], Upkeep]
    roll_back: Callable[[str], object]
    remove: Callable[[str], str]
    note_checked: Callable[[], None]
    print_test: Callable[[], None]
    speak_test: Callable[[], bool]
    has_urls: bool
    has_night: bool


@QmlElement
@QmlUncreatable("made by ui.app")
class UpkeepViewModel(QObject):
    """Keeps one `UpkeepState`.

    Args:
        jobs: The door off the UI thread.
        runner: Starts long work.
        guard: Asks for the PIN.
        hands: Do what is done to this machine.
        parent: Owner.
    """

    stateChanged = Signal()
    begins = Signal()
    ended = Signal()

    def __init__(
        self, jobs: Jobs, runner: ChoreRunner, guard: Guard, hands: Hands, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._runner = runner
        self._guard = guard
        self._hands = hands
        self._packs = RowModel(PackRow, parent=self)
        self._history = RowModel(HistoryRow, parent=self)
        self._token = CancelToken()
        self._state = UpkeepState()
        self.show_next(None)

    @property
    def state(self) -> UpkeepState:
        """What goes on."""
        return self._state

    @property
    def is_working(self) -> bool:
        """Whether long work is running."""
        return self._state.kind is not None

    def look(self) -> None:
        """Read anew how things stand."""
        self._jobs.run(Lane.PAGES, self._hands.look, self._looked)

    def show_next(self, due: datetime | None) -> None:
        """Show when the kiosk fetches by itself."""
        words = next_words(due, has_urls=self._hands.has_urls, has_night=self._hands.has_night)
        self.show(replace(self._state, next_words=words))

    def forget(self) -> None:
        """Tell whoever comes next nothing of what was told; what runs goes on."""
        self.show(after_leaving(self._state))

    # --- what a finger asks for --------------------------------------------------------------------------------------

    @Slot()
    def syncNow(self) -> None:
        """Ask the servers now, once the PIN has been typed."""
        if self._hands.has_urls and not self.is_working:
            self._guard("联网取新内容", partial(self._start, Kind.NETWORK))

    @Slot()
    def verify(self) -> None:
        """Look through everything that is installed."""
        self._start(Kind.VERIFY)

    @Slot()
    def cancel(self) -> None:
        """Stop the work that is running."""
        self._token.cancel()

    @Slot(str, str)
    def rollBack(self, pack: str, words: str) -> None:
        """Return to the version before, once the PIN has been typed."""
        deed = partial(self._roll_back, pack)
        self._guard(words, deed)

    @Slot(str, str)
    def remove(self, pack: str, words: str) -> None:
        """Take a pack away, once the PIN has been typed."""
        self._guard(words, partial(self._remove, pack))

    @Slot()
    def testPrint(self) -> None:
        """Print a page."""
        self._show_told("正在试打……")
        self._jobs.run(Lane.PAGES, self._hands.print_test, partial(self._tell, "试打的单子送出去了，看看打出来没有。"))

    @Slot()
    def testVoice(self) -> None:
        """Say a sentence."""
        has_voice = self._hands.speak_test()
        self._show_told("正在念一句话，听听有没有声音。" if has_voice else "这台机器现在念不出声，请看下面的检查。")

    # --- what follows ------------------------------------------------------------------------------------------------

    def _start(self, kind: Kind) -> None:
        if self.is_working:
            return
        self.begins.emit()
        self.show(after_start(self._state, kind))
        self._token = self._runner.run(_COMMANDS[kind], partial(self._ended, kind), on_progress=self._progressed)

    def _progressed(self, progress: Progress) -> None:
        self.show(after_progress(self._state, progress))

    def _ended(self, kind: Kind, outcome: Ok[dict[str, Any]] | Failed) -> None:
        if isinstance(outcome, Failed):
            is_cancelled = isinstance(outcome.error, CancelledError)
            ended = after_cancel(self._state) if is_cancelled else after_failure(self._state, trouble_of(outcome.error))
            self.show(ended)
        elif kind is Kind.NETWORK:
            self.show(after_sync(self._state, brought_news(outcome.value)))
        else:
            self.show(after_verify(self._state, outcome.value))
            self._jobs.run(Lane.PAGES, self._hands.note_checked, lambda _: None)
        self.ended.emit()

    def _roll_back(self, pack: str) -> None:
        roll_back = self._hands.roll_back
        self._show_told("正在换……")
        self._jobs.run(Lane.PAGES, lambda: roll_back(pack), partial(self._tell, "换好了。再点一次就回到原来的一版。"))
        self.look()

    def _remove(self, pack: str) -> None:
        remove = self._hands.remove
        self._show_told("正在拿掉……")
        self._jobs.run(Lane.PAGES, lambda: remove(pack), self._removed)
        self.look()

    def _removed(self, outcome: Ok[str] | Failed) -> None:
        if isinstance(outcome, Failed):
            self._tell("", outcome)
        else:
            self._show_told(outcome.value)

    def _tell(self, words: str, outcome: Ok[object] | Failed) -> None:
        if isinstance(outcome, Failed):
            trouble = trouble_of(outcome.error)
            words = f"{trouble.what}{trouble.todo}（{trouble.code}）"
        self._show_told(words)

    def _show_told(self, words: str) -> None:
        self.show(replace(self._state, told=words))

    def _looked(self, outcome: Ok[Upkeep] | Failed) -> None:
        if isinstance(outcome, Failed):
            self._tell("", outcome)
            return
        found = outcome.value
        self._packs.show(tuple(map(pack_row, found.packs)))
        self._history.show(tuple(map(history_row, found.history)))
        self.show(
            replace(
                self._state,
                free_words=free_words(found.free_bytes),
                checked_words=checked_words(found.checked),
                notice="\n".join(found.notices),
            )
        )

    def show(self, state: UpkeepState) -> None:
        """Show another state."""
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(bool, notify=stateChanged)
    def isWorking(self) -> bool:
        return self.is_working

    @Property(bool, constant=True)
    def hasUrls(self) -> bool:
        return self._hands.has_urls

    @Property(str, notify=stateChanged)
    def runningWords(self) -> str:
        return self._state.running_words

    @Property(str, notify=stateChanged)
    def heading(self) -> str:
        return self._state.heading

    @Property(str, notify=stateChanged)
    def tone(self) -> str:
        return self._state.tone

    @Property(str, notify=stateChanged)
    def detail(self) -> str:
        return self._state.detail

    @Property(str, notify=stateChanged)
    def told(self) -> str:
        return self._state.told

    @Property(str, notify=stateChanged)
    def notice(self) -> str:
        return self._state.notice

    @Property(str, notify=stateChanged)
    def nextWords(self) -> str:
        return self._state.next_words

    @Property(str, notify=stateChanged)
    def freeWords(self) -> str:
        return self._state.free_words

    @Property(str, notify=stateChanged)
    def checkedWords(self) -> str:
        return self._state.checked_words

    @Property(QObject, constant=True)
    def packs(self) -> QObject:
        return self._packs

    @Property(QObject, constant=True)
    def history(self) -> QObject:
        return self._history
