"""The page 带走: the slip as it will come out, one code at a time, and the printer if there is one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.words import Dossier, Slip, TabKind
from ui.drawn_slip import PREVIEW, DrawnSlip, drawn_slip
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.pictures import DrawnPictures
from ui.printing.printer import Printer
from ui.qt import Property, QmlUncreatable
from ui.viewmodels.take_home_state import PRINT_WORDS, PrintStage, TakeHomeState, after_turning

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSources:
    """Where the page has its slip from.

    Attributes:
        slip_of: Makes the slip of a matter and an open tab; called off the UI thread.
        allowed_hosts: The own hosts of a pack's publisher.
        printer: Called off the UI thread.
        pictures: Where QML finds what was drawn.
        dots_per_mm: Resolution of the screen.
    """

    slip_of: Callable[[Dossier, TabKind | None], Slip]
    allowed_hosts: Callable[[str], tuple[str, ...]]
    printer: Printer
    pictures: DrawnPictures
    dots_per_mm: Callable[[], float]


@QmlElement
@QmlUncreatable("made by ui.app")
class TakeHomeViewModel(QObject):
    """Keeps one `TakeHomeState`; forgets slip and codes on ``close``."""

    stateChanged = Signal()

    def __init__(self, jobs: Jobs, sources: SlipSources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._sources = sources
        self._state = TakeHomeState()
        self._drawn: DrawnSlip | None = None

    @property
    def state(self) -> TakeHomeState:
        """What is shown."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether paper is on its way: nobody is sent away before it comes."""
        return self._state.stage is PrintStage.PRINTING

    def open(self, dossier: Dossier, tab: TabKind | None) -> None:
        """Make the slip of what is being read, and ask the printer."""
        sources = self._sources
        item, ref = dossier.main.item, dossier.main.ref
        hosts, dots_per_mm = sources.allowed_hosts(ref.pack), sources.dots_per_mm()
        self.close()
        self._show(replace(self._state, ref=ref, title=item.shown_title))
        visit = self._state.visit
        self._jobs.run(
            Lane.PAGES,
            lambda: drawn_slip(
                sources.slip_of(dossier, tab),
                item.doc_no,
                allowed_hosts=hosts,
                printer=sources.printer,
                dots_per_mm=dots_per_mm,
            ),
            partial(self._drew, visit),
        )
        self._jobs.run(Lane.PAGES, sources.printer.is_ready, partial(self._asked, visit))

    def close(self) -> None:
        """Forget slip and codes."""
        self._drawn = None
        self._sources.pictures.keep({})
        self._show(TakeHomeState(visit=self._state.visit + 1))

    def _drew(self, visit: int, outcome: Ok[DrawnSlip] | Failed) -> None:
        if visit != self._state.visit:
            return
        if isinstance(outcome, Failed):
            self._show(replace(self._state, failed=True))
            return
        self._drawn = drawn = outcome.value
        self._sources.pictures.keep({self._name(name): image for name, image in drawn.pictures.items()})
        codes = tuple(replace(code, picture=self._name(code.picture)) if code.picture else code for code in drawn.codes)
        self._show(replace(self._state, slip=drawn.slip, preview=self._name(PREVIEW), codes=codes))

    def _name(self, picture: str) -> str:
        """Return the name under which QML asks for a picture: another one each visit, or it would show the old one."""
        return f"{self._state.visit}/{picture}"

    def _asked(self, visit: int, outcome: Ok[bool] | Failed) -> None:
        if visit == self._state.visit:
            ready = isinstance(outcome, Ok) and outcome.value
            self._show(replace(self._state, stage=PrintStage.READY if ready else PrintStage.ABSENT))

    @Slot()
    def print(self) -> None:
        """Print the slip, if that is offered."""
        drawn, printer = self._drawn, self._sources.printer
        if not self._state.can_print or drawn is None:
            return
        self._show(replace(self._state, stage=PrintStage.PRINTING))
        self._jobs.run(
            Lane.PAGES,
            lambda: printer.send(drawn.slip, drawn.paper_codes.__getitem__),
            partial(self._printed, self._state.visit),
        )

    def _printed(self, visit: int, outcome: Ok[None] | Failed) -> None:
        if visit == self._state.visit:
            printed = isinstance(outcome, Ok)
            self._show(replace(self._state, stage=PrintStage.PRINTED if printed else PrintStage.FAILED))

    @Slot()
    def next(self) -> None:
        """Show the next code."""
        self._show(after_turning(self._state))

    def _show(self, state: TakeHomeState) -> None:
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def title(self) -> str:
        return self._state.title

    @Property(bool, notify=stateChanged)
    def isDrawn(self) -> bool:
        return self._state.slip is not None

    @Property(bool, notify=stateChanged)
    def hasFailed(self) -> bool:
        return self._state.failed

    @Property(str, notify=stateChanged)
    def preview(self) -> str:
        return f"image://drawn/{self._state.preview}" if self._state.preview else ""

    @Property(str, notify=stateChanged)
    def code(self) -> str:
        return f"image://drawn/{self._state.code.picture}" if self._state.code.picture else ""

    @Property(int, notify=stateChanged)
    def modules(self) -> int:
        return self._state.code.modules

    @Property(str, notify=stateChanged)
    def caption(self) -> str:
        return self._state.code.caption

    @Property(str, notify=stateChanged)
    def words(self) -> str:
        return self._state.code.words

    @Property(str, notify=stateChanged)
    def searchWords(self) -> str:
        return self._state.code.search_words

    @Property(str, notify=stateChanged)
    def hint(self) -> str:
        return self._state.code.hint

    @Property(int, notify=stateChanged)
    def number(self) -> int:
        return self._state.index + 1

    @Property(int, notify=stateChanged)
    def count(self) -> int:
        return len(self._state.codes)

    @Property(str, notify=stateChanged)
    def stage(self) -> str:
        return self._state.stage.value

    @Property(bool, notify=stateChanged)
    def canPrint(self) -> bool:
        return self._state.can_print

    @Property(str, notify=stateChanged)
    def printWords(self) -> str:
        return PRINT_WORDS[self._state.stage]
