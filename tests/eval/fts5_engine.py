"""SQLite FTS5 over the same documents, words cut by jieba.

``python -m tests.eval.fts5_engine JOB``; see `tests.eval.engines`.
"""

import logging
import sqlite3
import sys
from pathlib import Path

import jieba

from tests.eval.job import Job

jieba.setLogLevel(logging.WARNING)


def words(text: str) -> list[str]:
    """Return jieba's words that are more than punctuation."""
    return [word for word in jieba.cut(text) if word.isalnum()]


def build(job: Job) -> None:
    """Write the index."""
    store = sqlite3.connect(job.folder / "fts5.db")
    store.execute("create virtual table articles using fts5(id unindexed, title, body, detail=full)")
    rows = ((name, " ".join(words(title)), " ".join(words(text))) for name, title, text in job.documents())
    store.executemany("insert into articles values (?, ?, ?)", rows)
    store.execute("insert into articles(articles) values ('optimize')")
    store.commit()
    store.close()


def ask(job: Job) -> None:
    """Answer every question by BM25 over any of its words."""
    store = sqlite3.connect(job.folder / "fts5.db")

    def hits(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not asked:
            return []
        rows = store.execute("select id from articles where articles match ? order by rank limit 10", (asked,))
        return [name for (name,) in rows]

    job.answer(hits)


if __name__ == "__main__":
    Job(Path(sys.argv[1])).run(build, ask)
