"""Where the search page has its words from."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from content_packs.errors import PackError
from kiosk.library import Library
from kiosk.services import Kiosk
from kiosk.words import Candidate, Facets, ItemCard, ItemFilter, SearchAnswer, Snippet, ThemeTile
from ui.search_state import hot_words
from ui.search_suggestions import ASKED_FOR

MOST_HITS = 30
"""More are no answer; nobody reads on."""

MOST_CANDIDATES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSources:
    """What the search page asks; each is an ordinary call.

    Attributes:
        find: Searches for a question, narrowed; blocks.
        choices: What an answer can be narrowed to; blocks.
        suggest: What may be meant by what was typed; blocks.
        candidates: What letters may mean; answers within a millisecond once it was asked for the first time.
        hot_words: Words that are offered before anything is typed; blocks.
        themes: Themes that hold something; blocks.
        titles: Themes and regions in words; blocks.
        year: The latest year that can stand on a document.
        note: Counts a question that found nothing; blocks.
        forget: Forgets what the letters of a person were taken for; blocks.
    """

    find: Callable[[str, ItemFilter], SearchAnswer]
    choices: Callable[[SearchAnswer], Facets]
    suggest: Callable[[str], tuple[Snippet, ...]]
    candidates: Callable[[str], tuple[Candidate, ...]]
    hot_words: Callable[[], tuple[str, ...]]
    themes: Callable[[], tuple[ThemeTile, ...]]
    titles: Callable[[], Mapping[str, str]]
    year: Callable[[], int]
    note: Callable[[str], None]
    forget: Callable[[], None]


def sources_of(kiosk: Kiosk) -> SearchSources:
    """Return the sources that a kiosk is: always its present packs."""
    return SearchSources(
        find=lambda query, chosen: kiosk.searcher.search(query, limit=MOST_HITS, item_filter=chosen),
        choices=lambda answer: kiosk.library.facets_among(hit.ref for hit in answer.hits),
        suggest=lambda typed: kiosk.searcher.suggest(typed, limit=ASKED_FOR),
        candidates=lambda letters: kiosk.keyboard.candidates(letters, limit=MOST_CANDIDATES),
        hot_words=lambda: hot_words_of(kiosk.library),
        themes=lambda: kiosk.library.themes(),  # noqa: PLW0108 (the library changes)
        titles=lambda: kiosk.library.titles(),  # noqa: PLW0108
        year=lambda: kiosk.today.year,
        note=lambda query: _note(kiosk, query),
        forget=lambda: _forget(kiosk),
    )


def _note(kiosk: Kiosk, query: str) -> None:
    """Count a question that found nothing; a full disk loses it rather than troubling anybody."""
    with suppress(OSError):
        kiosk.unanswered.note(query)


def _forget(kiosk: Kiosk) -> None:
    kiosk.keyboard.forget()
    kiosk.searcher.forget()


def hot_words_of(library: Library) -> tuple[str, ...]:
    """Return the words that are offered before anything is typed; an item that cannot be read offers none."""
    return hot_words((_keywords(library, card) for card in library.hot()), library.themes())


def _keywords(library: Library, card: ItemCard) -> tuple[str, ...]:
    try:
        return library.dossier(card.ref).main.item.keywords
    except PackError:
        return ()
