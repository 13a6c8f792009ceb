"""Cuts typed letters into syllables, beginnings of syllables and initials. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

VOWELS = frozenset("aeiouv")
_TWO_LETTERS = ("zh", "ch", "sh")
_SPELLED_OTHERWISE = {"lue": "lve", "nue": "nve"}
_LONGEST = 6
_COST = (1.0, 1.6, 2.6)


class UnitKind(IntEnum):
    """How much of a syllable was typed, most first."""

    FULL = 0
    PARTIAL = 1
    INITIAL = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """The letters of one character.

    Attributes:
        text: The whole syllable, or the letters it begins with.
        kind: How much of it was typed.
        end: Letter after its last.
    """

    text: str
    kind: UnitKind
    end: int


@dataclass(frozen=True, slots=True)
class Typed:
    """Letters ready to be cut.

    Attributes:
        letters: a to z only.
        breaks: Places between letters that no syllable may cross, from apostrophes and blanks.
        raw_ends: For each number of letters from 0: how many characters of the input they use up.
    """

    letters: str
    breaks: frozenset[int]
    raw_ends: tuple[int, ...]


def typed(text: str) -> Typed:
    """Return what can be read as letters, up to the first character that is neither a letter nor a separator."""
    letters: list[str] = []
    breaks: set[int] = set()
    raw_ends = [0]
    for place, character in enumerate(text.lower()):
        if character in "' ":
            breaks.add(len(letters))
            raw_ends[-1] = place + 1 if letters else raw_ends[-1]
        elif "a" <= character <= "z":
            letters.append(character)
            raw_ends.append(place + 1)
        else:
            break
    return Typed("".join(letters), frozenset(breaks), tuple(raw_ends))


class Cutter:
    """Knows the syllables there are.

    Args:
        syllables: Every toneless syllable.
    """

    def __init__(self, syllables: Iterable[str]) -> None:
        self._full = frozenset(syllables)
        self._beginnings = frozenset(syllable[:end] for syllable in self._full for end in range(1, len(syllable)))

    def units(self, word: Typed, start: int) -> tuple[Unit, ...]:
        """Return what may begin at a letter: longest whole syllable first, then what is incomplete.

        A lone initial is only offered where no vowel follows it, and an incomplete syllable only at the end.
        """
        letters = word.letters
        limit = min([place for place in word.breaks if place > start], default=len(letters))
        found: list[Unit] = []
        for end in range(min(start + _LONGEST, limit), start, -1):
            text = letters[start:end]
            text = _SPELLED_OTHERWISE.get(text, text)
            if text in self._full:
                found.append(Unit(text, UnitKind.FULL, end))
        rest = letters[start:limit]
        if (
            1 < len(rest) < _LONGEST
            and rest in self._beginnings
            and rest not in self._full
            and rest not in _TWO_LETTERS
        ):
            found.append(Unit(rest, UnitKind.PARTIAL, limit))
        found.extend(self._initials(rest, start))
        return tuple(found)

    def cuttings(self, word: Typed, limit: int = 4) -> tuple[tuple[Unit, ...], ...]:
        """Return at most ``limit`` ways to cut all letters, likeliest first: few units, whole syllables.

        Empty if some letter cannot begin anything, such as a lone i.
        """
        best: list[list[tuple[float, tuple[Unit, ...]]]] = [[] for _ in range(len(word.letters) + 1)]
        best[-1] = [(0.0, ())]
        for start in range(len(word.letters) - 1, -1, -1):
            ways = [
                (_COST[unit.kind] + cost, (unit, *units))
                for unit in self.units(word, start)
                for cost, units in best[unit.end]
            ]
            best[start] = sorted(ways, key=lambda way: way[0])[:limit]
        return tuple(units for _, units in best[0] if units)

    def _initials(self, rest: str, start: int) -> list[Unit]:
        found = []
        for length in (2, 1):
            text = rest[:length]
            follows = rest[length : length + 1]
            fits = len(text) == length and (text in _TWO_LETTERS if length > 1 else text in self._beginnings)
            if fits and text not in VOWELS and follows not in VOWELS:
                found.append(Unit(text, UnitKind.INITIAL, start + length))
        return found
