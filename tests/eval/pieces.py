"""The articles cut at 。 and ；, filled up from whole laws: sections in any number. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.eval.corpus import Article

SECTIONS = 146_000
SHORTEST_CHARS = 20
"""A shorter piece stays with the one before: it is a word of a list, no sentence."""

LONGEST_CHARS = 400
"""Below what the index cuts by itself, so that a piece is a section."""

HEADING = "正文"

_PIECE = re.compile(r"[^。；]*[。；]?")
_MARKS = re.compile(r"^[#>*+\s-]+|\|")

Record = Mapping[str, str]
"""One document of a collection, as ``cunkou pack import`` reads it."""


def pieces(text: str) -> list[str]:
    """Return a text in pieces that end with 。 or ；, none of them long."""
    found: list[str] = []
    for sentence in _PIECE.findall(" ".join(_MARKS.sub("", line) for line in text.split("\n"))):
        piece = " ".join(sentence.split())
        if found and 0 < len(piece) < SHORTEST_CHARS and len(found[-1]) + len(piece) <= LONGEST_CHARS:
            found[-1] += piece
        else:
            found += [piece[start : start + LONGEST_CHARS] for start in range(0, len(piece), LONGEST_CHARS)]
    return found


def in_pieces(articles: Sequence[Article], laws: Iterable[Record], count: int) -> Iterator[Record]:
    """Give documents whose sections are so many together: the articles, then as much of the laws as is missing.

    Args:
        articles: Not more of them than ``count``.
        laws: Documents with ``id``, ``title`` and ``body``.
        count: Sections in all.
    """
    left = count
    for article in articles:
        cut = pieces(article.text)[:left]
        left -= len(cut)
        if cut:
            yield _record(article.id, article.title, article.category, article.heading, cut)
    for law in laws:
        cut = pieces(law["body"])[:left]
        left -= len(cut)
        if cut:
            yield _record(f"law{law['id']}", law["title"], law["category"], "", cut)
        if not left:
            return


def _record(name: str, title: str, category: str, heading: str, cut: Sequence[str]) -> dict[str, Any]:
    body = "\n\n".join(f"## {heading or HEADING}\n\n{piece}" for piece in cut)
    return {"id": name, "title": title, "body": body, "category": category}
