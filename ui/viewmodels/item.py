"""The item page: one matter with its answer, its facts and its tabs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.model import ItemRef
from kiosk.labels import STATUS_LABELS
from kiosk.speech.script import Part
from kiosk.words import Dossier, ItemCard, TabKind
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.models.article_model import ShownFact, ShownRow, ShownTab, markup, shown_facts, shown_tabs
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.tiles import STATUS_TONES
from ui.viewmodels.item_state import (
    ItemState,
    Opened,
    TabText,
    after_choosing,
    after_opening,
    after_tab,
    badge_shown,
    publisher_words,
    read_item,
    status_words,
    tab_text,
)

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.app")
class ItemViewModel(QObject):
    """The item that is open. Its title is there at once, the rest when it has been read."""

    stateChanged = Signal()
    opened = Signal()

    def __init__(
        self,
        jobs: Jobs,
        dossier_of: Callable[[ItemRef], Dossier],
        on_page: Callable[[tuple[Part, ...], int], None],
        after_frame: Callable[[Callable[[], None]], None],
        parent: QObject | None = None,
    ) -> None:
        """Make the page with nothing on it.

        Args:
            jobs: The door off the UI thread.
            dossier_of: Reads an item; called off the UI thread.
            on_page: Told what can be read aloud and at which part that begins, whenever other text is shown.
            after_frame: Runs what it is given once the title has been drawn.
            parent: Owner.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._dossier_of = dossier_of
        self._on_page = on_page
        self._after_frame = after_frame
        self._rows = RowModel(ShownRow, parent=self)
        self._facts = RowModel(ShownFact, parent=self)
        self._tabs = RowModel(ShownTab, parent=self)
        self._state = ItemState()

    @property
    def state(self) -> ItemState:
        """What is shown."""
        return self._state

    def open(self, ref: ItemRef, title: str, *, tab: str = "") -> None:
        """Open an item.

        Args:
            ref: Which one.
            title: Shown until it has been read.
            tab: Where whoever comes back was; without it, or where there is no such tab, it is the first one.
        """
        dossier = self._state.dossier
        if ref == self._state.ref and dossier is not None:
            if not tab:
                self.opened.emit()
                self.choose(dossier.initial.value)
            self._on_page(self._state.parts, self._state.first_part)
            return
        self._show(ItemState(ref=ref, title=title))
        self.opened.emit()
        self._jobs.run(Lane.PAGES, lambda: read_item(self._dossier_of(ref)), partial(self._opened, ref, tab))

    def close(self) -> None:
        """Forget what was open."""
        self._show(ItemState())

    def _opened(self, ref: ItemRef, tab: str, outcome: Ok[Opened] | Failed) -> None:
        """Wait for the frame with the title: making the rows takes longer than a frame."""
        self._after_frame(partial(self._fill, ref, tab, outcome))

    def _fill(self, ref: ItemRef, tab: str, outcome: Ok[Opened] | Failed) -> None:
        self._show(after_opening(self._state, ref, outcome.value if isinstance(outcome, Ok) else outcome.error))
        if tab and self._state.ref == ref:
            self.choose(tab)

    @Slot(str)
    def choose(self, key: str) -> None:
        """Open a tab; its rows follow through stateChanged."""
        kind = TabKind(key)
        state = after_choosing(self._state, kind)
        ref, dossier, lead = state.ref, state.dossier, state.lead
        if state is self._state or ref is None or dossier is None or lead is None:
            return
        self._show(state)
        self._jobs.run(
            Lane.PAGES,
            lambda: tab_text(dossier, lead, kind),
            partial(self._made, ref, kind),
        )

    def _made(self, ref: ItemRef, kind: TabKind, outcome: Ok[TabText] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._show(after_tab(self._state, ref, kind, outcome.value))

    def _show(self, state: ItemState) -> None:
        if state == self._state:
            return
        other_text = state.parts != self._state.parts
        self._state = state
        self._tabs.show(shown_tabs(state.tabs))
        self._facts.show(shown_facts(state.lead.facts if state.lead else ()))
        self._rows.show(state.text.rows)
        self.stateChanged.emit()
        if other_text:
            self._on_page(state.parts, state.first_part)

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def title(self) -> str:
        return self._state.title

    @Property(bool, notify=stateChanged)
    def isLoading(self) -> bool:
        return self._state.is_loading

    @Property(bool, notify=stateChanged)
    def isRead(self) -> bool:
        return self._state.dossier is not None

    @Property(str, notify=stateChanged)
    def trouble(self) -> str:
        return self._state.trouble

    @Property(str, notify=stateChanged)
    def todo(self) -> str:
        return self._state.todo

    @Property(str, notify=stateChanged)
    def answer(self) -> str:
        return self._state.lead.answer if self._state.lead else ""

    @Property(str, notify=stateChanged)
    def answerMarkup(self) -> str:
        lead = self._state.lead
        return markup(lead.answer, right_to_left=lead.right_to_left) if lead and lead.answer else ""

    @Property(bool, notify=stateChanged)
    def rightToLeft(self) -> bool:
        return self._state.lead is not None and self._state.lead.right_to_left

    @Property(bool, notify=stateChanged)
    def tall(self) -> bool:
        return self._state.lead is not None and self._state.lead.tall

    @Property(str, notify=stateChanged)
    def badge(self) -> str:
        return badge_shown(self._state)

    @Property(str, notify=stateChanged)
    def status(self) -> str:
        return STATUS_LABELS[self._state.dossier.main.status] if self._state.dossier else ""

    @Property(str, notify=stateChanged)
    def tone(self) -> str:
        return STATUS_TONES[self._state.dossier.main.status] if self._state.dossier else ""

    @Property(str, notify=stateChanged)
    def statusWords(self) -> str:
        return status_words(self._state)

    @Property(str, notify=stateChanged)
    def publisher(self) -> str:
        return publisher_words(self._state)

    @Property(str, notify=stateChanged)
    def openTab(self) -> str:
        return self._state.tab.value if self._state.tab else ""

    @Property(str, notify=stateChanged)
    def successorTitle(self) -> str:
        successor = self._successor
        return successor.title if successor else ""

    @Property(str, notify=stateChanged)
    def successorPack(self) -> str:
        successor = self._successor
        return successor.ref.pack if successor else ""

    @Property(str, notify=stateChanged)
    def successorId(self) -> str:
        successor = self._successor
        return successor.ref.id if successor else ""

    @Slot(int, result=int)
    def rowOf(self, part: int) -> int:
        """Return the row that holds a part, -1 if it stands above the tabs or nowhere."""
        rows = self._state.text.rows
        return next((number for number, row in enumerate(rows) if row.part <= part < row.part + row.parts), -1)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(QObject, constant=True)
    def facts(self) -> QObject:
        return self._facts

    @Property(QObject, constant=True)
    def tabs(self) -> QObject:
        return self._tabs

    @property
    def _successor(self) -> ItemCard | None:
        return self._state.dossier.successor if self._state.dossier else None
