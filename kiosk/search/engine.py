"""Answers questions from the open packs: which terms are asked, what is proven, in which order."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from content_packs.docno import keys_of_item
from content_packs.reader import ItemRow
from kiosk.search.analysis import Analyser, words_of
from kiosk.search.fields import Cut, Part
from kiosk.search.findings import Findings, Found
from kiosk.search.index import PackIndex
from kiosk.search.layout import KINDS
from kiosk.search.names import Named, NameTable
from kiosk.search.query import INFERRED_WEIGHT, Question
from kiosk.search.ranking import KIND_FACTORS, Asked, Scored, score
from kiosk.search.snippet import Match, snippet_of
from kiosk.search.sounds import fold_syllable
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter, Unit, UnitKind, typed
from kiosk.words import Snippet

LEAST_PROOF: Final = 0.3
"""Share of what was asked that the best item must hold; below it, nothing was found."""

LEAST_OF_LONG: Final = 0.05
ENOUGH_PROOF: Final = 0.75
"""Of a long-winded question a smaller share is enough, if it weighs as much as most of one rare term."""

LEAST_OF_BEST: Final = 0.25
"""Items that score less than this share of the best one are left out."""

_FACTORS: Final = np.array([KIND_FACTORS.get(kind, 1.0) for kind in KINDS], np.float32)
_CANDIDATES = 200
_PROVING_WORD = 3
_CONVERTED_WEIGHT = 0.8
_SOUND_PROOF = 2
_LEAST_SOUND_PROOF = 0.6
_WHOLE_NAME, _NAME_BEGINS, _NAME_HOLDS = 3.0, 2.0, 1.0
_NUMBER_SCORE, _NAME_SCORE, _ROWS_SCORE = 1000.0, 100.0, 20.0
_NEAR = 5


class Engine:
    """Finds items in the open packs.

    Args:
        packs: For each its index, or its rows while it has none.
        analyser: The one that cut the indexes.
        tables: For syllables.
    """

    def __init__(self, packs: Sequence[PackIndex | RowsOnly], analyser: Analyser, tables: Tables) -> None:
        self._packs = tuple(packs)
        self._indexed = tuple(number for number, pack in enumerate(packs) if isinstance(pack, PackIndex))
        self._indexes = tuple(pack for pack in packs if isinstance(pack, PackIndex))
        self._analyser = analyser
        self._tables = tables

    def find(self, question: Question, conversions: Sequence[str] = ()) -> Findings:
        """Return the items that answer a question; none if nothing is proven.

        Args:
            question: What was asked.
            conversions: For a question in letters: what they may mean, likeliest first.
        """
        numbered = (list(self._with_number(key)) for key in question.numbers)
        first = next((found for found in numbered if found), [])
        if question.is_number and first:
            return Findings(tuple(first), marked=(question.text,))
        if question.letters:
            first += self._named(question.letters)
            findings = self._proven(self._asked_in_letters(question, conversions), LEAST_PROOF)
        else:
            findings = self._proven(self._asked(question), LEAST_PROOF, of_long=LEAST_OF_LONG)
            if not findings.found:
                heard = self._proven(self._asked_by_sound(question), _LEAST_SOUND_PROOF, terms=_SOUND_PROOF)
                findings = heard if heard.found else findings
        return _after(first, findings)

    def snippet(self, found: Found, findings: Findings) -> Snippet:
        """Return the place of an item that matches best."""
        pack = self._packs[found.pack]
        if isinstance(pack, PackIndex):
            text = pack.text(int(pack.firsts[found.item]) + found.section)
        else:
            text = pack.row(found.item).summary
        return snippet_of(text, self._matches(text, findings))

    def row(self, found: Found) -> ItemRow:
        """Return the catalogue row of an item that was found."""
        return self._packs[found.pack].row(found.item)

    def close(self) -> None:
        """Close the indexes."""
        for index in self._indexes:
            index.close()

    # --- what is asked ----------------------------------------------------------------------------------------------

    def _asked(self, question: Question) -> dict[Cut, list[Asked]]:
        analyser = self._analyser
        proving = set(analyser.terms(question.content, Cut.PAIR))
        pairs = {term: Asked(term, counts=term in proving) for term in analyser.terms(question.text, Cut.PAIR)}
        for meaning in question.meanings:
            for official in meaning.official:
                for term in analyser.terms(official, Cut.PAIR):
                    pairs.setdefault(term, Asked(term, INFERRED_WEIGHT, counts=True, is_inferred=True))
        return {
            Cut.PAIR: list(pairs.values()),
            Cut.SOUND: [Asked(term) for term in self._sounds(question.text)],
            Cut.CHAR: [Asked(term) for term in analyser.terms(question.text, Cut.CHAR)],
            Cut.WORD: _words(question),
        }

    def _asked_by_sound(self, question: Question) -> dict[Cut, list[Asked]]:
        proving = set(self._sounds(question.content))
        return {Cut.SOUND: [Asked(term, counts=term in proving) for term in self._sounds(question.text)]}

    def _asked_in_letters(self, question: Question, conversions: Sequence[str]) -> dict[Cut, list[Asked]]:
        units = self._whole_units(question.letters)
        converted = conversions[: 1 if units else 2]
        pairs = dict.fromkeys(term for text in converted for term in self._analyser.terms(text, Cut.PAIR))
        heard = _pairs_of([fold_syllable(unit.text) for unit in units])
        return {
            Cut.PAIR: [Asked(term, _CONVERTED_WEIGHT, counts=True, is_inferred=bool(heard)) for term in pairs],
            Cut.SOUND: [Asked(term, counts=True) for term in heard],
            Cut.WORD: _words(question),
        }

    def _sounds(self, text: str) -> tuple[str, ...]:
        """Return the distinct pairs of sounds of characters and of pinyin among them."""
        heard: list[str] = []
        place = 0
        while place < len(text):
            end = place
            while end < len(text) and text[end].isascii() and text[end].isalpha():
                end += 1
            if end > place:
                heard += [fold_syllable(unit.text) for unit in self._whole_units(text[place:end])] or [""]
            else:
                readings = self._tables.readings(text[place])
                heard.append(fold_syllable(readings[0]) if readings else "")
            place = max(end, place + 1)
        return _pairs_of(heard)

    def _whole_units(self, letters: str) -> tuple[Unit, ...]:
        """Return letters as whole syllables; what is begun at the end is left off; empty if they are no pinyin."""
        for units in self._cutter.cuttings(typed(letters)):
            whole = tuple(unit for unit in units if unit.kind is UnitKind.FULL)
            if len(whole) == len(units) or (whole == units[:-1] and units[-1].kind is not UnitKind.FULL):
                return whole
        return ()

    # --- names and numbers ------------------------------------------------------------------------------------------

    def _named(self, letters: str) -> Iterator[Found]:
        """Give the items with a name in which these initials, or begun syllables, follow each other."""
        worths: dict[tuple[int, int], float] = {}
        for units in self._cutter.cuttings(typed(letters))[:2]:
            if len(units) > 1 and any(unit.kind is not UnitKind.FULL for unit in units):
                initials = "".join(unit.text[0] for unit in units)
                for number, names in enumerate(self._names):
                    for named in names.with_initials(initials):
                        if self._fits(named, units):
                            key = (number, named.item)
                            worths[key] = max(_name_worth(named) * self._factor(*key), worths.get(key, 0.0))
        ranked = sorted(worths.items(), key=lambda pair: (-pair[1], pair[0]))
        for (number, item), worth in ranked[:_CANDIDATES]:
            yield Found(number, item, 0, _NAME_SCORE * worth)

    def _fits(self, named: Named, units: Sequence[Unit]) -> bool:
        for character, unit in zip(named.name[named.start : named.end], units, strict=True):
            readings = self._tables.readings(character)
            whole = unit.kind is UnitKind.FULL
            if not any(reading == unit.text if whole else reading.startswith(unit.text) for reading in readings):
                return False
        return True

    def _with_number(self, key: str) -> Iterator[Found]:
        for number, pack in enumerate(self._packs):
            if isinstance(pack, PackIndex):
                sections = pack.postings((Part.TITLE, Cut.NUMBER), key).ids
                items = pack.item_of[sections].tolist()
            else:
                items = [item for item in range(pack.items) if key in keys_of_item(pack.row(item).doc_no)]
            for item in items:
                yield Found(number, item, 0, _NUMBER_SCORE)

    # --- order ------------------------------------------------------------------------------------------------------

    def _proven(
        self, asked: Mapping[Cut, Sequence[Asked]], least: float, *, of_long: float = 1.0, terms: int = 1
    ) -> Findings:
        """Return what scores best, if the best of it holds enough of what was asked; else only what comes near."""
        proving = [term for cut in asked.values() for term in cut if term.counts]
        if len(proving) < terms:
            return Findings()
        scored = score(self._indexes, asked)
        candidates = [*self._candidates(scored), *self._by_rows(asked)]
        candidates.sort(key=lambda each: (-each.score, each.pack, each.item))
        best_proof = max((float(pack.proof.max(initial=0.0)) for pack in scored.packs), default=0.0)
        by_rows = any(each.score >= least * _ROWS_SCORE for each in candidates if each.pack not in self._indexed)
        if not by_rows and not _is_enough(best_proof, scored, least, of_long):
            return Findings(near=tuple(candidates[:_NEAR]))
        enough = LEAST_OF_BEST * candidates[0].score
        marked = tuple(term.term for cut in (Cut.PAIR, Cut.WORD) for term in asked.get(cut, ()) if term.counts)
        heard = tuple(term.term for term in asked.get(Cut.SOUND, ()))
        return Findings(tuple(each for each in candidates if each.score >= enough), marked=marked, heard=heard)

    def _candidates(self, scored: Scored) -> Iterator[Found]:
        for number, index, scores in zip(self._indexed, self._indexes, scored.packs, strict=True):
            proven = np.flatnonzero(scores.proof > 0)
            worths = scores.items[proven] * _FACTORS[index.kinds[proven]]
            if len(proven) > _CANDIDATES:
                best = np.argpartition(-worths, _CANDIDATES)[:_CANDIDATES]
                proven, worths = proven[best], worths[best]
            for item, worth in zip(proven.tolist(), worths.tolist(), strict=True):
                first, end = int(index.firsts[item]), int(index.firsts[item + 1])
                yield Found(number, item, int(scores.sections[first:end].argmax()), worth)

    def _by_rows(self, asked: Mapping[Cut, Sequence[Asked]]) -> Iterator[Found]:
        pieces = [term.term for term in asked.get(Cut.PAIR, ()) if term.counts]
        for number, pack in enumerate(self._packs):
            if isinstance(pack, RowsOnly) and pieces:
                for item, share in pack.shares(pieces).items():
                    yield Found(number, item, 0, _ROWS_SCORE * share * self._factor(number, item))

    def _factor(self, number: int, item: int) -> float:
        pack = self._packs[number]
        if isinstance(pack, PackIndex):
            return float(_FACTORS[pack.kinds[item]])
        return KIND_FACTORS.get(pack.row(item).kind, 1.0)

    # --- marks ------------------------------------------------------------------------------------------------------

    def _matches(self, text: str, findings: Findings) -> list[Match]:
        folded = self._analyser.fold(text)
        matches = [Match(place, place + len(term), term) for term in findings.marked for place in _places(folded, term)]
        if not matches and findings.heard:
            heard = set(findings.heard)
            numbers, places = self._analyser.cut(self._analyser.codes(folded), Cut.SOUND)
            for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
                term = self._analyser.term(number, Cut.SOUND)
                if term in heard:
                    matches.append(Match(place, place + 2, term))
        return sorted(matches, key=lambda match: match.start)

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tables.syllables)

    @cached_property
    def _names(self) -> tuple[NameTable, ...]:
        return tuple(pack.names(self._tables) for pack in self._packs)


def _is_enough(proof: float, scored: Scored, least: float, of_long: float) -> bool:
    """Return whether the best item is about the question: much of it, or, of a long-winded one, enough."""
    share = proof / max(scored.provable, 1e-6)
    return proof > 0 and (share >= least or (share >= of_long and proof >= ENOUGH_PROOF * scored.rarest))


def _words(question: Question) -> list[Asked]:
    return [Asked(word, counts=len(word) >= _PROVING_WORD) for word in dict.fromkeys(words_of(question.text))]


def _after(first: Sequence[Found], findings: Findings) -> Findings:
    """Return findings with some items before all others."""
    before = {(found.pack, found.item): found for found in reversed(first)}
    ordered = [found for found in first if before[found.pack, found.item] is found]
    rest = [found for found in findings.found if (found.pack, found.item) not in before]
    return Findings((*ordered, *rest), findings.near, findings.marked, findings.heard)


def _pairs_of(heard: Sequence[str]) -> tuple[str, ...]:
    pairs = pairwise(heard)
    return tuple(dict.fromkeys(f"{first}_{second}" for first, second in pairs if first and second))


def _places(folded: str, term: str) -> Iterator[int]:
    place = folded.find(term)
    while place >= 0:
        yield place
        place = folded.find(term, place + 1)


def _name_worth(named: Named) -> float:
    """Return how well initials name an item: all of a name, its beginning, a part; the more of it the better."""
    length = named.end - named.start
    if length == len(named.name):
        return _WHOLE_NAME
    begins = _NAME_BEGINS if named.start == 0 else _NAME_HOLDS
    return begins + length / (len(named.name) + 1)
