"""Where a person is and how they came here: frozen places on a stack, and pure steps between them."""

from collections.abc import Hashable
from enum import StrEnum
from typing import NamedTuple

from content_packs.names import ItemRef, LifeStage

DEPTH_LIMIT = 40
"""Steps that 返回 can undo; nobody remembers more, and a day of taps must not grow the memory."""


class Page(StrEnum):
    """The pages."""

    REST = "rest"
    HOME = "home"
    THEMES = "themes"
    LIST = "list"
    ITEM = "item"
    SEARCH = "search"
    TAKE_HOME = "take_home"
    HELP = "help"
    SIZE = "size"
    CLERK = "clerk"
    PIN = "pin"
    HISTORY = "history"


class Place(NamedTuple):
    """One page with what it shows.

    Attributes:
        page: Which page.
        theme: Of a list, empty if it is not about a theme.
        stage: Of a list, None if it is not about a life stage.
        ref: Of an item and of what is taken home of it.
        tab: Tab on which the item was left, empty for its first one.
        chosen: What was chosen where it was left, known to that page alone: the filter of a list; None while it is new.
    """

    page: Page
    theme: str = ""
    stage: LifeStage | None = None
    ref: ItemRef | None = None
    tab: str = ""
    chosen: Hashable = None


class Trail(NamedTuple):
    """The places behind a person, the last one being where they are. Never empty."""

    places: tuple[Place, ...]

    @property
    def here(self) -> Place:
        """Where the person is."""
        return self.places[-1]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to undo."""
        return len(self.places) > 1


AT_REST = Trail((Place(page=Page.REST),))
AT_HOME = Trail((Place(page=Page.HOME),))


def gone_to(trail: Trail, place: Place) -> Trail:
    """Return the trail after a step to a place; a step to where one is changes nothing."""
    if place == trail.here:
        return trail
    places = (*trail.places, place)
    return Trail((places[0], *places[1:][-(DEPTH_LIMIT - 1) :]))


def gone_back(trail: Trail) -> Trail:
    """Return the trail with the last step undone; at home there is none."""
    return Trail(trail.places[:-1]) if trail.can_go_back else trail


def left_at(trail: Trail, *, tab: str = "", chosen: Hashable = None) -> Trail:
    """Return the trail with a note of how the present page was left, for whoever comes back to it."""
    return Trail((*trail.places[:-1], trail.here._replace(tab=tab, chosen=chosen)))
