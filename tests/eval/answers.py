"""What an engine says about itself and answers: one form for all of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import percentile

OURS = "Cunkou"
WITH_LAWS = "Cunkou, laws beside"
"""The same search with whole laws as a second pack."""

CLEAN = "clean"
TITLES = ("title pinyin", "title initials", "title, one typo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers of one engine to some questions.

    Attributes:
        ranked: Question → ids, best first, at most ten.
        ms: Milliseconds of each question by the clock, in the order asked.
        cpu_ms: The same by what the processor did; empty if not known.
        memory_mb: What the answering process had allocated, at the end.
        mapped_mb: Pages of files that only it had mapped; the system takes them back when it is short of memory.
        memory_before_mb: The same before anything was opened; 0 if not known.
    """

    ranked: Mapping[str, Sequence[str]]
    ms: Sequence[float]
    memory_mb: float
    memory_before_mb: float = 0.0
    cpu_ms: Sequence[float] = ()
    mapped_mb: float = 0.0

    @property
    def megabytes(self) -> float:
        """What answering took of memory, above the process before anything was opened."""
        return self.memory_mb - self.memory_before_mb

    def percentile(self, share: float, *, after: int = 0, cpu: bool = False) -> float:
        """Return the milliseconds below which this share of the questions lie, those asked first left out.

        0 if nothing is left.

        Args:
            share: 0 to 1.
            after: How many are left out.
            cpu: What the processor did instead of what the clock says.
        """
        values = (self.cpu_ms if cpu else self.ms)[after:]
        return percentile(values, share) if values else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What it took to build an index."""

    seconds: float
    megabytes: float


def read_answers(path: Path) -> Answers:
    """Read what an engine's script has written into a file, see `answers_of`."""
    return answers_of(path.read_text("utf-8"))


def answers_of(text: str) -> Answers:
    """Read what a script says: one object a line, the last one about itself."""
    *lines, about = [json.loads(line) for line in text.splitlines()]
    return Answers(
        ranked={line["id"]: line.get("hits", ()) for line in lines},
        ms=[line["ms"] for line in lines],
        cpu_ms=[line["cpu_ms"] for line in lines if "cpu_ms" in line],
        memory_mb=about["memory_mb"],
        memory_before_mb=about.get("memory_before_mb", 0.0),
        mapped_mb=about.get("mapped_mb", 0.0),
    )


def folder_megabytes(folder: Path) -> float:
    """Return the bytes of all files below a folder, in millions."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
