"""Cuts text into terms. One implementation for index and query: both go through `Analyser`.

Text is first folded to simplified, half-width, lower-case characters, one for one, so that a place in the folded text
is the same place in what is shown. Terms are numbers while an index is built and strings where Whoosh is asked.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kiosk.search.fields import Cut
from kiosk.search.sounds import fold_syllable
from kiosk.tables.layout import RANGES
from kiosk.tables.read import Tables

ANALYSER_VERSION = 2
"""Grows whenever the same text gives other terms: an index of another version is built anew."""

CHAR_BITS = 21
SOUND_BITS = 9

Codes = NDArray[np.uint32]
Terms = NDArray[np.uint64]
Places = NDArray[np.int64]

_WORD = re.compile(r"[^\W_\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323ff]+")
_BMP = 0x10000


class Analyser:
    """Cuts text into terms.

    Args:
        tables: For folding and for sounds.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def fold(self, text: str) -> str:
        """Return text as it is compared, as many code points as before."""
        return self._tables.fold(text)

    def codes(self, folded: str) -> Codes:
        """Return the code points of folded text."""
        return np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    def cut(self, codes: Codes, cut: Cut) -> tuple[Terms, Places]:
        """Return the terms of one sort and the place of each term's first character, in text order.

        Args:
            codes: Folded; anything but Chinese characters parts them.
            cut: `Cut.PAIR`, `Cut.SOUND` or `Cut.CHAR`.
        """
        if cut is Cut.CHAR:
            places = np.flatnonzero(_is_han(codes))
            return codes[places].astype(np.uint64), places
        if cut is Cut.SOUND:
            return self._sounds(codes)
        return _pairs(codes)

    def term(self, number: int, cut: Cut) -> str:
        """Return the term that a number stands for, as the index spells it."""
        if cut is Cut.CHAR:
            return chr(number)
        if cut is Cut.SOUND:
            first, second = number >> SOUND_BITS, number & (1 << SOUND_BITS) - 1
            return f"{self._folded[first]}_{self._folded[second]}"
        first, second = number >> CHAR_BITS, number & (1 << CHAR_BITS) - 1
        return chr(first) + (chr(second) if second else "")

    def number(self, term: str, cut: Cut) -> int:
        """Return the number that stands for a term, as `term` spells it; 0, which is no term, if it has none."""
        if cut is Cut.CHAR:
            return ord(term)
        if cut is Cut.SOUND:
            first, _, second = term.partition("_")
            numbers = self._folded_numbers.get(first, 0), self._folded_numbers.get(second, 0)
            return numbers[0] << SOUND_BITS | numbers[1] if all(numbers) else 0
        return ord(term[0]) << CHAR_BITS | (ord(term[1]) if term[1:] else 0)

    def numbers(self, terms: Sequence[str], cut: Cut) -> Terms:
        """Return the numbers that stand for terms, see `number`."""
        if cut is Cut.SOUND:
            known, numbers = self._folded_numbers, []
            for term in terms:
                first, _, second = term.partition("_")
                before, after = known.get(first, 0), known.get(second, 0)
                numbers.append(before << SOUND_BITS | after if before and after else 0)
            return np.array(numbers, np.uint64)
        width = 1 if cut is Cut.CHAR else 2
        codes = self.codes("".join([term.ljust(width, "\0") for term in terms])).reshape(-1, width).astype(np.uint64)
        return codes[:, 0] if width == 1 else codes[:, 0] << np.uint64(CHAR_BITS) | codes[:, 1]

    def terms(self, text: str, cut: Cut) -> tuple[str, ...]:
        """Return the distinct terms of a short text, in order."""
        folded = self.fold(text)
        if cut is Cut.WORD:
            return tuple(dict.fromkeys(words_of(folded)))
        numbers, _ = self.cut(self.codes(folded), cut)
        return tuple(self.term(number, cut) for number in dict.fromkeys(numbers.tolist()))

    def all_sounds(self, text: str) -> tuple[str, ...]:
        """Return the distinct pairs of sounds of a short text with every reading of its characters, in order."""
        heard = [dict.fromkeys(map(fold_syllable, self._tables.readings(character))) for character in self.fold(text)]
        pairs = pairwise(heard)
        return tuple(
            dict.fromkeys(f"{first}_{second}" for before, after in pairs for first in before for second in after)
        )

    def number_of_sounds(self, term: str) -> int:
        """Return the number of a pair of sounds."""
        first, second = term.split("_")
        return self._folded_numbers[first] << SOUND_BITS | self._folded_numbers[second]

    def sounds_of(self, codes: Codes) -> NDArray[np.uint16]:
        """Return the number of the folded first reading of each code point, 0 where it has none."""
        return self._sound_numbers[np.where(codes < _BMP, codes, 0)]

    def initials_of(self, codes: Codes) -> NDArray[np.uint16]:
        """Return the code of the first letter of each code point's first reading, 0 where it has none."""
        return self._initial_numbers[np.where(codes < _BMP, codes, 0)]

    def number_of_sound(self, syllable: str) -> int:
        """Return the number of a toneless syllable; 0 if there is no such syllable."""
        return self._folded_numbers.get(fold_syllable(syllable), 0)

    def _sounds(self, codes: Codes) -> tuple[Terms, Places]:
        numbers = self.sounds_of(codes)
        places = np.flatnonzero((numbers[:-1] > 0) & (numbers[1:] > 0)) if len(codes) else np.zeros(0, np.int64)
        first, second = numbers[places].astype(np.uint64), numbers[places + 1].astype(np.uint64)
        return first << np.uint64(SOUND_BITS) | second, places

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        """Folded syllables in alphabetical order after an empty one; their places are their numbers."""
        return ("", *sorted({fold_syllable(syllable) for syllable in self._tables.syllables}))

    @cached_property
    def _folded_numbers(self) -> dict[str, int]:
        return {syllable: number for number, syllable in enumerate(self._folded)}

    @cached_property
    def _sound_numbers(self) -> NDArray[np.uint16]:
        """Number of the folded first reading of every code point below 65,536, 0 if it has none."""
        return self._by_reading(
            [self._folded_numbers[fold_syllable(sounds[0])] if sounds else 0 for sounds in self._tables.readings_pool]
        )

    @cached_property
    def _initial_numbers(self) -> NDArray[np.uint16]:
        return self._by_reading([ord(sounds[0][0]) if sounds else 0 for sounds in self._tables.readings_pool])

    def _by_reading(self, numbers_of_readings: Sequence[int]) -> NDArray[np.uint16]:
        numbers = np.zeros(_BMP, np.uint16)
        for low, high in RANGES:
            for code in range(low, min(high, _BMP)):
                numbers[code] = numbers_of_readings[self._tables.readings_number(code)]
        return numbers


def words_of(folded: str) -> list[str]:
    """Return the runs of letters and digits that are no Chinese characters, in text order."""
    return _WORD.findall(folded)


def _is_han(codes: Codes) -> NDArray[np.bool_]:
    han = np.zeros(len(codes), np.bool_)
    for low, high in RANGES:
        han |= (codes >= low) & (codes < high)
    return han


def _pairs(codes: Codes) -> tuple[Terms, Places]:
    han = np.zeros(len(codes) + 2, np.bool_)
    han[1:-1] = _is_han(codes)
    here, before, after = han[1:-1], han[:-2], han[2:]
    places = np.flatnonzero(here & (after | ~before))
    second = np.zeros(len(codes), np.uint64)
    second[:-1] = codes[1:]
    second[~after] = 0
    return codes[places].astype(np.uint64) << np.uint64(CHAR_BITS) | second[places], places
