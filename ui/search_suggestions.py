"""Which suggestions stand on the search page, and how many places are kept for them. Pure, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.words import Snippet
from ui.found import marked

MOST_SUGGESTIONS: Final = 6
ASKED_FOR: Final = 16
"""More than are shown: those that are too long for their place are left out."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the page has room for.

    Attributes:
        places: Suggestions side by side and below each other.
        characters: Of one of them, on one line.
    """

    places: int = MOST_SUGGESTIONS
    characters: int = 16


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested.

    Attributes:
        query: What was typed.
        found: Best first.
        held: Places that are kept, so that nothing moves while somebody types; as many as `shown`, or more, or fewer.
    """

    query: str = ""
    found: tuple[Snippet, ...] = ()
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRow:
    """One suggestion: what it searches for, the same as markup, what fits in ``<b>``, and whether all of it fits."""

    text: str
    markup: str
    whole: bool


def shown(suggestions: Suggestions, room: Room) -> tuple[SuggestionRow, ...]:
    """Return the suggestions that have a place. What is too long for one is left out: the results show it whole."""
    fitting = _fitting(suggestions.found, room)[: suggestions.held]
    return tuple(
        SuggestionRow(text=each.text, markup=marked(each), whole=each.marks == ((0, len(each.text)),))
        for each in fitting
    )


def after_suggesting(
    suggestions: Suggestions, query: str, found: Sequence[Snippet], room: Room, *, free: bool
) -> Suggestions:
    """Return what is suggested after the answer for a query; the caller has made sure that it is still the query.

    Args:
        suggestions: What was suggested.
        query: What was typed.
        found: Best first.
        room: Of the page.
        free: Nothing stands there yet that would move, so that places may be added and taken away.
    """
    held = len(_fitting(found, room)) if free else suggestions.held
    return Suggestions(query, tuple(found), held)


def settled(suggestions: Suggestions, room: Room) -> Suggestions:
    """Return suggestions with as many places as they need: for the moment in which the results change as well."""
    return Suggestions(suggestions.query, suggestions.found, len(_fitting(suggestions.found, room)))


def _fitting(found: Sequence[Snippet], room: Room) -> tuple[Snippet, ...]:
    most = min(room.places, MOST_SUGGESTIONS)
    return tuple(each for each in found if len(each.text) <= room.characters)[:most]
