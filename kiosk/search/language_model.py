"""What a piece of a question costs by what it means: roughly minus the logarithm of how likely it is. Pure.

What it costs beside that to have written it as it stands says `kiosk.search.error_model`.
"""

from functools import lru_cache
from typing import Final

COMMON: Final = 7.0
"""What a word of the language costs that is rare; see `weighed`."""

ALONE: Final = 7.5
"""The same for a character that belongs to no word."""

SYLLABLE_ALONE: Final = 9.0
"""The same for a character of which only the sound was typed."""

LETTER_ALONE: Final = 9.0
"""What letters cost that stand for nothing."""

LEAST_WORD: Final = 1.4
"""What a word of the packs costs at least, however many names hold it."""

_WORD, _OFTEN = 2.1, 0.3
_PER_WEIGHT: Final = 1 / 45
_OTHER, _PER_LETTER = 3.0, 2.0


@lru_cache(maxsize=256)
def word_cost(count: int) -> float:
    """Return what a word of the packs costs that so many names hold."""
    return max(LEAST_WORD, _WORD - _OFTEN * len(str(count)) / 2)


def weighed(rare: float, weight: int) -> float:
    """Return what something costs that has a weight in the dictionary, 0 to 255, from what it would cost without."""
    return rare - weight * _PER_WEIGHT


def other_cost(text: str) -> float:
    """Return what a text costs that is neither characters nor syllables."""
    return max(_OTHER, _PER_LETTER * len(text))
