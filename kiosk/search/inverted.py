"""Turns sections into counted postings with bounded memory: sorted runs on the disk, merged term by term."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.search.analysis import Analyser
from kiosk.search.fields import Field, field_name
from kiosk.search.postings import TermRun

DOCUMENT_BITS = 22
"""Sections per pack: at most four million."""

BATCH_TERMS = 1_500_000
"""Terms that are held before they go to the disk as a sorted run."""

MERGED_TERMS = 1_000_000
"""About how many postings are merged at once."""

_MASK = np.uint64((1 << DOCUMENT_BITS) - 1)
_SHIFT = np.uint64(DOCUMENT_BITS)


class NumberedField:
    """Collects one field whose terms are numbers that order like the terms.

    Args:
        field: Which field.
        analyser: Spells its terms.
        folder: For runs; exists.
    """

    def __init__(self, field: Field, analyser: Analyser, folder: Path) -> None:
        self._cut = field[1]
        self._analyser = analyser
        self._stem = folder / field_name(field)
        self._parts: list[NDArray[np.uint64]] = []
        self._held = 0
        self._runs: list[tuple[Path, Path]] = []

    def add(self, terms: NDArray[np.uint64], documents: NDArray[np.uint64]) -> None:
        """Add terms with the documents they occur in."""
        self._parts.append(terms << _SHIFT | documents)
        self._held += len(terms)
        if self._held >= BATCH_TERMS:
            self._flush()

    def runs(self) -> Iterator[TermRun]:
        """Yield all terms in order with their postings; called once, after everything was added."""
        self._flush()
        keys = [np.load(path, mmap_mode="r") for path, _ in self._runs]
        counts = [np.load(path, mmap_mode="r") for _, path in self._runs]
        places = [0] * len(keys)
        for limit in _limits(keys):
            ends = [len(run) if limit is None else int(np.searchsorted(run, limit)) for run in keys]
            if any(end > place for place, end in zip(places, ends, strict=True)):
                slices = [slice(place, end) for place, end in zip(places, ends, strict=True)]
                merged = np.concatenate([run[part] for run, part in zip(keys, slices, strict=True)])
                weights = np.concatenate([run[part] for run, part in zip(counts, slices, strict=True)])
                order = np.argsort(merged, kind="stable")
                yield self._run(merged[order], weights[order])
            places = ends

    def _run(self, keys: NDArray[np.uint64], weights: NDArray[np.uint16]) -> TermRun:
        if len(firsts := np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)) < len(keys):
            summed = np.add.reduceat(weights.astype(np.float32), firsts)
            keys = keys[firsts]
        else:
            summed = weights.astype(np.float32)
        numbers = keys >> _SHIFT
        starts = np.flatnonzero(np.diff(numbers, prepend=np.uint64(0)) != 0) if len(numbers) else np.zeros(0, np.int64)
        terms = [self._analyser.term(number, self._cut) for number in numbers[starts].tolist()]
        return TermRun(terms, starts, (keys & _MASK).astype(np.int32), summed, numbers[starts])

    def _flush(self) -> None:
        if not self._held:
            return
        keys, counts = np.unique(np.concatenate(self._parts), return_counts=True)
        self._parts, self._held = [], 0
        paths = (Path(f"{self._stem}-{len(self._runs)}.keys.npy"), Path(f"{self._stem}-{len(self._runs)}.counts.npy"))
        np.save(paths[0], keys)
        np.save(paths[1], np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16))
        self._runs.append(paths)


class SpelledField:
    """Collects one field whose terms are strings; for what is rare: other words, keys of a 文号."""

    def __init__(self) -> None:
        self._postings: dict[str, dict[int, int]] = {}

    def add(self, term: str, document: int) -> None:
        """Count one occurrence; documents never fall from call to call."""
        counts = self._postings.setdefault(term, {})
        counts[document] = counts.get(document, 0) + 1

    def runs(self) -> Iterator[TermRun]:
        """Yield all terms in order with their postings."""
        terms = sorted(self._postings)
        if not terms:
            return
        lists = [self._postings[term] for term in terms]
        starts = np.cumsum([0, *map(len, lists[:-1])])
        ids = np.fromiter((document for counts in lists for document in counts), np.int32)
        weights = np.fromiter((count for counts in lists for count in counts.values()), np.float32)
        yield TermRun(terms, starts, ids, weights)


def _limits(keys: list[NDArray[np.uint64]]) -> Iterator[np.uint64 | None]:
    """Yield the keys at which to part the merge, each the first of its term, and None for the end."""
    total = sum(map(len, keys))
    if keys and total > MERGED_TERMS:
        longest = max(keys, key=len)
        step = max(1, len(longest) * MERGED_TERMS // total)
        yield from np.unique(longest[step::step] & ~_MASK)
    yield None
