"""From what was typed to what is asked: as it stands, as it was meant, and in which order both are tried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.search.emergency import rescue_for
from kiosk.search.essence import essence
from kiosk.search.findings import Finder, Findings
from kiosk.search.guess import Guess, Guessing
from kiosk.search.query import Meaning, Question, SynonymTable, understand, without_accents
from kiosk.search.reading import Reader, Reading
from kiosk.search.scope import is_of_law, is_of_leisure, is_of_others, is_of_village
from kiosk.typing import Keyboard

_CONVERSIONS: Final = 3
_APART: Final = "apart"
_GUESSED: Final = "guessed"
_LIKELY: Final = 0.25
"""How likely a matter must be to be asked for beside the words of a question."""

_DOUBTED: Final = 0.3
"""No matter is guessed if it is likelier than this that the question is about something else."""

_ELSEWHERE: Final = 0.65
"""How likely it must be that no service point knows of it, for a question to be about something else."""

_CERTAIN: Final = 0.7
"""How likely a matter must be to outweigh a word of leisure in the question."""

_CERTAIN_APART: Final = 0.85
"""How likely a matter must be, where the words of asking are taken away, to outweigh what the whole question seems."""

_SHORTEST: Final = 2
"""Characters of what may be guessed from by itself."""

_TELLING: Final = 3
"""Characters of a villager's word that leaves no doubt what is asked, whatever else is in the question."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A question that was answered.

    Attributes:
        question: As it was asked of the packs.
        findings: What they hold.
        heard: Everything that the question may be, for the ear that listens for cries for help; likeliest first.
    """

    question: Question
    findings: Findings
    heard: tuple[str, ...]


class Interpreter:
    """Asks the packs what somebody means.

    Args:
        finder: Over the packs.
        synonyms: Of the packs.
        reader: Reads letters and misspelt words.
        keyboard: Knows what else letters may mean.
        guesser: Guesses what the question as a whole may mean, and knows the names of what may be meant.
        has_laws: Whether some packs hold what is not written for villagers: they know of more than service points.
    """

    def __init__(
        self,
        finder: Finder,
        synonyms: SynonymTable,
        reader: Reader,
        keyboard: Keyboard,
        *,
        guesser: Guessing,
        has_laws: bool = False,
    ) -> None:
        self._finder = finder
        self._synonyms = synonyms
        self._reader = reader
        self._keyboard = keyboard
        self._guesser = guesser
        self._has_laws = has_laws

    def answer(self, folded: str) -> Interpreted:
        """Return what the packs hold for a question.

        Args:
            folded: From `kiosk.search.query.clean`, folded.
        """
        question = understand(folded, self._synonyms)
        if question.numbers:
            return Interpreted(question, self._finder.find(question), (folded,))
        reading = self._reader.read(without_accents(folded))
        if question.letters:
            return self._by_letters(question, reading)
        meant = self._meant(reading)
        findings = self._finder.find(meant)
        if not findings.found and reading.is_other:
            meant = question
            findings = self._finder.find(question)
        return Interpreted(meant, findings, (folded, reading.text))

    def _meant(self, reading: Reading, spelled: str = "") -> Question:
        about = essence(reading.text)
        is_named = self._guesser.is_name(about)
        if is_named and about != reading.text:
            question = understand(about, self._synonyms)
        else:
            question = understand(reading.text, self._synonyms, reading.pieces)
        said = (*question.meanings, *(meaning for word in reading.apart for meaning in self._of(word)))
        guess = self._guess(reading.text, about)
        guessed = _guessed(guess)
        is_urgent = rescue_for(reading.text) is not None
        is_elsewhere = not is_urgent and not is_named and self._is_elsewhere(reading.text, guess, said)
        is_ours = is_of_law(reading.text) or is_of_village(reading.text) or bool(guessed)
        meanings = () if is_elsewhere else (*said, *guessed)
        has_thing = not is_elsewhere and (reading.has_thing or bool(meanings) or is_ours)
        return replace(
            question,
            meanings=meanings,
            spelled=spelled,
            has_thing=has_thing,
            is_elsewhere=is_elsewhere,
            is_urgent=is_urgent,
            is_ours=is_urgent or has_thing,
        )

    def _guess(self, text: str, about: str) -> Guess:
        """Return what a question may mean: its words of asking tell whether it is for an office, never which matter."""
        whole = self._guesser.guess(text)
        if about == text or len(about) < _SHORTEST:
            return whole
        apart = self._guesser.guess(about)
        is_told_apart = apart.elsewhere <= whole.elsewhere < _ELSEWHERE or _certainty(apart) >= _CERTAIN_APART
        return apart if is_told_apart else whole

    def _is_elsewhere(self, text: str, guess: Guess, said: Sequence[Meaning]) -> bool:
        """Return whether a question is about what no service point knows."""
        of_law = is_of_law(text)
        if guess.elsewhere >= _ELSEWHERE and not (self._has_laws and of_law):
            return True
        is_certain = _certainty(guess) >= _CERTAIN
        if is_of_others(text):
            return not is_certain
        names_matter = is_certain or any(len(meaning.said) >= _TELLING for meaning in said)
        return is_of_leisure(text) and not (of_law or is_of_village(text) or names_matter)

    def _of(self, word: str) -> tuple[Meaning, ...]:
        return self._synonyms.meanings(word) or (Meaning(word, (word,), _APART),)

    def _by_letters(self, question: Question, reading: Reading) -> Interpreted:
        if question.is_resting:  # nothing but a whole name can be meant
            return Interpreted(question, self._finder.find(question), (question.letters,))
        known = conversions(self._keyboard, question.letters)
        heard = tuple(dict.fromkeys((reading.text, *known))) if reading.is_whole and not reading.is_begun else known
        if reading.is_whole and self._is_one_meaning(reading):
            meant = self._meant(reading, question.letters)
            findings = self._finder.find(meant)
            if findings.found or not reading.is_clear:
                return Interpreted(meant, findings, heard)
        return Interpreted(question, self._finder.find(question, heard[:_CONVERSIONS]), heard)

    def _is_one_meaning(self, reading: Reading) -> bool:
        """Return whether letters can hardly mean anything else."""
        return not reading.is_begun or self._reader.is_only(reading)


def _certainty(guess: Guess) -> float:
    return guess.matters[0][1] if guess.matters else 0.0


def _guessed(guess: Guess) -> tuple[Meaning, ...]:
    """Return the matters that a question likely means, under the names that items have."""
    if guess.elsewhere >= _DOUBTED or not guess.matters or guess.matters[0][1] < _LIKELY:
        return ()
    return tuple(Meaning(names[0], names, _GUESSED) for names, _ in guess.matters)


def conversions(keyboard: Keyboard, letters: str) -> tuple[str, ...]:
    """Return what letters may mean as a whole, likeliest first; nothing for no letters."""
    if not letters:
        return ()
    candidates = keyboard.candidates(letters)
    return tuple(each.text for each in candidates if each.used == len(letters))[:_CONVERSIONS]
