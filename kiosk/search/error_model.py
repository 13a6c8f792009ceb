"""What it costs to have written a word otherwise: with what was heard, with what looks alike, or with a slip. Pure."""

from collections.abc import Sequence
from typing import Final

from kiosk.search.slips import Slip
from kiosk.search.sounds import fold_syllable
from kiosk.search.tokens import Sort, Token
from kiosk.search.vocabulary import Vocabulary
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables

SAME_SOUND: Final = 2.4
"""What another character of the same sound costs: the least of all mistakes."""

SHORT: Final = 1.0
"""What is paid on top where a word of two characters was not written as it is: there are many of them."""

_NEAR_SOUND, _ALIKE, _UNLIKE = 3.0, 2.8, 5.5
_SLIPS: Final = {Slip.SWAPPED: 3.0, Slip.LEFT_OUT: 3.3, Slip.TOO_MANY: 3.6}
_RARELY, _SPOKEN_NEAR, _INITIAL, _BEGUN = 0.4, 1.2, 1.3, 1.0
_LEAST_UNLIKE: Final = 5


class ErrorModel:
    """Knows what mistakes cost.

    Args:
        vocabulary: Words that answers are about.
        tables: For the sounds of characters.
        look_alikes: Characters that are taken for one another.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Tables, look_alikes: LookAlikes) -> None:
        self._vocabulary = vocabulary
        self._tables = tables
        self._look_alikes = look_alikes

    def slip_cost(self, part: Sequence[Token], word: str, slip: Slip, place: int) -> float | None:
        """Return what it costs that a word was misspelt like this; None if it was not.

        Args:
            part: What was written.
            word: What may be meant.
            slip: What would be wrong.
            place: At which token.
        """
        if slip is Slip.SOUND:
            is_near = self._vocabulary.is_thing(word) and any(
                token.text == character for token, character in zip(part, word, strict=True)
            )
            return self.distance(part, word) if is_near else None
        if slip is Slip.OTHER:
            if self._look_alikes.are_alike(part[place].text, word[place]):
                return _ALIKE
            return _UNLIKE if len(word) >= _LEAST_UNLIKE else None
        return _SLIPS[slip]

    def distance(self, part: Sequence[Token], word: str) -> float | None:
        """Return what it costs that tokens stand for the characters of a word by sound; None if they do not."""
        total = 0.0
        for token, character in zip(part, word, strict=True):
            if token.sort == Sort.HAN and token.text == character:
                continue
            readings = self._tables.readings(character)
            if token.sort == Sort.BEGUN:
                if not any(reading.startswith(token.text) for reading in readings):
                    return None
                total += _INITIAL if len(token.text) == 1 else _BEGUN
            elif token.sort == Sort.SYLLABLE:
                if token.text not in readings and not _is_near(token.text, readings):
                    return None
                total += _SPOKEN_NEAR if token.text not in readings else 0.0 if token.text == readings[0] else _RARELY
            else:
                same = set(self._tables.readings(token.text)) & set(readings)
                total += SAME_SOUND if same else _NEAR_SOUND
        return total


def _is_near(syllable: str, readings: Sequence[str]) -> bool:
    """Return whether a syllable is one of some readings to ears that hear no difference between some sounds."""
    heard = {fold_syllable(syllable)}
    if syllable[0] == "l":
        heard.add(fold_syllable(f"r{syllable[1:]}"))
    return any(fold_syllable(reading) in heard for reading in readings)
