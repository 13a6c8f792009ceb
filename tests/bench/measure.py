"""What a benchmark reports: one figure beside its bar, and beside what was measured in the same run."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure.

    Attributes:
        name: What was measured.
        value: The figure.
        unit: Of value and bar, such as ``×`` for a ratio.
        bar: What it should not exceed, or not fall below where ``at_least``; None if it is only told.
        at_least: Larger is better.
        beside: What it was measured against or how, in words with figures.
    """

    name: str
    value: float
    unit: str
    bar: float | None
    at_least: bool = False
    beside: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bar is met, if there is one."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def median(values: Sequence[float]) -> float:
    """Return the middle value; the upper one of two."""
    return sorted(values)[len(values) // 2]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
