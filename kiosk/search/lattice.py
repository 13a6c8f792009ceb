"""The ways to read a question as a lattice of pieces, and the cheapest way through it. Pure."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """What some tokens stand for.

    Attributes:
        end: Token after the last.
        text: What is meant.
        cost: Least is best.
        is_word: Whether it is a word of the packs.
        is_read: Whether it was not written like this.
        is_open: Whether letters were left that stand for nothing.
    """

    end: int
    text: str
    cost: float
    is_word: bool = False
    is_read: bool = False
    is_open: bool = False


def cheapest(count: int, pieces_at: Sequence[Iterable[Piece]]) -> list[Piece]:
    """Return the pieces that cost least together; none if no pieces reach from the first token to the last.

    Args:
        count: How many tokens there are.
        pieces_at: For each of them the pieces that begin with it.
    """
    best: list[tuple[float, int, Piece | None]] = [(math.inf, 0, None)] * (count + 1)
    best[0] = (0.0, 0, None)
    for start in range(count):
        before = best[start][0]
        if before == math.inf:
            continue
        for piece in pieces_at[start]:
            if before + piece.cost < best[piece.end][0]:
                best[piece.end] = (before + piece.cost, start, piece)
    pieces: list[Piece] = []
    place = count
    while (last := best[place][2]) is not None:
        pieces.append(last)
        place = best[place][1]
    return pieces[::-1]


def total_cost(pieces: Iterable[Piece]) -> float:
    """Return what pieces cost together."""
    return sum(piece.cost for piece in pieces)
