"""Reads a question as it was meant: letters become characters, misspelt words those that they stand for.

A question is cut into words so that the whole costs least: a word of the packs costs little, a word of the language
more, a character that belongs to no word most; whatever was misspelt costs something on top. So nothing is changed that
makes sense as it stands.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kiosk.search.candidates import Candidates
from kiosk.search.corrections import LEAST_GAIN, Corrections
from kiosk.search.error_model import ErrorModel
from kiosk.search.lattice import cheapest, total_cost
from kiosk.search.query import ASKING_ALONE
from kiosk.search.reading import Reading
from kiosk.search.tokens import Sort, Token, Tokeniser
from kiosk.search.vocabulary import Vocabulary
from kiosk.search.wordlist import SERVICES
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables

LONGEST_READ: Final = 40
"""Characters and syllables of a question that is read; a longer one tells enough as it stands."""

_CLEAR_SHARE: Final = 0.5
_DEAREST: Final = 3.6
_RIVALS: Final = 0.5
_THING_AND_SERVICE: Final = 2
_APART: Final = 5


class Speller:
    """Reads questions.

    Args:
        vocabulary: Words that answers are about.
        tables: Words of the language, and the sounds of characters.
        look_alikes: Characters that are taken for one another.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Tables, look_alikes: LookAlikes) -> None:
        self._vocabulary = vocabulary
        self._tables = tables
        self._tokeniser = Tokeniser(tables)
        errors = ErrorModel(vocabulary, tables, look_alikes)
        self._candidates = Candidates(vocabulary, tables, errors)
        self._corrections = Corrections(vocabulary, tables, errors)

    def read(self, text: str) -> Reading:
        """Return what a question most likely means.

        Args:
            text: Folded, letters without accents.
        """
        ways = [tokens for tokens in self._tokeniser.ways(text) if len(tokens) <= LONGEST_READ]
        if not ways:
            return Reading(text, is_other=False, pieces=(text,))
        readings = [self._best(tokens) for tokens in ways]
        best = min(readings, key=lambda reading: reading.cost)
        return best if best.is_other else replace(best, text=text)

    def is_only(self, reading: Reading) -> bool:
        """Return whether what was read from first letters is one word, and hardly another one begins like it.

        Two words are one thing and what is wanted of it, such as dbsq, 低保申请.
        """
        if reading.words != reading.pieces:
            return False
        if len(reading.words) == _THING_AND_SERVICE:
            return reading.words[1] in SERVICES and reading.words[0] not in SERVICES
        if len(reading.words) != 1:
            return False
        initials = "".join(self._tables.readings(character)[0][0] for character in reading.text)
        counts = [self._vocabulary.counts[word] for word in self._vocabulary.with_initials(initials)]
        return sum(counts) - max(counts, default=0) <= _RIVALS * max(counts, default=0)

    def _best(self, tokens: Sequence[Token]) -> Reading:
        """Return the cheapest way to read tokens."""
        text = "".join(token.text if token.sort == Sort.HAN else " " for token in tokens)
        has_letters = any(token.sort in {Sort.SYLLABLE, Sort.BEGUN} for token in tokens)
        written = self._candidates.of(tokens, text, has_letters=has_letters)
        plain = cheapest(len(tokens), written)
        misspelt = self._corrections.of(tokens, text, plain)
        for start, piece in misspelt:
            written[start].append(piece)
        pieces = cheapest(len(tokens), written) if misspelt else plain
        is_other = any(piece.is_read for piece in pieces)
        if is_other and not has_letters:
            is_other = total_cost(plain) - total_cost(pieces) >= LEAST_GAIN
            pieces = pieces if is_other else plain
        meant = "".join(piece.text for piece in pieces)
        words = [piece.text for piece in pieces if piece.is_word]
        return Reading(
            text=meant,
            is_other=is_other,
            is_whole=not any(piece.is_open for piece in pieces) and total_cost(pieces) <= _DEAREST * len(meant),
            is_clear=len("".join(words)) >= _CLEAR_SHARE * len(meant),
            is_begun=any(token.sort == Sort.BEGUN for token in tokens),
            words=tuple(piece.text for piece in pieces if piece.is_word and piece.is_read),
            pieces=tuple(piece.text for piece in pieces),
            has_thing=any(self._vocabulary.is_thing(piece.text) and piece.text not in SERVICES for piece in pieces),
            apart=tuple(self._apart([piece.text for piece in pieces])),
            cost=total_cost(pieces) if pieces or not tokens else math.inf,
        )

    def _apart(self, pieces: Sequence[str]) -> Iterator[str]:
        """Yield the words of two characters, a verb and its object, that stand apart: 砍 and 树 in 砍自家门口的树."""
        for place, verb in enumerate(pieces):
            if len(verb) != 1 or verb in ASKING_ALONE:
                continue
            for other in pieces[place + 1 : place + _APART]:
                words = [verb + other[-1], other + verb] if len(other) == 1 else [verb + other[-1]]
                yield from (word for word in words if self._vocabulary.is_thing(word) and other not in ASKING_ALONE)
