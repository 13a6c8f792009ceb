"""Retrieves by sound: what pinyin and first letters stand for, and what sounds like the characters of a question."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kiosk.search.analysis import Analyser
from kiosk.search.collection import Collection
from kiosk.search.fields import Cut
from kiosk.search.findings import Findings
from kiosk.search.fusion import fused
from kiosk.search.letters import Letters
from kiosk.search.names import WHOLE
from kiosk.search.priors import Priors
from kiosk.search.proof import BY_INITIALS, BY_SOUND, BY_SYLLABLES, OF_VILLAGE
from kiosk.search.query import Question
from kiosk.search.query_terms import pairs, word_terms
from kiosk.search.ranking import Asked
from kiosk.search.retrieval import Retriever

_MEANT_WEIGHTS: Final = (1.0, 0.9, 0.5)
_SOUND_PROOF: Final = 2


class PhoneticSearch:
    """Finds items by how words sound.

    Args:
        collection: The open packs.
        analyser: The one that cut their indexes.
        letters: Reads letters.
        retriever: Over the same packs.
        priors: Of the same packs.
    """

    def __init__(
        self, collection: Collection, analyser: Analyser, letters: Letters, retriever: Retriever, priors: Priors
    ) -> None:
        self._collection = collection
        self._analyser = analyser
        self._letters = letters
        self._retriever = retriever
        self._priors = priors

    def by_sound(self, question: Question) -> Findings:
        """Return what sounds like a question in characters."""
        proving = set(self._letters.sounds(question.content))
        sounds = [Asked(term, counts=term in proving) for term in self._letters.sounds(question.text)]
        return self._retriever.retrieve({Cut.SOUND: sounds}, BY_SOUND, terms=_SOUND_PROOF)

    def by_letters(self, question: Question, conversions: Sequence[str]) -> Findings:
        """Return what whole syllables sound like; else what the words that letters may mean find, side by side.

        Args:
            question: In letters.
            conversions: What they may mean, likeliest first, where no name holds it.
        """
        heard = self._letters.sounds(question.letters)
        meant = self._named(question, len(_MEANT_WEIGHTS)) or tuple(conversions)
        words = word_terms(question)
        if heard:  # of syllables that are no certain words
            inferred = [
                Asked(term, _MEANT_WEIGHTS[1], counts=True, is_inferred=True)
                for term in pairs(meant[:1], self._analyser)
            ]
            sounds = [Asked(term, counts=True) for term in heard]
            return self._retriever.retrieve({Cut.PAIR: inferred, Cut.SOUND: sounds, Cut.WORD: words}, BY_SYLLABLES)
        ways = []
        for text, weight in zip(meant, _MEANT_WEIGHTS, strict=False):
            asked = [Asked(term, counts=True) for term in pairs([text], self._analyser)]
            ways.append((self._retriever.retrieve({Cut.PAIR: asked}, BY_INITIALS), weight))
        return fused(ways) if ways else self._retriever.retrieve({Cut.WORD: words}, OF_VILLAGE)

    def _named(self, question: Question, most: int) -> tuple[str, ...]:
        """Return the words in names that initials, or begun syllables, stand for, those that name most first.

        One letter over and over is a finger that rests on a key: it can only be a whole name.
        """
        least = WHOLE if question.is_resting else 0.0
        worths: defaultdict[str, float] = defaultdict(float)
        for units in self._letters.begun(question.letters):
            for number, names in enumerate(self._collection.names):
                for named in self._letters.meant(names, units):
                    if named.worth >= least:
                        worths[named.words] += named.worth * self._priors.of_kind(number, named.item)
        return tuple(sorted(worths, key=lambda words: (-worths[words], words))[:most])
