"""From what was typed to what is asked: as it stands, as it was meant, and in which order both are tried."""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.search.emergency import rescue_for
from kiosk.search.findings import Finder, Findings
from kiosk.search.query import Meaning, Question, SynonymTable, understand, without_accents
from kiosk.search.reading import Reader, Reading
from kiosk.search.scope import is_of_law, is_of_leisure, is_of_others, is_of_village
from kiosk.typing import Keyboard

_CONVERSIONS: Final = 3
_APART: Final = "apart"
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
    """

    def __init__(self, finder: Finder, synonyms: SynonymTable, reader: Reader, keyboard: Keyboard) -> None:
        self._finder = finder
        self._synonyms = synonyms
        self._reader = reader
        self._keyboard = keyboard

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
        question = understand(reading.text, self._synonyms, reading.pieces)
        meanings = (*question.meanings, *(meaning for word in reading.apart for meaning in self._of(word)))
        is_urgent = rescue_for(reading.text) is not None
        is_others = is_of_others(reading.text)
        is_ours = not is_others and (is_of_law(reading.text) or is_of_village(reading.text))
        names_matter = any(len(meaning.said) >= _TELLING for meaning in meanings)
        is_elsewhere = is_others or (is_of_leisure(reading.text) and not is_ours and not names_matter)
        has_thing = reading.has_thing or bool(meanings) or is_ours
        return replace(
            question,
            meanings=() if is_elsewhere else meanings,
            spelled=spelled,
            has_thing=has_thing and not is_elsewhere,
            is_elsewhere=is_elsewhere,
            is_urgent=is_urgent,
            is_ours=is_urgent or (has_thing and not is_elsewhere),
        )

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


def conversions(keyboard: Keyboard, letters: str) -> tuple[str, ...]:
    """Return what letters may mean as a whole, likeliest first; nothing for no letters."""
    if not letters:
        return ()
    candidates = keyboard.candidates(letters)
    return tuple(each.text for each in candidates if each.used == len(letters))[:_CONVERSIONS]
