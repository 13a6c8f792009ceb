"""The other engines, each in a child process with a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.eval.answers import Answers, Built, folder_megabytes, read_answers
from tests.eval.corpus import Article

ROOT = Path(__file__).parents[2]
DEBIAN = "/usr/bin/python3"
ENGINES: Mapping[str, tuple[str, str, str]] = {
    "Xapian, n-grams": ("tests.eval.xapian_engine", DEBIAN, "xapian"),
    "SQLite FTS5, jieba": ("tests.eval.fts5_engine", sys.executable, "sqlite3"),
    "tantivy, jieba": ("tests.eval.tantivy_engine", sys.executable, "tantivy"),
}
"""Name → its script, the Python that has its binding, the binding."""


def is_there(engine: str) -> bool:
    """Return whether an engine's binding is installed."""
    _, python, binding = ENGINES[engine]
    found = subprocess.run([python, "-c", f"import {binding}"], capture_output=True, check=False)
    return found.returncode == 0


def folder_of(work: Path, engine: str) -> Path:
    """Return where an engine's index lies in a scratch folder."""
    return work / engine.split(",", maxsplit=1)[0].replace(" ", "-")


def build(engine: str, articles: Sequence[Article], folder: Path) -> Built:
    """Build an engine's index of the articles in a new folder."""
    folder.mkdir(parents=True)
    rows = (
        "\t".join(" ".join(part.split()) for part in (each.id, each.title, f"{each.heading} {each.text}"))
        for each in articles
    )
    documents = folder / "documents.tsv"
    documents.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    _run(engine, folder)
    seconds = json.loads((folder / "built.json").read_text())["seconds"]
    return Built(seconds=seconds, megabytes=folder_megabytes(folder) - documents.stat().st_size / 1e6)


def ask(engine: str, questions: Mapping[str, str], folder: Path) -> Answers:
    """Ask an engine whose index was built."""
    (folder / "asked.tsv").write_text("".join(f"{name}\t{text}\n" for name, text in questions.items()), "utf-8")
    _run(engine, folder)
    return read_answers(folder / "answers.jsonl")


def _run(engine: str, folder: Path) -> None:
    module, python, _ = ENGINES[engine]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    subprocess.run([python, "-m", module, str(folder)], cwd=ROOT, env=environment, check=True)
