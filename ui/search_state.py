"""What the search page shows, and how it follows from what was touched and found. Pure, no Qt.

Nothing here is written to disk or to a log: a query is a person's own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.words import Candidate, SearchAnswer, ThemeTile
from ui.keys import ISSUERS, Key, KeyKind, Mode

LONGEST_TEXT = 40
"""Characters a query may have; a longer one no longer grows."""

LONGEST_LETTERS = 48
HOT_WORDS = 12
LONGEST_HOT_WORD = 6

_YEAR = re.compile(r"〔[0-9]{0,4}〕?")
_OPEN_YEAR = re.compile(r"〔[0-9]{4}$")

Candidates = Callable[[str], tuple[Candidate, ...]]


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
        if self.answer.hits or self.answer.emergency:
            return Screen.FOUND
        return Screen.HOT if self._is_spelling else Screen.NOTHING

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
        return SearchState(mode=state.mode)
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
    """Return the state that follows a touched word to search for, such as a hot one."""
    return replace(_typed(state, word[:LONGEST_TEXT], "", lambda _: ()), expanded=False)


def after_search(state: SearchState, query: str, answer: SearchAnswer | None) -> SearchState:
    """Return the state that follows an answer, ignoring the answer to an older query.

    Args:
        state: As it is now.
        query: What was asked.
        answer: What was found; None if the search failed.
    """
    if query != state.query or not query:
        return state
    return replace(state, answer=answer, busy=False, failed=answer is None)


def hot_words(asked: Iterable[Iterable[str]], themes: Iterable[ThemeTile]) -> tuple[str, ...]:
    """Return the words that are offered before anything is typed.

    Args:
        asked: For each matter that everybody asks about, the words it is looked for under.
        themes: Their titles fill what is left.
    """
    first = (next((word for word in words if len(word) <= LONGEST_HOT_WORD), "") for words in asked)
    offered = dict.fromkeys((*first, *(theme.title for theme in themes)))
    return tuple(word for word in offered if 0 < len(word) <= LONGEST_HOT_WORD)[:HOT_WORDS]


def bar_words(state: SearchState, continuations: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Return what the bar above the keys offers: candidates, else how the text may go on; or who issues documents."""
    if state.mode is Mode.DOC_NO:
        return ISSUERS
    if state.letters:
        return tuple(candidate.text for candidate in state.candidates)
    return continuations(state.text.strip()) if state.mode is Mode.LETTERS else ()


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
        return replace(changed, answer=None, busy=False, failed=False)
    if changed.query == state.query:
        return changed
    return replace(changed, busy=True, failed=False)


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
