"""The search page: what was typed, what it may mean, and what was found."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.words import SearchAnswer, ThemeTile
from ui.continuations import Continuations
from ui.found import FoundRow, found_rows
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.keys import COLUMNS, ROWS, Key, KeyKind, Mode, key_typing, keys_of, space_key
from ui.models.steady_model import SteadyModel
from ui.qt import Property, QmlUncreatable
from ui.search_sources import SearchSources
from ui.search_state import (
    SearchState,
    after_candidate,
    after_expanding,
    after_issuer,
    after_key,
    after_search,
    after_word,
    bar_words,
)
from ui.search_words import announcement, bar_hint, heading, nothing_words
from ui.tiles import TileRow, theme_row

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_WARMING = "办事"
REST_MS = 120
"""How long a finger rests before what it typed is searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offers:
    """What does not depend on the person."""

    continuations: Continuations = field(default_factory=Continuations)
    hot_words: tuple[str, ...] = ()
    themes: tuple[ThemeTile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BarWord:
    """One word of the bar above the keys, or of the empty page."""

    word: str


@QmlElement
@QmlUncreatable("made by ui.app")
class SearchViewModel(QObject):
    """Keeps one `SearchState`; forgets the person on `reset`. Writes nothing down."""

    stateChanged = Signal()
    answered = Signal()

    def __init__(self, sources: SearchSources, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self._jobs = jobs
        self._mirrored = False
        self._state = SearchState()
        self._offers = _Offers()
        self._keys = SteadyModel(Key, parent=self)
        self._bar = SteadyModel(BarWord, parent=self)
        self._found = SteadyModel(FoundRow, parent=self)
        self._hot = SteadyModel(BarWord, parent=self)
        self._themes = SteadyModel(TileRow, parent=self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._search)
        self._show_keys()

    @property
    def state(self) -> SearchState:
        """What is shown."""
        return self._state

    # --- what QML shows ----------------------------------------------------------------------------------------------

    @Property(str, notify=stateChanged)
    def text(self) -> str:
        """What was typed and chosen."""
        return self._state.text

    @Property(str, notify=stateChanged)
    def letters(self) -> str:
        """What was typed and waits to be chosen for."""
        return self._state.letters

    @Property(str, notify=stateChanged)
    def mode(self) -> str:
        return self._state.mode.value

    @Property(str, notify=stateChanged)
    def screen(self) -> str:
        return self._state.screen.value

    @Property(bool, notify=stateChanged)
    def busy(self) -> bool:
        return self._state.busy

    @Property(bool, notify=stateChanged)
    def asked(self) -> bool:
        return self._state.asked

    @Property(bool, notify=stateChanged)
    def expanded(self) -> bool:
        return self._state.expanded

    @Property(str, notify=stateChanged)
    def heading(self) -> str:
        """One line above the results."""
        return heading(self._state)

    @Property(str, notify=stateChanged)
    def meant(self) -> str:
        """What the query was understood as, empty if as asked."""
        return self._state.answer.meant if self._state.answer else ""

    @Property(bool, notify=stateChanged)
    def emergency(self) -> bool:
        return bool(self._state.answer and self._state.answer.emergency)

    @Property(str, notify=stateChanged)
    def phone(self) -> str:
        """Whom to call."""
        return self._state.answer.phone if self._state.answer else ""

    @Property(str, notify=stateChanged)
    def phoneLabel(self) -> str:
        return self._state.answer.phone_label if self._state.answer else ""

    @Property(str, notify=stateChanged)
    def nothing(self) -> str:
        """What to do now that nothing was found."""
        return nothing_words(self._state)

    @Property(str, notify=stateChanged)
    def barHint(self) -> str:
        """What stands in the bar above the keys while it offers nothing."""
        return bar_hint(self._state)

    @Property(str, notify=stateChanged)
    def announcement(self) -> str:
        """What a screen reader says about the answer."""
        return announcement(self._state)

    @Property(float, constant=True)
    def columns(self) -> float:
        return COLUMNS

    @Property(int, constant=True)
    def rows(self) -> int:
        return ROWS

    @Property(QObject, constant=True)
    def keys(self) -> QObject:
        return self._keys

    @Property(QObject, constant=True)
    def bar(self) -> QObject:
        return self._bar

    @Property(QObject, constant=True)
    def found(self) -> QObject:
        return self._found

    @Property(QObject, constant=True)
    def hotWords(self) -> QObject:
        return self._hot

    @Property(QObject, constant=True)
    def themes(self) -> QObject:
        """Themes to look into: the nearest where nothing was found, else all."""
        return self._themes

    # --- what is touched ---------------------------------------------------------------------------------------------

    @Slot()
    def arrive(self) -> None:
        """Get ready: the words that are offered, and what the first touch would else wait for."""
        self._jobs.run(Lane.PAGES, self._offered, self._after_offers)
        if self._state.busy:
            self._search()
        elif not self._state.query:
            find = self._sources.find
            self._jobs.run(Lane.QUERIES, lambda: find(_WARMING), lambda _: None)

    @Slot(bool)
    def mirror(self, mirrored: bool) -> None:
        """Let what edits and what searches stand on the other side, for a left hand."""
        self._mirrored = mirrored
        self._show_keys()

    @Slot(int)
    def touchKey(self, place: int) -> None:
        """Do what the key at a place of `keys` does."""
        self._press(self._keys.rows[place])

    @Slot(str)
    def typed(self, character: str) -> None:
        """Do what the key with this character would do, for a keyboard that is plugged in."""
        key = key_typing(character)
        if key:
            self._press(key)

    @Slot(int)
    def choose(self, place: int) -> None:
        """Take a word of the bar."""
        word = self._bar.rows[place].word
        if self._state.mode is Mode.DOC_NO:
            self._show(after_issuer(self._state, word))
        elif self._state.letters:
            self._show(after_candidate(self._state, place, self._sources.candidates))
        else:
            self.searchFor(word)

    @Slot()
    def expand(self) -> None:
        """Show all candidates, or the keys again."""
        self._show(after_expanding(self._state))

    @Slot(str)
    def searchFor(self, word: str) -> None:
        """Search for a word that was offered."""
        self._show(after_word(self._state, word))
        self._search()

    @Slot()
    def reset(self) -> None:
        """Forget everything a person typed and found."""
        self._rest.stop()
        self._show(SearchState())

    # --- how it follows ----------------------------------------------------------------------------------------------

    def _press(self, key: Key) -> None:
        self._show(after_key(self._state, key, self._sources.candidates))
        if key.kind is KeyKind.SEARCH:
            self._search()

    def _show(self, state: SearchState) -> None:
        """Show another state, and search once the finger rests if the query is another."""
        before, self._state = self._state, state
        if state == before:
            return
        if state.query != before.query:
            self._rest.start()
        self._show_keys()
        offered = bar_words(state, self._offers.continuations.of)
        self._bar.show(tuple(BarWord(word=word) for word in offered))
        if state.answer is not before.answer:
            self._found.show(found_rows(state.answer) if state.answer else ())
            self._show_themes()
        self.stateChanged.emit()

    def _show_keys(self) -> None:
        first = self._state.candidates[0].text if self._state.candidates else ""
        space = space_key(first)
        self._keys.show(
            tuple(
                replace(key, label=space.label, spoken=space.spoken) if key.kind is KeyKind.SPACE else key
                for key in keys_of(self._state.mode, year=self._sources.year(), mirrored=self._mirrored)
            )
        )

    def _show_themes(self) -> None:
        near = self._state.answer.themes if self._state.answer else ()
        tiles = {theme.id: theme_row(theme) for theme in self._offers.themes}
        nearest = tuple(tiles[name] for name in near if name in tiles)
        self._themes.show(nearest or tuple(tiles.values()))

    def _search(self) -> None:
        self._rest.stop()
        query = self._state.query
        if query:
            find = self._sources.find
            self._jobs.run(Lane.QUERIES, lambda: find(query), lambda outcome: self._after_search(query, outcome))

    def _after_search(self, query: str, outcome: Ok[SearchAnswer] | Failed) -> None:
        answer = None if isinstance(outcome, Failed) else outcome.value
        before = self._state
        self._show(after_search(before, query, answer))
        if self._state is not before:
            self.answered.emit()

    def _offered(self) -> _Offers:
        self._sources.candidates("a")
        return _Offers(
            continuations=Continuations(self._sources.words()),
            hot_words=self._sources.hot_words(),
            themes=self._sources.themes(),
        )

    def _after_offers(self, outcome: Ok[_Offers] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._offers = outcome.value
            self._hot.show(tuple(BarWord(word=word) for word in self._offers.hot_words))
            self._show_themes()
