"""The names that may be offered while somebody types, in memory: found by a piece of them, by sounds, by initials.

Compact, because tens of thousands stand in it: three texts in blocks, so that building it never holds other threads
up for long, and so that one rare character does not widen all others.
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from kiosk.search.chapters import ARTICLE_AT_END
from kiosk.search.pattern import initial, sound
from kiosk.tables.read import Tables
from kiosk.words import KnownName, NameSource

_BLOCK_LINES = 512
_PRIORS: Final = {
    NameSource.SAID: 0.8,
    NameSource.KEYWORD: 0.7,
    NameSource.TITLE: 0.6,
    NameSource.OFFICIAL: 0.4,
    NameSource.FULL_TITLE: 0.2,
}
_ARTICLE_WORTH = -1.0
_ASKED_WORTH = 0.8
_PER_ITEM, _MOST_ITEMS = 0.08, 5


class By(IntEnum):
    """What a name is looked up by: its folded characters, their sounds, or their initials."""

    CHARACTERS = 0
    SOUNDS = 1
    INITIALS = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece stands: the line of the name, the lower the likelier, and the character where it begins."""

    line: int
    start: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Some names in each way of `By`: each name preceded by a line end, and one after the last."""

    texts: tuple[str, str, str]
    starts: Sequence[int]


class Offers:
    """Names that may be offered, likeliest first.

    Args:
        names: May repeat: a name that stands for several items is worth more. Of an article of a law its law is a name
            too; the articles themselves come last.
        tables: Characters and their sounds.
    """

    def __init__(self, names: Iterable[KnownName], tables: Tables) -> None:
        self._tables = tables
        self._names, self._worths = _ordered(_worths(names))
        self._articles_from = next(
            (line for line, worth in enumerate(self._worths) if worth <= _ARTICLE_WORTH), len(self._names)
        )
        self._blocks = tuple(self._made_blocks())

    def __len__(self) -> int:
        """How many different names there are."""
        return len(self._names)

    def name(self, line: int) -> str:
        """Return a name as it is shown."""
        return self._names[line]

    def worth(self, line: int) -> float:
        """Return what a name is worth beside others that fit as well; an article of a law less than nothing."""
        return self._worths[line]

    def law_length(self, line: int) -> int:
        """Return how many characters of an article's name are its law's; 0 for every other name."""
        found = ARTICLE_AT_END.search(self._names[line]) if line >= self._articles_from else None
        return found.start() if found else 0

    def folded(self, spot: Spot, length: int) -> str:
        """Return so many folded characters from a spot on; fewer at the end of a name."""
        block, line = self._blocks[spot.line // _BLOCK_LINES], spot.line % _BLOCK_LINES
        start = block.starts[line] + spot.start
        return block.texts[By.CHARACTERS][start : min(start + length, block.starts[line + 1] - 1)]

    def spots(self, piece: str, by: By, *, begins: bool, articles: bool) -> Iterator[Spot]:
        """Give the spots of a piece, likelier names first, in one name from left to right.

        Args:
            piece: Not empty: folded, or what stands for sounds or initials.
            by: What it is a piece of.
            begins: Only where a name begins with it.
            articles: Look at articles of laws too.
        """
        wanted, skipped = (f"\n{piece}", 1) if begins else (piece, 0)
        last = len(self._names) if articles else self._articles_from
        for number in range(-(-last // _BLOCK_LINES)):
            block = self._blocks[number]
            text, starts = block.texts[by], block.starts
            found = text.find(wanted)
            while found >= 0:
                line = bisect_right(starts, found + skipped) - 1
                if number * _BLOCK_LINES + line >= last:
                    return
                yield Spot(number * _BLOCK_LINES + line, found + skipped - starts[line])
                found = text.find(wanted, found + 1)

    def _made_blocks(self) -> Iterator[_Block]:
        sounds: dict[int, str] = {}
        initials: dict[int, str] = {}
        for first in range(0, len(self._names), _BLOCK_LINES):
            names = self._names[first : first + _BLOCK_LINES]
            text = "\n" + "".join(f"{self._tables.fold(name)}\n" for name in names)
            for character in set(text):
                if ord(character) not in sounds:
                    sounds[ord(character)] = sound(character, self._tables)
                    initials[ord(character)] = initial(character, self._tables)
            starts = array("I", [1])
            for name in names:
                starts.append(starts[-1] + len(name) + 1)
            yield _Block((text, text.translate(sounds), text.translate(initials)), starts)


def _ordered(worths: Mapping[str, float]) -> tuple[tuple[str, ...], Sequence[float]]:
    """Return the names, those worth most first, and what each is worth."""
    names = tuple(sorted(worths, key=lambda name: (-worths[name], len(name), name)))
    return names, array("f", map(worths.__getitem__, names))


def _worths(names: Iterable[KnownName]) -> dict[str, float]:
    """Return every name with what it is worth: where it comes from, how many items it stands for, how much is asked."""
    best: dict[str, float] = {}
    again: Counter[str] = Counter()
    for known in names:
        text = _on_one_line(known.text)
        law = ARTICLE_AT_END.sub("", text)
        if law in best:
            again[law] += 1
        if law:
            best[law] = max(best.get(law, 0.0), _PRIORS[known.source] + known.asked * _ASKED_WORTH)
        if text != law:
            best[text] = _ARTICLE_WORTH
    for name, count in again.items():
        best[name] += _PER_ITEM * min(count, _MOST_ITEMS)
    return best


def _on_one_line(text: str) -> str:
    """Return a text with single blanks: the same object where it has no others, for the catalogue holds it already."""
    single = " ".join(text.split())
    return text if text == single else single
