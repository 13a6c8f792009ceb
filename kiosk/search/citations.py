"""How often laws are cited by others: of two articles that match alike, that of the better known law is meant. Pure.

It says nothing about guides and answers, so it never moves a statute past one of them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kiosk.search.chapters import ARTICLE_AT_END

WEIGHT: Final = 9.0
"""What the logarithm of the citations counts beside the words that match; more would hide what is rarely cited."""

_CITED = re.compile(r"《([^《》\n]{2,60})》")
_BRACKETS = re.compile(r"[（(〔\[][^（(〔\[]*[）)〕\]]")
_COUNTRY = "中华人民共和国"


class Citations:
    """Counts which laws the documents of one pack name."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, title: str, texts: Iterable[str]) -> None:
        """Count every law once that a document names, but for itself.

        Args:
            title: Of the document.
            texts: All of it.
        """
        named = {law_name(name) for text in texts for name in _CITED.findall(text)}
        self._counts.update(named - {law_name(title), ""})

    @property
    def counts(self) -> dict[str, int]:
        """How many documents name each law."""
        return dict(self._counts)


class LawNumbers:
    """Numbers the laws whose articles are items of one pack."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.of_items: list[int] = []

    def add(self, law: str) -> None:
        """Note the law of the next item; empty for an item that is no article, which gets -1."""
        self.of_items.append(self._numbers.setdefault(law, len(self._numbers)) if law else -1)

    @property
    def names(self) -> list[str]:
        """Laws in the order of their numbers."""
        return list(self._numbers)


def law_name(title: str) -> str:
    """Return what a law is called for short: without country, brackets, and the number of an article or book."""
    bare = _BRACKETS.sub("", ARTICLE_AT_END.sub("", title)).strip()
    return bare.partition(" ")[0].removeprefix(_COUNTRY)


def count_lines(counts: Mapping[str, int]) -> str:
    """Return names and counts, one a line; laws that nothing names are left out."""
    return "".join(f"{name}\t{count}\n" for name, count in sorted(counts.items()) if count > 0)


def read_counts(packs: Iterable[str]) -> Counter[str]:
    """Return how many documents of all packs name each law; from `count_lines` of each."""
    counts: Counter[str] = Counter()
    for lines in packs:
        for line in lines.splitlines():
            name, _, count = line.partition("\t")
            counts[name] += int(count)
    return counts


def priors(laws: Sequence[str], counts: Mapping[str, int]) -> tuple[float, ...]:
    """Return what being well known is worth for each of some laws, 0 for one that nothing names."""
    return tuple(WEIGHT * math.log1p(counts.get(law, 0)) for law in laws)


def reordered(worths: Sequence[float | None]) -> list[int]:
    """Return an order in which some entries are ordered anew within the places that they hold together.

    Args:
        worths: Of the entries as they stand; None for those that keep their places.

    Returns:
        The present place of each entry of the new order.
    """
    places = [place for place, worth in enumerate(worths) if worth is not None]
    best_first = iter(sorted(places, key=lambda place: -(worths[place] or 0.0)))
    return [place if worth is None else next(best_first) for place, worth in enumerate(worths)]
