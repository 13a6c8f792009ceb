"""Letters in questions: whole syllables are heard, initials and begun syllables are looked for in names."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from kiosk.search.names import Named, NameTable
from kiosk.search.sounds import fold_syllable
from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter, Unit, UnitKind, typed

_CUTTINGS = 2
_LETTER = re.compile("[A-Za-z]")


class Letters:
    """Reads letters.

    Args:
        tables: For syllables and the sounds of characters.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def sounds(self, text: str) -> tuple[str, ...]:
        """Return the distinct pairs of folded sounds of a folded text: of characters, and of pinyin among them."""
        if not _LETTER.search(text):
            return _pairs([self._sound(character) for character in text])
        heard: list[str] = []
        place = 0
        while place < len(text):
            end = place
            while end < len(text) and (text[end] in "' " or (text[end].isascii() and text[end].isalpha())):
                end += 1
            if text[place:end].strip("' "):
                heard += [fold_syllable(unit.text) for unit in self._whole_units(text[place:end])] or [""]
            else:
                end = place + 1
                heard.append(self._sound(text[place]))
            place = end
        return _pairs(heard)

    def begun(self, letters: str) -> tuple[tuple[Unit, ...], ...]:
        """Return the likeliest ways to cut letters that are more than one character and not all whole syllables.

        Letter by letter is always among them: initials such as ``skymaz`` may spell a syllable by chance.
        """
        return tuple(
            units
            for units in self.cuttings(letters)
            if len(units) > 1 and any(unit.kind is not UnitKind.FULL for unit in units)
        )

    def cuttings(self, letters: str) -> tuple[tuple[Unit, ...], ...]:
        """Return the likeliest ways to cut letters into syllables and beginnings of them, and letter by letter."""
        word = typed(letters)
        single = tuple(Unit(letter, UnitKind.INITIAL, place + 1) for place, letter in enumerate(word.letters))
        return tuple(units for units in dict.fromkeys((*self._cutter.cuttings(word)[:_CUTTINGS], single)) if units)

    def meant(self, names: NameTable, units: Sequence[Unit]) -> Iterator[Named]:
        """Give the names in which characters with these beginnings follow each other."""
        for named in names.with_initials("".join(unit.text[0] for unit in units)):
            if all(self._begins(character, unit) for character, unit in zip(named.words, units, strict=True)):
                yield named

    def _sound(self, character: str) -> str:
        readings = self._tables.readings(character)
        return fold_syllable(readings[0]) if readings else ""

    def _begins(self, character: str, unit: Unit) -> bool:
        readings = self._tables.readings(character)
        if unit.kind is UnitKind.FULL:
            return unit.text in readings
        return any(reading.startswith(unit.text) for reading in readings)

    def _whole_units(self, letters: str) -> tuple[Unit, ...]:
        """Return letters as whole syllables; what is begun at the end is left off; empty if they are no pinyin."""
        for units in self._cutter.cuttings(typed(letters)):
            whole = tuple(unit for unit in units if unit.kind is UnitKind.FULL)
            if len(whole) == len(units) or (whole == units[:-1] and units[-1].kind is not UnitKind.FULL):
                return whole
        return ()

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tables.syllables)


def _pairs(heard: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct pairs of neighbours that are both heard, in order."""
    return tuple(dict.fromkeys([f"{first}_{second}" for first, second in pairwise(heard) if first and second]))
