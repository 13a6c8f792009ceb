"""What an index of a new version takes over from an index of an earlier one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_LAYERS: Final = 4
"""Each layer makes a question a little slower; beyond these all but the first are analysed anew as one."""

_MOST_NEW, _MOST_DEAD = 0.3, 0.25
"""Shares of all items beyond which the whole pack is analysed anew."""


@dataclass(frozen=True, slots=True)
class Increment:
    """How to get from one index to the next.

    Attributes:
        layers: How many layers stay, from the first one on; 0 builds the whole index anew.
        dead: Places of items in these layers that the pack no longer has, ascending.
        fresh: Items of the pack that these layers do not hold, by their places in the pack, ascending.
    """

    layers: int
    dead: tuple[int, ...]
    fresh: tuple[int, ...]


def increment(now: Sequence[bytes], before: Sequence[Sequence[bytes]]) -> Increment:
    """Return what can be kept of an index: an item is the same if its bytes are.

    Args:
        now: SHA-256 of every item of the pack.
        before: SHA-256 of every item of each layer of the earlier index, first layer first; empty for a place that is
            empty.
    """
    layers = len(before) if len(before) < MOST_LAYERS else 1
    wanted = {digest: place for place, digest in enumerate(now)}
    dead: list[int] = []
    slot = 0
    for layer in before[:layers]:
        for digest in layer:
            if wanted.pop(digest, None) is None:
                dead.append(slot)
            slot += 1
    fresh = tuple(sorted(wanted.values()))
    if not layers or len(fresh) > _MOST_NEW * len(now) or len(dead) > _MOST_DEAD * max(1, slot):
        return Increment(0, (), tuple(range(len(now))))
    return Increment(layers, tuple(dead), fresh)
