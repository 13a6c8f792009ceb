"""What a torture found."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts and violations of one kind of torture.

    Attributes:
        name: Of the kind.
        done: How many times something was broken.
        counts: More figures, by name.
        violations: What should not have happened, each with how to repeat it.
        skipped: Why nothing could be done here; empty if it was.
        is_planted: Whether a fault was planted in the product, so that violations must be found.
    """

    name: str
    done: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    skipped: str = ""
    is_planted: bool = False

    @property
    def holds(self) -> bool:
        """Whether all is as it should be; what was skipped says nothing against it."""
        return bool(self.skipped) or (self.done > 0 and bool(self.violations) == self.is_planted)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure."""
        self.counts[name] = self.counts.get(name, 0) + by

    def lines(self) -> list[str]:
        """Return the report as text."""
        if self.skipped:
            return [f"– {self.name}: skipped, {self.skipped}"]
        figures = "".join(f", {name} {number}" for name, number in sorted(self.counts.items()))
        found = f"violations {len(self.violations)}" + (" (planted: some must be found)" if self.is_planted else "")
        head = f"{'✓' if self.holds else '✗'} {self.name}: {self.done} done{figures}, {found}"
        return [head, *([] if self.is_planted else (f"    {violation}" for violation in self.violations))]
