"""What somebody who has typed a little may want to ask: names that hold what was typed, best first."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from kiosk.search.offers import By, Offers, Spot
from kiosk.search.pattern import Pattern, Place, patterns
from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter
from kiosk.words import KnownName, Snippet

MOST_SPOTS: Final = 800
"""Spots that are looked at for one way to read what was typed: a key must not wait."""

_MOST_NAMES = 40
_BEGINS, _WHOLE = 4.0, 2.0
_PER_WAY = 0.3
_COVERED = 0.5
_NUMBERED, _NUMBERED_SOUND = "第", "di"
_BETWEEN_WORDS = re.compile(r"[\W_]+")

Marks = tuple[tuple[int, int], ...]
"""Which parts of a name fit: pairs of start and end, ordered, disjoint."""

Look = Callable[[bool], Iterator[tuple[int, Marks]]]
"""Gives names that fit, as lines, with the parts that fit: only those that begin so, or all."""


@dataclass(frozen=True, slots=True)
class _Fit:
    line: int
    marks: Marks
    worth: float


class Suggester:
    """Offers names. For one thread at a time.

    Args:
        names: All that can be offered.
        tables: Characters and their sounds.
    """

    def __init__(self, names: Iterable[KnownName], tables: Tables) -> None:
        self._tables = tables
        self._offers = Offers(names, tables)

    def suggest(self, text: str, letters: str, meant: Sequence[str], limit: int) -> tuple[Snippet, ...]:
        """Return names that hold what was typed, each once, with the parts that fit marked.

        Whole names come first, then those that begin so, then the others; among them what is asked most, what
        villagers say, what stands for more, what is shorter. What was typed itself is not offered.

        Args:
            text: What was typed, folded; not empty.
            letters: The same as plain pinyin, if it is nothing else; else empty.
            meant: Words that these letters may mean as a whole, likeliest first: they know how characters with
                several sounds are read.
            limit: Most names.
        """
        best: dict[str, _Fit] = {}
        typed = _bare(text)
        for number, look in enumerate(self._looks(text, letters, meant)):
            for begins in (True, False):
                if not begins and len(best) >= limit:
                    break
                for line, marks in look(begins):
                    name = self._offers.name(line)
                    fit = _Fit(line, marks, self._worth(line, marks, name) - _PER_WAY * number)
                    key = _bare(self._tables.fold(name))
                    if key != typed and (key not in best or best[key].worth < fit.worth):
                        best[key] = fit
        ordered = sorted(best.values(), key=lambda fit: (-fit.worth, fit.line))
        return tuple(Snippet(text=self._offers.name(fit.line), marks=fit.marks) for fit in ordered[:limit])

    # --- ways to read what was typed ---------------------------------------------------------------------------------

    def _looks(self, text: str, letters: str, meant: Sequence[str]) -> Iterator[Look]:
        yield self._containing(text)
        ways = patterns(letters or text, self._cutter, self._tables)
        yield from map(self._sounding, ways)
        known = (words for words in meant if any(way.fits(self._tables.fold(words)) for way in ways))
        yield from map(self._containing, known)  # no more than was typed

    def _containing(self, text: str) -> Look:
        """Return how to find names that hold a text; or, of several words, each of them."""
        pieces = sorted(text.split(), key=len, reverse=True) or [text]

        def look(begins: bool) -> Iterator[tuple[int, Marks]]:  # noqa: FBT001 (a `Look`)
            spots = self._offers.spots(pieces[0], By.CHARACTERS, begins=begins, articles=_NUMBERED in text)
            return self._kept(spots, lambda spot: self._with_others(spot, pieces))

        return look

    def _sounding(self, pattern: Pattern) -> Look:
        """Return how to find names that hold what letters, and characters among them, mean."""
        length = len(pattern.places)
        articles = any(_may_be_numbered(place) for place in pattern.places)
        at, sounds = pattern.exact
        piece, by, before = (sounds, By.SOUNDS, at) if sounds else (pattern.initials, By.INITIALS, 0)

        def marks_of(spot: Spot) -> Marks:
            start = spot.start - before
            fits = start >= 0 and pattern.fits(self._offers.folded(Spot(spot.line, start), length))
            return ((start, start + length),) if fits else ()

        def look(begins: bool) -> Iterator[tuple[int, Marks]]:  # noqa: FBT001 (a `Look`)
            spots = self._offers.spots(piece, by, begins=begins and not before, articles=articles)
            found = self._kept(spots, marks_of)
            return ((line, marks) for line, marks in found if not begins or marks[0][0] == 0)

        return look

    def _with_others(self, spot: Spot, pieces: Sequence[str]) -> Marks:
        """Return where all pieces stand, the first one at a spot; nothing if one is missing or they overlap."""
        name = self._tables.fold(self._offers.name(spot.line)) if len(pieces) > 1 else ""
        others = ((name.find(piece), piece) for piece in pieces[1:])
        marks = sorted((start, start + len(piece)) for start, piece in ((spot.start, pieces[0]), *others))
        apart = all(end <= start for (_, end), (start, _) in pairwise(marks))
        return tuple(marks) if marks[0][0] >= 0 and apart else ()

    def _kept(self, spots: Iterable[Spot], marks_of: Callable[[Spot], Marks]) -> Iterator[tuple[int, Marks]]:
        """Give names that fit, each once, not too many; articles only where their number was typed too."""
        kept, last = 0, -1
        for looked_at, spot in enumerate(spots):
            if kept == _MOST_NAMES or looked_at == MOST_SPOTS:
                return
            marks = () if spot.line == last else marks_of(spot)
            if marks:
                last = spot.line
                if marks[-1][1] > self._offers.law_length(spot.line):
                    kept += 1
                    yield spot.line, marks

    def _worth(self, line: int, marks: Marks, name: str) -> float:
        covered = sum(end - start for start, end in marks)
        begins = _BEGINS if marks[0][0] == 0 else 0.0
        whole = _WHOLE if covered == len(name) else 0.0
        return begins + whole + self._offers.worth(line) + _COVERED * covered / len(name)

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tables.syllables)


def _bare(folded: str) -> str:
    """Return a name as names are told apart: without what stands between words."""
    return _BETWEEN_WORDS.sub("", folded)


def _may_be_numbered(place: Place) -> bool:
    return place == _NUMBERED if isinstance(place, str) else _NUMBERED_SOUND.startswith(place.text)
