"""The figures of one run as a page of documentation: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.eval.answers import Answers, Built
from tests.eval.measures import Quality, chance_of_no_difference, first_places, ndcg, quality

OURS = "Cunkou"
WITH_LAWS = "Cunkou, laws beside"
WARM_AFTER = 500
CLEAN = "clean"
TITLES = ("title pinyin", "title initials", "title, one typo")

Right = Mapping[str, frozenset[str]]

_ABOUT = """\
Written by `make eval` at commit `{commit}`: {articles:,} statute articles, each an item of one pack, and {questions}
questions of lay people (STARD). Every engine ranks the same documents; means over all questions, first ten answers.
"Laws beside": the same with 4,109 whole laws and papers installed as a second pack, in which citations are counted.
Times come from a shared machine of two cores: compare them within one run only.
"""
_ABOUT_WORSE = """\
nDCG@10 over the questions that the rule changes; beside it the share that is left of the clean figure over the same
questions.
"""
_ABOUT_COST = f"""\
Milliseconds per question; warm: after {WARM_AFTER} different questions. Memory of our search: what it takes above the
program without search, private pages; of the others: the whole process at its largest, resident.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One engine: what building took, and its answers to every kind of question."""

    name: str
    built: Built
    answers: Mapping[str, Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what was asked of whom, and what is right.

    Attributes:
        commit: Of the repository.
        articles: How many.
        entries: Our search first.
        right: Kind of question → question → right articles.
        changed: Kind of question → the questions that its rule has changed.
    """

    commit: str
    articles: int
    entries: Sequence[Entry]
    right: Mapping[str, Right]
    changed: Mapping[str, frozenset[str]]


def page(run: Run) -> str:
    """Return the page."""
    parts = [
        "# How well search finds\n",
        _ABOUT.format(commit=run.commit, articles=run.articles, questions=len(run.right[CLEAN])),
        "## Questions as they were asked\n",
        _clean(run),
        "## Questions made worse by rule\n",
        _ABOUT_WORSE,
        _worse(run),
        "## Titles\n",
        "Share of 200 titles (law and article) that stand among the first five answers.\n",
        _titles(run),
        "## What it takes\n",
        _ABOUT_COST,
        _cost(run),
    ]
    return "\n".join(parts)


def clean_quality(run: Run, entry: Entry) -> Quality:
    """Return how well an engine answers the questions as they were asked."""
    return quality(entry.answers[CLEAN].ranked, run.right[CLEAN])


def share_left(run: Run, entry: Entry, kind: str) -> tuple[float, float]:
    """Return nDCG of the questions that a rule changed, and its share of the clean figure over the same questions."""
    right = {name: run.right[CLEAN][name] for name in run.changed[kind]}
    worse = quality(entry.answers[kind].ranked, right).ndcg
    before = quality(entry.answers[CLEAN].ranked, right).ndcg
    return worse, worse / before if before else 0.0


def _clean(run: Run) -> str:
    right = run.right[CLEAN]
    gains = {
        entry.name: [ndcg(entry.answers[CLEAN].ranked.get(name, ()), right[name]) for name in right]
        for entry in run.entries
    }
    rows = [("", "nDCG@10", "R@10", "MRR@10", "no difference to ours by chance")]
    for entry in run.entries:
        found = clean_quality(run, entry)
        chance = "" if entry.name == OURS else f"{chance_of_no_difference(gains[OURS], gains[entry.name]):.4f}"
        rows.append((entry.name, f"{found.ndcg:.3f}", f"{found.recall:.3f}", f"{found.mrr:.3f}", chance))
    return _table(rows)


def _asked_all(run: Run) -> list[Entry]:
    """Return the engines that were asked more than the clean questions."""
    return [entry for entry in run.entries if set(run.right) <= set(entry.answers)]


def _worse(run: Run) -> str:
    entries = _asked_all(run)
    rows = [("", "questions", *(entry.name for entry in entries))]
    for kind in run.changed:
        left = [share_left(run, entry, kind) for entry in entries]
        rows.append((kind, str(len(run.changed[kind])), *(f"{worse:.3f} ({share:.0%})" for worse, share in left)))
    return _table(rows)


def _titles(run: Run) -> str:
    entries = _asked_all(run)
    shares = {kind: [first_places(entry.answers[kind].ranked, run.right[kind]) for entry in entries] for kind in TITLES}
    rows = [(kind, *(f"{share:.1%}" for share in row)) for kind, row in shares.items()]
    return _table([("", *(entry.name for entry in entries)), *rows])


def _cost(run: Run) -> str:
    rows = [("", "first", "p50", "p95", "p95 warm", "index built, s", "index, MB", "memory, MB")]
    for entry in run.entries:
        asked = entry.answers[CLEAN]
        times = (asked.ms[0], asked.percentile(0.5), asked.percentile(0.95), asked.percentile(0.95, after=WARM_AFTER))
        memory = asked.memory_mb - asked.memory_before_mb
        rows.append(
            (
                entry.name,
                *(f"{each:.1f}" for each in times),
                f"{entry.built.seconds:.1f}",
                f"{entry.built.megabytes:.0f}",
                f"{memory:.0f}",
            )
        )
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
