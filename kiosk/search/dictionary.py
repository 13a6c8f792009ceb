"""Which pieces of a text are words of the language, and how common they are; all pieces are looked up at once."""

import numpy as np
from numpy.typing import NDArray

from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.read import Tables

_BMP = 0xFFFF
_BITS = 16
_SHIFTS = tuple(np.uint64(_BITS * place) for place in range(WORD_CHARS - 1, -1, -1))


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
        codes = np.zeros(len(text) + WORD_CHARS, np.uint64)
        codes[: len(text)] = [min(ord(character), _BMP) for character in text]
        numbers = np.zeros((len(text), WORD_CHARS), np.uint64)
        so_far = np.zeros(len(text), np.uint64)
        for place, shift in enumerate(_SHIFTS):
            so_far = so_far | codes[place : place + len(text)] << shift
            numbers[:, place] = so_far
        places = self._numbers.searchsorted(numbers)
        known = self._numbers.take(places, mode="clip") == numbers
        known &= np.arange(len(text))[:, None] + np.arange(WORD_CHARS) < len(text)
        rows: list[list[int]] = np.where(known, self._weights.take(places, mode="clip"), 0).tolist()
        return rows


def _packed(columns: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    packed = np.zeros(len(columns[0]), np.uint64)
    for column, shift in zip(columns, _SHIFTS, strict=True):
        packed |= column << shift
    return packed
