"""The nearest region wins: what the county says about a matter stands before what the country says about it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from content_packs.model import Kind

_SAME_MATTER: Final = 0.5
_LEAST_SCORE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit, as far as its place depends on where it holds.

    Attributes:
        near: Digits of the region by which it holds here, 0 for the whole country.
        kind: What it is.
        titles: All of its titles, folded.
        keywords: Folded.
        score: Larger is better.
    """

    near: int
    kind: Kind
    titles: frozenset[str]
    keywords: frozenset[str]
    score: float


def nearest_first(hits: Sequence[Placed]) -> list[int]:
    """Return the order in which a nearer item stands right before the first one of the same matter that is farther.

    Nothing that scores less than half as much as the other one moves: it only mentions the matter.

    Args:
        hits: Best first.

    Returns:
        The present place of each hit of the new order.
    """
    order: list[int] = []
    for place, hit in enumerate(hits):
        goal = next((at for at, other in enumerate(order) if hit.near and _gives_way(hits[other], hit)), len(order))
        order.insert(goal, place)
    return order


def is_same_matter(one: Placed, other: Placed) -> bool:
    """Return whether two items tell the same: of one kind, with much the same title or keywords."""
    if one.kind is not other.kind:
        return False
    alike = max((_shared(_pairs(mine), _pairs(theirs)) for mine in one.titles for theirs in other.titles), default=0.0)
    return max(alike, _shared(one.keywords, other.keywords)) >= _SAME_MATTER


def _gives_way(standing: Placed, nearer: Placed) -> bool:
    strong = nearer.score >= _LEAST_SCORE * standing.score
    return standing.near < nearer.near and strong and is_same_matter(standing, nearer)


def _pairs(title: str) -> frozenset[str]:
    return frozenset(first + second for first, second in pairwise(title))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the smaller set the larger one holds."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
