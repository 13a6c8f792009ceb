"""Texts that stand for numbers, tens of thousands of them, in a tenth of the memory of a dictionary.

Most texts that are asked for stand for nothing. One byte for each of four times as many places as there are texts
says so at once; only the others are looked for among the sorted hashes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

_ROOM = 4


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
        self._places = (1 << (_ROOM * len(hashes)).bit_length()) - 1
        marks = np.zeros(self._places + 1, np.uint8)
        marks[np.frombuffer(hashes, np.int64) & self._places if hashes else ()] = 1
        self._marks = marks.tobytes()

    def of(self, text: str) -> Sequence[int]:
        """Return the numbers of a text in the order in which they came; empty if it stands for none."""
        wanted = hash(text)
        if not self._marks[wanted & self._places]:
            return ()
        hashes = self._hashes
        first = end = bisect_left(hashes, wanted)
        while end < len(hashes) and hashes[end] == wanted:
            end += 1
        return self._numbers[first:end] if end > first else ()
