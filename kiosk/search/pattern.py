"""What was typed, as places in a name: each a character, or the letters that its sound begins with. Pure."""

import re
from dataclasses import dataclass, field
from typing import Final

from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter, Unit, UnitKind, typed

Place = str | Unit
"""A folded character as it stands, or letters that stand for one."""

NO_SOUND: Final = "-"
"""Stands for a Latin letter of a name, or a sign, where initials are compared: typed letters never mean it."""

_SOUNDS_FROM: Final = 0x100
_NARROW: Final = "\xff"
"""The last character that takes one byte: initials are kept in that."""

_CUTTINGS = 2
_MOST_PATTERNS = 4
_PART = re.compile(r"[a-z][a-z' ]*|[^a-z' ]")


@dataclass(frozen=True)
class Pattern:
    """One way to read what was typed.

    Attributes:
        places: At least one.
        tables: Characters and their sounds.
    """

    places: tuple[Place, ...]
    tables: Tables
    _known: tuple[dict[str, bool], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Make room for what is found out about each place."""
        object.__setattr__(self, "_known", tuple({} for _ in self.places))

    def fits(self, characters: str) -> bool:
        """Return whether folded characters are what is meant, one for each place."""
        if len(characters) != len(self.places):
            return False
        for character, place, known in zip(characters, self.places, self._known, strict=True):
            means = known.get(character)
            if means is None:
                means = known[character] = _is_meant(character, place, self.tables)
            if not means:
                return False
        return True

    @property
    def exact(self) -> tuple[int, str]:
        """Where the longest run of places with a whole sound begins, and these sounds; else -1 and nothing."""
        best, start = (-1, ""), 0
        sounds = [_sound_of(place, self.tables) for place in self.places]
        for end in range(len(sounds) + 1):
            if end == len(sounds) or not sounds[end]:
                if end - start > len(best[1]):
                    best = (start, "".join(sounds[start:end]))
                start = end + 1
        return best

    @property
    def initials(self) -> str:
        """The letters that characters which fit have as initials, by their most common sounds."""
        return "".join(
            place.text[0] if isinstance(place, Unit) else initial(place, self.tables) for place in self.places
        )


def patterns(text: str, cutter: Cutter, tables: Tables) -> tuple[Pattern, ...]:
    """Return the likeliest ways to read a text with letters in it, likeliest first; none if it holds no letters.

    Each run of letters is cut into syllables and beginnings of them, and also letter by letter: initials may spell a
    syllable by chance. The last syllable may go on, as ``ya`` to ``yang``. Characters stand for themselves, so that
    ``yang老j`` is read as well.

    Args:
        text: Folded, tones taken off.
        cutter: Knows the syllables.
        tables: Characters and their sounds.
    """
    parts: list[str] = _PART.findall(text)
    if not any(_is_letter(part[0]) for part in parts):
        return ()
    ways: list[tuple[Place, ...]] = [()]
    for part in parts:
        read = _cut(part, cutter) if _is_letter(part[0]) else ((part,),)
        ways = [(*before, *places) for places in read for before in ways]
    return tuple(Pattern(way, tables) for way in list(dict.fromkeys(ways))[:_MOST_PATTERNS])


def initial(character: str, tables: Tables) -> str:
    """Return the first letter of the most common sound of a folded character; a sign, or itself, if it has none."""
    readings = tables.readings(character)
    if readings:
        return readings[0][0]
    return NO_SOUND if _is_letter(character) or character > _NARROW else character


def sound(character: str, tables: Tables) -> str:
    """Return one character that stands for the most common sound of a folded character; itself if it has none."""
    readings = tables.readings(character)
    if readings:
        return chr(_SOUNDS_FROM + tables.syllable_numbers[readings[0]])
    return NO_SOUND if _is_letter(character) else character


def _sound_of(place: Place, tables: Tables) -> str:
    """Return what stands for the sound of a place; empty if it is not known as a whole."""
    if isinstance(place, str):
        return sound(place, tables)
    number = tables.syllable_numbers.get(place.text, 0) if place.kind is UnitKind.FULL else 0
    return chr(_SOUNDS_FROM + number) if number else ""


def _is_meant(character: str, place: Place, tables: Tables) -> bool:
    if isinstance(place, str):
        return character == place
    readings = tables.readings(character)
    if place.kind is UnitKind.FULL:
        return place.text in readings
    return any(reading.startswith(place.text) for reading in readings)


def _cut(letters: str, cutter: Cutter) -> tuple[tuple[Unit, ...], ...]:
    word = typed(letters)
    single = tuple(Unit(letter, UnitKind.INITIAL, place + 1) for place, letter in enumerate(word.letters))
    likeliest, *others = (*cutter.cuttings(word)[:_CUTTINGS], single)
    *before, last = likeliest
    begun = (*before, Unit(last.text, UnitKind.PARTIAL, last.end)) if last.kind is UnitKind.FULL else likeliest
    return tuple(units for units in dict.fromkeys((likeliest, begun, *others)) if units)


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z"
