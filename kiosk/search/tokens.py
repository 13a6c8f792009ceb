"""Cuts a question into tokens: characters, syllables, beginnings of syllables, and whatever else stands in it."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, product
from typing import Final, NamedTuple

from kiosk.search.sounds import slurred
from kiosk.tables.read import Tables
from kiosk.typing.cut import VOWELS, Cutter, Unit, UnitKind, typed

_RUN: Final = re.compile(r"[a-z]+(?:[' ]+[a-z]+)*")
_TONE: Final = re.compile(r"([a-z]+)[1-5](?![0-9])")
_CUTTINGS: Final = 4


class Sort:
    """What a token may be: a character with a sound, a whole syllable, the beginning of one, or anything else."""

    HAN, SYLLABLE, BEGUN, OTHER = range(4)


class Token(NamedTuple):
    """One character, one syllable or the beginning of one, or anything else that stands in a question.

    Attributes:
        text: As it was typed.
        sort: One of `Sort`.
    """

    text: str
    sort: int


class Tokeniser:
    """Cuts questions.

    Args:
        tables: For syllables, and which characters have a sound.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def ways(self, text: str) -> Iterator[list[Token]]:
        """Yield the ways in which the letters of a question can be cut into syllables, likeliest first.

        Args:
            text: Folded, letters without accents; tones as digits are left out.
        """
        plain = _TONE.sub(lambda found: found[1] if self._is_spelled(found[1]) else found[0], text)
        runs = list(_RUN.finditer(plain))
        cuttings = [self._cuttings(run[0]) for run in runs]
        if any(map(self._tables.readings, plain)):  # a syllable is half typed at the very end of letters only
            cuttings = [
                [*(way for way in ways if not _is_broken(way)), [Token(run[0], Sort.OTHER)]]
                for run, ways in zip(runs, cuttings, strict=True)
            ]
        if len(runs) > 1:
            cuttings = [ways[:1] for ways in cuttings]
        for chosen in islice(product(*cuttings), _CUTTINGS + 1):
            tokens: list[Token] = []
            place = 0
            for run, units in zip(runs, chosen, strict=True):
                tokens += map(self._character, plain[place : run.start()])
                tokens += units
                place = run.end()
            tokens += map(self._character, plain[place:])
            yield tokens

    def _character(self, character: str) -> Token:
        return Token(character, Sort.HAN if self._tables.readings(character) else Sort.OTHER)

    def _cuttings(self, letters: str) -> list[list[Token]]:
        word = typed(letters)
        ways = [list(map(_token_of, units)) for units in self._cutter.cuttings(word)[:_CUTTINGS]]
        if not {"i", "u", "v"} & set(word.letters):
            ways.append([Token(letter, Sort.BEGUN) for letter in word.letters])
        return ways or [[Token(letters, Sort.OTHER)]]

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter((*self._tables.syllables, *slurred(self._tables.syllables)))

    def _is_spelled(self, letters: str) -> bool:
        return any(all(unit.kind is UnitKind.FULL for unit in units) for units in self._cutter.cuttings(typed(letters)))


def syllable_of(token: Token, tables: Tables) -> str:
    """Return the most common reading of a character; of anything else its letters."""
    return tables.readings(token.text)[0] if token.sort == Sort.HAN else token.text


def _token_of(unit: Unit) -> Token:
    return Token(unit.text, Sort.SYLLABLE if unit.kind is UnitKind.FULL else Sort.BEGUN)


def _is_broken(tokens: Sequence[Token]) -> bool:
    """Return whether a syllable is begun with more than its initial."""
    return any(token.sort == Sort.BEGUN and token.text[-1] in VOWELS for token in tokens)
