"""The one entry to searching: questions in, answers out. Loads numpy and Whoosh with the first question, not before."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from content_packs.errors import PackError
from content_packs.model import ItemRef
from content_packs.reader import PackReader
from kiosk.catalogue import ENDED
from kiosk.search.emergency import CRIES, Rescue, rescue_for
from kiosk.search.findings import Finder, Findings, Found
from kiosk.search.interpretation import Interpreter, conversions
from kiosk.search.nearest import Placed, nearest_first
from kiosk.search.query import Question, SynonymTable, clean, meant, understand
from kiosk.search.snippet import snippet_of
from kiosk.search.suggestion import Suggester
from kiosk.tables.read import Tables
from kiosk.typing import Keyboard
from kiosk.words import Hit, ItemCard, ItemFilter, KnownName, SearchAnswer, Snippet, ThemeTile

HOTLINE: Final = Rescue("12345", "政务服务便民热线")
"""Who is called when nothing was found."""

CACHE_BYTES: Final = 64 * 1024 * 1024
"""Default bound of the postings that are held in memory."""

EVERYTHING: Final = ItemFilter()

_NEAR_THEMES = 3
_NEARER: Final = 20
"""Hits beyond those that are shown, among which one of a nearer region may stand."""


class Shelf(Protocol):
    """What the searcher asks the library."""

    def card(self, ref: ItemRef) -> ItemCard:
        """Return one item as a card."""

    def cards(self, chosen: ItemFilter) -> tuple[ItemCard, ...]:
        """Return the items that a filter lets through."""

    def names(self) -> Iterable[KnownName]:
        """Give the names that may be offered to somebody who types."""

    def holds_here(self, ref: ItemRef) -> bool:
        """Whether an item belongs in lists of this kiosk."""

    @property
    def has_local(self) -> bool:
        """Whether something is made for this place, and not for the whole country."""

    def nearness(self, ref: ItemRef) -> int:
        """Return how near to this place an item holds: digits of its region, 0 for the whole country."""

    def themes(self) -> tuple[ThemeTile, ...]:
        """Return the themes that hold something here."""


@dataclass(slots=True)
class _Opened:
    finder: Finder
    synonyms: SynonymTable
    interpreter: Interpreter


class Searcher:
    """Answers questions about the content of the active packs.

    For one thread at a time; `refresh` may be called from another.

    Args:
        readers: The active packs. The caller closes them, after this.
        shelf: The library over the same packs: what holds here, and what may be said about it today.
        index_root: Folder of all indexes, ``HOME/index``. A pack without index is searched by titles and keywords.
        tables: Characters and sounds; by default those of this program.
        cache_bytes: Bound of the postings that are held in memory.
    """

    def __init__(
        self,
        readers: Sequence[PackReader],
        shelf: Shelf,
        index_root: Path,
        *,
        tables: Tables | None = None,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self._readers = tuple(readers)
        self._shelf = shelf
        self._index_root = index_root
        self._tables = tables or Tables()
        self._cache_bytes = cache_bytes
        self._opened: _Opened | None = None
        self._is_stale = False

    def search(self, query: str, *, limit: int = 10, item_filter: ItemFilter = EVERYTHING) -> SearchAnswer:
        """Return the answer to a question: hits best first, what has ended last.

        Args:
            query: As typed: Chinese, pinyin, initials, a 文号, or anything.
            limit: Most hits.
            item_filter: Which items may be hits.

        Returns:
            With the emergency number if the question is a cry for help; with 12345 and the nearest themes if nothing
            was found; without both if nothing was asked.
        """
        started = time.perf_counter()
        text = clean(query)
        if not text:
            return SearchAnswer(query=query, ms=_ms_since(started))
        opened = self._open()
        asked = opened.interpreter.answer(self._tables.fold(text))
        question, findings = asked.question, asked.findings
        hits = tuple(self._hits(opened.finder, findings, limit, item_filter))
        rescue = next(filter(None, map(rescue_for, dict.fromkeys(asked.heard))), None)
        call = rescue or (None if hits else HOTLINE)
        return SearchAnswer(
            query=query,
            hits=hits,
            phone=call.phone if call else "",
            emergency=rescue is not None,
            phone_label=call.label if call else "",
            themes=() if hits else self._near_themes(opened.finder, findings, question),
            meant=meant(question) if hits else "",
            ms=_ms_since(started),
        )

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[Snippet, ...]:
        """Return what may be meant by what was typed so far; for every key. Asks no index, and loads none.

        Titles, keywords and villagers' words that hold it as it stands, in pinyin, by first letters or mixed, best
        first, each once, with the parts that fit marked. Nothing for nothing, and for more than can be looked for.

        Args:
            typed: Chinese, pinyin, initials, or these mixed.
            limit: Most suggestions.
        """
        text = self._tables.fold(clean(typed))
        if not text:
            return ()
        letters = understand(text, SynonymTable((), ())).letters
        return self._suggester.suggest(text, letters, conversions(self._keyboard, letters), limit)

    def forget(self) -> None:
        """Forget what letters were taken for; for when a person has gone."""
        self._keyboard.forget()

    def warm_up(self) -> None:
        """Load what the first question needs; for an idle moment after the first frame."""
        self._open().interpreter.answer("养老金")
        self.suggest("y")

    def refresh(self) -> None:
        """Take notice of indexes that were built since: the next question opens them."""
        self._is_stale = True

    def close(self) -> None:
        """Close the indexes; the next question would open them again."""
        opened, self._opened = self._opened, None
        if opened:
            opened.finder.close()

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self._shelf.names(), self._tables)

    @cached_property
    def _keyboard(self) -> Keyboard:
        said = (synonym.colloquial for reader in self._readers for synonym in reader.info.synonyms)
        return Keyboard(self._tables, (*CRIES, *map(self._tables.fold, said)))

    def _open(self) -> _Opened:
        if self._is_stale:
            self._is_stale = False
            self.close()
        if self._opened is None:
            # numpy and Whoosh: not before the first frame
            from kiosk.search.interpreting import open_interpreter  # noqa: PLC0415
            from kiosk.search.opening import open_engine  # noqa: PLC0415

            synonyms = [synonym for reader in self._readers for synonym in reader.info.synonyms]
            folded = [self._tables.fold(synonym.colloquial) for synonym in synonyms]
            finder = open_engine(self._readers, self._index_root, self._tables, self._cache_bytes)
            table = SynonymTable(synonyms, folded)
            self._opened = _Opened(
                finder=finder,
                synonyms=table,
                interpreter=open_interpreter(finder, table, synonyms, self._tables, self._keyboard),
            )
        return self._opened

    def _hits(self, finder: Finder, findings: Findings, limit: int, item_filter: ItemFilter) -> list[Hit]:
        allowed = None if item_filter == EVERYTHING else {card.ref for card in self._shelf.cards(item_filter)}
        living: list[tuple[Found, ItemCard]] = []
        ended: list[tuple[Found, ItemCard]] = []
        for found, ref, card in self._cards(finder, findings.found):
            if allowed is not None and ref not in allowed:
                continue
            chosen = ended if card.status in ENDED else living
            chosen.append((found, card))
            if len(living) == limit + (_NEARER if self._shelf.has_local else 0):
                break
        shown = [*self._nearest_first(finder, living), *ended][:limit]
        return [_hit(finder, findings, found, card) for found, card in shown]

    def _nearest_first(
        self, finder: Finder, hits: Sequence[tuple[Found, ItemCard]]
    ) -> Iterator[tuple[Found, ItemCard]]:
        """Yield hits with what holds for a nearer region before the same matter elsewhere."""
        if not self._shelf.has_local:
            yield from hits
            return
        near = [self._shelf.nearness(card.ref) for _, card in hits]
        rows = [finder.row(found) for found, _ in hits]
        fold = self._tables.fold
        placed = [
            Placed(
                near=digits,
                kind=row.kind,
                titles=frozenset(fold(title) for title in (row.title, row.plain_title) if title),
                keywords=frozenset(map(fold, row.keywords)),
                score=found.score,
            )
            for digits, row, (found, _) in zip(near, rows, hits, strict=True)
        ]
        yield from (hits[place] for place in nearest_first(placed))

    def _cards(self, finder: Finder, found: Sequence[Found]) -> Iterator[tuple[Found, ItemRef, ItemCard]]:
        for each in found:
            ref = ItemRef(self._readers[each.pack].info.id, finder.row(each).id)
            with suppress(PackError):  # the library may be a version behind or ahead
                if self._shelf.holds_here(ref):
                    yield each, ref, self._shelf.card(ref)

    def _near_themes(self, finder: Finder, findings: Findings, question: Question) -> tuple[str, ...]:
        """Return the themes of what comes nearest, then those whose name or examples are asked, then the first ones."""
        tiles = self._shelf.themes()
        near = [card.theme for _, _, card in self._cards(finder, findings.near)]
        named = [tile.id for tile in tiles if set(tile.title + tile.examples) & set(question.content) - {" "}]
        known = {tile.id for tile in tiles}
        ordered = dict.fromkeys([*near, *named, *(tile.id for tile in tiles)])
        return tuple(theme for theme in ordered if theme in known)[:_NEAR_THEMES]


def _hit(finder: Finder, findings: Findings, found: Found, card: ItemCard) -> Hit:
    row = finder.row(found)
    return Hit(
        ref=card.ref,
        section=found.section,
        title=card.title,
        kind=card.kind,
        theme=card.theme,
        keywords=row.keywords,
        facts=row.facts,
        status=card.status,
        year=card.year,
        badge=card.badge,
        snippet=_shown(finder.snippet(found, findings), card),
        score=round(found.score, 4),
    )


def _shown(place: Snippet, card: ItemCard) -> Snippet:
    """Return the place that matched; where nothing in it is marked, the answer says more than the head of a table."""
    return place if place.marks or not card.summary else snippet_of(card.summary, ())


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
