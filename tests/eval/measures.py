"""How good a ranking is: small pure functions over the ids that were returned and those that are right."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10

Ranked = Mapping[str, Sequence[str]]
"""Question → ids, best first."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over all questions, 0 to 1."""

    ndcg: float
    recall: float
    mrr: float


def ndcg(ranked: Sequence[str], right: frozenset[str], depth: int = DEPTH) -> float:
    """Return how much right answers count by their places, beside the best order there can be."""
    gained = sum(1 / math.log2(place + 2) for place, name in enumerate(ranked[:depth]) if name in right)
    best = sum(1 / math.log2(place + 2) for place in range(min(depth, len(right))))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], right: frozenset[str], depth: int = DEPTH) -> float:
    """Return the share of the right answers that stand among the first ones."""
    return len(right.intersection(ranked[:depth])) / len(right) if right else 0.0


def reciprocal_rank(ranked: Sequence[str], right: frozenset[str], depth: int = DEPTH) -> float:
    """Return one by the place of the first right answer, 0 if there is none among the first ones."""
    return next((1 / place for place, name in enumerate(ranked[:depth], 1) if name in right), 0.0)


def quality(ranked: Ranked, right: Mapping[str, frozenset[str]]) -> Quality:
    """Return the means over the questions that have a right answer; one that was not answered counts 0."""
    names = [name for name in right if right[name]]
    pairs = [(ranked.get(name, ()), right[name]) for name in names]
    count = max(1, len(pairs))
    return Quality(
        ndcg=sum(ndcg(*pair) for pair in pairs) / count,
        recall=sum(recall(*pair) for pair in pairs) / count,
        mrr=sum(reciprocal_rank(*pair) for pair in pairs) / count,
    )


def first_places(ranked: Ranked, right: Mapping[str, frozenset[str]], depth: int = 5) -> float:
    """Return the share of the questions with a right answer among the first ones."""
    hits = sum(bool(right[name].intersection(ranked.get(name, ())[:depth])) for name in right)
    return hits / max(1, len(right))


def chance_of_no_difference(ours: Sequence[float], theirs: Sequence[float], *, rounds: int = 10_000) -> float:
    """Return how likely a mean difference as large as this is if engine and engine were alike.

    Paired: the signs of the differences are thrown like coins (the same throws every time), both sides.
    """
    differences = [mine - other for mine, other in zip(ours, theirs, strict=True) if mine != other]
    seen = abs(sum(differences))
    dice = random.Random(7)
    larger = 0
    for _ in range(rounds):
        signs = dice.getrandbits(max(1, len(differences)))
        total = sum(each if signs >> place & 1 else -each for place, each in enumerate(differences))
        larger += abs(total) >= seen - 1e-12
    return (larger + 1) / (rounds + 1)
