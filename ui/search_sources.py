"""Where the search page has its words from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from content_packs.errors import PackError
from kiosk.library import Library
from kiosk.services import Kiosk
from kiosk.words import Candidate, ItemCard, SearchAnswer, ThemeTile
from ui.search_state import hot_words

MOST_HITS = 30
"""More are no answer; nobody reads on."""

MOST_CANDIDATES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSources:
    """What the search page asks; each is an ordinary call.

    Attributes:
        find: Searches; blocks.
        candidates: What letters may mean; answers within a millisecond once it was asked for the first time.
        hot_words: Words that are offered before anything is typed; blocks.
        themes: Themes that hold something; blocks.
        words: What is looked for here, in any order; blocks.
        year: The latest year that can stand on a document.
    """

    find: Callable[[str], SearchAnswer]
    candidates: Callable[[str], tuple[Candidate, ...]]
    hot_words: Callable[[], tuple[str, ...]]
    themes: Callable[[], tuple[ThemeTile, ...]]
    words: Callable[[], Iterable[str]]
    year: Callable[[], int]


def sources_of(kiosk: Kiosk) -> SearchSources:
    """Return the sources that a kiosk is: always its present packs."""
    return SearchSources(
        find=lambda query: kiosk.searcher.search(query, limit=MOST_HITS),
        candidates=lambda letters: kiosk.keyboard.candidates(letters, limit=MOST_CANDIDATES),
        hot_words=lambda: hot_words_of(kiosk.library),
        themes=lambda: kiosk.library.themes(),  # noqa: PLW0108 (the library changes)
        words=lambda: kiosk.library.words(),  # noqa: PLW0108
        year=lambda: kiosk.today.year,
    )


def hot_words_of(library: Library) -> tuple[str, ...]:
    """Return the words that are offered before anything is typed; an item that cannot be read offers none."""
    return hot_words((_keywords(library, card) for card in library.hot()), library.themes())


def _keywords(library: Library, card: ItemCard) -> tuple[str, ...]:
    try:
        return library.dossier(card.ref).main.item.keywords
    except PackError:
        return ()
