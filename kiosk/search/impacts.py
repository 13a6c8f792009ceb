"""What each posting is worth, worked out once from the counts that Whoosh keeps, in files that are mapped, not loaded.

Per field: the numbers of its terms in order, where the postings of each begin, the documents, and in one byte each how
much the term's frequency counts there, dampened and set against the length of the text (BM25 without rarity). Pages of
these files belong to the system, which takes them back when memory is short; `rest` gives them back before.
"""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kiosk.search.fields import Cut, Field, field_name
from kiosk.search.postings import IndexDamageError, TermRun

SCALE: Final = 255
_SATURATION: Final = (1.2, 0.75)
_SATURATION_CHAR: Final = (2.5, 0.9)
"""How soon more of the same term stops counting, and how far the length of a text matters."""

_FILES: Final[tuple[tuple[str, type[np.generic]], ...]] = (
    ("terms", np.uint64),
    ("starts", np.int64),
    ("ids", np.int32),
    ("bytes", np.uint8),
)

Ids = NDArray[np.int32]
Bytes = NDArray[np.uint8]


class Impacts(NamedTuple):
    """Where a term occurs: documents in ascending order, and what it is worth in each, 1 to `SCALE`."""

    ids: Ids
    worths: Bytes


_MAPPED: Final = 4096
"""Postings of a term that are used where they are mapped; fewer are read: mapping them brings 64 KB along."""

_LARGE: Final = 1 << 18
"""Postings of a field that is not mapped as a whole by whatever is asked."""

_ID_BYTES: Final = 4
_AROUND: Final = 65_536

NOWHERE: Final = Impacts(np.zeros(0, np.int32), np.zeros(0, np.uint8))


def most(field: Field) -> float:
    """Return what a worth of `SCALE` stands for: a term that a short text repeats without end."""
    return saturation(field)[0] + 1


def saturation(field: Field) -> tuple[float, float]:
    """Return k1 and b of a field."""
    return _SATURATION_CHAR if field[1] is Cut.CHAR else _SATURATION


def frequencies(field: Field, weights: NDArray[np.float32], relative: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much counts are worth, 0 to `most`.

    Args:
        field: Which field.
        weights: How often a term occurs.
        relative: Length of each text beside the average one.
    """
    k, b = saturation(field)
    return np.asarray(weights * (k + 1) / (weights + k * (1 - b + b * relative)), np.float32)


class ImpactsWriter:
    """Writes the worths of one field; use as a context manager.

    Args:
        folder: Of the index.
        field: Which field.
        relative: Length of every text beside the average one.
    """

    def __init__(self, folder: Path, field: Field, relative: NDArray[np.float32]) -> None:
        self._field = field
        self._relative = relative
        self._paths = _paths(folder, field)
        self._written = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open the files."""
        self._files = [self._stack.enter_context(path.open("wb")) for path in self._paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the last place and close the files."""
        self._files[1].write(np.array([self._written], np.int64).tobytes())
        self._stack.close()

    def add(self, run: TermRun) -> None:
        """Write the terms of one run; runs come in the order of their terms."""
        worths = frequencies(self._field, run.weights, self._relative[run.ids]) * np.float32(SCALE / most(self._field))
        columns = (
            run.numbers,
            run.starts + self._written,
            run.ids,
            np.clip(np.rint(worths), 1, SCALE).astype(np.uint8),
        )
        for file, column, (_, kind) in zip(self._files, columns, _FILES, strict=True):
            file.write(column.astype(kind, copy=False).tobytes())
        self._written += len(run.ids)


class ImpactsReader:
    """Reads the worths of one field.

    Args:
        folder: Of the index.
        field: Which field.

    Raises:
        IndexDamageError: They cannot be read.
    """

    def __init__(self, folder: Path, field: Field) -> None:
        self._mapped: list[mmap] = []
        paths = _paths(folder, field)
        try:
            terms, starts, ids, worths = (self._map(path, kind) for path, (_, kind) in zip(paths, _FILES, strict=True))
            self._files = [path.open("rb", buffering=0) for path in paths[2:]] if len(ids) > _LARGE else []
        except (OSError, ValueError) as error:
            raise IndexDamageError(str(error)) from error
        self._terms: NDArray[np.uint64] = terms
        self._starts: NDArray[np.int64] = starts
        self._ids: Ids = ids
        self._worths: Bytes = worths
        if len(starts) != len(terms) + 1 or len(ids) != len(worths) or int(starts[-1]) != len(ids):
            self.close()
            raise IndexDamageError(field_name(field))
        self._seen: tuple[set[int], set[int]] = (set(), set())  # what was used, in steps of `_AROUND`
        self._used = 0

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self._terms)

    @property
    def used_bytes(self) -> int:
        """How much of its files was used where it is mapped, since the last `rest`."""
        return self._used

    def find(self, numbers: NDArray[np.uint64]) -> list[Impacts]:
        """Return where each of some terms occurs, in their order."""
        found = [NOWHERE] * len(numbers)
        if not len(self._terms):
            return found
        places = np.minimum(np.searchsorted(self._terms, numbers), len(self._terms) - 1)
        known = np.flatnonzero(self._terms[places] == numbers)
        if not len(known):
            return found
        places = places[known]
        mapped: list[tuple[int, int]] = []
        spans = zip(known.tolist(), self._starts[places].tolist(), self._starts[places + 1].tolist(), strict=True)
        ids, worths = [file.fileno() for file in self._files] or (None, None)
        for place, start, end in spans:
            if ids is None or worths is None or end - start >= _MAPPED:
                found[place] = Impacts(self._ids[start:end], self._worths[start:end])
                mapped.append((start, end))
            else:
                count = end - start
                found[place] = Impacts(
                    np.frombuffer(os.pread(ids, _ID_BYTES * count, _ID_BYTES * start), np.int32),
                    np.frombuffer(os.pread(worths, count, start), np.uint8),
                )
        if mapped:
            self._count(mapped)
        return found

    def rest(self) -> None:
        """Give back to the system the pages that were read; arrays that are in use read theirs again."""
        for mapped in self._mapped:
            mapped.madvise(MADV_DONTNEED)
        for seen in self._seen:
            seen.clear()
        self._used = 0

    def close(self) -> None:
        """Close the files; what was found stays."""
        for file in self._files:
            file.close()

    def _count(self, spans: Iterable[tuple[int, int]]) -> None:
        """Note which parts of the mapped files some postings lie in."""
        for seen, width in zip(self._seen, (self._ids.itemsize, self._worths.itemsize), strict=True):
            step = _AROUND // width
            for start, end in spans:
                seen.update(range(start // step, (end - 1) // step + 1))
        self._used = _AROUND * sum(map(len, self._seen)) + self._terms.nbytes + self._starts.nbytes

    def _map(self, path: Path, kind: type[np.generic]) -> NDArray[Any]:
        """Return a file as an array; an empty file cannot be mapped."""
        if not path.stat().st_size:
            return np.zeros(0, kind)
        with path.open("rb") as file:
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._mapped.append(mapped)
        return np.frombuffer(mapped, kind)


def _paths(folder: Path, field: Field) -> tuple[Path, ...]:
    return tuple(folder / f"{field_name(field)}.{kind}" for kind, _ in _FILES)
