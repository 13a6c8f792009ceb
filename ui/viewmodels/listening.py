"""Reading aloud: one button, a bar, and a lit sentence."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ports import ReadsAloud
from kiosk.speech.rate import Rate
from kiosk.speech.script import Part, sentences
from kiosk.words import Sentence, SpeechEvent, SpeechState
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.qt import Property, QmlUncreatable
from ui.viewmodels.listening_state import (
    MOVING,
    ListeningState,
    after_event,
    sentence_at,
    with_page,
    with_sentences,
)

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.app")
class ListeningViewModel(QObject):
    """Keeps one `ListeningState`. ``hear`` may be called from any thread; all else belongs to the UI thread."""

    stateChanged = Signal()
    litChanged = Signal()
    _heard = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._reader: ReadsAloud | None = None
        self._state = ListeningState()
        self._page: tuple[tuple[Part, ...], int] = ((), 0)
        self._heard.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> ListeningState:
        """What is shown."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether something is being read aloud: nobody is sent away while listening."""
        return self._state.is_moving

    def hear(self, event: SpeechEvent) -> None:
        """Take what the reader tells, on any thread."""
        self._heard.emit(event)

    def start(self, open_reader: Callable[[Callable[[SpeechEvent], None]], ReadsAloud]) -> None:
        """Open the voice off the UI thread, for an idle moment after the first frame. Until then nothing is offered."""
        self._jobs.run(Lane.PAGES, lambda: _opened(open_reader, self.hear), self._learn)

    def close(self) -> None:
        """End the voice. Waits for it."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def show_page(self, parts: tuple[Part, ...], first_part: int) -> None:
        """Take another page to read, and be silent. No parts at all forget the last page."""
        self._page = (parts, first_part)
        if self._reader is None:
            return
        self._show(with_page(self._state, [part.text for part in parts]))
        self._reader.load(())
        if parts:
            self._jobs.run(Lane.PAGES, lambda: sentences(parts), partial(self._prepare, parts))

    def _learn(self, outcome: Ok[tuple[ReadsAloud, bool]] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._reader, available = outcome.value
            self._show(replace(self._state, available=available))
            self.show_page(*self._page)

    def _prepare(self, parts: tuple[Part, ...], outcome: Ok[tuple[Sentence, ...]] | Failed) -> None:
        """Hand the sentences of the page to the reader, unless another page has been shown since."""
        if self._page[0] is not parts or self._reader is None:
            return
        found = outcome.value if isinstance(outcome, Ok) else ()
        wanted = self._state.is_wanted
        self._show(with_sentences(self._state, found, self._page[1]))
        self._reader.load(found)
        if wanted:
            self.play(self._state.begin)

    @Slot(object)
    def _follow(self, event: SpeechEvent) -> None:
        self._show(after_event(self._state, event))

    # --- what a finger asks for --------------------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """Start, stand still, or go on: the button 听一听 and the large one of the bar."""
        if self._reader is None or not self._state.can_listen:
            return
        if self._state.is_wanted:
            self._show(replace(self._state, is_wanted=False))
        elif self._state.speech in MOVING:
            self._reader.pause()
        elif self._state.speech is SpeechState.PAUSED:
            self._reader.resume()
        else:
            self.play(self._state.begin)

    def play(self, index: int) -> None:
        """Read from a sentence on; where the sentences are not ready yet, as soon as they are."""
        if self._reader is None:
            return
        self._show(replace(self._state, is_open=True, is_wanted=not self._state.is_prepared))
        if self._state.is_prepared:
            self._reader.play(index)

    @Slot(int, int)
    def startAt(self, part: int, unit: int) -> None:
        """Read from the sentence at a place of the page on, while the bar is open; see `sentence_at`."""
        index = sentence_at(self._state, part, unit)
        if self._state.is_open and index >= 0:
            self.play(index)

    @Slot()
    def previous(self) -> None:
        """Read the sentence before."""
        self._ask(lambda reader: reader.previous())

    @Slot()
    def next(self) -> None:
        """Read the next sentence."""
        self._ask(lambda reader: reader.next())

    @Slot()
    def again(self) -> None:
        """Read the sentence once more; after the end, everything."""
        if self._state.speech is SpeechState.FINISHED:
            self.play(self._state.begin)
        else:
            self._ask(lambda reader: reader.again())

    @Slot(str)
    def chooseRate(self, name: str) -> None:
        """Read slow, normal or fast."""
        rate = Rate(name)
        self._show(replace(self._state, rate=rate))
        if self._reader is not None:
            self._reader.set_rate(rate)

    def _ask(self, wish: Callable[[ReadsAloud], None]) -> None:
        if self._reader is not None and self._state.is_prepared:
            wish(self._reader)

    def reset(self) -> None:
        """Forget the page and the speed of the person who was here."""
        self.chooseRate(Rate.NORMAL)
        self.show_page((), 0)

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(bool, notify=stateChanged)
    def isAvailable(self) -> bool:
        return self._state.available

    @Property(bool, notify=stateChanged)
    def canListen(self) -> bool:
        return self._state.can_listen

    @Property(bool, notify=stateChanged)
    def isOpen(self) -> bool:
        return self._state.is_open

    @Property(bool, notify=stateChanged)
    def isMoving(self) -> bool:
        return self._state.is_moving

    @Property(bool, notify=stateChanged)
    def hasEnded(self) -> bool:
        return self._state.speech is SpeechState.FINISHED

    @Property(str, notify=stateChanged)
    def trouble(self) -> str:
        return self._state.trouble

    @Property(str, notify=stateChanged)
    def rate(self) -> str:
        return self._state.rate.value

    @Property(int, notify=litChanged)
    def number(self) -> int:
        return self._state.index + 1

    @Property(int, notify=stateChanged)
    def count(self) -> int:
        return len(self._state.sentences)

    @Property(int, notify=litChanged)
    def litPart(self) -> int:
        return self._state.lit.part if self._state.lit else -1

    @Property(int, notify=litChanged)
    def litStart(self) -> int:
        return self._state.lit_units[0]

    @Property(int, notify=litChanged)
    def litEnd(self) -> int:
        return self._state.lit_units[1]

    def _show(self, state: ListeningState) -> None:
        if state == self._state:
            return
        moved = (state.lit, state.index) != (self._state.lit, self._state.index)
        self._state = state
        self.stateChanged.emit()
        if moved:
            self.litChanged.emit()


def _opened(
    open_reader: Callable[[Callable[[SpeechEvent], None]], ReadsAloud], on_event: Callable[[SpeechEvent], None]
) -> tuple[ReadsAloud, bool]:
    """Return a reader, and whether it can be heard on this machine."""
    reader = open_reader(on_event)
    return reader, reader.available()
