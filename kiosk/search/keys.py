"""Texts that stand for numbers, tens of thousands of them, in a tenth of the memory of a dictionary."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np


class Keys:
    """Texts and the numbers that they stand for. Of a text only its hash is kept.

    Two texts of 64 bits that are the same by chance are not worth a thought: it would take a hundred thousand kiosks,
    each asked a hundred thousand things, for one answer too many.

    Args:
        pairs: Texts, each with a number below 65,536; a text may stand for several.
    """

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        hashes, numbers = array("q"), array("H")
        for text, number in pairs:
            hashes.append(hash(text))
            numbers.append(number)
        order = np.argsort(np.frombuffer(hashes, np.int64), kind="stable") if hashes else np.zeros(0, np.intp)
        self._hashes, self._numbers = array("q"), array("H")
        self._hashes.frombytes(np.frombuffer(hashes, np.int64)[order].tobytes() if hashes else b"")
        self._numbers.frombytes(np.frombuffer(numbers, np.uint16)[order].tobytes() if hashes else b"")

    def of(self, text: str) -> Sequence[int]:
        """Return the numbers of a text in the order in which they came; empty if it stands for none."""
        hashes, wanted = self._hashes, hash(text)
        first = end = bisect_left(hashes, wanted)
        while end < len(hashes) and hashes[end] == wanted:
            end += 1
        return self._numbers[first:end] if end > first else ()
