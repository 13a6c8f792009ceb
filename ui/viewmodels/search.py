"""The search page: what was typed, what it may mean, and what was found."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.words import Facets, SearchAnswer, Snippet, ThemeTile
from ui.found import FoundRow, found_rows
from ui.jobs import Failed, Jobs, Lane, Ok
from ui.keys import COLUMNS, ROWS, Key, KeyKind, Mode, key_typing, keys_of, space_key
from ui.models.steady_model import SteadyModel
from ui.qt import Property, QmlUncreatable
from ui.search_filters import FilterRow, filter_rows, narrowed
from ui.search_rest import Rest, after_typing, wait_ms
from ui.search_sources import SearchSources
from ui.search_state import (
    EVERYTHING,
    Narrowing,
    SearchState,
    after_candidate,
    after_expanding,
    after_filter,
    after_issuer,
    after_key,
    after_measuring,
    after_search,
    after_suggestions,
    after_unfolding,
    after_word,
    bar_words,
)
from ui.search_suggestions import Room, SuggestionRow
from ui.search_words import announcement, bar_hint, heading, nothing_words
from ui.tiles import TileRow, theme_row

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_WARMING = "办事"
_MS = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offers:
    """What does not depend on the person."""

    hot_words: tuple[str, ...] = ()
    themes: tuple[ThemeTile, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """What a search brings: suggestions are None where they had come before."""

    answer: SearchAnswer
    choices: Facets | None
    suggestions: tuple[Snippet, ...] | None


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

    def __init__(
        self,
        sources: SearchSources,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the page with nothing on it.

        Args:
            sources: What it asks.
            jobs: The door off the UI thread.
            parent: Owner.
            now: Seconds on a clock that never jumps.
        """
        super().__init__(parent)
        self._now = now
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
        self._suggestions = SteadyModel(SuggestionRow, parent=self)
        self._filters = SteadyModel(FilterRow, parent=self)
        self._rest = Rest()
        self._alarm = QTimer(self, singleShot=True)
        self._alarm.timeout.connect(self._search_if_rested)
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

    @Property(int, notify=stateChanged)
    def held(self) -> int:
        """Places that are kept for suggestions."""
        return self._state.held

    @Property(bool, notify=stateChanged)
    def canFilter(self) -> bool:
        """Whether it is worth narrowing what was found."""
        return self._state.can_filter and bool(self._filters.rows)

    @Property(bool, notify=stateChanged)
    def filtering(self) -> bool:
        """Whether it is shown what can be narrowed."""
        return self._state.filtering

    @Property(QObject, constant=True)
    def suggestions(self) -> QObject:
        return self._suggestions

    @Property(QObject, constant=True)
    def filters(self) -> QObject:
        return self._filters

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
            find, suggest = self._sources.find, self._sources.suggest
            self._jobs.run(Lane.QUERIES, lambda: (suggest(_WARMING), find(_WARMING, EVERYTHING)), lambda _: None)

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

    @Slot(int)
    def takeSuggestion(self, place: int) -> None:
        """Search for what is suggested at a place."""
        if 0 <= place < len(self._suggestions.rows):
            self.searchFor(self._suggestions.rows[place].text)

    @Slot(int, int)
    def makeRoom(self, places: int, characters: int) -> None:
        """Take notice of how many suggestions the page has places for, and how long they may be."""
        self._show(after_measuring(self._state, Room(places, characters)))

    @Slot()
    def toggleFilters(self) -> None:
        """Show what the results can be narrowed to, or hide it."""
        self._show(after_unfolding(self._state))

    @Slot(str, str)
    def narrow(self, facet: str, value: str) -> None:
        """Narrow the results by one thing, or no longer."""
        before = self._state
        self._show(after_filter(before, narrowed(before.chosen, facet, value)))
        if self._state is not before:
            self._search()

    @Slot()
    def reset(self) -> None:
        """Forget everything a person typed and found."""
        before = self._state
        self._note(before)
        self._show(SearchState(room=before.room))
        if before != self._state:
            self._jobs.run(Lane.PAGES, self._sources.forget, lambda _: None)

    # --- how it follows ----------------------------------------------------------------------------------------------

    def _press(self, key: Key) -> None:
        if key.kind is KeyKind.CLEAR:
            self._note(self._state)
        self._show(after_key(self._state, key, self._sources.candidates))
        if key.kind is KeyKind.SEARCH:
            self._search()

    def _show(self, state: SearchState) -> None:
        """Show another state, and search once the finger rests if the query is another."""
        before, self._state = self._state, state
        if state == before:
            return
        self._show_keys()
        self._bar.show(tuple(BarWord(word=word) for word in bar_words(state)))
        self._suggestions.show(state.suggested)
        if (state.choices, state.chosen) != (before.choices, before.chosen):
            self._filters.show(filter_rows(state.choices, state.chosen, self._offers.titles))
        if state.answer is not before.answer:
            self._found.show(found_rows(state.answer) if state.answer else ())
            self._show_themes()
        if state.query != before.query:
            self._follow(state.query)
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

    def _follow(self, query: str) -> None:
        """Suggest at once, and search once the finger rests."""
        self._rest = after_typing(self._rest, query, self._now() * _MS)
        self._wait()
        if query and not self._state.asked:
            suggest = self._sources.suggest
            self._jobs.run(Lane.QUERIES, lambda: suggest(query), lambda outcome: self._after_suggesting(query, outcome))

    def _wait(self) -> None:
        wait = wait_ms(self._rest, self._now() * _MS)
        if wait is None:
            self._alarm.stop()
        else:
            self._alarm.start(round(wait))

    def _search_if_rested(self) -> None:
        if wait_ms(self._rest, self._now() * _MS) == 0:
            self._search()
        else:
            self._wait()

    def _search(self) -> None:
        """Ask for the present query; for its suggestions too, if this job may have pushed theirs out of the lane."""
        self._rest = Rest()
        self._alarm.stop()
        state, sources = self._state, self._sources
        query, chosen = state.query, state.chosen
        if not query:
            return
        suggests = state.suggestions.query != query and not state.asked

        def ask() -> _Reply:
            suggestions = sources.suggest(query) if suggests else None
            answer = sources.find(query, chosen)
            return _Reply(
                answer=answer,
                choices=sources.choices(answer) if chosen == EVERYTHING else None,
                suggestions=suggestions,
            )

        self._jobs.run(Lane.QUERIES, ask, lambda outcome: self._after_search(query, Narrowing(chosen=chosen), outcome))

    def _after_suggesting(self, query: str, outcome: Ok[tuple[Snippet, ...]] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._show(after_suggestions(self._state, query, outcome.value))

    def _after_search(self, query: str, asked: Narrowing, outcome: Ok[_Reply] | Failed) -> None:
        before = state = self._state
        reply = None if isinstance(outcome, Failed) else outcome.value
        if reply and reply.suggestions is not None:
            state = after_suggestions(state, query, reply.suggestions)
        asked = replace(asked, choices=reply.choices if reply else None)
        self._show(after_search(state, query, reply.answer if reply else None, asked))
        if self._state is not before:
            self.answered.emit()
            if self._state.asked:
                self._note(self._state)

    def _note(self, state: SearchState) -> None:
        """Count what somebody meant and did not find."""
        query, note = state.unanswered, self._sources.note
        if query:
            self._jobs.run(Lane.PAGES, lambda: note(query), lambda _: None)

    def _offered(self) -> _Offers:
        self._sources.candidates("a")
        return _Offers(
            hot_words=self._sources.hot_words(), themes=self._sources.themes(), titles=self._sources.titles()
        )

    def _after_offers(self, outcome: Ok[_Offers] | Failed) -> None:
        if isinstance(outcome, Ok):
            self._offers = outcome.value
            self._hot.show(tuple(BarWord(word=word) for word in self._offers.hot_words))
            self._show_themes()
