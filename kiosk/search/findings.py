"""What the engine says to the searcher: light words, so that numpy is loaded with the first question only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from content_packs.reader import ItemRow
from kiosk.search.query import Question
from kiosk.words import Snippet


class Found(NamedTuple):
    """An item that was found.

    Attributes:
        pack: Number of its pack.
        item: Number of the item in its pack.
        section: The section that matched best, counted within the item.
        score: Larger is better.
    """

    pack: int
    item: int
    section: int
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        found: Best first.
        near: Where nothing was found: what comes nearest, best first.
        marked: Pairs of characters and words to mark in snippets.
        heard: Pairs of sounds to mark where none of ``marked`` stands.
    """

    found: tuple[Found, ...] = ()
    near: tuple[Found, ...] = ()
    marked: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()


class Finder(Protocol):
    """Finds items in the open packs."""

    def find(self, question: Question, conversions: Sequence[str] = ()) -> Findings:
        """Return the items that answer a question; none if nothing is proven."""

    def snippet(self, found: Found, findings: Findings) -> Snippet:
        """Return the place of an item that matches best."""

    def names(self) -> Iterator[tuple[str, bool]]:
        """Yield the folded names of items and of the laws whose articles are items, and whether villagers speak so."""

    def row(self, found: Found) -> ItemRow:
        """Return the catalogue row of an item that was found."""

    def close(self) -> None:
        """Close the files."""
