"""Finds words by their sound: in the mapped word list, and among the words of the installed packs."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.read import Tables
from kiosk.typing.cut import Unit, UnitKind

EXTRA_WEIGHT = 245
"""Weight of a word that a pack brought, as common as the commonest."""

LONGEST_EXTRA = 24
"""Longest extra word, in characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word that fits, and how common it is, 1 to 255."""

    text: str
    weight: int


class WordList:
    """The keyboard's own words, of at most `WORD_CHARS` characters.

    Args:
        tables: Where they are mapped from.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def fitting(self, units: Sequence[Unit], limit: int) -> tuple[Found, ...]:
        """Return at most ``limit`` words with one character per unit, most common first."""
        tables = self._tables
        if len(units) > WORD_CHARS:
            return ()
        places = tables.group("".join(unit.text[0] for unit in units))
        open_at = next((place for place, unit in enumerate(units) if unit.kind is not UnitKind.FULL), len(units))
        known = open_at + (open_at < len(units) and units[open_at].kind is UnitKind.PARTIAL)
        if known:
            numbers = [tables.syllable_numbers[unit.text] for unit in units[: known - 1]]
            places = tables.sounding(places, numbers, self._allowed(units[known - 1]))
        rest = [(place, self._allowed(unit)) for place, unit in enumerate(units) if place >= known and _narrows(unit)]
        chosen = (
            place
            for place in tables.heaviest(places, len(places) if rest else limit)
            if all(tables.word_numbers(place)[index] in allowed for index, allowed in rest)
        )
        return tuple(Found(tables.word(place), tables.weight(place)) for place in islice(chosen, limit))

    def _allowed(self, unit: Unit) -> range:
        if unit.kind is UnitKind.FULL:
            number = self._tables.syllable_numbers[unit.text]
            return range(number, number + 1)
        return self._tables.syllable_range(unit.text)


class ExtraWords:
    """Words held in memory, of any length: the village's and those of the installed packs.

    A character with several readings is found under each of them.

    Args:
        tables: For the sounds of characters.
        words: The words; those that are not wholly Chinese or longer than `LONGEST_EXTRA` are left out.
    """

    def __init__(self, tables: Tables, words: Iterable[str]) -> None:
        self._by_letters: defaultdict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, tuple[str, ...]] = {}
        for word in sorted(dict.fromkeys(words), key=len):
            if not 2 <= len(word) <= LONGEST_EXTRA:  # noqa: PLR2004 - one character is no word to complete
                continue
            sounds = {character: tables.readings(character) for character in word}
            if all(sounds.values()):
                self._sounds.update(sounds)
                for letters in _beginnings([sounds[character] for character in word[:2]]):
                    self._by_letters[letters].append(word)

    def fitting(self, units: Sequence[Unit], limit: int) -> tuple[Found, ...]:
        """Return at most ``limit`` words with one character per unit."""
        return self._found(units, limit, longer=False)

    def completing(self, units: Sequence[Unit], limit: int) -> tuple[Found, ...]:
        """Return at most ``limit`` words that begin with these units and go on, shortest first."""
        return self._found(units, limit, longer=True)

    def _found(self, units: Sequence[Unit], limit: int, *, longer: bool) -> tuple[Found, ...]:
        known = self._by_letters.get("".join(unit.text[0] for unit in units[:2]), [])
        first = bisect_left(known, len(units) + longer, key=len)
        last = len(known) if longer else bisect_right(known, len(units), key=len)
        fitting = (word for word in islice(known, first, last) if self._sounds_like(word, units))
        return tuple(Found(text, EXTRA_WEIGHT) for text in islice(fitting, limit))

    def _sounds_like(self, word: str, units: Sequence[Unit]) -> bool:
        for character, unit in zip(word, units, strict=False):
            heard = self._sounds[character]
            if unit.kind is UnitKind.FULL:
                if unit.text not in heard:
                    return False
            elif not any(sound.startswith(unit.text) for sound in heard):
                return False
        return True


def _beginnings(sounds: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """Return the first letter, and the first two, that a word can have."""
    ones = dict.fromkeys(sound[0] for sound in sounds[0])
    return (*ones, *dict.fromkeys(one + sound[0] for one in ones for sound in sounds[1]))


def _narrows(unit: Unit) -> bool:
    """Return whether a unit says more than the first letter, by which words are grouped already."""
    return unit.kind is not UnitKind.INITIAL or len(unit.text) > 1
