"""When enough of a question is proven for an answer, and when nothing was found is the better one. Pure."""

from dataclasses import dataclass
from typing import Final

from kiosk.search.query import Question


@dataclass(frozen=True, slots=True)
class Measure:
    """What the best item must hold of a question.

    Attributes:
        share: Of what was asked.
        weight: Of what a term weighs that nothing holds, beside the share.
        share_of_long: Enough of a long-winded question, which nothing holds much of …
        weight_of_long: … if what is held weighs so much.
    """

    share: float
    weight: float = 0.0
    share_of_long: float = 1.0
    weight_of_long: float = 0.0


OF_VILLAGE: Final = Measure(share=0.6, weight=0.7, share_of_long=0.25, weight_of_long=1.1)
"""For what is written for villagers, under the names that they use: a word in passing is no answer."""

OF_THINGS: Final = Measure(share=0.3, share_of_long=0.1, weight_of_long=0.6)
"""The same, for a question that names a thing which villagers ask for."""

OF_LAWS: Final = Measure(share=0.25, share_of_long=0.04, weight_of_long=0.65)
"""For articles of laws, and where there are laws only: stories are told in other words than laws are written in."""

OF_OTHER_THINGS: Final = Measure(share=0.95, weight=0.9)
"""For a question about what a service point knows nothing of, such as recipes: only what is wholly about it counts."""

BY_SOUND: Final = Measure(share=0.6)
"""Where only sounds are compared: many words share some."""

BY_SYLLABLES: Final = Measure(share=0.4)
"""Where syllables were typed that are no certain words."""

BY_INITIALS: Final = Measure(share=0.5)
"""Where words were guessed from their first letters."""


def is_enough(measure: Measure, proof: float, provable: float, rarest: float) -> bool:
    """Return whether an item is about a question.

    Args:
        measure: What is asked of it.
        proof: Rarity of what it holds, summed.
        provable: Rarity of all that was asked, summed.
        rarest: Rarity of a term that nothing holds.
    """
    share, weight = proof / max(provable, 1e-6), proof / rarest
    return proof > 0 and (
        (share >= measure.share and weight >= measure.weight)
        or (share >= measure.share_of_long and weight >= measure.weight_of_long)
    )


def measure_of(question: Question) -> Measure:
    """Return what the best item must hold of a question, where something is written for villagers."""
    if question.is_urgent:
        return OF_LAWS
    if question.is_elsewhere:
        return OF_OTHER_THINGS
    return OF_THINGS if question.has_thing else OF_VILLAGE


def loose_characters(question: Question) -> int:
    """Return how many characters of a question belong to no word: what they ask is not proven by anything else.

    A cry for help need not be proven.
    """
    if question.is_urgent:
        return 0
    return sum(len(part) == 1 for part in question.content.split())
