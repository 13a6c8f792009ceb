"""Adds up what the terms of a question are worth to the items of one pack. Arithmetic over arrays; weights come in.

Only what can stand among the best is worked out for items: a section's own sum is known first, and an item is its best
section. What is left out could not have been among them (see the tests, which add up everything).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.search.fields import Part
from kiosk.search.impacts import Impacts
from kiosk.search.index import PackIndex

Ids = NDArray[np.int32]
Places = NDArray[np.integer]
Scores = NDArray[np.float32]

PROOF_WEIGHTS: Final[Mapping[Part, float]] = {Part.SUMMARY: 0.8, Part.TITLE: 1.0, Part.KEYWORD: 1.0}
"""How far a term proves that an item is about it: a name says so. What a text proves depends on the item."""

_OF_SECTIONS = frozenset({Part.TEXT, Part.BODY})
_STEPS = (2.8, 2.0, 1.4, 1.0)
"""Times the floor: where is looked first, since few items are cheaper to put in order than many."""

_LEAST = 1e-6
_MANY = 3000
"""Postings of a term that are worth a call of their own; those of rarer terms are put together."""


@dataclass(frozen=True, slots=True)
class PackScores:
    """The best items of one pack, in no order.

    Attributes:
        items: Their numbers, ascending; each holds a proving term.
        sections: The section of each that matches best, counted within the pack.
        scores: Of each; an item that is not among them has no higher one than any of them.
        best_proof: The most that any item of the pack proves that is no law, whether it is among them or not.
        law_proof: The most that any law of the pack proves.
    """

    items: Places
    sections: Places
    scores: Scores
    best_proof: float
    law_proof: float


class Board:
    """The sums of one pack, in arrays that every question uses again. For one thread at a time.

    Args:
        index: Of the pack.
        factors: What the score of each item counts beside others.
        laws: Which items prove as laws do.
    """

    def __init__(self, index: PackIndex, factors: Scores, laws: NDArray[np.bool_]) -> None:
        self.index = index
        self._laws = laws if laws.any() else None
        self._others = None if laws.all() else ~laws
        items, sections, chapters = index.about.items, index.about.sections, index.about.chapters
        self._is_flat = items == sections
        self._item_of = index.item_of.astype(np.intp)
        self._factors = factors if self._is_flat else factors[index.item_of]
        self._chapter_of = np.where(index.chapters >= 0, index.chapters, chapters).astype(np.intp)
        self._sections = np.zeros(sections, np.float32)
        self._items = np.zeros(items, np.float32)
        self._chapters = np.zeros(chapters + 1, np.float32)  # the last one stands for no chapter
        self._proof = np.zeros(items, np.float32)
        self._share = np.zeros(items, np.float32)
        self._mark = np.zeros(items, np.int32)
        self._proven: Places = self._mark[:0]  # sections of items that prove anything …
        self._values = self._share[:0]  # … and what each counts
        self._held: dict[str, list[tuple[Part, Ids]]] = {}
        self._named: list[tuple[str, Places, Scores]] = []
        self._told: tuple[tuple[str, ...], Places, NDArray[np.intp]] | None = None
        self._has_items = self._has_chapters = False

    def clear(self) -> None:
        """Forget the last question."""
        for sums in (self._sections, self._items, self._chapters, self._proof):
            sums.fill(0)
        self._held, self._named, self._told = {}, [], None
        self._has_items = self._has_chapters = False

    def add(self, part: Part, found: Sequence[Impacts], factors: Scores) -> None:
        """Add what some terms of one field are worth, document by document.

        Args:
            part: Of the field.
            found: Where each of them occurs.
            factors: What one step of worth of each term counts.
        """
        few: list[tuple[Impacts, np.float32]] = []
        for impacts, factor in zip(found, factors, strict=True):
            if len(impacts.ids) > _MANY:
                self.add_values(part, impacts.ids, impacts.worths * factor)
            elif len(impacts.ids):
                few.append((impacts, factor))
        if few:  # one call for all of them
            worths = np.concatenate([impacts.worths for impacts, _ in few])
            each = np.repeat(np.array([factor for _, factor in few]), [len(impacts.ids) for impacts, _ in few])
            self.add_values(part, np.concatenate([impacts.ids for impacts, _ in few]), worths * each)

    def add_values(self, part: Part, ids: Ids, values: Scores) -> None:
        """Add values to documents of one part; a document may come several times."""
        if part is Part.CHAPTER:
            self._has_chapters = True
            np.add.at(self._chapters, ids, values)  # more than twice as fast as adding by index
        elif part in _OF_SECTIONS:
            np.add.at(self._sections, ids, values)
        else:
            self._has_items = True
            owners = self._owners(ids)
            np.add.at(self._items, owners, values * self.index.title_factors[owners] if part is Part.TITLE else values)

    def hold(self, term: str, part: Part, ids: Ids) -> None:
        """Note where a proving term occurs in one part; it does."""
        self._held.setdefault(term, []).append((part, ids))

    def holders(self, terms: Sequence[str]) -> list[int]:
        """Return how many items hold each of the proving terms; to be asked once, for all of them."""
        counts = dict.fromkeys(terms, 0)
        told: list[tuple[str, Ids]] = []  # only told in texts: most often all of them
        for term, held in self._held.items():
            if len(held) == 1 and held[0][0] is Part.TEXT:
                told.append((term, held[0][1]))
                continue
            owners, shares = self._single(*held[0]) if len(held) == 1 else self._merged(held)
            self._named.append((term, owners, shares))
            counts[term] = len(owners)
        if told:
            self._told = (tuple(term for term, _ in told), *self._once([ids for _, ids in told]))
            counts.update(zip(self._told[0], self._told[2].tolist(), strict=True))
        return list(counts.values())

    def total(self, rarities: Mapping[str, float], items: NDArray[np.bool_] | None = None) -> float:
        """Add everything up, and return the highest score of an item; 0 if none proves anything.

        Args:
            rarities: Of every proving term.
            items: Those that prove anything; None for all.
        """
        if not self._held:
            return 0.0
        self._prove(rarities)
        if items is not None:
            self._proof *= items
        proven = self._proof > 0
        self._proven = np.flatnonzero(proven if self._is_flat else proven.take(self._item_of))
        self._values = self._counted(self._proven)
        return float(self._values.max(initial=0.0))

    def best(self, floor: float, most: int) -> PackScores:
        """Return the items with the highest scores, after `total`.

        Args:
            floor: Items that score less are not wanted.
            most: So many of the others at least, if there are so many.
        """
        if not self._held:
            return PackScores(self._mark[:0], self._mark[:0], self._share[:0], 0.0, 0.0)
        values = self._values
        places, sections, items = np.zeros(0, np.intp), self._proven[:0], self._proven[:0]
        for step in _STEPS:
            places = np.flatnonzero(values >= max(step * floor, _LEAST))
            sections = self._proven[places]
            items = self._owners(sections)
            if len(items) >= most and (self._is_flat or np.count_nonzero(_changes(items)) >= most):
                break
        values = values[places]
        if not self._is_flat and len(items):  # of each item the best section, the first of several
            firsts = np.flatnonzero(_changes(items))
            highest = np.maximum.reduceat(values, firsts)
            places = np.flatnonzero(values == np.repeat(highest, np.diff(firsts, append=len(items))))
            places = places[_changes(items[places])]
            values, items, sections = values[places], items[places], sections[places]
        return PackScores(items, sections, values, self._highest(self._others), self._highest(self._laws))

    def _highest(self, items: NDArray[np.bool_] | None) -> float:
        """Return the most that some items prove."""
        if items is None:
            return 0.0
        return float((self._proof if items.all() else self._proof[items]).max(initial=0.0))

    def _counted(self, sections: Places) -> Scores:
        """Return what each of some sections counts for its item."""
        sums: Scores = self._sections.take(sections)
        if self._has_chapters:
            sums += self._chapters.take(self._chapter_of.take(sections))
        if self._has_items:
            sums += self._items.take(self._owners(sections))
        sums *= self._factors.take(sections)
        return sums

    def _prove(self, rarities: Mapping[str, float]) -> None:
        if self._told:
            terms, owners, counts = self._told
            worths = np.repeat(np.array([rarities[term] for term in terms], np.float32), counts)
            np.add.at(self._proof, owners, worths)
            self._proof *= self.index.text_proof
        for term, owners, shares in self._named:
            np.add.at(self._proof, owners, shares * np.float32(rarities[term]))

    def _once(self, lists: Sequence[Ids]) -> tuple[Places, NDArray[np.intp]]:
        """Return the items of lists of sections, each once in a list, one list after another, and how many of each."""
        counts = np.array([len(ids) for ids in lists], np.intp)
        ids = np.concatenate(lists)
        if self._is_flat:
            return ids, counts
        owners = self._owners(ids)
        firsts = np.cumsum(counts) - counts
        changed = _changes(owners)
        changed[firsts] = True
        return owners[changed], np.add.reduceat(changed, firsts, dtype=np.intp)

    def _single(self, part: Part, ids: Ids) -> tuple[Places, Scores]:
        """Return the items that have a term in their name, and what that proves."""
        return self._owners(ids), np.full(len(ids), PROOF_WEIGHTS[part], np.float32)

    def _merged(self, held: Sequence[tuple[Part, Ids]]) -> tuple[Places, Scores]:
        """Return the items that hold a term in one of several parts, and what the strongest of these proves."""
        weakest_first = sorted(held, key=lambda each: PROOF_WEIGHTS.get(each[0], 0.0))
        owned = [(part, self._owners(ids)) for part, ids in weakest_first]
        for part, owners in owned:
            self._share[owners] = self.index.text_proof[owners] if part is Part.TEXT else PROOF_WEIGHTS[part]
        together = np.concatenate([owners for _, owners in owned])
        order = np.arange(len(together), dtype=np.int32)
        self._mark[together] = order
        once = together[self._mark[together] == order]
        return once, self._share[once]

    def _owners(self, sections: Places) -> Places:
        """Return the items of some sections."""
        return sections if self._is_flat else self._item_of.take(sections)  # twice as fast as by index


def _changes(numbers: Places) -> NDArray[np.bool_]:
    """Return where a number differs from the one before it; the first one does."""
    changed = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return changed
