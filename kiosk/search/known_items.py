"""Finds items that somebody knows of and asks for: by 文号, article, telephone number, or a title as it sounds."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from content_packs.docno import keys_of_item
from kiosk.search.analysis import Analyser, words_of
from kiosk.search.articles import asked_article
from kiosk.search.collection import Collection
from kiosk.search.fields import Cut, Part
from kiosk.search.findings import Findings, Found
from kiosk.search.index import PackIndex
from kiosk.search.letters import Letters
from kiosk.search.namesakes import Namesakes
from kiosk.search.query import Question
from kiosk.search.query_terms import is_phone
from kiosk.typing.cut import UnitKind

_SCORE: Final = 1000.0
_NEAR: Final = 5
_MOST_ALIKE: Final = 50


class KnownItems:
    """Finds items that are asked for.

    Args:
        collection: The open packs.
        analyser: The one that cut their indexes.
        letters: Reads letters.
    """

    def __init__(self, collection: Collection, analyser: Analyser, letters: Letters) -> None:
        self._collection = collection
        self._analyser = analyser
        self._letters = letters

    def numbered(self, keys: Sequence[str]) -> list[Found]:
        """Return the items with the first of some keys of 文号 that any item has."""
        found = (list(self._with_number(key)) for key in keys)
        return next((items for items in found if items), [])

    def asked_for(self, question: Question, findings: Findings) -> list[Found]:
        """Return the items that a question asks for, beside their 文号; one may stand there twice.

        Args:
            question: What was asked.
            findings: What was found for it otherwise.
        """
        return [
            *self._article(question, findings),
            *self._called(question, findings),
            *self._namesakes(question, findings),
        ]

    def _with_number(self, key: str) -> Iterator[Found]:
        for number, pack in enumerate(self._collection.packs):
            if isinstance(pack, PackIndex):
                sections = pack.postings((Part.TITLE, Cut.NUMBER), key).ids
                items = pack.item_of[sections].tolist()
            else:
                items = [item for item in range(pack.items) if key in keys_of_item(pack.row(item).doc_no)]
            for item in items:
                yield Found(number, item, 0, _SCORE)

    def _article(self, question: Question, findings: Findings) -> list[Found]:
        """Return the article that was asked for: as an item, or as the section of its law where it begins."""
        asked = asked_article(question.text)
        if asked is None:
            return []
        fold = self._analyser.fold
        found: list[Found] = []
        for number, index in self._collection.indexed:
            laws = [law for law, name in enumerate(index.law_names) if fold(name) == asked.law]
            items = np.flatnonzero(np.isin(index.laws, laws)).tolist() if laws else []
            found += [
                Found(number, item, 0, _SCORE) for item in items if fold(index.row(item).title).endswith(asked.number)
            ]
        for each in findings.found[:_NEAR]:
            pack = self._collection.packs[each.pack]
            if isinstance(pack, PackIndex) and fold(pack.row(each.item).title).endswith(asked.law):
                first, end = int(pack.firsts[each.item]), int(pack.firsts[each.item + 1])
                begins = (place for place in range(first, end) if _begins_article(pack.text(place), asked.number))
                section = next(begins, None)
                if section is not None:
                    found.append(each._replace(section=section - first))
        return found

    def _called(self, question: Question, findings: Findings) -> list[Found]:
        """Return what was found and names the telephone number that was asked for."""
        numbers = [word for word in words_of(question.text) if is_phone(word)]
        if not numbers:
            return []
        naming = {
            (number, item)
            for number, index in self._collection.indexed
            for part in (Part.TITLE, Part.KEYWORD, Part.SUMMARY, Part.TEXT)
            for word in numbers
            for item in index.item_of[index.postings((part, Cut.WORD), word).ids].tolist()
        }
        return [found for found in findings.found if (found.pack, found.item) in naming]

    def _namesakes(self, question: Question, findings: Findings) -> list[Found]:
        """Return the items whose whole title sounds like the question or begins like it letter by letter."""
        sounds, initials = self._heard(question)
        alike: dict[tuple[int, int], Found] = {}
        tables = zip(self._collection.names, self._title_numbers, strict=True)
        for number, (names, (by_sound, by_initial)) in enumerate(tables):
            lines = [line for heard in sounds for line in by_sound.of(heard)] + by_initial.of(initials)
            for line in lines[:_MOST_ALIKE]:
                named = names.line(line)
                row = self._collection.packs[number].row(named.item)
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
            for names in self._collection.names
        )


def _begins_article(text: str, number: str) -> bool:
    """Return whether an article begins in a section."""
    return any(line.lstrip(" \u3000").startswith(number) for line in text.split("\n"))
