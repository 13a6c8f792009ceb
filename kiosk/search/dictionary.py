"""Which pieces of a text are words of the language, and how common they are; all pieces are looked up at once."""

import numpy as np
from numpy.typing import NDArray

from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.read import Tables

_BMP = 0xFFFF
_BITS = 16


class Dictionary:
    """The keyboard's words as numbers.

    Args:
        tables: Hold the words.
    """

    def __init__(self, tables: Tables) -> None:
        units = np.frombuffer(tables.word_units, np.uint16).reshape(-1, WORD_CHARS).astype(np.uint64)
        numbers = _packed([units[:, place] for place in range(WORD_CHARS)])
        order = np.argsort(numbers, kind="stable")
        self._numbers = numbers[order]
        self._weights = np.frombuffer(tables.word_weights, np.uint8)[order]

    def weights(self, text: str) -> list[list[int]]:
        """Return how common the words are that begin at each place of a text, 0 where a piece is no word.

        Args:
            text: Folded.

        Returns:
            For each place the weights, 1 to 255, of the pieces of one, two, … characters, as long as words can be.
        """
        if not text:
            return []
        codes = [min(ord(character), _BMP) for character in text] + [0] * WORD_CHARS
        padded = np.array(codes, np.uint64)
        zeros = np.zeros(len(text), np.uint64)
        columns = []
        for length in range(1, WORD_CHARS + 1):
            characters = [padded[place : place + len(text)] if place < length else zeros for place in range(WORD_CHARS)]
            found = self._weights_of(_packed(characters))
            found[max(0, len(text) - length + 1) :] = 0
            columns.append(found)
        rows: list[list[int]] = np.stack(columns, axis=1).tolist()
        return rows

    def _weights_of(self, numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
        places = np.searchsorted(self._numbers, numbers)
        places[places == len(self._numbers)] = 0
        return np.where(self._numbers[places] == numbers, self._weights[places], 0).astype(np.uint8)


def _packed(columns: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    packed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        packed = packed << np.uint64(_BITS) | column
    return packed
