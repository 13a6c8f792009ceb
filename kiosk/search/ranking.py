"""Scores sections, and items through them. Pure arithmetic over postings; the weights stand here and nowhere else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content_packs.model import Kind
from kiosk.search.fields import Cut, Field, Part
from kiosk.search.index import PackIndex
from kiosk.search.layout import KINDS
from kiosk.search.postings import Postings

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
        (Part.TEXT, Cut.CHAR): 1.6,
    }
)
"""What one matched term of a field counts."""

PROOF_WEIGHTS: Final[Mapping[Part, float]] = MappingProxyType(
    {Part.TITLE: 1.0, Part.KEYWORD: 1.0, Part.SUMMARY: 0.8, Part.TEXT: 0.5}
)
"""How far a term proves that an item is about it: a name says so, a text may mention anything."""

KIND_FACTORS: Final[Mapping[Kind, float]] = MappingProxyType(
    {Kind.GUIDE: 1.1, Kind.FAQ: 1.07, Kind.INTERPRETATION: 1.0, Kind.POLICY: 0.85}
)
"""Between items that match alike, what helps at once comes first. Other kinds count 1."""

POLICY_TITLE: Final = 0.3
"""What the title of a policy counts beside other titles: laws repeat theirs in every article, and villages do not."""

_POLICY = KINDS.index(Kind.POLICY)
_BM25 = (1.2, 0.75)
_BM25_CHAR = (2.5, 0.9)
_LEAST_RARITY = 0.1
_SHORT_ITEM = 6.0
"""Sections up to which a text proves fully; a law of a hundred sections mentions everything."""


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


def score(indexes: Sequence[PackIndex], asked: Mapping[Cut, Sequence[Asked]]) -> Scored:
    """Score every item of every pack.

    Rarity is counted over all packs together, so that scores of a small pack and of a large one can be compared.

    Args:
        indexes: One per pack.
        asked: Distinct terms by cut.
    """
    boards = [_Board(index) for index in indexes]
    for field, weight in FIELD_WEIGHTS.items():
        if terms := asked.get(field[1], ()):
            statistics = _Statistics(indexes, field)
            for term in terms:
                found = [index.postings(field, term.term) for index in indexes]
                factor = weight * term.weight * statistics.rarity(sum(len(postings.ids) for postings in found))
                for board, postings in zip(boards, found, strict=True):
                    if len(postings.ids):
                        board.add(field, term, postings, factor * statistics.frequencies(board.index, postings))
    proving = [term for terms in asked.values() for term in terms if term.counts]
    rarities = {term.term: _rarity(sum(board.holding(term.term) for board in boards), indexes) for term in proving}
    provable = sum(rarities[term.term] for term in proving if not term.is_inferred)
    return Scored(tuple(board.scores(rarities) for board in boards), provable, _rarity(0, indexes))


class _Board:
    """Adds up the scores of one pack."""

    def __init__(self, index: PackIndex) -> None:
        self.index = index
        self._sections = np.zeros(index.about.sections, np.float32)
        self._items = np.zeros(index.about.items, np.float32)
        self._title_factors = np.where(index.kinds == _POLICY, POLICY_TITLE, 1.0).astype(np.float32)
        self._text_proof = np.sqrt(np.minimum(1.0, _SHORT_ITEM / np.diff(index.firsts)), dtype=np.float32)
        self._holders: dict[str, Scores] = {}

    def add(self, field: Field, term: Asked, postings: Postings, values: Scores) -> None:
        """Add what one term of one field is worth, section by section."""
        owners = self.index.item_of[postings.ids]
        if field[0] is Part.TEXT:
            self._sections[postings.ids] += values
        else:
            self._items[owners] += values * self._title_factors[owners] if field[0] is Part.TITLE else values
        if term.counts:
            if term.term not in self._holders:
                self._holders[term.term] = np.zeros(len(self._items), np.float32)
            holders = self._holders[term.term]
            proof = PROOF_WEIGHTS[field[0]] * (self._text_proof[owners] if field[0] is Part.TEXT else 1.0)
            holders[owners] = np.maximum(holders[owners], proof)

    def holding(self, term: str) -> int:
        """Return how many items hold a proving term."""
        return int(np.count_nonzero(self._holders[term])) if term in self._holders else 0

    def scores(self, rarities: Mapping[str, float]) -> PackScores:
        """Return the sums."""
        proof = np.zeros(len(self._items), np.float32)
        for term, holders in self._holders.items():
            proof += rarities[term] * holders
        if len(self._items):
            self._items += np.maximum.reduceat(self._sections, self.index.firsts[:-1])
        return PackScores(self._items, self._sections, proof)


class _Statistics:
    """What is known about one field over all packs."""

    def __init__(self, indexes: Sequence[PackIndex], field: Field) -> None:
        self._field = field
        self._documents = max(1, sum(index.documents(field[0]) for index in indexes))
        self._average = sum(index.total_length(field) for index in indexes) / self._documents

    def rarity(self, documents: int) -> float:
        """Return the weight of a term that so many texts hold."""
        if self._field[1] is Cut.CHAR:
            return math.log1p((self._documents - documents + 0.5) / (documents + 0.5))
        return max(_LEAST_RARITY, math.log(self._documents / (documents + 1)) + 1)

    def frequencies(self, index: PackIndex, postings: Postings) -> Scores:
        """Return how much a term's frequency counts in each text, dampened and set against the text's length."""
        k, b = _BM25_CHAR if self._field[1] is Cut.CHAR else _BM25
        relative = index.lengths(self._field)[postings.ids] / np.float32(max(self._average, 1.0))
        weights = postings.weights
        return np.asarray(weights * (k + 1) / (weights + k * (1 - b + b * relative)), np.float32)


def _rarity(items: int, indexes: Sequence[PackIndex]) -> float:
    total = sum(index.about.items for index in indexes)
    return max(_LEAST_RARITY, math.log((total + 1) / (items + 1)) + 1)
