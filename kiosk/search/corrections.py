"""Which other words the characters of a question may stand for, where they cost more than a word that was misspelt."""

from collections.abc import Sequence
from typing import Final

from kiosk.search.error_model import SAME_SOUND, SHORT, ErrorModel
from kiosk.search.language_model import LEAST_WORD, word_cost
from kiosk.search.lattice import Piece
from kiosk.search.query import ASKING_ALONE
from kiosk.search.slips import LONGEST
from kiosk.search.sounds import fold_syllable
from kiosk.search.tokens import Sort, Token, syllable_of
from kiosk.search.vocabulary import SHORTEST, Vocabulary
from kiosk.tables.read import Tables

LEAST_GAIN: Final = 0.6
"""What must be saved by reading something otherwise than it stands."""

_OFTEN_ENOUGH: Final = 6
_SMALL: Final = ASKING_ALONE | frozenset("的了吗呢吧啊")


class Corrections:
    """Knows what is misspelt.

    Args:
        vocabulary: Words that answers are about.
        tables: For the sounds of characters.
        errors: What mistakes cost.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Tables, errors: ErrorModel) -> None:
        self._vocabulary = vocabulary
        self._tables = tables
        self._errors = errors

    def of(self, tokens: Sequence[Token], text: str, plain: Sequence[Piece]) -> list[tuple[int, Piece]]:
        """Return where other words may stand, and what they would cost: less than what is written there.

        Args:
            tokens: The question.
            text: One character for each of them: itself, or a blank.
            plain: The cheapest way to read it as it stands.
        """
        spent = [0.0]
        for piece in plain:
            spent += [spent[-1]] * (piece.end - len(spent)) + [spent[-1] + piece.cost]
        starts, ends = self._dear(text, spent)
        if not starts:
            return []
        sounds = [fold_syllable(syllable_of(token, self._tables)) if token.sort == Sort.HAN else "" for token in tokens]
        found: list[tuple[int, Piece]] = []
        for number, word, slip, place in self._vocabulary.slips(text, sounds, starts, ends):
            start, end = starts[number], ends[number]
            count = self._vocabulary.counts[word]
            cost = self._errors.slip_cost(tokens[start:end], word, slip, place)
            if cost is None or (len(word) == SHORTEST and count < _OFTEN_ENOUGH):
                continue
            total = word_cost(count) + cost + (SHORT if end - start <= SHORTEST else 0.0)
            if total <= spent[end] - spent[start] - LEAST_GAIN:
                found.append((start, Piece(end, word, total, is_word=True, is_read=True)))
        return found

    def _dear(self, text: str, spent: Sequence[float]) -> tuple[list[int], list[int]]:
        """Return where the pieces begin and end that cost more than a word that was misspelt, and are none."""
        starts: list[int] = []
        ends: list[int] = []
        for start in range(len(text) - 1):
            least = spent[start] + LEAST_GAIN + LEAST_WORD + SAME_SOUND
            for end in range(start + SHORTEST, min(start + LONGEST + 1, len(text)) + 1):
                if text[end - 1] == " " or text[start] == " ":
                    break
                if spent[end] < (least + SHORT if end - start == SHORTEST else least):
                    continue
                piece = text[start:end]
                if piece in self._vocabulary.counts or (len(piece) == SHORTEST and not _SMALL.isdisjoint(piece)):
                    continue  # nobody misspells the small words
                starts.append(start)
                ends.append(end)
        return starts, ends
