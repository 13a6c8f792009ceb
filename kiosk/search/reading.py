"""A question as it was meant, and who reads it: light words, so that numpy is loaded with the first question only."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was meant.

    Attributes:
        text: In characters.
        is_other: Whether this is something else than what was written.
        is_whole: Whether no letter is left, and words were found for most of it.
        is_clear: Whether at least half of it is made of words that answers are about.
        is_begun: Whether only the first letter of some syllable was written.
        words: The words of the packs in it that were not written like this.
        pieces: All of it, cut into words.
        apart: Words of which it holds the two characters apart.
        has_thing: Whether one of them names something that villagers ask for.
        cost: Least is best.
    """

    text: str
    is_other: bool
    is_whole: bool = True
    is_clear: bool = False
    is_begun: bool = False
    words: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    has_thing: bool = False
    cost: float = 0.0


class Reader(Protocol):
    """Reads questions."""

    def read(self, text: str) -> Reading:
        """Return what a question most likely means."""

    def is_only(self, reading: Reading) -> bool:
        """Return whether what was read from first letters can hardly mean anything else."""
