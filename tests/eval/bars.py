"""What a run must show: every figure beside its bar. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from tests.bench.measure import Measure
from tests.eval.answers import CLEAN, OURS, TITLES, WITH_LAWS, Answers
from tests.eval.measures import chance_of_no_difference, first_places, ndcg, quality
from tests.eval.run_words import Entry, Run
from tests.eval.speed import STARTS, Speed, settled
from tests.eval.village import EMERGENCY, OUT, Village

XAPIAN = "Xapian, n-grams"
SURE = 0.05
"""A difference that chance makes less often than this is one."""

VILLAGE_BARS: Mapping[str, float] = {
    "spoken": 92,
    "homophone": 85,
    "pinyin": 85,
    "initials": 70,
    OUT: 95,
    EMERGENCY: 100,
}
VILLAGE_WORDS: Mapping[str, str] = {
    "spoken": "spoken, right topic in the first 3",
    "initials": "initials, in the first 5",
    OUT: "out of scope, says so",
    EMERGENCY: "number first, and no other question's",
}


def bars(run: Run) -> list[Measure]:
    """Return every measure for which the run has figures."""
    entries = {entry.name: entry for entry in run.entries}
    found = [*_quality(run, entries), *_worse(run, entries[OURS]), *_titles(run, entries[OURS])]
    return [*found, *_village(run.village), *(_speed(run.speed) if run.speed else ())]


def gains(run: Run, entry: Entry) -> list[float]:
    """Return nDCG@10 of every question as it was asked."""
    right = run.right[CLEAN]
    return [ndcg(entry.answers[CLEAN].ranked.get(name, ()), right[name]) for name in right]


def share_left(run: Run, entry: Entry, kind: str) -> tuple[float, float]:
    """Return nDCG of the questions that a rule changed, and its share of the clean figure over the same questions."""
    right = {name: run.right[CLEAN][name] for name in run.changed[kind]}
    worse = quality(entry.answers[kind].ranked, right).ndcg
    before = quality(entry.answers[CLEAN].ranked, right).ndcg
    return worse, worse / before if before else 0.0


def _quality(run: Run, entries: dict[str, Entry]) -> Iterator[Measure]:
    ours = quality(entries[OURS].answers[CLEAN].ranked, run.right[CLEAN])
    yield Measure(name="nDCG@10, text alone", value=ours.ndcg, unit="", bar=0.41, at_least=True)
    yield Measure(name="R@10, text alone", value=ours.recall, unit="", bar=0.49, at_least=True)
    mine = gains(run, entries[OURS])
    for name, entry in entries.items():
        if name not in {OURS, WITH_LAWS}:
            theirs = gains(run, entry)
            yield Measure(
                name=f"chance that {name.partition(',')[0]} ranks as well",
                value=chance_of_no_difference(mine, theirs) if sum(mine) > sum(theirs) else 1.0,
                unit="",
                bar=SURE,
                beside=f"nDCG@10 {sum(mine) / len(mine):.3f}, {sum(theirs) / len(theirs):.3f}; paired",
            )
    if WITH_LAWS in entries:
        found = quality(entries[WITH_LAWS].answers[CLEAN].ranked, run.right[CLEAN])
        yield Measure(name="nDCG@10, citations counted", value=found.ndcg, unit="", bar=0.44, at_least=True)


def _worse(run: Run, ours: Entry) -> Iterator[Measure]:
    for kind, bar in (("homophone", 95.0), ("traditional", 100.0)):
        if kind in run.changed:
            worse, share = share_left(run, ours, kind)
            name = f"{kind}, share of the clean nDCG@10"
            value = round(share * 100, 1)
            yield Measure(name=name, value=value, unit="%", bar=bar, at_least=True, beside=f"nDCG@10 {worse:.3f}")


def _titles(run: Run, ours: Entry) -> Iterator[Measure]:
    for kind in TITLES:
        share = first_places(ours.answers[kind].ranked, run.right[kind])
        name = f"{kind}: right item in the first 5"
        yield Measure(name=name, value=share * 100, unit="%", bar=99, at_least=True)


def _village(village: Village) -> Iterator[Measure]:
    for name, sorts in village.items():
        for sort, told in sorts.items():
            if sort in VILLAGE_BARS:
                yield Measure(
                    name=f"{name}: {VILLAGE_WORDS.get(sort, sort)}",
                    value=round(told.share * 100, 1),
                    unit="%",
                    bar=VILLAGE_BARS[sort],
                    at_least=True,
                    beside=f"{told.right} of {told.asked}",
                )


def _speed(speed: Speed) -> Iterator[Measure]:
    ours = speed.turns[OURS]
    firsts = Answers(
        ranked={},
        ms=[each.ms[0] for each in speed.first],
        cpu_ms=[each.cpu_ms[0] for each in speed.first],
        memory_mb=0,
    )
    yield _ms(f"first question after start, p95 of {STARTS} starts", 50, [firsts])
    yield _ms("after 500 different questions, p95", 8, ours)
    if XAPIAN in speed.turns:
        theirs = speed.turns[XAPIAN]
        yield Measure(
            name="p95 beside Xapian's, both warm",
            value=settled(ours) / settled(theirs),
            unit="×",
            bar=1.5,
            beside=f"processor {settled(ours, cpu=True) / settled(theirs, cpu=True):.2f} ×",
        )
    if speed.pieces:
        yield _ms(f"{speed.pieces.sections:,} sections, p95 warm", 20, speed.pieces.turns)
    yield _ms("suggestions, p95 of a key", 10, [speed.keys])
    yield _ms("snippets of 20 hits, p95", 2, [speed.snippets])
    weighed = (*ours, *(speed.pieces.turns if speed.pieces else ()))
    yield Measure(
        name="memory above a kiosk that has not searched",
        value=max(answers.megabytes for answers in weighed),
        unit="MB",
        bar=150,
        beside=f"and {max(answers.mapped_mb for answers in weighed):.0f} MB of mapped files, which can be taken back",
    )


def _ms(name: str, bar: float, turns: Sequence[Answers]) -> Measure:
    cpu, middle = settled(turns, cpu=True), settled(turns, 0.5)
    beside = f"processor {cpu:.1f} ms; median {middle:.1f} ms"
    return Measure(name=name, value=settled(turns), unit="ms", bar=bar, beside=beside)
