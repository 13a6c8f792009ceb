"""The statute articles of the shared corpus as documents, with the questions of lay people and the right answers."""

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(os.environ.get("CUNKOU_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
"""Beside the repository, or where ``CUNKOU_CORPUS`` says."""

Right = Mapping[str, frozenset[str]]
"""Question → the articles that answer it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law: the unit that is asked for."""

    id: str
    title: str
    heading: str
    text: str
    category: str


@dataclass(frozen=True, slots=True)
class Bench:
    """Articles, questions and right answers."""

    articles: tuple[Article, ...]
    questions: Mapping[str, str]
    right: Right


def stard(folder: Path = CORPUS) -> Bench:
    """Return the whole benchmark."""
    right: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "stard" / "qrels.tsv").read_text("utf-8").splitlines():
        question, _, article, grade = line.split("\t")
        if int(grade) > 0:
            right[question].add(article)
    lines = (folder / "stard" / "queries.tsv").read_text("utf-8").splitlines()
    questions = dict(line.split("\t", 1) for line in lines if line.strip())
    return Bench(
        tuple(_articles(folder / "stard" / "corpus.jsonl.gz")),
        questions,
        {question: frozenset(right[question]) for question in questions},
    )


def slice_of(bench: Bench, *, articles: int, questions: int) -> Bench:
    """Return the right articles of every few questions among every few other articles: always the same ones."""
    names = list(bench.questions)[:: max(1, len(bench.questions) // questions)][:questions]
    wanted = frozenset().union(*(bench.right[name] for name in names))
    step = max(1, len(bench.articles) // articles)
    kept = tuple(each for place, each in enumerate(bench.articles) if each.id in wanted or place % step == 0)
    return Bench(kept, {name: bench.questions[name] for name in names}, {name: bench.right[name] for name in names})


def write_collection(articles: Sequence[Article], path: Path) -> None:
    """Write articles as ``cunkou pack import`` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            body = f"## {article.heading}\n\n{article.text}" if article.heading else article.text
            record = {"id": article.id, "title": article.title, "body": body, "category": article.category}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(
                row["id"], f"{row['title']} {row['art']}".strip(), row["head"].strip(), row["text"], row["cat"]
            )
