"""What people here go on to after a word: the words of the packs that begin with it. Pure, no Qt."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice, takewhile

LONGEST_WORD = 12
"""Longer ones are titles rather than words, and few would fit above the keys."""

MOST_WORDS = 12
_LOOKED_AT = 400


class Continuations:
    """Words in order, so that those with the same beginning are found at once.

    Args:
        words: May repeat.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = sorted({word for word in words if 1 < len(word) <= LONGEST_WORD})

    def of(self, text: str) -> tuple[str, ...]:
        """Return the words that begin with a text and go on, shortest first; none for an empty text."""
        if not text:
            return ()
        start = bisect_left(self._words, text)
        same = takewhile(lambda word: word.startswith(text), self._words[start : start + _LOOKED_AT])
        longer = [word for word in same if len(word) > len(text)]
        return tuple(islice(sorted(longer, key=len), MOST_WORDS))
