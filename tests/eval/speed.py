"""How quick every engine is: each in a process of its own, in turns, so that all have the same noise."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import median
from tests.eval import engines, ours
from tests.eval.answers import OURS, Answers
from tests.eval.corpus import Bench
from tests.eval.worse import initials, pinyin

TURNS = 3
STARTS = 20
WARM_AFTER = 500
TYPED = 20
"""Questions that are typed key by key, each as it stands, in pinyin and by initials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The same questions over many sections.

    Attributes:
        sections: How many, counted in the index.
        turns: Answers of each turn.
    """

    sections: int
    turns: Sequence[Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was timed.

    Attributes:
        turns: Engine → its answers in each turn, all questions in one process.
        first: The first question of as many processes.
        snippets: Snippets of twenty hits together, question by question.
        keys: Suggestions, key by key.
        pieces: The articles in pieces; None where the laws that fill them up are not there.
    """

    turns: Mapping[str, Sequence[Answers]]
    first: Sequence[Answers]
    snippets: Answers
    keys: Answers
    pieces: Pieces | None


def settled(turns: Sequence[Answers], share: float = 0.95, *, cpu: bool = False, after: int = WARM_AFTER) -> float:
    """Return the percentile of the middle turn; those of few questions count them all."""
    return median([each.percentile(share, after=after if len(each.ms) > after else 0, cpu=cpu) for each in turns])


def measure(bench: Bench, homes: Mapping[str, Path], work: Path, *, laws: Path | None, beside: Sequence[str]) -> Speed:
    """Time everything.

    Args:
        bench: Articles and questions.
        homes: Our search by name: `OURS`, in whose home the articles stand alone, and others.
        work: Scratch folder, with the indexes of the other engines.
        laws: A collection of whole laws, with which the articles in pieces are filled up.
        beside: Other engines, whose indexes were built.
    """
    scratch = work / "speed"
    scratch.mkdir(parents=True, exist_ok=True)
    turns: dict[str, list[Answers]] = {name: [] for name in (*homes, *beside)}
    for turn in range(TURNS):
        print(f"turn {turn + 1} …", file=sys.stderr)
        for name, folder in homes.items():
            turns[name].append(ours.watch(folder, bench.questions, scratch))
        for engine in beside:
            turns[engine].append(engines.ask(engine, bench.questions, engines.folder_of(work, engine)))
    home, names = homes[OURS], list(bench.questions)
    firsts = [{name: bench.questions[name]} for name in names[:: max(1, len(names) // STARTS)][:STARTS]]
    return Speed(
        turns=turns,
        first=[ours.watch(home, question, scratch, "first") for question in firsts],
        snippets=ours.watch(home, bench.questions, scratch, "snippets"),
        keys=ours.watch(home, _typed(bench), scratch, "keys"),
        pieces=_pieces(bench, home.parent, scratch, laws) if laws else None,
    )


def _typed(bench: Bench) -> Mapping[str, str]:
    names = list(bench.questions)[:: max(1, len(bench.questions) // TYPED)][:TYPED]
    ways = (str, pinyin, initials)
    return {f"{name} {way.__name__}": way(bench.questions[name]) for way in ways for name in names}


def _pieces(bench: Bench, folder: Path, scratch: Path, laws: Path) -> Pieces:
    print("articles in pieces …", file=sys.stderr)
    home = folder / "home-pieces"
    shutil.rmtree(home, ignore_errors=True)
    ours.install(ours.make_pieces_release(bench.articles, laws, folder), home)
    turns = [ours.watch(home, bench.questions, scratch) for _ in range(TURNS)]
    return Pieces(sections=ours.sections_in(home), turns=turns)
