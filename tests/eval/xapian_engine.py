"""Xapian with its n-grams over the same documents; runs under Debian's own Python, which has its binding.

``/usr/bin/python3 -m tests.eval.xapian_engine JOB``; see `tests.eval.engines`.
"""

import sys
from pathlib import Path

import xapian

from tests.eval.job import Job


def build(job: Job) -> None:
    """Write the index."""
    store = xapian.WritableDatabase(str(job.folder / "xapian"), xapian.DB_CREATE_OR_OPEN)
    cutter = xapian.TermGenerator()
    cutter.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for name, title, text in job.documents():
        document = xapian.Document()
        document.set_data(name)
        cutter.set_document(document)
        cutter.index_text_without_positions(title)
        cutter.index_text_without_positions(text)
        store.add_document(document)
    store.commit()
    store.close()


def ask(job: Job) -> None:
    """Answer every question by BM25 over any of its n-grams."""
    store = xapian.Database(str(job.folder / "xapian"))
    cutter = xapian.TermGenerator()  # the query parser would ask for all n-grams of a run at once
    cutter.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    enquire = xapian.Enquire(store)
    enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.5))  # its best here: its own b is .5

    def hits(text: str) -> list[str]:
        asked = xapian.Document()
        cutter.set_document(asked)
        cutter.index_text_without_positions(text)
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, [entry.term for entry in asked.termlist()]))
        return [match.document.get_data().decode() for match in enquire.get_mset(0, 10)]

    job.answer(hits)


if __name__ == "__main__":
    Job(Path(sys.argv[1])).run(build, ask)
