"""What a question may mean as a whole: light words, so that numpy is loaded with the first question only."""

from dataclasses import dataclass
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Guess:
    """What a question may mean.

    Attributes:
        matters: Names of each that it may mean, and how likely that is, 0 to 1; likeliest first.
        elsewhere: How likely it is that no service point knows anything of it.
    """

    matters: tuple[tuple[tuple[str, ...], float], ...] = ()
    elsewhere: float = 0.0


NOTHING: Final = Guess()
"""Where nothing can be guessed."""


class Guessing(Protocol):
    """Guesses what questions mean."""

    def guess(self, text: str) -> Guess:
        """Return what a folded question may mean as a whole."""

    def is_name(self, text: str) -> bool:
        """Return whether something that is written for villagers goes by a folded name."""
