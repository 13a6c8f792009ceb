"""The words that an answer can be about, found again however they were misspelt: by sound, by shape, with a slip.

A word is misspelt by characters of the same or a near sound, by one that looks alike, by two that changed places, by
one left out inside or one too many; or only its initials were typed. Only names of things are misspelt: pieces of
sentences, such as titles hold, are words of this list too, but nothing is corrected to them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, product
from typing import Final

from kiosk.search.keys import Keys
from kiosk.search.slips import GAP, HEADS, LONGEST, Slip, slipped
from kiosk.search.sounds import fold_syllable
from kiosk.tables.read import Tables

SHORTEST: Final = 2
MOST: Final = 20_000
"""Words that are kept, most frequent first: a pack may bring a hundred thousand names."""

_INITIALS: Final = "i"
"""What the key of a word's initials begins with, beside `kiosk.search.slips.HEADS`."""

_SOUNDS_FROM: Final = 0xE001
"""Sounds are characters that no text has; the one before stands for a sound that no word has."""

_BETWEEN: Final = frozenset("了过着个点些下上完")
_DENYING: Final = frozenset("不没无未别非")
_LEAST_SHORTENED = 3
_READINGS = 4


class Vocabulary:
    """Words with the ways to find them.

    Args:
        counts: Folded word → how many names hold it. Those that are not wholly Chinese, or too short or too long, are
            left out.
        things: Those to which others are corrected.
        tables: For the sounds of characters.
    """

    def __init__(self, counts: Mapping[str, int], things: AbstractSet[str], tables: Tables) -> None:
        fitting = {word: count for word, count in counts.items() if SHORTEST <= len(word) <= LONGEST}
        readings = {character: tables.readings(character) for character in set().union(*fitting)} if fitting else {}
        known = (word for word in fitting if all(readings[character] for character in word))
        kept = sorted(known, key=lambda word: (-fitting[word], word))[:MOST]
        self.counts: Mapping[str, int] = {word: fitting[word] for word in kept}
        self._things = set(things)  # made of another set, it takes no more room than it needs
        folded = sorted({fold_syllable(reading) for each in tables.readings_pool for reading in each})
        self._sounds = {sound: chr(_SOUNDS_FROM + number) for number, sound in enumerate(folded)}
        self._words = tuple(kept)
        self._keys = Keys(self._keyed(readings))

    def is_thing(self, word: str) -> bool:
        """Return whether others are corrected to a word."""
        return word in self._things

    def sounding(self, sounds: Iterable[str]) -> tuple[str, ...]:
        """Return the words that are heard as these folded sounds, most frequent first."""
        return self._of(HEADS[Slip.SOUND] + self._spelled(sounds))

    def with_initials(self, initials: str) -> tuple[str, ...]:
        """Return the words whose characters have these initials, most frequent first."""
        return self._of(_INITIALS + initials)

    def slips(
        self, text: str, sounds: Iterable[str], starts: Sequence[int], ends: Sequence[int]
    ) -> Iterator[tuple[int, str, Slip, int]]:
        """Yield what pieces of a text may stand for, piece after piece, for each in the order of `Slip`.

        A word of two characters is a verb and its object, and what is between them belongs there, as in 离了婚.

        Args:
            text: Folded.
            sounds: Folded, of each of its characters.
            starts: Where the pieces begin.
            ends: Where they end; none has more than `LONGEST` characters and one, and none is a word itself.

        Yields:
            The number of the piece, the word, what is wrong with it, and at which of its characters.
        """
        for found in slipped(self._keys, text, self._spelled(sounds), starts, ends):
            for number in found.words:
                word = self._words[number]
                many = text[starts[found.piece] + found.place] if found.slip is Slip.TOO_MANY else ""
                if not many or (many not in _DENYING and (len(word) > SHORTEST or many in _BETWEEN)):
                    yield found.piece, word, found.slip, found.place

    def _of(self, key: str) -> tuple[str, ...]:
        return tuple([self._words[place] for place in self._keys.of(key)])

    def _spelled(self, sounds: Iterable[str]) -> str:
        unknown = chr(_SOUNDS_FROM - 1)
        return "".join([self._sounds.get(sound, unknown) for sound in sounds])

    def _keyed(self, readings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
        """Yield everything by which a word is found; words that are found alike in their order."""
        heard = {
            character: tuple(dict.fromkeys(self._sounds[fold_syllable(reading)] for reading in each))
            for character, each in readings.items()
        }
        for place, word in enumerate(self._words):
            for sounds in islice(product(*(heard[character] for character in word)), _READINGS):
                yield HEADS[Slip.SOUND] + "".join(sounds), place
            yield _INITIALS + "".join([readings[character][0][0] for character in word]), place
            if word in self._things:
                yield HEADS[Slip.SWAPPED] + word, place  # and too many
                for gap in range(len(word)):
                    yield HEADS[Slip.OTHER] + word[:gap] + GAP + word[gap + 1 :], place
                for rest in _rests(word):
                    yield HEADS[Slip.LEFT_OUT] + rest, place


def _rests(word: str) -> Iterable[str]:
    """Return what is left of a word without one of its inner characters, each once."""
    if len(word) < _LEAST_SHORTENED:
        return ()
    return dict.fromkeys(word[:place] + word[place + 1 :] for place in range(1, len(word) - 1))
