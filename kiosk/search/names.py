"""The names of things: titles and keywords in memory, found by a piece of them or by their initials.

This is what letters are looked up in, and what still answers while a pack has no index.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from content_packs.reader import ItemRow
from kiosk.tables.read import Tables

_MOST = 400
WHOLE = 3.0
"""What an item is worth of which all of a name fits."""

_BEGINS, _HOLDS = 2.0, 1.0


class Folds(Protocol):
    """Folds text one code point for one."""

    def fold(self, text: str) -> str:
        """Return text as it is compared."""


class NameLines:
    """Collects names, one a line: first the titles of an item, then its keywords."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.items: list[int] = []

    def add(self, item: int, row: ItemRow, folds: Folds) -> None:
        """Add the names of one item."""
        for name in dict.fromkeys((row.shown_title, row.title, *row.keywords)):
            self._lines.append(folds.fold(name).replace("\n", " "))
            self.items.append(item)

    @property
    def text(self) -> str:
        """All lines, each ended."""
        return "".join(f"{line}\n" for line in self._lines)


@dataclass(frozen=True, slots=True)
class Named:
    """An item that has a name that fits.

    Attributes:
        item: Its number.
        name: Folded.
        start: Where in the name it fits.
        end: Where it stops fitting.
    """

    item: int
    name: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The part of the name that fits."""
        return self.name[self.start : self.end]

    @property
    def worth(self) -> float:
        """How well it names the item: all of a name, its beginning, a part of it; the more of it the better."""
        length = self.end - self.start
        if length == len(self.name):
            return WHOLE
        return (_BEGINS if self.start == 0 else _HOLDS) + length / (len(self.name) + 1)


class NameTable:
    """The names of one pack.

    Args:
        text: Lines from `NameLines`.
        items: Item of every line.
        tables: For the sounds of characters.
    """

    def __init__(self, text: str, items: Sequence[int], tables: Tables) -> None:
        self.text = text
        self._items = items
        self._tables = tables

    def line(self, number: int) -> Named:
        """Return a whole name by the number of its line."""
        begin, end = self._starts[number], self._starts[number + 1] - 1
        return Named(int(self._items[number]), self.text[begin:end], 0, end - begin)

    def of_items(self) -> Iterator[tuple[int, str]]:
        """Yield every name with its item, in the order of the lines."""
        yield from zip(self._items, self.text.split("\n"), strict=False)

    def lines_of_items(self, items: int) -> NDArray[np.intp]:
        """Return how many names each of so many items has."""
        return np.bincount(np.asarray(self._items, np.int64), minlength=items)

    def containing(self, piece: str) -> Iterator[Named]:
        """Yield names that contain a folded piece of text, at most some hundreds, in the order of the lines."""
        return self._occurrences(self.text, piece)

    def with_initials(self, initials: str) -> Iterator[Named]:
        """Yield names in which characters with these initials follow each other, in the order of the lines.

        Args:
            initials: a to z. A character with several readings counts with the most common one.
        """
        return self._occurrences(self._initials, initials)

    def _occurrences(self, text: str, piece: str) -> Iterator[Named]:
        found, place = 0, text.find(piece) if piece else -1
        while place >= 0 and found < _MOST:
            line = bisect_right(self._starts, place) - 1
            begin, end = self._starts[line], self._starts[line + 1] - 1
            yield Named(int(self._items[line]), self.text[begin:end], place - begin, place - begin + len(piece))
            found += 1
            place = text.find(piece, end)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        place = self.text.find("\n")
        while place >= 0:
            starts.append(place + 1)
            place = self.text.find("\n", place + 1)
        return starts

    @cached_property
    def _initials(self) -> str:
        initials = {}
        for character in set(self.text):
            readings = self._tables.readings(character)
            if readings:
                initials[ord(character)] = readings[0][0]
            elif "a" <= character <= "z":
                initials[ord(character)] = "-"
        return self.text.translate(initials)
