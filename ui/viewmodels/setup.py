"""Asks how a new kiosk is to be set up, page by page, and keeps every answer as soon as the next page comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.declared import Value
from kiosk.pin import PinError
from kiosk.ports import Types
from kiosk.settings import Settings
from kiosk.words import Candidate
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.keys import COLUMNS, ROWS, Key
from ui.models.steady_model import SteadyModel
from ui.qt import Property, QmlUncreatable
from ui.search_state import bar_words
from ui.search_words import bar_hint
from ui.viewmodels import setup_state as pure
from ui.viewmodels.search import BarWord
from ui.viewmodels.setup_state import DISTANCES, Choice, SetupState, Step

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupHands:
    """What is done to this machine; all block and are called off the UI thread.

    Attributes:
        keyboard: Letters to words.
        keep: Keeps the answers so far.
        finish: Notes that this kiosk is set up.
        printers: Looks for printers.
        print_test: Prints a page with the settings given.
        speak_test: Says a sentence.
        check_pin: Raises unless a PIN may be one.
        set_pin: Keeps a PIN.
    """

    keyboard: Callable[[], Types]
    keep: Callable[[Mapping[str, Value]], None]
    finish: Callable[[], None]
    printers: Callable[[], tuple[Choice, ...]]
    print_test: Callable[[Settings], None]
    speak_test: Callable[[], None]
    check_pin: Callable[[str], object]
    set_pin: Callable[[str], None]


@QmlElement
@QmlUncreatable("made by ui.setup_screen")
class SetupViewModel(QObject):
    """Keeps one `SetupState`.

    Args:
        jobs: The door off the UI thread.
        hands: Do what is done to this machine.
        state: The first question.
        parent: Owner.
    """

    stateChanged = Signal()
    finished = Signal()

    def __init__(self, jobs: Jobs, hands: SetupHands, state: SetupState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._hands = hands
        self._state = state
        self.is_finished = False
        self._keyboard: Types | None = None
        self._keys = SteadyModel(Key, parent=self)
        self._bar = SteadyModel(BarWord, parent=self)
        self._regions = SteadyModel(Choice, parent=self)
        self._printers = SteadyModel(Choice, parent=self)
        self._distances = SteadyModel(Choice, parent=self)
        self._summary = SteadyModel(Choice, parent=self)
        self._fill()
        jobs.run(Lane.PAGES, hands.keyboard, self._typing_is_ready)

    @property
    def state(self) -> SetupState:
        """What is asked."""
        return self._state

    def show(self, state: SetupState) -> None:
        """Show another state."""
        if state != self._state:
            self._state = state
            self._fill()
            self.stateChanged.emit()

    # --- what a finger asks for --------------------------------------------------------------------------------------

    @Slot()
    def next(self) -> None:
        """Keep what was answered, and go on."""
        if self._state.step is Step.DONE:
            self._finish()
        elif self._state.can_go_on:
            self._go_on()

    @Slot()
    def skip(self) -> None:
        """Go on without an answer."""
        self._go_on()

    @Slot()
    def back(self) -> None:
        """Go back one question."""
        self.show(pure.after_back(self._state))

    @Slot(int)
    def touchKey(self, place: int) -> None:
        """Do what a key does."""
        self.show(pure.after_struck(self._state, self._keys.rows[place], self._candidates))

    @Slot(int)
    def choose(self, place: int) -> None:
        """Take a candidate."""
        self.show(pure.after_chosen(self._state, place, self._candidates))

    @Slot()
    def expand(self) -> None:
        """Show all candidates, or the keys again."""
        self.show(pure.after_expanded(self._state))

    @Slot(str)
    def chooseRegion(self, code: str) -> None:
        """Choose a division, and show what it is divided into."""
        self.show(pure.after_region(self._state, code))

    @Slot()
    def widenRegion(self) -> None:
        """Undo the last choice of a division."""
        self.show(pure.after_wider_region(self._state))

    @Slot(float)
    def sizeCard(self, share: float) -> None:
        """Make the drawn card as wide as this share of the screen."""
        self.show(pure.after_card(self._state, share))

    @Slot(str)
    def chooseDistance(self, distance: str) -> None:
        """Choose how far the eye is."""
        self.show(pure.after_distance(self._state, int(distance)))

    @Slot(str)
    def choosePrinter(self, printer: str) -> None:
        """Choose a printer."""
        self.show(pure.after_printer(self._state, printer))

    @Slot()
    def lookForPrinters(self) -> None:
        """Look anew for printers."""
        self.show(replace(self._state, printers=None))
        self._jobs.run(Lane.PAGES, self._hands.printers, self._found_printers)

    @Slot()
    def testPrint(self) -> None:
        """Print a page on the chosen printer."""
        chosen = Settings(**{"village": Settings().village, **pure.answers(self._state)})  # type: ignore[arg-type]
        hands = self._hands
        self.show(replace(self._state, busy=True, told="正在试打……"))
        self._jobs.run(
            Lane.PAGES, lambda: hands.print_test(chosen), self._tested("试打的单子送出去了，看看打出来没有。")
        )

    @Slot()
    def testVoice(self) -> None:
        """Say a sentence."""
        self.show(replace(self._state, busy=True, told="正在念一句话……"))
        self._jobs.run(Lane.PAGES, self._hands.speak_test, self._tested("念完了。听到了吗？"))

    @Slot(bool)
    def hear(self, heard: bool) -> None:
        """Note whether the sentence was heard."""
        self.show(replace(self._state, voice=heard))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """Take a digit of the PIN."""
        self.show(pure.after_digit(self._state, digit))

    @Slot()
    def eraseDigit(self) -> None:
        """Take the last digit back."""
        self.show(pure.after_erased(self._state))

    @Slot()
    def submitPin(self) -> None:
        """Take the PIN: the first time to compare, the second time to keep."""
        state, hands = self._state, self._hands
        if not pure.can_submit(state):
            return
        if state.first and state.first != state.digits:
            self.show(pure.after_mismatch(state))
            return
        typed, work = state.digits, hands.set_pin if state.first else hands.check_pin
        self.show(replace(state, busy=True))
        self._jobs.run(Lane.PAGES, lambda: work(typed), self._judged)

    # --- what follows ------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        keep, found = self._hands.keep, pure.answers(self._state)
        self.show(pure.after_next(replace(self._state, busy=False)))
        self._jobs.run(Lane.PAGES, lambda: keep(found), self._kept)
        if self._state.step is Step.PRINTER and self._state.printers is None:
            self.lookForPrinters()

    def _finish(self) -> None:
        hands, found = self._hands, pure.answers(self._state)

        def work() -> None:
            hands.keep(found)
            hands.finish()

        self.show(replace(self._state, busy=True))
        self._jobs.run(Lane.PAGES, work, self._ended)

    def _ended(self, outcome: Ok[None] | Failed) -> None:
        self._kept(outcome)
        if isinstance(outcome, Ok):
            self.is_finished = True
            self.finished.emit()

    def _kept(self, outcome: Ok[None] | Failed) -> None:
        if isinstance(outcome, Failed):
            self.show(replace(self._state, busy=False, message=pure.trouble_words(outcome.error)))

    def _typing_is_ready(self, outcome: Ok[Types] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._keyboard = outcome.value

    def _found_printers(self, outcome: Ok[tuple[Choice, ...]] | Failed) -> None:
        found = outcome.value if isinstance(outcome, Ok) else pure.printer_choices((), ())
        self.show(pure.after_printers(self._state, found))

    def _tested(self, words: str) -> Callable[[Ok[None] | Failed], None]:
        def done(outcome: Ok[None] | Failed) -> None:
            told = words if isinstance(outcome, Ok) else pure.trouble_words(outcome.error)
            self.show(pure.after_test(self._state, told))

        return done

    def _judged(self, outcome: Ok[object] | Failed) -> None:
        if isinstance(outcome, Failed):
            error = outcome.error
            words = f"{error.what}{error.todo}" if isinstance(error, PinError) else pure.trouble_words(error)
            self.show(pure.after_weak(self._state, words))
        else:
            self.show(pure.after_pin_set(self._state) if self._state.first else pure.after_first(self._state))

    def _candidates(self, letters: str) -> tuple[Candidate, ...]:
        return self._keyboard.candidates(letters) if self._keyboard else ()

    def _fill(self) -> None:
        state = self._state
        first = state.typing.candidates[0].text if state.typing.candidates else ""
        self._keys.show(pure.setup_keys(state.typing.mode, first))
        self._bar.show(tuple(BarWord(word=word) for word in bar_words(state.typing)))
        if (
            state.step is Step.REGION
        ):  # what another page no longer shows may stay: nothing is taken from under a finger
            self._regions.show(pure.region_choices(state.region))
        self._printers.show(tuple(replace(each, is_chosen=each.code == state.printer) for each in state.printers or ()))
        self._distances.show(
            tuple(
                Choice(code=str(distance), words=words, is_chosen=distance == state.distance_mm)
                for distance, words in zip(DISTANCES, ("近，一臂以内", "一般，一臂远", "远，一臂半"), strict=True)
            )
        )
        if state.step is Step.DONE:
            self._summary.show(pure.summary(state))

    # --- what QML sees -----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def step(self) -> str:
        return self._state.step.value

    @Property(str, notify=stateChanged)
    def progress(self) -> str:
        number, last = self._state.number, len(pure.STEPS) - 2
        return f"第 {number} 步，共 {last} 步" if 0 < number <= last else ""

    @Property(bool, notify=stateChanged)
    def canGoOn(self) -> bool:
        return self._state.can_go_on

    @Property(bool, notify=stateChanged)
    def busy(self) -> bool:
        return self._state.busy

    @Property(str, notify=stateChanged)
    def message(self) -> str:
        return self._state.message

    @Property(str, notify=stateChanged)
    def told(self) -> str:
        return self._state.told

    @Property(str, notify=stateChanged)
    def village(self) -> str:
        return self._state.typing.text

    @Property(str, notify=stateChanged)
    def letters(self) -> str:
        return self._state.typing.letters

    @Property(bool, notify=stateChanged)
    def expanded(self) -> bool:
        return self._state.typing.expanded

    @Property(str, notify=stateChanged)
    def hint(self) -> str:
        return bar_hint(self._state.typing) if self._state.typing.letters else "打拼音，比如 yunxicun"

    @Property(int, constant=True)
    def keyRows(self) -> int:
        return ROWS

    @Property(float, constant=True)
    def keyColumns(self) -> float:
        return COLUMNS

    @Property(QObject, constant=True)
    def keys(self) -> QObject:
        return self._keys

    @Property(QObject, constant=True)
    def words(self) -> QObject:
        return self._bar

    @Property(QObject, constant=True)
    def regions(self) -> QObject:
        return self._regions

    @Property(str, notify=stateChanged)
    def regionWords(self) -> str:
        return pure.region_words(self._state.region)

    @Property(bool, notify=stateChanged)
    def hasRegion(self) -> bool:
        return self._state.region != "0"

    @Property(float, notify=stateChanged)
    def card(self) -> float:
        return self._state.card

    @Property(str, notify=stateChanged)
    def sizeWords(self) -> str:
        state = self._state
        if state.inches:
            return f"量出来是 {state.inches:g} 寸的屏幕。"
        return f"屏幕自己说是 {state.told_inches:g} 寸。" if state.told_inches else "还没有量。"

    @Property(QObject, constant=True)
    def distances(self) -> QObject:
        return self._distances

    @Property(QObject, constant=True)
    def printers(self) -> QObject:
        return self._printers

    @Property(bool, notify=stateChanged)
    def looking(self) -> bool:
        return self._state.printers is None

    @Property(bool, notify=stateChanged)
    def canPrint(self) -> bool:
        return self._state.printer not in {"", pure.NO_PRINTER} and not self._state.busy

    @Property(str, notify=stateChanged)
    def heard(self) -> str:
        return {True: "yes", False: "no", None: ""}[self._state.voice]

    @Property(int, notify=stateChanged)
    def typed(self) -> int:
        return len(self._state.digits)

    @Property(bool, notify=stateChanged)
    def canSubmit(self) -> bool:
        return pure.can_submit(self._state)

    @Property(str, notify=stateChanged)
    def pinQuestion(self) -> str:
        return pure.pin_question(self._state)

    @Property(QObject, constant=True)
    def summary(self) -> QObject:
        return self._summary
