"""Titles that sound exactly like what was asked, or begin letter by letter like it: the whole title is the question.

Each title is one number, worked out from its sounds, so that a hundred thousand of them are compared at once.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEAST: Final = 4
"""Sounds of a title; shorter ones are words with which other things are asked too."""

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd: no place is lost when numbers of 64 bits overflow
_LINE_END: Final = ord("\n")

Numbers = NDArray[np.uint64]


class Namesakes:
    """The lines of one table of names as numbers.

    Args:
        text: Names, one a line.
        number_of: Code points → the number of each one's sound or first letter, 0 where it has none and is left out.
    """

    def __init__(self, text: str, number_of: Callable[[NDArray[np.uint32]], NDArray[np.uint16]]) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        numbers = number_of(codes)
        lines = np.cumsum(codes == _LINE_END)
        kept = np.flatnonzero(numbers)
        counts = np.bincount(lines[kept], minlength=int(lines[-1]) if len(lines) else 0)
        firsts = np.cumsum(counts) - counts
        places = np.arange(len(kept)) - np.repeat(firsts, counts)
        worths = (numbers[kept].astype(np.uint64) + np.uint64(1)) * _powers(int(counts.max(initial=0)))[places]
        totals = np.concatenate([np.zeros(1, np.uint64), np.cumsum(worths, dtype=np.uint64)])
        sums = totals[firsts + counts] - totals[firsts]
        sums[counts < LEAST] = 0
        self._order = np.argsort(sums, kind="stable")
        self._sums = sums[self._order]

    def of(self, numbers: Sequence[int]) -> list[int]:
        """Return the lines that have exactly these numbers, in their order; none for fewer than `LEAST`."""
        if len(numbers) < LEAST:
            return []
        worths = (np.array(numbers, np.uint64) + np.uint64(1)) * _powers(len(numbers))
        total = worths.sum(dtype=np.uint64)
        low, high = np.searchsorted(self._sums, total, "left"), np.searchsorted(self._sums, total, "right")
        return sorted(self._order[low:high].tolist())


def _powers(count: int) -> Numbers:
    powers = np.full(count, _BASE, np.uint64)
    return np.cumprod(powers, dtype=np.uint64)
