"""Times our search in a process of its own: by the clock, and by what the processor did.

``python -m tests.eval.stopwatch HOME QUESTIONS WHAT``; questions are lines of id, tabulator and text. Prints one JSON
object a line, what it measured, and last what memory search took.
"""

import argparse
import gc
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.services import Kiosk, open_kiosk
from kiosk.site import load_settings
from tests.eval.memory import mapped_mb, own_mb

SNIPPETS = 20
KEYS = 14
"""Of what is typed letter by letter, so many are timed."""


def main() -> None:
    """Measure what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("home", type=Path)
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("what", choices=("questions", "first", "snippets", "keys"))
    options = arguments.parse_args()
    place = Home(options.home.resolve())
    asked = [tuple(line.split("\t", 1)) for line in options.questions.read_text("utf-8").splitlines()]
    with open_kiosk(place, load_settings(place)) as kiosk:
        import_module("kiosk.cli.search")
        before = own_mb()
        opened = time.perf_counter()
        kiosk.searcher.warm_up()
        warmed_ms = (time.perf_counter() - opened) * 1000
        gc.collect()  # as the screen does at rest: on it no question pays for what was made before anybody came
        for line in _measured(options.what, kiosk, place, asked):
            print(json.dumps(line, ensure_ascii=False))
        about = {"memory_mb": own_mb(), "memory_before_mb": before, "mapped_mb": mapped_mb(), "warm_up_ms": warmed_ms}
    print(json.dumps(about))


def _measured(what: str, kiosk: Kiosk, home: Home, asked: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    match what:
        case "questions" | "first":
            for name, text in asked if what == "questions" else asked[:1]:
                answer, line = _timed(partial(kiosk.searcher.search, text))
                yield {"id": name, "hits": [hit.ref.id for hit in answer.hits], **line}
        case "snippets":
            yield from _snippets(home, asked)
        case _:
            for name, text in asked:
                for end in range(1, min(len(text), KEYS) + 1):
                    _, line = _timed(partial(kiosk.searcher.suggest, text[:end]))
                    yield {"id": f"{name} {text[:end]}", **line}


def _snippets(home: Home, asked: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """Time the snippets of the first twenty hits, together, for each question that has so many."""
    from kiosk.search.opening import open_engine  # noqa: PLC0415 (numpy: not before memory is weighed)
    from kiosk.search.query import SynonymTable, clean, understand  # noqa: PLC0415
    from kiosk.tables.read import Tables  # noqa: PLC0415

    tables = Tables()
    readers = [PackReader(pack.content_db) for pack in PackStore(home.root).installed()]
    engine = open_engine(readers, home.indexes, tables, load_settings(home).search_cache_mib * 2**20)
    for name, text in asked:
        findings = engine.find(understand(tables.fold(clean(text)), SynonymTable((), ())))
        found = findings.found[:SNIPPETS]
        if len(found) == SNIPPETS:
            _, line = _timed(
                partial(lambda hits, all_of: [engine.snippet(each, all_of) for each in hits], found, findings)
            )
            yield {"id": name, **line}
    engine.close()
    for reader in readers:
        reader.close()


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    busy, begin = time.process_time(), time.perf_counter()
    result = work()
    return result, {"ms": (time.perf_counter() - begin) * 1000, "cpu_ms": (time.process_time() - busy) * 1000}


if __name__ == "__main__":
    main()
