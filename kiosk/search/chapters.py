"""Laws have chapters: a chapter that is about what was asked speaks for its articles. Pure."""

import re

from content_packs.model import Kind

ARTICLE_AT_END = re.compile(r"\s*第[一二三四五六七八九十百千零〇0-9]{1,9}条(之[一二三四五六七八九十]{1,3})?$")

NONE = -1


class Chapters:
    """Numbers the chapters of the laws of one pack, whether a law is one item or each of its articles is."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}  # in the order of the numbers
        self.of_sections: list[int] = []

    def __len__(self) -> int:
        """How many chapters there are."""
        return len(self._numbers)

    @property
    def names(self) -> list[tuple[str, str]]:
        """Law and heading of every chapter, in the order of their numbers."""
        return list(self._numbers)

    def add(self, kind: Kind, title: str, heading: str) -> int:
        """Return the chapter of the next section; `NONE` where an item is no policy."""
        chapter = NONE
        if kind is Kind.POLICY:
            chapter = self._numbers.setdefault((ARTICLE_AT_END.sub("", title), heading), len(self._numbers))
        self.of_sections.append(chapter)
        return chapter

    @staticmethod
    def is_article(kind: Kind, title: str) -> bool:
        """Return whether an item is one article of a law: its title is the law's, and no name of its own."""
        return kind is Kind.POLICY and bool(ARTICLE_AT_END.search(title))
