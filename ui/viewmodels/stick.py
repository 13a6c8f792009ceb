"""Sticks: what is plugged in, what it would bring, and bringing it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.errors import CancelledError, KioskError
from content_packs.progress import CancelToken, Progress
from kiosk.chores.stick_news import Stick, TroubleNews, brought_news, stick_news
from ui.chore_runner import ChoreRunner
from ui.jobs import Failed, Ok
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.stick_words import CardLine, CardWords, card_words, progress_words, slip_words
from ui.viewmodels.stick_state import (
    StickState,
    after_blindness,
    after_cancel,
    after_done,
    after_failure,
    after_leaving,
    after_news,
    after_notice,
    after_progress,
    after_start,
    to_go_on,
)

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PURPOSE = "装U盘里的新内容"
Guard = Callable[[str, Callable[[], None]], None]
"""Does a deed once the PIN for a purpose has been typed."""


def trouble_of(error: Exception) -> TroubleNews:
    """Return an error as the clerk is told about it: it says itself, a bug stands in the log."""
    if isinstance(error, KioskError):
        return TroubleNews(error.what, error.why, error.todo, error.telephone_code)
    return TroubleNews("程序出了错。", "原因记在日志里", "请再试一次", "K-000")


@QmlElement
@QmlUncreatable("made by ui.app")
class StickViewModel(QObject):
    """Keeps one `StickState`.

    Args:
        runner: Starts what brings a stick.
        guard: Asks for the PIN.
        bus: Options that name the message bus; empty for the machine's own.
        parent: Owner.
    """

    stateChanged = Signal()
    begins = Signal()
    ended = Signal()

    def __init__(
        self, runner: ChoreRunner, guard: Guard, *, bus: Sequence[str] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._guard = guard
        self._bus = tuple(bus)
        self._state = StickState()
        self._words = CardWords()
        self._lines = RowModel(CardLine, parent=self)
        self._token = CancelToken()

    @property
    def state(self) -> StickState:
        """What goes on."""
        return self._state

    @property
    def lines(self) -> RowModel:
        """What the card lists."""
        return self._lines

    def hear(self, told: dict[str, Any]) -> None:
        """Take what the watching process tells; what was pulled out midway goes on by itself."""
        try:
            news = stick_news(told)
        except msgspec.ValidationError:
            return
        self.show(after_news(self._state, news))
        stick = to_go_on(self._state)
        if stick:
            self._start(stick)

    def fail(self, error: Exception) -> None:
        """Note why sticks cannot be seen."""
        self.show(after_blindness(self._state, trouble_of(error)))

    def notice(self) -> None:
        """Note that a clerk sees the card."""
        self.show(after_notice(self._state))

    def forget(self) -> None:
        """Let whoever comes next have agreed to nothing; what runs goes on."""
        self.show(after_leaving(self._state))

    @Slot()
    def begin(self) -> None:
        """Bring what the card is about, once the PIN has been typed."""
        stick = self._state.stick
        if stick and not self._state.is_running:
            self._guard(PURPOSE, partial(self._start, stick))

    @Slot()
    def cancel(self) -> None:
        """Stop; what came stays, and the next time it goes on there."""
        self._token.cancel()

    def _start(self, stick: Stick) -> None:
        if self._state.is_running:
            return
        self.begins.emit()
        self.show(after_start(self._state, stick))
        command = ("stick", "sync", stick.device, *self._bus)
        self._token = self._runner.run(command, self._ended, on_progress=self._progressed)

    def _progressed(self, progress: Progress) -> None:
        self.show(after_progress(self._state, progress))

    def _ended(self, outcome: Ok[dict[str, Any]] | Failed) -> None:
        if isinstance(outcome, Ok):
            self.show(after_done(self._state, brought_news(outcome.value)))
        elif isinstance(outcome.error, CancelledError):
            self.show(after_cancel(self._state))
        else:
            self.show(after_failure(self._state, trouble_of(outcome.error)))
        self.ended.emit()

    def show(self, state: StickState) -> None:
        """Show another state."""
        if state == self._state:
            return
        self._state = state
        self._words = card_words(state)
        self._lines.show(self._words.lines)
        self.stateChanged.emit()

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def screen(self) -> str:
        return self._state.screen.value

    @Property(str, notify=stateChanged)
    def heading(self) -> str:
        return self._words.heading

    @Property(str, notify=stateChanged)
    def tone(self) -> str:
        return self._words.tone

    @Property(str, notify=stateChanged)
    def about(self) -> str:
        return self._words.about

    @Property(str, notify=stateChanged)
    def forecast(self) -> str:
        return self._words.forecast

    @Property(str, notify=stateChanged)
    def startWords(self) -> str:
        return self._words.start

    @Property(int, notify=stateChanged)
    def percent(self) -> int:
        return int(self._state.task.percent) if self._state.task else 0

    @Property(str, notify=stateChanged)
    def progress(self) -> str:
        return progress_words(self._state.task.progress) if self._state.task else ""

    @Property(str, notify=stateChanged)
    def slip(self) -> str:
        """What is said over whatever page is shown; empty if nothing is."""
        return slip_words(self._state)[0]

    @Property(str, notify=stateChanged)
    def slipTone(self) -> str:
        return slip_words(self._state)[1]

    @Property(str, notify=stateChanged)
    def trouble(self) -> str:
        """Why sticks cannot be seen; empty if they can."""
        trouble = self._state.trouble
        return f"{trouble.what}{trouble.todo}（{trouble.code}）" if trouble else ""

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._lines
