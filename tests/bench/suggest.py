"""What a key waits for: suggestions over as many titles as the corpus has articles, each typed from its beginning.

Two tables: the titles with a name of its own for each, and as they are, where the articles of a law share its name.
Processor time, because other work runs on these machines.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence

from kiosk.search.query import SynonymTable, clean, understand
from kiosk.search.suggestion import Suggester
from kiosk.tables.read import Tables
from kiosk.typing import Keyboard
from kiosk.words import KnownName, NameSource
from tests.bench.measure import Measure, median, percentile
from tests.eval.corpus import CORPUS, stard
from tests.eval.worse import initials, pinyin

TITLES = 150
KEYS = 14
SUGGESTIONS = 16


def measure() -> list[Measure]:
    """Return the time of a key and what the names take; nothing where there is no corpus."""
    if not CORPUS.exists():
        return []
    titles = [article.title for article in stard().articles]
    alone = [title.replace("第", "之").replace("条", f"节{number % 7}") for number, title in enumerate(titles)]
    tables = Tables()
    suggester, megabytes = _weighed(alone, tables)
    memory = Measure(name="names to suggest: memory", value=megabytes, unit="MB", bar=10, beside="beside the catalogue")
    beside_each_other = _timing(suggester, alone, tables, "titles, no two alike")
    del suggester
    return [beside_each_other, memory, _timing(_weighed(titles, tables)[0], titles, tables, "articles of laws")]


def _timing(suggester: Suggester, titles: Sequence[str], tables: Tables, what: str) -> Measure:
    keyboard = Keyboard(tables)
    times = [_timed(typed, suggester, keyboard, tables) * 1000 for typed in ("y", *_keys(titles))][1:]
    return Measure(
        name=f"suggestions for a key, {len(titles):,} {what}, p95",
        value=percentile(times, 0.95),
        unit="ms",
        bar=10,
        beside=f"median {median(times):.2f} ms, p99 {percentile(times, 0.99):.1f} ms of {len(times):,} keys",
    )


def _weighed(titles: Iterable[str], tables: Tables) -> tuple[Suggester, float]:
    Suggester([KnownName("养老金", NameSource.KEYWORD)], tables).suggest("yl", "yl", (), 1)
    names = [KnownName(title, NameSource.FULL_TITLE) for title in titles]
    gc.collect()
    tracemalloc.start()
    suggester = Suggester(names, tables)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return suggester, held / 1e6


def _keys(titles: Sequence[str]) -> Iterator[str]:
    """Give what stands in the field after each key: in characters, pinyin, initials, and characters with letters."""
    for title in random.Random(3).sample(titles, TITLES):
        for whole in (title, pinyin(title), initials(title), title[:3] + pinyin(title[3:6])):
            yield from (whole[:length] for length in range(1, min(len(whole), KEYS) + 1))


def _timed(typed: str, suggester: Suggester, keyboard: Keyboard, tables: Tables) -> float:
    started = time.process_time()
    text = tables.fold(clean(typed))
    letters = understand(text, SynonymTable((), ())).letters
    meant = [each.text for each in keyboard.candidates(letters) if each.used == len(letters)][:3] if letters else ()
    if text:
        suggester.suggest(text, letters, meant, SUGGESTIONS)
    return time.process_time() - started
