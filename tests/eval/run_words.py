"""The words of one run: what was asked of whom, what is right, what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.eval.answers import Answers, Built
from tests.eval.speed import Speed
from tests.eval.village import Village

Right = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One engine: what building took, and its answers to every kind of question."""

    name: str
    built: Built
    answers: Mapping[str, Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run.

    Attributes:
        commit: Of the repository.
        articles: How many.
        entries: Our search first.
        right: Kind of question → question → right articles.
        changed: Kind of question → the questions that its rule has changed.
        speed: What was timed; None if nothing was.
        village: What villagers ask, over the starter pack; empty if they were not asked.
    """

    commit: str
    articles: int
    entries: Sequence[Entry]
    right: Mapping[str, Right]
    changed: Mapping[str, frozenset[str]]
    speed: Speed | None = None
    village: Village = field(default_factory=dict)
