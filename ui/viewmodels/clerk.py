"""The clerk's page: whether this kiosk is fit for work, and what people miss in it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.errors import KioskError
from kiosk.clock import date_words
from kiosk.doctor import Check, Verdict
from kiosk.words import UnansweredQuery
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

MOST_MISSING = 20
"""Shown to the clerk; ``cunkou unanswered`` lists all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check. ``tone`` is good, review or ended; ``todo`` carries the code for the telephone."""

    title: str
    found: str
    todo: str
    tone: str
    glyph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """Something that people asked for on several days and did not find, and one line about it."""

    text: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkState:
    """Whether the doctor is at work, and why there are no findings; empty if there are."""

    examining: bool = False
    trouble: str = ""


_TONES = {Verdict.OK: "good", Verdict.WARN: "review", Verdict.FAIL: "ended"}
_SIGNS = {Verdict.OK: "✓", Verdict.WARN: "!", Verdict.FAIL: "✗"}


def check_row(check: Check) -> CheckRow:
    """Return a check as a row."""
    todo = f"{check.todo}（{check.code}）" if check.code else check.todo
    return CheckRow(
        title=check.title, found=check.found, todo=todo, tone=_TONES[check.verdict], glyph=_SIGNS[check.verdict]
    )


def missing_row(asked: UnansweredQuery) -> MissingRow:
    """Return what was asked for and not found as a row."""
    return MissingRow(text=asked.text, detail=f"{asked.days}天有人问，最近一次{date_words(asked.last_on)}")


def trouble_words(error: Exception) -> str:
    """Return why the doctor could not finish, for the clerk: an error says itself, a bug stands in the log."""
    return str(error) if isinstance(error, KioskError) else "没有检查完，原因记在日志里。请再查一次。"


@QmlElement
@QmlUncreatable("made by ui.app")
class ClerkViewModel(QObject):
    """The doctor's findings, and what was not found."""

    stateChanged = Signal()

    def __init__(
        self,
        jobs: Jobs,
        examine: Callable[[], tuple[Check, ...]],
        unanswered: Callable[[], tuple[UnansweredQuery, ...]],
        parent: QObject | None = None,
    ) -> None:
        """Make the page with nothing on it.

        Args:
            jobs: The door off the UI thread.
            examine: Calls the doctor; blocks.
            unanswered: What people asked for and did not find, most asked first; blocks.
            parent: Owner.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._examine = examine
        self._unanswered = unanswered
        self._missing = RowModel(MissingRow, parent=self)
        self._checks = RowModel(CheckRow, parent=self)
        self._state = ClerkState()

    @property
    def state(self) -> ClerkState:
        """What goes on."""
        return self._state

    def show(self) -> None:
        """Show what people miss, and call the doctor."""
        self._jobs.run(Lane.PAGES, self._unanswered, self._show_missing)
        self.examine()

    @Slot()
    def examine(self) -> None:
        """Look at this machine; takes a few seconds."""
        if not self._state.examining:
            self._show(ClerkState(examining=True))
            self._jobs.run(Lane.PAGES, self._examine, self._examined)

    def _show_missing(self, outcome: Ok[tuple[UnansweredQuery, ...]] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._missing.show(tuple(map(missing_row, outcome.value[:MOST_MISSING])))

    def _examined(self, outcome: Ok[tuple[Check, ...]] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._checks.show(tuple(map(check_row, outcome.value)))
            self._show(ClerkState())
        else:
            self._checks.show(())
            self._show(ClerkState(trouble=trouble_words(outcome.error)))

    def _show(self, state: ClerkState) -> None:
        self._state = state
        self.stateChanged.emit()

    @Property(bool, notify=stateChanged)
    def examining(self) -> bool:
        return self._state.examining

    @Property(str, notify=stateChanged)
    def trouble(self) -> str:
        return self._state.trouble

    @Property(str, constant=True)
    def version(self) -> str:
        from importlib.metadata import version  # noqa: PLC0415 (brings the whole of email, for one line)

        return version("cunkou")

    @Property(QObject, constant=True)
    def missing(self) -> QObject:
        """What people asked for on several days and did not find."""
        return self._missing

    @Property(QObject, constant=True)
    def checks(self) -> QObject:
        return self._checks
