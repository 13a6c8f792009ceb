"""Scores sections, and items through them. Pure arithmetic over postings; the weights stand here and nowhere else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content_packs.model import Kind
from kiosk.search.analysis import Analyser
from kiosk.search.fields import NUMBERED_CUTS, Cut, Field, Part
from kiosk.search.impacts import SCALE, frequencies, most
from kiosk.search.index import PackIndex

Scores = NDArray[np.float32]

FIELD_WEIGHTS: Final[Mapping[Field, float]] = MappingProxyType(
    {
        (Part.TITLE, Cut.PAIR): 2.4,
        (Part.TITLE, Cut.SOUND): 0.8,
        (Part.TITLE, Cut.WORD): 1.5,
        (Part.KEYWORD, Cut.PAIR): 2.4,
        (Part.KEYWORD, Cut.SOUND): 0.8,
        (Part.KEYWORD, Cut.WORD): 1.5,
        (Part.SUMMARY, Cut.PAIR): 0.8,
        (Part.SUMMARY, Cut.SOUND): 0.2,
        (Part.SUMMARY, Cut.WORD): 0.5,
        (Part.TEXT, Cut.PAIR): 1.8,
        (Part.TEXT, Cut.SOUND): 0.5,
        (Part.TEXT, Cut.WORD): 1.0,
        (Part.BODY, Cut.CHAR): 1.6,
        (Part.CHAPTER, Cut.PAIR): 0.8,
    }
)
"""What one matched term of a field counts."""

PROOF_WEIGHTS: Final[Mapping[Part, float]] = MappingProxyType({Part.SUMMARY: 0.8, Part.TITLE: 1.0, Part.KEYWORD: 1.0})
"""How far a term proves that an item is about it: a name says so. What a text proves depends on the item."""

KIND_FACTORS: Final[Mapping[Kind, float]] = MappingProxyType(
    {Kind.GUIDE: 1.1, Kind.FAQ: 1.07, Kind.INTERPRETATION: 1.0, Kind.POLICY: 0.85}
)
"""Between items that match alike, what helps at once comes first. Other kinds count 1."""

_LEAST_RARITY = 0.1
_ONE_TEXT: Final = np.zeros(1, np.float32)
_NO_ITEMS: Final = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Asked:
    """One term of a question.

    Attributes:
        term: As the index spells it.
        weight: What it counts beside others.
        counts: Whether an item that holds it is proven to be about the question.
        is_inferred: Whether it was not asked itself, but follows from a synonym.
    """

    term: str
    weight: float = 1.0
    counts: bool = False
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class PackScores:
    """Scores of one pack.

    Attributes:
        items: Score of every item.
        sections: Score of every section, of its own text only.
        proof: For every item: rarity of the proving terms that it holds, by where it holds them, summed.
    """

    items: Scores
    sections: Scores
    proof: Scores


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of all packs, in their order.

    Attributes:
        packs: In their order.
        provable: Rarity of all proving terms that were asked themselves, summed.
        rarest: Rarity of a term that nothing holds.
    """

    packs: tuple[PackScores, ...]
    provable: float
    rarest: float


def score(indexes: Sequence[PackIndex], asked: Mapping[Cut, Sequence[Asked]], analyser: Analyser) -> Scored:
    """Score every item of every pack.

    Rarity is counted over all packs together, so that scores of a small pack and of a large one can be compared.

    Args:
        indexes: One per pack.
        asked: Distinct terms by cut.
        analyser: The one that cut the indexes.
    """
    boards = [_Board(index) for index in indexes]
    numbers = {cut: _numbers(terms, cut, analyser) for cut, terms in asked.items()}
    for field, weight in FIELD_WEIGHTS.items():
        if terms := asked.get(field[1], ()):
            found = [_found(index, field, terms, numbers[field[1]]) for index in indexes]
            documents = max(1, sum(index.documents(field[0]) for index in indexes))
            for place, term in enumerate(terms):
                holding = sum(len(occurrences[place].ids) for occurrences in found)
                if holding:
                    factor = weight * term.weight * _rarity_of_term(field, holding, documents)
                    for board, occurrences in zip(boards, found, strict=True):
                        board.add(field, term, occurrences[place], factor)
    proving = [term for terms in asked.values() for term in terms if term.counts]
    holders = {term.term: [board.holders(term.term) for board in boards] for term in proving}
    rarities = {term: _rarity(sum(len(items) for items, _ in found), indexes) for term, found in holders.items()}
    provable = sum(rarities[term.term] for term in proving if not term.is_inferred)
    return Scored(tuple(board.scores(rarities) for board in boards), provable, _rarity(0, indexes))


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Where a term occurs, and what its frequency is worth there; to be multiplied by its rarity."""

    ids: NDArray[np.int32]
    worths: NDArray[np.uint8] | Scores
    unit: float


class _Board:
    """Adds up the scores of one pack."""

    def __init__(self, index: PackIndex) -> None:
        self.index = index
        self._sections = np.zeros(index.about.sections, np.float32)
        self._items = np.zeros(index.about.items, np.float32)
        self._chapters = np.zeros(index.about.chapters, np.float32)
        self._held: dict[str, list[tuple[NDArray[np.int32], Part]]] = {}
        self._holders: dict[str, tuple[NDArray[np.int32], Scores]] = {}

    def add(self, field: Field, term: Asked, found: _Occurrences, factor: float) -> None:
        """Add what one term of one field is worth, text by text."""
        if not len(found.ids):
            return
        values = found.worths * np.float32(factor * found.unit)
        part = field[0]
        if part is Part.CHAPTER:
            np.add.at(self._chapters, found.ids, values)  # more than twice as fast as adding by index
            return
        if part in {Part.TEXT, Part.BODY}:
            np.add.at(self._sections, found.ids, values)
        else:
            owners = self.index.item_of[found.ids]
            np.add.at(self._items, owners, values * self.index.title_factors[owners] if part is Part.TITLE else values)
        if term.counts:
            self._held.setdefault(term.term, []).append((self.index.item_of[found.ids], part))

    def holders(self, term: str) -> tuple[NDArray[np.int32], Scores]:
        """Return the items that hold a proving term, in order, and how far each proves that it is about it."""
        if term not in self._holders:
            self._holders[term] = self._merged(self._held.get(term, []))
        return self._holders[term]

    def scores(self, rarities: Mapping[str, float]) -> PackScores:
        """Return the sums."""
        proof = np.zeros(len(self._items), np.float32)
        for term, (items, shares) in self._holders.items():
            proof[items] += np.float32(rarities[term]) * shares
        if len(self._items):
            if len(self._chapters):
                self._sections += np.append(self._chapters, _ONE_TEXT)[self.index.chapters]
            self._items += self.index.best_of_items(self._sections)
        return PackScores(self._items, self._sections, proof)

    def _merged(self, held: Sequence[tuple[NDArray[np.int32], Part]]) -> tuple[NDArray[np.int32], Scores]:
        if not held:
            return _NO_ITEMS, _ONE_TEXT[:0]
        if len(held) == 1:
            owners, part = held[0]
            if len(self._items) < len(self._sections):  # neighbouring sections of one item count once
                owners = owners[np.flatnonzero(np.diff(owners, prepend=np.int32(-1)))]
            return owners, self._proof(owners, part)
        proof = np.zeros(len(self._items), np.float32)
        for owners, part in sorted(held, key=lambda each: PROOF_WEIGHTS.get(each[1], 0.0)):  # the strongest last
            proof[owners] = self._proof(owners, part)
        items = np.flatnonzero(proof).astype(np.int32)
        return items, proof[items]

    def _proof(self, items: NDArray[np.int32], part: Part) -> Scores:
        if part is Part.TEXT:
            return self.index.text_proof[items]
        return np.full(len(items), PROOF_WEIGHTS[part], np.float32)


def _numbers(terms: Sequence[Asked], cut: Cut, analyser: Analyser) -> NDArray[np.uint64]:
    if cut not in NUMBERED_CUTS:
        return np.zeros(0, np.uint64)
    return np.array([analyser.number(term.term, cut) for term in terms], np.uint64)


def _found(
    index: PackIndex, field: Field, terms: Sequence[Asked], numbers: NDArray[np.uint64]
) -> Sequence[_Occurrences]:
    if len(numbers):
        unit = most(field) / SCALE
        return [_Occurrences(found.ids, found.worths, unit) for found in index.impacts(field, numbers)]
    spelled = [index.postings(field, term.term) for term in terms]
    return [
        _Occurrences(found.ids, frequencies(field, found.weights, np.ones(1, np.float32)), 1.0) for found in spelled
    ]


def _rarity_of_term(field: Field, holding: int, documents: int) -> float:
    """Return the weight of a term that so many texts of a field hold."""
    if field[1] is Cut.CHAR:
        return math.log1p((documents - holding + 0.5) / (holding + 0.5))
    return max(_LEAST_RARITY, math.log(documents / (holding + 1)) + 1)


def _rarity(items: int, indexes: Sequence[PackIndex]) -> float:
    total = sum(index.about.items for index in indexes)
    return max(_LEAST_RARITY, math.log((total + 1) / (items + 1)) + 1)
