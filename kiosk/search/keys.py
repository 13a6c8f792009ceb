"""Texts that stand for numbers, tens of thousands of them, in a tenth of the memory of a dictionary.

Of a text only a hash is kept: its characters, each times a power of one odd number, added up. So the hashes of many
texts that differ little, such as all misspellings of all pieces of a question, are worked out together by numpy.

Most texts that are asked for stand for nothing. One byte for each of four times as many places as there are texts
says so at once; only the others are looked for among the sorted hashes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

_BASE: Final = 0x9E3779B97F4A7C15  # odd: no place is lost when numbers of 64 bits overflow
_BITS: Final = 64
_MASK: Final = (1 << _BITS) - 1
_ROOM: Final = 4
_TOGETHER: Final = 4096

Hashes = NDArray[np.uint64]


def powers(count: int) -> Hashes:
    """Return what a character counts at each of so many places; to be multiplied with its code point and one more."""
    return np.cumprod(np.full(count, _BASE, np.uint64), dtype=np.uint64)


def codes_of(text: str) -> Hashes:
    """Return the code points of a text, each and one more: 0 is left for where no character is."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64) + np.uint64(1)


class Keys:
    """Texts and the numbers that they stand for. Of a text only its hash is kept.

    Two texts of 64 bits that are the same by chance are not worth a thought: it would take a hundred thousand kiosks,
    each asked a hundred thousand things, for one answer too many.

    Args:
        pairs: Texts, each with a number below 65,536; a text may stand for several.
    """

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        hashes, numbers = array("Q"), array("H")
        given = iter(pairs)
        while together := list(islice(given, _TOGETHER)):
            hashes.frombytes(_hashes_of([text for text, _ in together]).tobytes())
            numbers.extend([number for _, number in together])
        order = np.argsort(np.array(hashes, np.uint64), kind="stable")
        self._hashes, self._numbers = array("Q"), array("H")
        self._hashes.frombytes(np.array(hashes, np.uint64)[order].tobytes())
        self._numbers.frombytes(np.array(numbers, np.uint16)[order].tobytes())
        self._sorted: Hashes = np.frombuffer(self._hashes, np.uint64) if hashes else np.zeros(0, np.uint64)
        bits = max(1, (_ROOM * len(hashes)).bit_length())
        self._shift = _BITS - bits  # the upper bits depend on every character, the lower ones hardly on any
        marks = np.zeros(1 << bits, np.uint8)
        marks[self._sorted >> np.uint64(self._shift)] = 1
        self._marks = marks.tobytes()
        self._marked = np.frombuffer(self._marks, np.bool_)

    def of(self, text: str) -> Sequence[int]:
        """Return the numbers of a text in the order in which they came; empty if it stands for none."""
        wanted = 0
        for character in reversed(text):
            wanted = (wanted + ord(character) + 1) * _BASE & _MASK
        if not self._marks[wanted >> self._shift]:
            return ()
        return self._at(bisect_left(self._hashes, wanted), wanted)

    def find(self, hashes: Hashes) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the place of every hash that stands for something, and the numbers; in their order.

        Args:
            hashes: Of texts, see `powers`.
        """
        places = np.flatnonzero(self._marked[hashes >> np.uint64(self._shift)])
        wanted = hashes[places]
        firsts = np.searchsorted(self._sorted, wanted)
        known = np.flatnonzero(self._sorted.take(firsts, mode="clip") == wanted) if len(self._sorted) else firsts[:0]
        found = places[known], firsts[known], wanted[known]
        for place, first, each in zip(*(column.tolist() for column in found), strict=True):
            yield place, self._at(first, each)

    def _at(self, first: int, wanted: int) -> Sequence[int]:
        """Return the numbers of a hash; it stands at a place, if anywhere."""
        hashes = self._hashes
        end = first
        while end < len(hashes) and hashes[end] == wanted:
            end += 1
        return self._numbers[first:end] if end > first else ()


def _hashes_of(texts: Sequence[str]) -> Hashes:
    lengths = np.array([len(text) for text in texts])
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths)
    worths = codes_of("".join(texts)) * powers(int(lengths.max()))[places]
    totals = np.concatenate([np.zeros(1, np.uint64), np.cumsum(worths, dtype=np.uint64)])
    return np.asarray(totals[ends] - totals[ends - lengths], np.uint64)
