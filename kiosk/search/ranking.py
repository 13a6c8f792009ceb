"""Scores sections, and items through them. Pure arithmetic over postings; the weights stand here and nowhere else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from content_packs.model import Kind
from kiosk.search.analysis import Analyser
from kiosk.search.board import Board, PackScores
from kiosk.search.fields import NUMBERED_CUTS, Cut, Field, Part
from kiosk.search.impacts import SCALE, frequencies, most
from kiosk.search.index import PackIndex
from kiosk.search.layout import KINDS

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

KIND_FACTORS: Final[Mapping[Kind, float]] = MappingProxyType(
    {Kind.GUIDE: 1.1, Kind.FAQ: 1.07, Kind.INTERPRETATION: 1.0, Kind.POLICY: 0.85}
)
"""Between items that match alike, what helps at once comes first. Other kinds count 1."""

FACTORS_BY_NUMBER: Final = np.array([KIND_FACTORS.get(kind, 1.0) for kind in KINDS], np.float32)
"""The same for the numbers that an index has for kinds."""

_SPOKEN: Final = np.float32(1.5)
_LEAST_RARITY = 0.1
_AVERAGE: Final = np.ones(1, np.float32)


class Asked(NamedTuple):
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


class Ranking:
    """Scores the items of some packs. For one thread at a time.

    Rarity is counted over all packs together, so that scores of a small pack and of a large one can be compared.

    Args:
        indexes: One per pack.
        analyser: The one that cut the indexes.
        spoken: For each pack: which of its items are written for villagers. They come before others, and where there
            are none, all are measured as laws.
    """

    def __init__(self, indexes: Sequence[PackIndex], analyser: Analyser, spoken: Sequence[NDArray[np.bool_]]) -> None:
        self._indexes = tuple(indexes)
        self._analyser = analyser
        self._spoken = tuple(spoken)
        self._items = sum(index.about.items for index in self._indexes)
        only_laws = not any(mask.any() for mask in spoken)
        self._boards = tuple(
            Board(
                index,
                FACTORS_BY_NUMBER[index.kinds] * np.where(mask, _SPOKEN, np.float32(1)),
                only_laws | (index.laws >= 0),
            )
            for index, mask in zip(self._indexes, self._spoken, strict=True)
        )

    def score(
        self, asked: Mapping[Cut, Sequence[Asked]], *, least: float, most: int, is_spoken: bool = False
    ) -> Scored:
        """Score the best items of every pack.

        Args:
            asked: Distinct terms by cut.
            least: Share of the best score of all packs below which no item is wanted.
            most: How many items are wanted of each pack.
            is_spoken: Whether only what is written for villagers proves anything.
        """
        for board in self._boards:
            board.clear()
        numbers = {cut: self._numbers(terms, cut) for cut, terms in asked.items() if cut in NUMBERED_CUTS}
        for field, weight in FIELD_WEIGHTS.items():
            if terms := asked.get(field[1], ()):
                if field[1] in NUMBERED_CUTS:
                    self._add_numbered(field, weight, terms, numbers[field[1]])
                else:
                    self._add_spelled(field, weight, terms)
        proving = [term for terms in asked.values() for term in terms if term.counts]
        wanted = tuple(dict.fromkeys([term.term for term in proving]))
        holders = [board.holders(wanted) for board in self._boards]
        rarities = {
            term: _rarity(sum([counts[place] for counts in holders]), self._items) for place, term in enumerate(wanted)
        }
        provable = sum(rarities[term.term] for term in proving if not term.is_inferred)
        proving_items = self._spoken if is_spoken else (None,) * len(self._boards)
        totals = (board.total(rarities, items) for board, items in zip(self._boards, proving_items, strict=True))
        highest = max(totals, default=0.0)
        packs = tuple(board.best(least * highest, most) for board in self._boards)
        return Scored(packs, provable, _rarity(0, self._items))

    def _add_numbered(self, field: Field, weight: float, terms: Sequence[Asked], numbers: NDArray[np.uint64]) -> None:
        found = [index.impacts(field, numbers) for index in self._indexes]
        counts = [[len(impacts.ids) for impacts in each] for each in found]
        if not any(map(any, counts)):
            return
        holding = np.array(counts).sum(axis=0)
        worths = np.array([term.weight for term in terms]) * _rarities(field, holding, self._documents(field))
        factors = (weight * most(field) / SCALE * worths).astype(np.float32)
        proving = [place for place, term in enumerate(terms) if term.counts] if field[0] is not Part.CHAPTER else ()
        for board, impacts in zip(self._boards, found, strict=True):
            board.add(field[0], impacts, factors)
            for place in proving:
                if len(impacts[place].ids):
                    board.hold(terms[place].term, field[0], impacts[place].ids)

    def _add_spelled(self, field: Field, weight: float, terms: Sequence[Asked]) -> None:
        for term in terms:
            found = [index.postings(field, term.term) for index in self._indexes]
            holding = np.array([sum(len(postings.ids) for postings in found)])
            worth = weight * term.weight * float(_rarities(field, holding, self._documents(field))[0])
            for board, postings in zip(self._boards, found, strict=True):
                values = frequencies(field, postings.weights, _AVERAGE) * np.float32(worth)
                board.add_values(field[0], postings.ids, values)
                if term.counts and len(postings.ids):
                    board.hold(term.term, field[0], postings.ids)

    def _numbers(self, terms: Sequence[Asked], cut: Cut) -> NDArray[np.uint64]:
        return self._analyser.numbers([term.term for term in terms], cut)

    def _documents(self, field: Field) -> int:
        return max(1, sum(index.documents(field[0]) for index in self._indexes))


def _rarities(field: Field, holding: NDArray[np.int64], documents: int) -> NDArray[np.float64]:
    """Return the weights of terms that so many texts of a field hold."""
    if field[1] is Cut.CHAR:
        return np.asarray(np.log1p((documents - holding + 0.5) / (holding + 0.5)))
    return np.asarray(np.maximum(_LEAST_RARITY, np.log(documents / (holding + 1)) + 1))


def _rarity(items: int, total: int) -> float:
    """Return the weight of a term that so many of all items hold."""
    return max(_LEAST_RARITY, math.log((total + 1) / (items + 1)) + 1)
