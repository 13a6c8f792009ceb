"""The figures of one run as a page of documentation: pure."""

from collections.abc import Sequence

from tests.bench.measure import Measure
from tests.eval.answers import CLEAN, OURS, TITLES, Answers
from tests.eval.bars import bars, gains, share_left
from tests.eval.measures import Quality, chance_of_no_difference, first_places, quality
from tests.eval.run_words import Entry, Run
from tests.eval.speed import TURNS, WARM_AFTER, settled

_ABOUT = """\
Written by `make eval` at commit `{commit}`: {articles:,} statute articles, each an item of one pack, and {questions}
questions of lay people (STARD). Every engine ranks the same documents; means over all questions, first ten answers.
"Laws beside": the same with 4,109 whole laws and papers installed as a second pack, in which citations are counted.
Times come from a machine of two cores, which others may have used too: compare them within one run only.
"""
_ABOUT_WORSE = """\
nDCG@10 over the questions that the rule changes; beside it the share that is left of the clean figure over the same
questions.
"""
_ABOUT_VILLAGE = """\
Over the starter pack; right topic in the first 3, for initials in the first 5, for a 文号 first; out of scope: nothing
at all. The second set was written and graded before anything was tuned to it.
"""
_ABOUT_COST = f"""\
Milliseconds per question, by the clock and (cpu) by what the processor did. Every engine is asked all questions in a
process of its own, in {TURNS} turns one after another, of which the middle figure stands here; warm: after
{WARM_AFTER} different questions. Our times hold what the screen shows (snippet, card); the others return ids. Memory:
what was allocated after all questions, above what it was before the index was opened; mapped: pages of its files that
the process has looked at, which the system takes back when it is short.
"""


def page(run: Run) -> str:
    """Return the page."""
    parts = [
        "# How well search finds\n",
        _ABOUT.format(commit=run.commit, articles=run.articles, questions=len(run.right[CLEAN])),
        "## Against the bars\n",
        _measures(bars(run)),
        "## Questions as they were asked\n",
        _clean(run),
        "## Questions made worse by rule\n",
        _ABOUT_WORSE,
        _worse(run),
        "## Titles\n",
        "Share of 200 titles (law and article) that stand among the first five answers.\n",
        _titles(run),
        *(("## What villagers ask\n", _ABOUT_VILLAGE, _village(run)) if run.village else ()),
        "## What it takes\n",
        _ABOUT_COST,
        _cost(run),
    ]
    return "\n".join(parts)


def clean_quality(run: Run, entry: Entry) -> Quality:
    """Return how well an engine answers the questions as they were asked."""
    return quality(entry.answers[CLEAN].ranked, run.right[CLEAN])


def _clean(run: Run) -> str:
    ours = next(gains(run, entry) for entry in run.entries if entry.name == OURS)
    rows = [("", "nDCG@10", "R@10", "MRR@10", "no difference to ours by chance")]
    for entry in run.entries:
        found = clean_quality(run, entry)
        chance = "" if entry.name == OURS else f"{chance_of_no_difference(ours, gains(run, entry)):.4f}"
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


def _village(run: Run) -> str:
    rows = [("", *run.village)]
    for sort in dict.fromkeys(sort for sorts in run.village.values() for sort in sorts):
        told = [sorts.get(sort) for sorts in run.village.values()]
        rows.append((sort, *(f"{each.share:.1%} ({each.right} of {each.asked})" if each else "" for each in told)))
    return _table(rows)


def _cost(run: Run) -> str:
    rows = [
        (
            "",
            "p50",
            "p95",
            "p95 warm",
            "cpu p50",
            "cpu p95 warm",
            "index built, s",
            "index, MB",
            "memory, MB",
            "mapped, MB",
        )
    ]
    for entry in run.entries:
        turns: Sequence[Answers] = run.speed.turns.get(entry.name, ()) if run.speed else ()
        turns = turns or [entry.answers[CLEAN]]
        times = (
            settled(turns, 0.5, after=0),
            settled(turns, 0.95, after=0),
            settled(turns),
            settled(turns, 0.5, cpu=True, after=0),
            settled(turns, cpu=True),
        )
        memory = max(each.megabytes for each in turns)
        mapped = max(each.mapped_mb for each in turns)
        built = (f"{entry.built.seconds:.1f}", f"{entry.built.megabytes:.0f}", f"{memory:.0f}", f"{mapped:.0f}")
        rows.append((entry.name, *(f"{each:.1f}" for each in times), *built))
    return _table(rows)


def _measures(measures: Sequence[Measure]) -> str:
    rows = [("measure", "figure", "bar", "", "beside")]
    for each in measures:
        sign = "≥" if each.at_least else "≤"
        mark = "✓" if each.holds else "✗"
        figure = f"{each.value:.3g}" if each.value < 1 or each.unit else f"{each.value:.3f}"
        rows.append(
            (each.name, f"{figure} {each.unit}".strip(), f"{sign} {each.bar:g} {each.unit}".strip(), mark, each.beside)
        )
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
