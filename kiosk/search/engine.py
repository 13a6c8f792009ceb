"""Answers questions from the open packs: which terms are asked, what is proven, in which order."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content_packs.docno import keys_of_item
from content_packs.reader import ItemRow
from kiosk.search.analysis import Analyser, words_of
from kiosk.search.articles import asked_article
from kiosk.search.citations import priors, read_counts, reordered
from kiosk.search.fields import Cut, Part
from kiosk.search.findings import Findings, Found
from kiosk.search.index import PackIndex
from kiosk.search.layout import KINDS
from kiosk.search.letters import Letters
from kiosk.search.names import WHOLE, NameTable
from kiosk.search.namesakes import Namesakes
from kiosk.search.proof import (
    BY_INITIALS,
    BY_SOUND,
    BY_SYLLABLES,
    OF_LAWS,
    OF_OTHER_THINGS,
    OF_THINGS,
    OF_VILLAGE,
    Measure,
    is_enough,
)
from kiosk.search.query import INFERRED_WEIGHT, Question
from kiosk.search.ranking import KIND_FACTORS, Asked, Ranking, Scored
from kiosk.search.snippet import Match, snippet_of
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from kiosk.typing.cut import UnitKind
from kiosk.words import Snippet

LEAST_OF_BEST: Final = 0.25
"""Items that score less than this share of the best one are left out."""

_FACTORS: Final = np.array([KIND_FACTORS.get(kind, 1.0) for kind in KINDS], np.float32)
_CANDIDATES = 200
_PROVING_WORD = 3
_MEANT_WEIGHTS: Final = (1.0, 0.9, 0.5)
_SOUND_PROOF = 2
_LOOSE = 0.5
_PHONE_CHARS = 5
_PHONE_WEIGHT = 8.0
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEAST_BY_ROWS = 0.3
_NUMBER_SCORE, _MERGED_SCORE, _ROWS_SCORE = 1000.0, 100.0, 25.0
_NEAR = 5
_MOST_ALIKE = 50


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
        self._letters = Letters(tables)
        self._rows: dict[tuple[int, int], ItemRow] = {}  # of the last question

    def find(self, question: Question, conversions: Sequence[str] = ()) -> Findings:
        """Return the items that answer a question; none if nothing is proven.

        Args:
            question: What was asked.
            conversions: For a question in letters: what they may mean, likeliest first.
        """
        self._rows.clear()
        numbered = (list(self._with_number(key)) for key in question.numbers)
        first = next((found for found in numbered if found), [])
        if question.is_number:
            return Findings(tuple(first), marked=(question.text,))
        if question.letters:
            findings = self._by_letters(question, conversions)
        else:
            is_ours = question.is_ours or not self._has_spoken
            measure = _measure(question) if self._has_spoken else OF_LAWS
            findings = self._proven(self._asked(question), measure, is_ours=is_ours, loose=_loose(question))
            if not findings.found and is_ours and not question.spelled:
                heard = self._proven(self._asked_by_sound(question), BY_SOUND, terms=_SOUND_PROOF)
                findings = heard if heard.found else findings
            if not findings.found and not question.is_elsewhere:
                findings = self._told(question, findings, is_ours=is_ours)
        named = [*self._called(question, findings), *self._namesakes(question, findings)]
        return _after([*first, *self._article(question, findings), *named], findings)

    def snippet(self, found: Found, findings: Findings) -> Snippet:
        """Return the place of an item that matches best."""
        text = self._text(found)
        return snippet_of(text, self._matches(text, findings))

    def names(self) -> Iterator[tuple[str, bool]]:
        """Yield the folded names of items and of the laws whose articles are items, and whether villagers speak so.

        An article of a law has no name of its own.
        """
        for pack, names, spoken in zip(self._packs, self._names, self._spoken, strict=True):
            articles = pack.laws >= 0 if isinstance(pack, PackIndex) else np.zeros(pack.items, np.bool_)
            if isinstance(pack, PackIndex):
                yield from ((self._analyser.fold(law), False) for law in pack.law_names)
            yield from ((name, bool(spoken[item])) for item, name in names.of_items() if not articles[item])

    def row(self, found: Found) -> ItemRow:
        """Return the catalogue row of an item that was found."""
        place = (found.pack, found.item)
        if place not in self._rows:  # each is asked for twice: for its card, and to be shown
            self._rows[place] = self._packs[found.pack].row(found.item)
        return self._rows[place]

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
            Cut.SOUND: [Asked(term) for term in self._letters.sounds(question.text)],
            Cut.CHAR: [Asked(term) for term in analyser.terms(question.text, Cut.CHAR)],
            Cut.WORD: _words(question),
        }

    def _told(self, question: Question, findings: Findings, *, is_ours: bool) -> Findings:
        """Return what came near and has the whole question in its text, word for word; all that came near if none has.

        What is only told, and stands in no name, proves little: a text has many words in passing. But who types
        nothing but a word of it asks for that.
        """
        if not question.content.strip():
            return findings
        told = tuple(
            near
            for near in findings.near
            if (is_ours or self._spoken[near.pack][near.item])
            and question.text in self._analyser.fold(self._text(near))
        )
        return Findings(told, marked=self._pairs([question.text])) if told else findings

    def _text(self, found: Found) -> str:
        pack = self._packs[found.pack]
        if isinstance(pack, PackIndex):
            return pack.text(int(pack.firsts[found.item]) + found.section)
        return pack.row(found.item).summary

    def _asked_by_sound(self, question: Question) -> dict[Cut, list[Asked]]:
        proving = set(self._letters.sounds(question.content))
        return {Cut.SOUND: [Asked(term, counts=term in proving) for term in self._letters.sounds(question.text)]}

    def _by_letters(self, question: Question, conversions: Sequence[str]) -> Findings:
        """Return what whole syllables sound like; else what the words that letters may mean find, side by side."""
        heard = self._letters.sounds(question.letters)
        meant = self._named(question, len(_MEANT_WEIGHTS)) or tuple(conversions)
        words = _words(question)
        if heard:  # of syllables that are no certain words
            pairs = [Asked(term, _MEANT_WEIGHTS[1], counts=True, is_inferred=True) for term in self._pairs(meant[:1])]
            sounds = [Asked(term, counts=True) for term in heard]
            return self._proven({Cut.PAIR: pairs, Cut.SOUND: sounds, Cut.WORD: words}, BY_SYLLABLES)
        ways = []
        for text, weight in zip(meant, _MEANT_WEIGHTS, strict=False):
            pairs = [Asked(term, counts=True) for term in self._pairs([text])]
            ways.append((self._proven({Cut.PAIR: pairs}, BY_INITIALS), weight))
        return _merged(ways) if ways else self._proven({Cut.WORD: words}, OF_VILLAGE)

    def _pairs(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for text in texts for term in self._analyser.terms(text, Cut.PAIR)))

    # --- names and numbers ------------------------------------------------------------------------------------------

    def _named(self, question: Question, most: int) -> tuple[str, ...]:
        """Return the words in names that initials, or begun syllables, stand for, those that name most first.

        One letter over and over is a finger that rests on a key: it can only be a whole name.
        """
        least = WHOLE if question.is_resting else 0.0
        worths: defaultdict[str, float] = defaultdict(float)
        for units in self._letters.begun(question.letters):
            for number, names in enumerate(self._names):
                for named in self._letters.meant(names, units):
                    if named.worth >= least:
                        worths[named.words] += named.worth * self._factor(number, named.item)
        return tuple(sorted(worths, key=lambda words: (-worths[words], words))[:most])

    @cached_property
    def _names(self) -> tuple[NameTable, ...]:
        return tuple(pack.names(self._tables) for pack in self._packs)

    @cached_property
    def _spoken(self) -> tuple[NDArray[np.bool_], ...]:
        """For every pack: which of its items are written for villagers: they have more names than a title."""
        items = (pack.about.items if isinstance(pack, PackIndex) else pack.items for pack in self._packs)
        return tuple(names.lines_of_items(count) > 1 for names, count in zip(self._names, items, strict=True))

    def _article(self, question: Question, findings: Findings) -> list[Found]:
        """Return the article that was asked for: as an item, or as the section of its law where it begins."""
        asked = asked_article(question.text)
        if asked is None:
            return []
        fold = self._analyser.fold
        found: list[Found] = []
        for number, index in zip(self._indexed, self._indexes, strict=True):
            laws = [law for law, name in enumerate(index.law_names) if fold(name) == asked.law]
            items = np.flatnonzero(np.isin(index.laws, laws)).tolist() if laws else []
            found += [
                Found(number, item, 0, _NUMBER_SCORE)
                for item in items
                if fold(index.row(item).title).endswith(asked.number)
            ]
        for each in findings.found[:_NEAR]:
            pack = self._packs[each.pack]
            if isinstance(pack, PackIndex) and fold(pack.row(each.item).title).endswith(asked.law):
                first, end = int(pack.firsts[each.item]), int(pack.firsts[each.item + 1])
                begins = (place for place in range(first, end) if _begins_article(pack.text(place), asked.number))
                section = next(begins, None)
                if section is not None:
                    found.append(each._replace(section=section - first))
        return found

    def _called(self, question: Question, findings: Findings) -> list[Found]:
        """Return what was found and names the telephone number that was asked for."""
        numbers = [word for word in words_of(question.text) if _is_phone(word)]
        if not numbers:
            return []
        naming = {
            (number, item)
            for number, index in zip(self._indexed, self._indexes, strict=True)
            for part in (Part.TITLE, Part.KEYWORD, Part.SUMMARY, Part.TEXT)
            for word in numbers
            for item in index.item_of[index.postings((part, Cut.WORD), word).ids].tolist()
        }
        return [found for found in findings.found if (found.pack, found.item) in naming]

    def _namesakes(self, question: Question, findings: Findings) -> list[Found]:
        """Return the items whose whole title sounds like the question or begins like it letter by letter."""
        sounds, initials = self._heard(question)
        alike: dict[tuple[int, int], Found] = {}
        for number, (names, (by_sound, by_initial)) in enumerate(zip(self._names, self._title_numbers, strict=True)):
            lines = [line for heard in sounds for line in by_sound.of(heard)] + by_initial.of(initials)
            for line in lines[:_MOST_ALIKE]:
                named = names.line(line)
                row = self._packs[number].row(named.item)
                if named.name in {self._analyser.fold(row.shown_title), self._analyser.fold(row.title)}:
                    alike[number, named.item] = Found(number, named.item, 0, 0.0)
        if alike:  # most often nothing is
            alike |= {key: found for found in findings.found if (key := (found.pack, found.item)) in alike}
        return sorted(alike.values(), key=lambda found: -found.score)

    def _heard(self, question: Question) -> tuple[list[list[int]], list[int]]:
        """Return the sounds that a question may be, each way as numbers, and its letters as initials."""
        analyser = self._analyser
        if letters := question.letters or question.spelled:
            ways = self._letters.cuttings(letters)
            whole = [units for units in ways if all(unit.kind is UnitKind.FULL for unit in units)]
            sounds = [[analyser.number_of_sound(unit.text) for unit in units] for units in whole]
            return sounds, [ord(letter) for letter in letters if letter.isalpha()]
        numbers = analyser.sounds_of(analyser.codes(question.text))
        return ([] if words_of(question.text) else [numbers[numbers > 0].tolist()]), []

    @cached_property
    def _title_numbers(self) -> tuple[tuple[Namesakes, Namesakes], ...]:
        analyser = self._analyser
        return tuple(
            (Namesakes(names.text, analyser.sounds_of), Namesakes(names.text, analyser.initials_of))
            for names in self._names
        )

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
        self,
        asked: Mapping[Cut, Sequence[Asked]],
        measure: Measure,
        *,
        terms: int = 1,
        is_ours: bool = True,
        loose: int = 0,
    ) -> Findings:
        """Return what scores best, if the best of it holds enough of what was asked; else only what comes near.

        What scores less than `LEAST_OF_BEST` of the best item is neither.
        """
        proving = [term for cut in asked.values() for term in cut if term.counts]
        if len(proving) < terms:
            return Findings()
        scored = self._ranking.score(asked, least=LEAST_OF_BEST, most=_CANDIDATES, is_spoken=not is_ours)
        candidates = self._candidates(scored)
        if by_rows := list(self._by_rows(asked)):
            candidates = sorted([*candidates, *by_rows], key=lambda each: (-each.score, each.pack, each.item))
        is_named = any(each.score >= _LEAST_BY_ROWS * _ROWS_SCORE for each in by_rows)
        if not is_named and not _is_proven(scored, measure, loose, asked.get(Cut.WORD, ())):
            return Findings(near=tuple(candidates[:_NEAR]))
        enough = LEAST_OF_BEST * candidates[0].score if candidates else 0.0
        candidates = self._well_known_first([each for each in candidates if each.score >= enough])
        marked = tuple(term.term for cut in (Cut.PAIR, Cut.WORD) for term in asked.get(cut, ()) if term.counts)
        heard = tuple(term.term for term in asked.get(Cut.SOUND, ()))
        return Findings(tuple(candidates), marked=marked, heard=heard)

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self._indexes, self._analyser, [self._spoken[number] for number in self._indexed])

    @cached_property
    def _has_spoken(self) -> bool:
        """Whether something is written for villagers."""
        return any(spoken.any() for spoken in self._spoken)

    def _candidates(self, scored: Scored) -> list[Found]:
        """Return the best items of all packs, best first."""
        packs, items, sections, scores = [], [], [], []
        for number, index, pack in zip(self._indexed, self._indexes, scored.packs, strict=True):
            chosen = pack.scores.argsort()[-_CANDIDATES:]
            packs.append(np.full(len(chosen), number))
            items.append(pack.items[chosen])
            sections.append(pack.sections[chosen] - index.firsts[items[-1]])
            scores.append(pack.scores[chosen])
        if not packs:
            return []
        columns = [np.concatenate(column) for column in (packs, items, sections, scores)]
        order = np.lexsort((columns[1], columns[0], -columns[3]))
        return list(map(Found._make, zip(*(column[order].tolist() for column in columns), strict=True)))

    def _well_known_first(self, candidates: Sequence[Found]) -> list[Found]:
        """Return candidates with articles of much cited laws before others, in the places that articles have."""
        if not self._is_any_cited:
            return list(candidates)
        order = reordered([self._worth_as_article(each) for each in candidates])
        return [candidates[place] for place in order]

    def _worth_as_article(self, found: Found) -> float | None:
        """Return the score of an article with what its law being well known is worth; None for anything else."""
        pack = self._packs[found.pack]
        law = int(pack.laws[found.item]) if isinstance(pack, PackIndex) else -1
        return None if law < 0 else found.score + self._factor(found.pack, found.item) * self._priors[found.pack][law]

    @cached_property
    def _is_any_cited(self) -> bool:
        return any(map(any, self._priors.values()))

    @cached_property
    def _priors(self) -> dict[int, tuple[float, ...]]:
        """For every pack with an index: what being well known is worth for each of its laws."""
        counts = read_counts(index.cited for index in self._indexes)
        return {
            number: priors(index.law_names, counts) for number, index in zip(self._indexed, self._indexes, strict=True)
        }

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
        matches: list[Match] = []
        for term in findings.marked:
            place, length = folded.find(term), len(term)
            while place >= 0:
                matches.append(Match(place, place + length, term))
                place = folded.find(term, place + 1)
        if not matches and findings.heard:
            heard = set(findings.heard)
            numbers, places = self._analyser.cut(self._analyser.codes(folded), Cut.SOUND)
            for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
                term = self._analyser.term(number, Cut.SOUND)
                if term in heard:
                    matches.append(Match(place, place + 2, term))
        return sorted(matches, key=lambda match: match.start)


def _is_proven(scored: Scored, measure: Measure, loose: int, words: Sequence[Asked]) -> bool:
    """Return whether some item holds enough of what was asked."""
    if any(_is_phone(term.term) for term in words) and any(pack.best_proof or pack.law_proof for pack in scored.packs):
        return True
    of_laws = OF_LAWS if measure in {OF_VILLAGE, OF_THINGS} else measure
    provable = scored.provable + loose * _LOOSE * scored.rarest
    return any(
        is_enough(of_laws, pack.law_proof, scored.provable, scored.rarest)
        or is_enough(measure, pack.best_proof, provable, scored.rarest)
        for pack in scored.packs
    )


def _measure(question: Question) -> Measure:
    """Return what the best item must hold of a question."""
    if question.is_urgent:
        return OF_LAWS
    if question.is_elsewhere:
        return OF_OTHER_THINGS
    return OF_THINGS if question.has_thing else OF_VILLAGE


def _loose(question: Question) -> int:
    """Return how many characters of a question belong to no word: what they ask is not proven by anything else.

    A cry for help need not be proven.
    """
    if question.is_urgent:
        return 0
    return sum(len(part) == 1 for part in question.content.split())


def _words(question: Question) -> list[Asked]:
    return [
        Asked(
            word,
            weight=_PHONE_WEIGHT if _is_phone(word) else 1.0,
            counts=len(word) >= _PROVING_WORD and not _YEAR.fullmatch(word),
        )
        for word in dict.fromkeys(words_of(question.text))
    ]


def _is_phone(word: str) -> bool:
    """Return whether a word may be a telephone number: nobody types that many digits by chance."""
    return word.isdigit() and len(word) >= _PHONE_CHARS


def _after(first: Sequence[Found], findings: Findings) -> Findings:
    """Return findings with some items before all others."""
    if not first:
        return findings
    before = {(found.pack, found.item): found for found in reversed(first)}
    ordered = [found for found in first if before[found.pack, found.item] is found]
    rest = [found for found in findings.found if (found.pack, found.item) not in before]
    return Findings((*ordered, *rest), findings.near, findings.marked, findings.heard)


def _merged(ways: Sequence[tuple[Findings, float]]) -> Findings:
    """Return the findings of several meanings in one order: the best of each meaning counts its weight."""
    best: dict[tuple[int, int], Found] = {}
    for findings, weight in ways:
        strongest = max((found.score for found in findings.found), default=1.0)
        for found in findings.found:
            worth = found._replace(score=_MERGED_SCORE * weight * found.score / strongest)
            key = (found.pack, found.item)
            if key not in best or best[key].score < worth.score:
                best[key] = worth
    ordered = sorted(best.values(), key=lambda each: (-each.score, each.pack, each.item))
    marked = tuple(dict.fromkeys(term for findings, _ in ways for term in findings.marked))
    near = tuple(found for findings, _ in ways for found in findings.near)
    return Findings(tuple(ordered), near, marked)


def _begins_article(text: str, number: str) -> bool:
    """Return whether an article begins in a section."""
    return any(line.lstrip(" \u3000").startswith(number) for line in text.split("\n"))
