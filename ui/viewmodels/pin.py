"""The page of the PIN: who may change what is installed."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.errors import KioskError, SiteError
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.qt import Property, QmlUncreatable
from ui.viewmodels.pin_state import (
    PinState,
    after_digit,
    after_erasing,
    after_look,
    after_refusal,
    after_submitting,
    after_tick,
    asked,
)

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS = 1000


class JudgesPins(Protocol):
    """See `kiosk.pin.PinDesk`, whose promises these are."""

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN."""

    @property
    def seconds_left(self) -> float:
        """How long until the next try."""

    def check(self, pin: str) -> None:
        """Return if the PIN is right."""


@QmlElement
@QmlUncreatable("made by ui.app")
class PinViewModel(QObject):
    """Asks for the PIN, once for each deed; `forget` whenever the page is left.

    Args:
        jobs: The door off the UI thread: to judge a try takes a tenth of a second and more. It is asked as a search is:
            on the lane of the pages the doctor may be at work for seconds.
        desk_of: Makes the desk; called once, off the UI thread.
        go: Goes to the page.
        back: Leaves the page.
        parent: Owner.
    """

    stateChanged = Signal()

    def __init__(
        self,
        jobs: Jobs,
        desk_of: Callable[[], JudgesPins],
        *,
        go: Callable[[], None],
        back: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._desk_of = desk_of
        self._desk: JudgesPins | None = None
        self._go = go
        self._back = back
        self._deed: Callable[[], None] | None = None
        self._visit = 0
        self._state = PinState()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def state(self) -> PinState:
        """What is shown."""
        return self._state

    def prepare(self) -> None:
        """Begin to wait, if there is anything to wait for since before the kiosk was started."""
        if self._desk is None:
            self._jobs.run(Lane.PAGES, self._desk_of, self._prepared)

    def ask(self, purpose: str, deed: Callable[[], None]) -> None:
        """Go to the page; do the deed once the right PIN has been typed there."""
        self._visit += 1
        self._deed = deed
        self._show(asked(purpose))
        self._go()
        visit, desk, desk_of = self._visit, self._desk, self._desk_of
        self._jobs.run(
            Lane.QUERIES, lambda: _looked_at(desk or desk_of()), lambda outcome: self._looked(visit, outcome)
        )

    def forget(self) -> None:
        """Let go of everything that was typed, and of the deed."""
        self._visit += 1
        self._deed = None
        self._timer.stop()
        self._show(PinState())

    @Slot(str)
    def type(self, digit: str) -> None:
        """Take a key."""
        self._show(after_digit(self._state, digit))

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._show(after_erasing(self._state))

    @Slot()
    def submit(self) -> None:
        """Have what was typed judged."""
        if not self._state.can_submit:
            return
        digits, visit, desk, desk_of = self._state.digits, self._visit, self._desk, self._desk_of
        self._show(after_submitting(self._state))
        self._jobs.run(
            Lane.QUERIES,
            lambda: _judged_at(desk or desk_of(), digits),
            lambda outcome: self._judged(visit, outcome),
        )

    @Slot()
    def tick(self) -> None:
        """Count down."""
        left = self._desk.seconds_left if self._desk else 0.0
        self._show(after_tick(self._state, left))

    def _prepared(self, outcome: Ok[JudgesPins] | Failed) -> None:
        if isinstance(outcome, Ok) and self._desk is None:
            self._desk = outcome.value

    def _looked(self, visit: int, outcome: Ok[tuple[JudgesPins, bool]] | Failed) -> None:
        if isinstance(outcome, Failed):
            self._refuse(visit, outcome.error)
            return
        self._desk, is_set = self._desk or outcome.value[0], outcome.value[1]
        if visit == self._visit:
            self._show(after_look(self._state, is_set=is_set, seconds_left=self._desk.seconds_left))

    def _judged(self, visit: int, outcome: Ok[tuple[JudgesPins, KioskError | None]] | Failed) -> None:
        if isinstance(outcome, Failed):
            self._refuse(visit, outcome.error)
            return
        self._desk, refusal = self._desk or outcome.value[0], outcome.value[1]
        if refusal:
            self._refuse(visit, refusal)
        elif visit == self._visit and self._deed:
            deed = self._deed
            self._back()
            self.forget()
            deed()

    def _refuse(self, visit: int, error: Exception) -> None:
        if visit == self._visit:
            told = error if isinstance(error, KioskError) else SiteError("现在核对不了 PIN。", todo="请重新启动本机。")
            self._show(after_refusal(self._state, told, self._desk.seconds_left if self._desk else 0.0))

    def _show(self, state: PinState) -> None:
        if state == self._state:
            return
        self._state = state
        if state.wait_s and not self._timer.isActive():
            self._timer.start()
        elif not state.wait_s:
            self._timer.stop()
        self.stateChanged.emit()

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def purpose(self) -> str:
        return self._state.purpose

    @Property(int, notify=stateChanged)
    def typed(self) -> int:
        """How many digits were typed; never which."""
        return len(self._state.digits)

    @Property(bool, notify=stateChanged)
    def canType(self) -> bool:
        return self._state.can_type

    @Property(bool, notify=stateChanged)
    def canSubmit(self) -> bool:
        return self._state.can_submit

    @Property(bool, notify=stateChanged)
    def isJudging(self) -> bool:
        return self._state.is_judging

    @Property(bool, notify=stateChanged)
    def isSet(self) -> bool:
        return self._state.is_set

    @Property(str, notify=stateChanged)
    def message(self) -> str:
        return self._state.message

    @Property(str, notify=stateChanged)
    def todo(self) -> str:
        return self._state.todo

    @Property(int, notify=stateChanged)
    def waitSeconds(self) -> int:
        return self._state.wait_s


def _looked_at(desk: JudgesPins) -> tuple[JudgesPins, bool]:
    """Return a desk, and whether there is a PIN; reads the disk."""
    return desk, desk.is_set


def _judged_at(desk: JudgesPins, digits: str) -> tuple[JudgesPins, KioskError | None]:
    """Return a desk, and why the PIN does not open; None if it does."""
    try:
        desk.check(digits)
    except KioskError as error:
        return desk, error
    return desk, None
