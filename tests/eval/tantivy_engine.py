"""tantivy over the same documents, words cut by jieba.

``python -m tests.eval.tantivy_engine JOB``; see `tests.eval.engines`.
"""

import sys
from pathlib import Path

import tantivy

from tests.eval.fts5_engine import words
from tests.eval.job import Job


def _schema() -> tantivy.Schema:
    maker = tantivy.SchemaBuilder()
    maker.add_text_field("id", stored=True, tokenizer_name="raw")
    maker.add_text_field("text", stored=False, tokenizer_name="whitespace")
    return maker.build()


def build(job: Job) -> None:
    """Write the index."""
    folder = job.folder / "tantivy"
    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for name, title, text in job.documents():
        writer.add_document(tantivy.Document(id=[name], text=[" ".join(words(f"{title} {text}"))]))
    writer.commit()
    writer.wait_merging_threads()


def ask(job: Job) -> None:
    """Answer every question by BM25 over any of its words."""
    schema = _schema()
    index = tantivy.Index(schema, path=str(job.folder / "tantivy"))
    searcher = index.searcher()

    def hits(text: str) -> list[str]:
        asked = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word))
            for word in dict.fromkeys(words(text))
        ]
        if not asked:
            return []
        found = searcher.search(tantivy.Query.boolean_query(asked), 10)
        return [searcher.doc(address)["id"][0] for _, address in found.hits]

    job.answer(hits)


if __name__ == "__main__":
    Job(Path(sys.argv[1])).run(build, ask)
