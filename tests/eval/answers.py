"""What an engine says about itself and answers: one form for all of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import percentile


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers of one engine to some questions.

    Attributes:
        ranked: Question → ids, best first, at most ten.
        ms: Milliseconds of each question, in the order asked.
        memory_mb: Resident memory of the process that answered, at the end.
        memory_before_mb: The same before anything was opened; 0 if not known.
    """

    ranked: Mapping[str, Sequence[str]]
    ms: Sequence[float]
    memory_mb: float
    memory_before_mb: float = 0.0

    def percentile(self, share: float, *, after: int = 0) -> float:
        """Return the milliseconds below which this share of the questions lie, those asked first left out.

        0 if nothing is left.
        """
        return percentile(self.ms[after:], share) if len(self.ms) > after else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What it took to build an index."""

    seconds: float
    megabytes: float


def read_answers(path: Path) -> Answers:
    """Read what an engine's script has written: one object a line, the last one about itself."""
    *lines, about = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return Answers(
        ranked={line["id"]: line["hits"] for line in lines},
        ms=[line["ms"] for line in lines],
        memory_mb=about["memory_mb"],
        memory_before_mb=about.get("memory_before_mb", 0.0),
    )


def folder_megabytes(folder: Path) -> float:
    """Return the bytes of all files below a folder, in millions."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
