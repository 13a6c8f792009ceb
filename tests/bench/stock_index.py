"""The same articles through Whoosh's own writer, in one process: what our index is measured against.

Title and text are cut by jieba's analyser for Whoosh; beside them stand the other things our index holds for an
article. Sounds and characters come from our own tables, which are quicker than what stock Whoosh could be given.

``python -m tests.bench.stock_index FOLDER [--words-alone]`` builds an index of the shared articles there and prints
seconds and megabytes.
"""

import argparse
import json
import logging
import resource
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from tests.eval.corpus import Article, stard


def main() -> None:
    """Build it and print what it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--words-alone", action="store_true", help="title and text, nothing else")
    options = arguments.parse_args()
    warnings.simplefilter("ignore")  # jieba still asks pkg_resources
    articles = stard().articles
    begin, busy = time.perf_counter(), time.process_time()
    build(articles, options.folder, words_alone=options.words_alone)
    about = {
        "seconds": time.perf_counter() - begin,
        "cpu_seconds": time.process_time() - busy,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }
    print(json.dumps(about))


def build(articles: tuple[Article, ...], folder: Path, *, words_alone: bool) -> None:
    """Write one index as Whoosh's manual says."""
    import jieba  # noqa: PLC0415 (its import is no part of building)
    from jieba.analyse import ChineseAnalyzer  # noqa: PLC0415
    from whoosh import fields, index  # noqa: PLC0415

    jieba.setLogLevel(logging.WARNING)
    spaced = fields.KEYWORD(scorable=True)
    others = {} if words_alone else {"title_sound": spaced, "text_sound": spaced, "chars": spaced}
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(stored=True, analyzer=ChineseAnalyzer()),
        text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer()),
        category=fields.ID(stored=True),
        **others,
    )
    folder.mkdir(parents=True)
    with index.create_in(str(folder), schema).writer() as writer:
        for article, more in _documents(articles, words_alone=words_alone):
            writer.add_document(
                id=article.id, title=article.title, text=article.text, category=article.category, **more
            )


def _documents(articles: tuple[Article, ...], *, words_alone: bool) -> Iterator[tuple[Article, dict[str, str]]]:
    if words_alone:
        yield from ((article, {}) for article in articles)
        return
    from kiosk.search.analysis import Analyser  # noqa: PLC0415 (as above)
    from kiosk.search.fields import Cut  # noqa: PLC0415
    from kiosk.tables.read import Tables  # noqa: PLC0415

    analyser = Analyser(Tables())

    def cut(text: str, how: Cut) -> str:
        numbers, _ = analyser.cut(analyser.codes(analyser.fold(text)), how)
        return " ".join(analyser.term(number, how) for number in numbers.tolist())

    for article in articles:
        whole = f"{article.title} {article.heading} {article.text}"
        yield (
            article,
            {
                "title_sound": cut(article.title, Cut.SOUND),
                "text_sound": cut(whole, Cut.SOUND),
                "chars": cut(article.text, Cut.CHAR),
            },
        )


if __name__ == "__main__":
    main()
