"""Formulates what is looked up for a question: its terms, what each counts, and which of them prove anything. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kiosk.search.analysis import Analyser, words_of
from kiosk.search.fields import Cut
from kiosk.search.letters import Letters
from kiosk.search.query import INFERRED_WEIGHT, Question
from kiosk.search.ranking import Asked

Terms = Mapping[Cut, Sequence[Asked]]
"""Distinct terms by the way in which they are cut."""

_PROVING_WORD: Final = 3
_PHONE_CHARS: Final = 5
_PHONE_WEIGHT: Final = 8.0
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def query_terms(question: Question, analyser: Analyser, letters: Letters) -> Terms:
    """Return the terms of a question in characters, with those of the official names for what was said."""
    proving = set(analyser.terms(question.content, Cut.PAIR))
    found = {term: Asked(term, counts=term in proving) for term in analyser.terms(question.text, Cut.PAIR)}
    for meaning in question.meanings:
        for official in meaning.official:
            for term in analyser.terms(official, Cut.PAIR):
                found.setdefault(term, Asked(term, INFERRED_WEIGHT, counts=True, is_inferred=True))
    return {
        Cut.PAIR: list(found.values()),
        Cut.SOUND: [Asked(term) for term in letters.sounds(question.text)],
        Cut.CHAR: [Asked(term) for term in analyser.terms(question.text, Cut.CHAR)],
        Cut.WORD: word_terms(question),
    }


def word_terms(question: Question) -> list[Asked]:
    """Return the words of a question that are not Chinese, such as numbers and names of things."""
    return [
        Asked(
            word,
            weight=_PHONE_WEIGHT if is_phone(word) else 1.0,
            counts=len(word) >= _PROVING_WORD and not _YEAR.fullmatch(word),
        )
        for word in dict.fromkeys(words_of(question.text))
    ]


def pairs(texts: Iterable[str], analyser: Analyser) -> tuple[str, ...]:
    """Return the distinct pairs of characters of folded texts, in order."""
    return tuple(dict.fromkeys(term for text in texts for term in analyser.terms(text, Cut.PAIR)))


def is_phone(word: str) -> bool:
    """Return whether a word may be a telephone number: nobody types that many digits by chance."""
    return word.isdigit() and len(word) >= _PHONE_CHARS
