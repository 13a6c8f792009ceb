"""What another engine is asked to do, as files in a folder: plain Python only, since one runs under Debian's own.

``documents.tsv``: id, title, text; ``asked.tsv``: id, question. It writes ``answers.jsonl`` and, if it had to build its
index, ``built.json``.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.eval.memory import mapped_mb, own_mb


class Job:
    """One folder with documents and questions.

    Args:
        folder: Holds both; the engine's index goes there too.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before_mb = 0.0

    def documents(self) -> Iterator[tuple[str, str, str]]:
        """Give id, title and text of every document."""
        with (self.folder / "documents.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                name, title, text = line.rstrip("\n").split("\t")
                yield name, title, text

    def run(self, build: Callable[["Job"], None], ask: Callable[["Job"], None]) -> None:
        """Build the index if it was not, else answer."""
        built = self.folder / "built.json"
        if built.exists():
            self._before_mb = own_mb()
            ask(self)
            return
        started = time.perf_counter()
        build(self)
        built.write_text(json.dumps({"seconds": time.perf_counter() - started}))

    def answer(self, hits: Callable[[str], list[str]]) -> None:
        """Ask everything once, one question after another, and write what was answered."""
        lines = []
        for line in (self.folder / "asked.tsv").read_text("utf-8").splitlines():
            name, text = line.split("\t", 1)
            busy, started = time.process_time(), time.perf_counter()
            found = hits(text)
            ms, cpu_ms = ((time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000)
            lines.append({"id": name, "hits": found, "ms": ms, "cpu_ms": cpu_ms})
        about = {"memory_mb": own_mb(), "memory_before_mb": self._before_mb, "mapped_mb": mapped_mb()}
        text = "".join(json.dumps(line) + "\n" for line in (*lines, about))
        (self.folder / "answers.jsonl").write_text(text, "utf-8")
