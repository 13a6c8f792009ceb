"""Which words questions may be about: names of items in pieces, what villagers say, cries for help. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from content_packs.model import Synonym
from kiosk.search.query import pieces

SERVICES: Final = frozenset(
    (
        "申请 领取 办理 补贴 补助 报销 登记 缴费 证明 查询 条件 标准 材料 认定 补办 补领 投诉 "
        "多少钱 怎么办 怎么领 怎么交"
    ).split()
)
"""What is wanted of a thing."""

_SAID: Final = 4
_CRIED: Final = 10
_VILLAGE: Final = 2
_LONGEST_THING: Final = 6
_LONGEST_INSIDE: Final = 4


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Words.

    Attributes:
        counts: Word → how often it stands in names; words from elsewhere count a little.
        things: Those that name one thing, and are no piece of a sentence.
    """

    counts: Mapping[str, int]
    things: frozenset[str]


def word_counts(
    names: Iterable[tuple[str, bool]], synonyms: Iterable[Synonym], cries: Iterable[str], village: Iterable[str]
) -> WordCounts:
    """Return the words that questions may be about.

    Args:
        names: Folded titles and keywords, and whether villagers speak so; other names are no things.
        synonyms: Of all packs, folded.
        cries: How help is called for.
        village: Words of the keyboard's list for villages.
    """
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    things: set[str] = set(village)
    for name, is_spoken in names:
        found = pieces(name)
        if is_spoken:
            inside.update(
                name[start : start + size]
                for size in range(2, _LONGEST_INSIDE + 1)
                for start in range(len(name) - size + 1)
            )
        counts.update({name, *found})
        if is_spoken and found == [name] and len(name) <= _LONGEST_THING:
            things.add(name)
    for synonym in synonyms:
        counts[synonym.colloquial] += _SAID
        things.add(synonym.colloquial)
        for official in synonym.official:
            counts.update({official, *pieces(official)})
            things.add(official)
    counts.update(dict.fromkeys(cries, _CRIED))
    counts.update(dict.fromkeys(village, _VILLAGE))
    counts.update(dict.fromkeys(SERVICES, _CRIED))
    for word in counts:
        counts[word] += inside.get(word, 0)
    return WordCounts(counts, frozenset(word for word in things if word in SERVICES or pieces(word) == [word]))
