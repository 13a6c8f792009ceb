"""Whether something grows, told from weighings of which some are wrong."""

from collections.abc import Sequence
from itertools import combinations
from statistics import median


def slope(values: Sequence[float]) -> float:
    """Return the growth from one value to the next by Theil and Sen: the middle one of the slopes between every two.

    Up to three in ten of the values may be anything.
    """
    pairs = combinations(enumerate(values), 2)
    return median((later - earlier) / (after - before) for (before, earlier), (after, later) in pairs)
