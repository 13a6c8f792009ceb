"""Retrieves the items that score best for the terms of a question, if they hold enough of it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from kiosk.search.analysis import Analyser
from kiosk.search.collection import Collection
from kiosk.search.fields import Cut
from kiosk.search.findings import Findings, Found
from kiosk.search.priors import Priors
from kiosk.search.proof import OF_LAWS, OF_THINGS, OF_VILLAGE, Measure, is_enough
from kiosk.search.query_terms import Terms, is_phone
from kiosk.search.ranking import Asked, Ranking, Scored
from kiosk.search.unindexed import RowsOnly

LEAST_OF_BEST: Final = 0.25
"""Items that score less than this share of the best one are left out."""

_CANDIDATES: Final = 200
_NEAR: Final = 5
_LOOSE: Final = 0.5
_LEAST_BY_ROWS: Final = 0.3
_ROWS_SCORE: Final = 25.0


class Retriever:
    """Retrieves items. For one thread at a time.

    Args:
        collection: The open packs.
        analyser: The one that cut their indexes.
        priors: Of the same packs.
    """

    def __init__(self, collection: Collection, analyser: Analyser, priors: Priors) -> None:
        self._collection = collection
        self._analyser = analyser
        self._priors = priors

    def retrieve(
        self, asked: Terms, measure: Measure, *, terms: int = 1, is_ours: bool = True, loose: int = 0
    ) -> Findings:
        """Return what scores best, if the best of it holds enough of what was asked; else only what comes near.

        What scores less than `LEAST_OF_BEST` of the best item is neither.

        Args:
            asked: What is looked up.
            measure: What the best item must hold of it.
            terms: Fewer proving ones than this prove nothing.
            is_ours: Whether laws may prove it too, and not only what is written for villagers.
            loose: Characters of the question that belong to no word: nothing else proves what they ask.
        """
        proving = [term for cut in asked.values() for term in cut if term.counts]
        if len(proving) < terms:
            return Findings()
        scored = self._ranking.score(asked, least=LEAST_OF_BEST, most=_CANDIDATES, is_spoken=not is_ours)
        candidates = self._candidates(scored)
        if by_rows := list(self._by_rows(asked)):
            candidates = sorted([*candidates, *by_rows], key=lambda each: (-each.score, each.pack, each.item))
        is_named = any(each.score >= _LEAST_BY_ROWS * _ROWS_SCORE for each in by_rows)
        if not is_named and not _is_proven(scored, measure, loose, asked.get(Cut.WORD, ())):
            return Findings(near=tuple(candidates[:_NEAR]))
        enough = LEAST_OF_BEST * candidates[0].score if candidates else 0.0
        candidates = self._priors.well_known_first([each for each in candidates if each.score >= enough])
        marked = tuple(term.term for cut in (Cut.PAIR, Cut.WORD) for term in asked.get(cut, ()) if term.counts)
        heard = tuple(term.term for term in asked.get(Cut.SOUND, ()))
        return Findings(tuple(candidates), marked=marked, heard=heard)

    @cached_property
    def _ranking(self) -> Ranking:
        indexed = self._collection.indexed
        spoken = self._collection.spoken
        return Ranking([index for _, index in indexed], self._analyser, [spoken[number] for number, _ in indexed])

    def _candidates(self, scored: Scored) -> list[Found]:
        """Return the best items of all packs, best first."""
        packs, items, sections, scores = [], [], [], []
        for (number, index), pack in zip(self._collection.indexed, scored.packs, strict=True):
            chosen = pack.scores.argsort()[-_CANDIDATES:]
            packs.append(np.full(len(chosen), number))
            items.append(pack.items[chosen])
            sections.append(pack.sections[chosen] - index.firsts[items[-1]])
            scores.append(pack.scores[chosen])
        if not packs:
            return []
        columns = [np.concatenate(column) for column in (packs, items, sections, scores)]
        order = np.lexsort((columns[1], columns[0], -columns[3]))
        return list(map(Found._make, zip(*(column[order].tolist() for column in columns), strict=True)))

    def _by_rows(self, asked: Terms) -> Iterator[Found]:
        """Yield the items of packs without an index that hold something of what was asked."""
        pieces = [term.term for term in asked.get(Cut.PAIR, ()) if term.counts]
        for number, pack in enumerate(self._collection.packs):
            if isinstance(pack, RowsOnly) and pieces:
                for item, share in pack.shares(pieces).items():
                    yield Found(number, item, 0, _ROWS_SCORE * share * self._priors.of_kind(number, item))


def _is_proven(scored: Scored, measure: Measure, loose: int, words: Sequence[Asked]) -> bool:
    """Return whether some item holds enough of what was asked."""
    if any(is_phone(term.term) for term in words) and any(pack.best_proof or pack.law_proof for pack in scored.packs):
        return True
    of_laws = OF_LAWS if measure in {OF_VILLAGE, OF_THINGS} else measure
    provable = scored.provable + loose * _LOOSE * scored.rarest
    return any(
        is_enough(of_laws, pack.law_proof, scored.provable, scored.rarest)
        or is_enough(measure, pack.best_proof, provable, scored.rarest)
        for pack in scored.packs
    )
