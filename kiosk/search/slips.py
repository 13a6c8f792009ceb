"""Every way in which a piece of a text may have been misspelt, as hashes: for all pieces of a question at once. Pure.

The hash of a text is the sum of its characters, each times what its place counts (`kiosk.search.keys`): one character
that is another, left out or one too many changes the sum in a way that is worked out without the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.search.keys import Hashes, Keys, codes_of, powers

LONGEST: Final = 8
"""Characters of a word; longer ones are made of several."""

GAP: Final = "?"


class Slip(Enum):
    """What may be wrong with a piece."""

    SOUND = "other characters of the same sounds"
    OTHER = "one character is another"
    SWAPPED = "two neighbours are in each other's place"
    LEFT_OUT = "a character inside is left out"
    TOO_MANY = "a character inside is one too many"


HEADS: Final = {Slip.SOUND: "s", Slip.OTHER: GAP, Slip.SWAPPED: "=", Slip.LEFT_OUT: "-", Slip.TOO_MANY: "="}
"""What a key begins with: then follow sounds, the word with a gap, the word, or what is left of it."""

_PIECE: Final = LONGEST + 1  # a character may be one too many
_PLACES: Final = np.arange(_PIECE)
_POWERS: Final = powers(_PIECE + 1)
_WORTH: Final = _POWERS[1:]
_SWAP: Final = _WORTH[:-1] - _WORTH[1:]
_HEAD: Final = {slip: codes_of(head) * _POWERS[:1] for slip, head in HEADS.items()}
_GAPS: Final = codes_of(GAP) * _WORTH + _HEAD[Slip.OTHER]
_COLUMNS: Final = (
    (Slip.SOUND, 0),
    *((Slip.OTHER, place) for place in range(_PIECE)),
    *((Slip.SWAPPED, place) for place in range(_PIECE - 1)),
    (Slip.LEFT_OUT, 0),
    *((Slip.TOO_MANY, place) for place in range(1, _PIECE - 1)),
)


@dataclass(frozen=True, slots=True)
class Slipped:
    """Words that a piece of a text may stand for.

    Attributes:
        piece: Its number.
        slip: What would be wrong with it.
        place: Which of its characters: the one that is another, the first of two neighbours, the one too many.
        words: Their numbers, in the order of the keys.
    """

    piece: int
    slip: Slip
    place: int
    words: Sequence[int]


def slipped(keys: Keys, text: str, sounds: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Slipped]:
    """Yield the words that pieces of a text may stand for: piece after piece, for each in the order of `Slip`.

    Args:
        keys: Of words, each with a head of `HEADS` before it.
        text: Folded.
        sounds: One character for the sound of each of its characters.
        starts: Where the pieces begin.
        ends: Where they end; none has more than `LONGEST` characters and one.
    """
    begin = np.array(starts, np.intp)[:, None]
    places, inside = begin + _PLACES, np.array(ends, np.intp)[:, None] - begin > _PLACES
    hashes = np.zeros((len(starts), len(_COLUMNS)), np.uint64)
    written = _cut(text, places, inside)
    worths = written * _WORTH
    whole = worths.sum(axis=1, keepdims=True)
    hashes[:, :1] = (_cut(sounds, places, inside) * _WORTH).sum(axis=1, keepdims=True) + _HEAD[Slip.SOUND]
    other, swapped, left_out = 1, 1 + _PIECE, 2 * _PIECE
    hashes[:, other:swapped] = (whole - worths + _GAPS) * inside
    exchanged = (written[:, 1:] - written[:, :-1]) * _SWAP
    hashes[:, swapped:left_out] = (whole + exchanged + _HEAD[Slip.SWAPPED]) * inside[:, 1:]
    hashes[:, left_out : left_out + 1] = whole + _HEAD[Slip.LEFT_OUT]
    moved = written[:, 1:] * _WORTH[:-1]  # every character one place before its own
    after = moved[:, ::-1].cumsum(axis=1)[:, -2::-1]
    before = worths[:, :-2].cumsum(axis=1)
    hashes[:, left_out + 1 :] = (before + after + _HEAD[Slip.TOO_MANY]) * inside[:, 2:]
    for found, words in keys.find(hashes.ravel()):
        piece, column = divmod(found, len(_COLUMNS))
        slip, place = _COLUMNS[column]
        yield Slipped(piece, slip, place, words)


def _cut(text: str, places: NDArray[np.intp], inside: NDArray[np.bool_]) -> Hashes:
    """Return the characters of all pieces, 0 after their ends."""
    codes = np.zeros(len(text) + _PIECE, np.uint64)
    codes[: len(text)] = codes_of(text)
    return np.asarray(codes.take(places) * inside, np.uint64)
