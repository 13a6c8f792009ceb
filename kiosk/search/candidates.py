"""What the tokens of a question may stand for as they are: words, single characters, and whatever letters spell."""

from collections.abc import Iterator, Sequence

from kiosk.search.dictionary import Dictionary
from kiosk.search.error_model import SHORT, ErrorModel
from kiosk.search.language_model import ALONE, COMMON, LETTER_ALONE, SYLLABLE_ALONE, other_cost, weighed, word_cost
from kiosk.search.lattice import Piece
from kiosk.search.slips import LONGEST
from kiosk.search.sounds import fold_syllable
from kiosk.search.tokens import Sort, Token, syllable_of
from kiosk.search.vocabulary import SHORTEST, Vocabulary
from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.read import Tables
from kiosk.typing.cut import Unit, UnitKind
from kiosk.typing.lexicon import WordList


class Candidates:
    """Knows what tokens may stand for.

    Args:
        vocabulary: Words that answers are about.
        tables: Words of the language, and the sounds of characters.
        errors: What it costs that letters stand for a word.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Tables, errors: ErrorModel) -> None:
        self._vocabulary = vocabulary
        self._tables = tables
        self._errors = errors
        self._dictionary = Dictionary(tables)
        self._list = WordList(tables)
        self._is_full = frozenset(tables.syllables)

    def of(self, tokens: Sequence[Token], text: str, *, has_letters: bool) -> list[list[Piece]]:
        """Return for each token the pieces that begin with it.

        Args:
            tokens: The question.
            text: One character for each of them: itself, or a blank.
            has_letters: Whether syllables, or beginnings of some, are among them.
        """
        known = self._dictionary.weights(text)
        return [list(self._at(tokens, text, known, start, has_letters=has_letters)) for start in range(len(tokens))]

    def _at(
        self, tokens: Sequence[Token], text: str, known: Sequence[Sequence[int]], start: int, *, has_letters: bool
    ) -> Iterator[Piece]:
        token = tokens[start]
        if token.sort == Sort.OTHER:
            yield Piece(start + 1, token.text, other_cost(token.text))
            return
        if token.sort == Sort.HAN:
            yield Piece(start + 1, token.text, weighed(ALONE, known[start][0]))
        for end in range(start + SHORTEST, min(start + LONGEST, len(tokens)) + 1):
            if tokens[end - 1].sort == Sort.OTHER:
                break
            piece = text[start:end]
            if " " in piece:
                continue
            if piece in self._vocabulary.counts:
                yield Piece(end, piece, word_cost(self._vocabulary.counts[piece]), is_word=True)
            elif end - start <= WORD_CHARS and (weight := known[start][end - start - 1]):
                yield Piece(end, piece, weighed(COMMON, weight))
        if has_letters:
            yield from self._by_letters(tokens, start)

    def _by_letters(self, tokens: Sequence[Token], start: int) -> Iterator[Piece]:
        """Yield the words that begin with a token and hold letters."""
        if tokens[start].sort == Sort.BEGUN:
            yield Piece(start + 1, tokens[start].text, LETTER_ALONE, is_read=True, is_open=True)
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            part = tokens[start:end]
            if part[-1].sort == Sort.OTHER:
                break
            if all(token.sort == Sort.HAN for token in part):
                continue
            is_begun = any(token.sort == Sort.BEGUN for token in part)
            if end - start >= SHORTEST:
                for word in self._words(part, is_begun=is_begun):
                    cost = self._errors.distance(part, word)
                    if cost is not None:
                        short = SHORT if is_begun and len(part) == SHORTEST else 0.0
                        total = word_cost(self._vocabulary.counts[word]) + cost + short
                        yield Piece(end, word, total, is_word=True, is_read=True)
            if end - start <= WORD_CHARS and not is_begun:
                yield from self._common(part, end)

    def _words(self, part: Sequence[Token], *, is_begun: bool) -> tuple[str, ...]:
        """Return the words of the packs that letters, and characters among them, may stand for."""
        syllables = [syllable_of(token, self._tables) for token in part]
        if is_begun:
            return self._vocabulary.with_initials("".join([syllable[0] for syllable in syllables]))
        heard = list(map(fold_syllable, syllables))
        blurred = [
            "r" + sound[1:] if token.sort == Sort.SYLLABLE and token.text[0] == "l" else sound
            for token, sound in zip(part, heard, strict=True)
        ]
        return self._vocabulary.sounding(heard) or self._vocabulary.sounding(blurred)

    def _common(self, part: Sequence[Token], end: int) -> Iterator[Piece]:
        """Yield the word of the language that syllables, and characters among them, most likely stand for."""
        units = [Unit(syllable_of(token, self._tables), UnitKind.FULL, 0) for token in part]
        if all(unit.text in self._is_full for unit in units):
            for found in self._list.fitting(units, 3):
                if all(token.sort != Sort.HAN or token.text == found.text[place] for place, token in enumerate(part)):
                    cost = weighed(SYLLABLE_ALONE if len(part) == 1 else COMMON, found.weight)
                    is_word = found.text in self._vocabulary.counts
                    yield Piece(end, found.text, cost, is_word=is_word, is_read=True)
                    break
        if len(part) == 1:
            yield Piece(end, part[0].text, LETTER_ALONE, is_read=True, is_open=True)
