"""The words that an answer can be about, found again however they were misspelt: by sound, by shape, with a slip.

A word is misspelt by characters of the same or a near sound, by one that looks alike, by two that changed places, by
one left out inside or one too many; or only its initials were typed. Only names of things are misspelt: pieces of
sentences, such as titles hold, are words of this list too, but nothing is corrected to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice, product
from typing import Final

from kiosk.search.keys import Keys
from kiosk.search.sounds import fold_syllable
from kiosk.tables.read import Tables

LONGEST: Final = 8
"""Characters of a word; longer ones are made of several."""

SHORTEST: Final = 2
MOST: Final = 20_000
"""Words that are kept, most frequent first: a pack may bring a hundred thousand names."""

GAP: Final = "?"

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
        sounds = {character: tuple(dict.fromkeys(map(fold_syllable, each))) for character, each in readings.items()}
        known_things = [(place, word) for place, word in enumerate(kept) if word in self._things]
        self._words = tuple(kept)
        self._by_sound = Keys(
            ("_".join(heard), place)
            for place, word in enumerate(kept)
            for heard in islice(product(*(sounds[character] for character in word)), _READINGS)
        )
        self._by_initials = Keys(
            ("".join(readings[character][0][0] for character in word), place) for place, word in enumerate(kept)
        )
        self._by_gap = Keys(
            (word[:gap] + GAP + word[gap + 1 :], place) for place, word in known_things for gap in range(len(word))
        )
        self._by_rest = Keys((rest, place) for place, word in known_things for rest in _rests(word))

    def is_thing(self, word: str) -> bool:
        """Return whether others are corrected to a word."""
        return word in self._things

    def sounding(self, sounds: Iterable[str]) -> tuple[str, ...]:
        """Return the words that are heard as these folded sounds, most frequent first."""
        return self._of(self._by_sound, "_".join(sounds))

    def with_initials(self, initials: str) -> tuple[str, ...]:
        """Return the words whose characters have these initials, most frequent first."""
        return self._of(self._by_initials, initials)

    def differing(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the words that differ from a text in one character, and which one it is."""
        for place in range(len(text)):
            for word in self._of(self._by_gap, text[:place] + GAP + text[place + 1 :]):
                if word != text:
                    yield word, place

    def swapped(self, text: str) -> Iterator[str]:
        """Yield the words of which a text is one with two neighbours in each other's place."""
        for place in range(len(text) - 1):
            word = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            if word != text and word in self.counts and word in self._things:
                yield word

    def lengthened(self, text: str) -> Iterator[str]:
        """Yield the words of which a text is one with a character too many inside.

        A word of two characters is a verb and its object, and what is between them belongs there, as in 离了婚.
        """
        for place in range(1, len(text) - 1):
            word = text[:place] + text[place + 1 :]
            fits = text[place] not in _DENYING and (len(word) > SHORTEST or text[place] in _BETWEEN)
            if fits and word in self.counts and word in self._things:
                yield word

    def shortened(self, text: str) -> tuple[str, ...]:
        """Return the words of which a text is one with a character left out inside, most frequent first."""
        return self._of(self._by_rest, text)

    def _of(self, keys: Keys, key: str) -> tuple[str, ...]:
        places = keys.of(key)
        return tuple([self._words[place] for place in places]) if places else ()  # most often: none


def _rests(word: str) -> Iterable[str]:
    """Return what is left of a word without one of its inner characters, each once."""
    if len(word) < _LEAST_SHORTENED:
        return ()
    return dict.fromkeys(word[:place] + word[place + 1 :] for place in range(1, len(word) - 1))
