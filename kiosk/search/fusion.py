"""Puts several findings into one order. Pure."""

from collections.abc import Sequence
from typing import Final

from kiosk.search.findings import Findings, Found

_BEST: Final = 100.0


def fused(ways: Sequence[tuple[Findings, float]]) -> Findings:
    """Return the findings of several meanings in one order: the best of each meaning counts its weight.

    Args:
        ways: What was found for each meaning, and the weight of the meaning.
    """
    best: dict[tuple[int, int], Found] = {}
    for findings, weight in ways:
        strongest = max((found.score for found in findings.found), default=1.0)
        for found in findings.found:
            worth = found._replace(score=_BEST * weight * found.score / strongest)
            key = (found.pack, found.item)
            if key not in best or best[key].score < worth.score:
                best[key] = worth
    ordered = sorted(best.values(), key=lambda each: (-each.score, each.pack, each.item))
    marked = tuple(dict.fromkeys(term for findings, _ in ways for term in findings.marked))
    near = tuple(found for findings, _ in ways for found in findings.near)
    return Findings(tuple(ordered), near, marked)


def promoted(first: Sequence[Found], findings: Findings) -> Findings:
    """Return findings with some items before all others, each once."""
    if not first:
        return findings
    before = {(found.pack, found.item): found for found in reversed(first)}
    ordered = [found for found in first if before[found.pack, found.item] is found]
    rest = [found for found in findings.found if (found.pack, found.item) not in before]
    return Findings((*ordered, *rest), findings.near, findings.marked, findings.heard)
