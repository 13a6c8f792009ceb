"""Merges the sorted terms of several portions, run by run, so that no field is ever in memory as a whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.search.analysis import Analyser
from kiosk.search.fields import Cut
from kiosk.search.portion import DOCUMENT_BITS
from kiosk.search.postings import TermRun

MERGED_TERMS: Final = 250_000
"""About how many postings are merged at once."""

_MASK = np.uint64((1 << DOCUMENT_BITS) - 1)
_SHIFT = np.uint64(DOCUMENT_BITS)

Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The terms of one field in one portion.

    Attributes:
        keys: Each a term above a document of the portion, ordered by terms.
        counts: How often.
        numbers: For every document of the portion its number in the whole; -1 for one that is to be left out.
    """

    keys: Keys
    counts: NDArray[np.uint16]
    numbers: NDArray[np.int64]

    def part(self, begin: int, end: int) -> tuple[Keys, NDArray[np.float32]]:
        """Return some of the keys with the numbers of the whole, and their counts."""
        keys, counts = self.keys[begin:end], self.counts[begin:end].astype(np.float32)
        documents = self.numbers[(keys & _MASK).astype(np.int64)]
        kept = documents >= 0
        if not kept.all():
            keys, counts, documents = keys[kept], counts[kept], documents[kept]
        return keys & ~_MASK | documents.astype(np.uint64), counts


def merged(portions: Sequence[Sorted], analyser: Analyser, cut: Cut) -> Iterator[TermRun]:
    """Yield all terms of a field in order with their postings.

    Args:
        portions: Of the field, in the order of their documents.
        analyser: Spells the terms.
        cut: How the field is cut.
    """
    places = [0] * len(portions)
    for limit in _limits([portion.keys for portion in portions]):
        ends = [len(each.keys) if limit is None else int(np.searchsorted(each.keys, limit)) for each in portions]
        parts = [
            portion.part(place, end) for portion, place, end in zip(portions, places, ends, strict=True) if end > place
        ]
        places = ends
        keys = np.concatenate([keys for keys, _ in parts]) if parts else np.zeros(0, np.uint64)
        if len(keys):
            counts = np.concatenate([counts for _, counts in parts])
            order = np.argsort(keys, kind="stable")
            yield _run(keys[order], counts[order], analyser, cut)


def spelled(terms: Iterable[tuple[str, Mapping[int, int]]]) -> Iterator[TermRun]:
    """Yield all terms of a field whose terms are strings, in order with their postings.

    Args:
        terms: With the documents that hold each and how often; a term may come several times.
    """
    postings: dict[str, dict[int, int]] = {}
    for term, counts in terms:
        postings.setdefault(term, {}).update(counts)
    if not postings:
        return
    names = sorted(postings)
    lists = [sorted(postings[name].items()) for name in names]
    starts = np.cumsum([0, *map(len, lists[:-1])])
    ids = np.fromiter((document for counts in lists for document, _ in counts), np.int32)
    weights = np.fromiter((count for counts in lists for _, count in counts), np.float32)
    yield TermRun(names, starts, ids, weights)


def _run(keys: Keys, counts: NDArray[np.float32], analyser: Analyser, cut: Cut) -> TermRun:
    firsts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)
    if len(firsts) < len(keys):  # a chapter that goes on in the next portion
        counts, keys = np.add.reduceat(counts, firsts), keys[firsts]
    numbers = keys >> _SHIFT
    starts = np.flatnonzero(np.diff(numbers, prepend=np.uint64(0)) != 0)
    terms = [analyser.term(number, cut) for number in numbers[starts].tolist()]
    return TermRun(terms, starts, (keys & _MASK).astype(np.int32), counts, numbers[starts])


def _limits(keys: Sequence[Keys]) -> Iterator[np.uint64 | None]:
    """Yield the keys at which to part the merge, each the first of its term, and None for the end."""
    total = sum(map(len, keys))
    if total > MERGED_TERMS:
        longest = max(keys, key=len)
        step = max(1, len(longest) * MERGED_TERMS // total)
        yield from np.unique(longest[step::step] & ~_MASK)
    yield None
