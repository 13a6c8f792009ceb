"""What the search page shows, and how it follows from what was touched and found. Pure, no Qt.

Nothing here is written to disk or to a log: a query is a person's own.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kiosk.words import Candidate, Facets, ItemFilter, SearchAnswer, Snippet, ThemeTile
from ui.keys import ISSUERS, Key, KeyKind, Mode
from ui.search_filters import LEAST_HITS
from ui.search_suggestions import Room, SuggestionRow, Suggestions, after_suggesting, settled, shown

LONGEST_TEXT = 40
"""Characters a query may have; a longer one no longer grows."""

LONGEST_LETTERS = 48
HOT_WORDS = 12
LONGEST_HOT_WORD = 6

_YEAR = re.compile(r"〔[0-9]{0,4}〕?")
_OPEN_YEAR = re.compile(r"〔[0-9]{4}$")

EVERYTHING: Final = ItemFilter()
NO_CHOICES: Final = Facets()
NO_SUGGESTIONS: Final = Suggestions()
USUAL_ROOM: Final = Room()

Candidates = Callable[[str], tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """How a question was narrowed, and what its answer can be narrowed to: None where that has not changed."""

    chosen: ItemFilter = EVERYTHING
    choices: Facets | None = None


class Screen(StrEnum):
    """What stands where the results stand."""

    HOT = "hot"
    WAITING = "waiting"
    FOUND = "found"
    NOTHING = "nothing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """The search page.

    Attributes:
        text: What was typed and chosen.
        letters: What was typed and not yet chosen for; stands after ``text``.
        mode: Which keys are shown.
        candidates: What ``letters`` may mean.
        answer: What was found last; None before the first answer, and while nothing is asked.
        busy: ``answer`` is older than the query.
        failed: The last search could not be carried out.
        asked: 查 was touched since the query last changed.
        expanded: All that the bar offers is shown where the keys stand.
        suggestions: What is offered to go on to.
        room: What the page has room for.
        choices: What the results can be narrowed to.
        chosen: What they are narrowed to.
        filtering: The choices are shown.
    """

    text: str = ""
    letters: str = ""
    mode: Mode = Mode.LETTERS
    candidates: tuple[Candidate, ...] = ()
    answer: SearchAnswer | None = None
    busy: bool = False
    failed: bool = False
    asked: bool = False
    expanded: bool = False
    suggestions: Suggestions = NO_SUGGESTIONS
    room: Room = USUAL_ROOM
    choices: Facets = NO_CHOICES
    chosen: ItemFilter = EVERYTHING
    filtering: bool = False

    @property
    def query(self) -> str:
        """What is searched for: letters that nobody has chosen a word for are searched by their sound."""
        return (self.text + self.letters).strip()

    @property
    def screen(self) -> Screen:
        """What stands where the results stand. An older answer stays until the new one is there."""
        if not self.query:
            return Screen.HOT
        if self.failed:
            return Screen.FAILED
        if self.answer is None:
            return Screen.WAITING
        if self.answer.hits or self.answer.emergency or self.chosen != EVERYTHING:
            return Screen.FOUND
        return Screen.HOT if self._is_spelling else Screen.NOTHING

    @property
    def suggested(self) -> tuple[SuggestionRow, ...]:
        """What is offered to go on to; nothing any more once somebody has asked."""
        return () if self.asked or not self.query else shown(self.suggestions, self.room)

    @property
    def held(self) -> int:
        """Places that are kept for what is offered."""
        return 0 if self.asked or not self.query else self.suggestions.held

    @property
    def can_filter(self) -> bool:
        """Somebody has asked, and there is more than is read at a glance."""
        answer = self.answer
        many = answer is not None and len(answer.hits) >= LEAST_HITS and not answer.emergency
        return self.asked and self.screen is Screen.FOUND and (many or self.chosen != EVERYTHING)

    @property
    def unanswered(self) -> str:
        """What the page says that it has nothing about; empty if it does not say so."""
        return self.query if self.screen is Screen.NOTHING and not self.busy and self.chosen == EVERYTHING else ""

    @property
    def _is_spelling(self) -> bool:
        """Somebody is in the middle of a word: it is too early to say that there is nothing."""
        return bool(self.letters) and not self.asked


def after_key(state: SearchState, key: Key, candidates: Candidates) -> SearchState:
    """Return the state that follows a touched key.

    Args:
        state: As it was.
        key: What was touched.
        candidates: What letters may mean; answers at once.
    """
    if key.kind is KeyKind.CLEAR:
        return SearchState(mode=state.mode, room=state.room)
    if key.kind is KeyKind.SEARCH:
        return replace(state, asked=bool(state.query), expanded=False)
    changed = _typed(state, *_after_typing(state, key), candidates)
    return replace(changed, mode=Mode(key.value)) if key.kind is KeyKind.MODE else changed


def after_candidate(state: SearchState, place: int, candidates: Candidates) -> SearchState:
    """Return the state that follows a touched candidate, which uses up some of the letters or all."""
    if not 0 <= place < len(state.candidates):
        return state
    chosen = state.candidates[place]
    text = (state.text + chosen.text)[:LONGEST_TEXT]
    return _typed(state, text, state.letters[chosen.used :], candidates)


def after_expanding(state: SearchState) -> SearchState:
    """Return the state in which all that the bar offers is shown, or the keys again."""
    return replace(state, expanded=not state.expanded)


def after_issuer(state: SearchState, issuer: str) -> SearchState:
    """Return the state that follows a touched beginning of a document number: it stands before what is there."""
    known = next((each for each in sorted(ISSUERS, key=len, reverse=True) if state.text.startswith(each)), "")
    text = (issuer + state.text[len(known) :])[:LONGEST_TEXT]
    return replace(_typed(state, text, "", lambda _: ()), expanded=False)


def after_word(state: SearchState, word: str) -> SearchState:
    """Return the state that follows a touched word to search for, such as a hot one: it was asked, not only typed."""
    return replace(_typed(state, word[:LONGEST_TEXT], "", lambda _: ()), expanded=False, asked=bool(word.strip()))


def after_suggestions(state: SearchState, query: str, found: Sequence[Snippet]) -> SearchState:
    """Return the state that follows suggestions, ignoring those for an older query.

    While results stand on the page no place is added or taken away; see `after_search`.
    """
    if query != state.query or not query:
        return state
    free = state.answer is None
    return replace(state, suggestions=after_suggesting(state.suggestions, query, found, state.room, free=free))


def after_measuring(state: SearchState, room: Room) -> SearchState:
    """Return the state on a page that has another room for suggestions."""
    return replace(state, room=room, suggestions=settled(state.suggestions, room))


def after_filter(state: SearchState, chosen: ItemFilter) -> SearchState:
    """Return the state in which the results are to be narrowed, or no longer; the answer is still to come."""
    return state if chosen == state.chosen or not state.query else replace(state, chosen=chosen, busy=True)


def after_unfolding(state: SearchState) -> SearchState:
    """Return the state in which it is shown what the results can be narrowed to, or no longer."""
    return replace(state, filtering=not state.filtering)


def after_search(
    state: SearchState, query: str, answer: SearchAnswer | None, asked: Narrowing = Narrowing()
) -> SearchState:
    """Return the state that follows an answer, ignoring the answer to an older question.

    This is when suggestions get as many places as they need: all below them changes too.

    Args:
        state: As it is now.
        query: What was asked.
        answer: What was found; None if the search failed.
        asked: What it was narrowed to, and what it can be narrowed to.
    """
    if query != state.query or not query or asked.chosen != state.chosen:
        return state
    suggestions = settled(state.suggestions, state.room)
    choices = state.choices if asked.choices is None else asked.choices
    return replace(state, answer=answer, busy=False, failed=answer is None, suggestions=suggestions, choices=choices)


def hot_words(asked: Iterable[Iterable[str]], themes: Iterable[ThemeTile]) -> tuple[str, ...]:
    """Return the words that are offered before anything is typed.

    Args:
        asked: For each matter that everybody asks about, the words it is looked for under.
        themes: Their titles fill what is left.
    """
    first = (next((word for word in words if len(word) <= LONGEST_HOT_WORD), "") for words in asked)
    offered = dict.fromkeys((*first, *(theme.title for theme in themes)))
    return tuple(word for word in offered if 0 < len(word) <= LONGEST_HOT_WORD)[:HOT_WORDS]


def bar_words(state: SearchState) -> tuple[str, ...]:
    """Return what the bar above the keys offers: what the letters may mean, or who issues documents."""
    if state.mode is Mode.DOC_NO:
        return ISSUERS
    return tuple(candidate.text for candidate in state.candidates)


def _after_typing(state: SearchState, key: Key) -> tuple[str, str]:
    """Return text and letters after a key that types or deletes; a mode key only settles what waits."""
    text, letters = state.text, state.letters
    if key.kind is KeyKind.LETTER:
        return text, (letters + key.value)[:LONGEST_LETTERS]
    if key.kind is KeyKind.DELETE:
        return (text, letters[:-1]) if letters else (_shortened(text), "")
    if key.kind is KeyKind.TEXT:
        return _appended(_settled(state), key.value), ""
    if key.kind is KeyKind.SPACE and not letters:
        return f"{text} " if text.strip() else text, ""
    return _settled(state), ""


def _typed(state: SearchState, text: str, letters: str, candidates: Candidates) -> SearchState:
    """Return the state with another query; nothing changes if it is the same."""
    if (text, letters) == (state.text, state.letters):
        return state
    meant = candidates(letters) if letters else ()
    changed = replace(state, text=text, letters=letters, candidates=meant, asked=False, expanded=False)
    if not changed.query:
        return SearchState(text=text, mode=state.mode, room=state.room)
    if changed.query == state.query:
        return changed
    return replace(changed, busy=True, failed=False, choices=NO_CHOICES, chosen=EVERYTHING, filtering=False)


def _settled(state: SearchState) -> str:
    """Return the text once the letters have been taken for their likeliest meaning."""
    if not state.letters:
        return state.text
    best = state.candidates[0] if state.candidates else None
    meaning = best.text + state.letters[best.used :] if best else state.letters
    return (state.text + meaning)[:LONGEST_TEXT]


def _appended(text: str, value: str) -> str:
    """Return text with something typed after it.

    A year key replaces the year that is there; the bracket around a year closes by itself after four digits.
    """
    if _YEAR.fullmatch(value) and _YEAR.search(text):
        return _YEAR.sub(value, text, count=1)
    if value == "〕" and text.endswith("〕"):
        return text
    text = (text + value)[:LONGEST_TEXT]
    return f"{text}〕" if _OPEN_YEAR.search(text) else text


def _shortened(text: str) -> str:
    """Return text without its last character, and without the bracket that had closed by itself."""
    shorter = text[:-1]
    return shorter[:-1] if text.endswith("〕") and shorter[-1:].isdecimal() else shorter
