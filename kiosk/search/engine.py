"""Answers questions from the open packs: what is asked for by its number or name, then what is about the question."""

from collections.abc import Iterator, Sequence

import numpy as np

from content_packs.reader import ItemRow
from kiosk.search.analysis import Analyser
from kiosk.search.collection import Collection
from kiosk.search.findings import Findings, Found
from kiosk.search.fusion import promoted
from kiosk.search.highlighting import matches_of
from kiosk.search.index import PackIndex
from kiosk.search.known_items import KnownItems
from kiosk.search.letters import Letters
from kiosk.search.phonetic import PhoneticSearch
from kiosk.search.priors import Priors
from kiosk.search.proof import OF_LAWS, loose_characters, measure_of
from kiosk.search.query import Question
from kiosk.search.query_terms import pairs, query_terms
from kiosk.search.retrieval import Retriever
from kiosk.search.snippet import snippet_of
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from kiosk.words import Snippet


class Engine:
    """Finds items in the open packs.

    Args:
        packs: For each its index, or its rows while it has none.
        analyser: The one that cut the indexes.
        tables: For syllables.
    """

    def __init__(self, packs: Sequence[PackIndex | RowsOnly], analyser: Analyser, tables: Tables) -> None:
        self._collection = Collection(packs, tables)
        self._analyser = analyser
        self._letters = Letters(tables)
        self._known_items = KnownItems(self._collection, analyser, self._letters)
        priors = Priors(self._collection)
        self._retriever = Retriever(self._collection, analyser, priors)
        self._phonetic = PhoneticSearch(self._collection, analyser, self._letters, self._retriever, priors)
        self._rows: dict[tuple[int, int], ItemRow] = {}  # of the last question

    def find(self, question: Question, conversions: Sequence[str] = ()) -> Findings:
        """Return the items that answer a question; none if nothing is proven.

        Args:
            question: What was asked.
            conversions: For a question in letters: what they may mean, likeliest first.
        """
        self._rows.clear()
        numbered = self._known_items.numbered(question.numbers)
        if question.is_number:
            return Findings(tuple(numbered), marked=(question.text,))
        if question.letters:
            findings = self._phonetic.by_letters(question, conversions)
        else:
            findings = self._by_characters(question)
        return promoted([*numbered, *self._known_items.asked_for(question, findings)], findings)

    def snippet(self, found: Found, findings: Findings) -> Snippet:
        """Return the place of an item that matches best."""
        text = self._collection.text(found)
        return snippet_of(text, matches_of(text, findings, self._analyser))

    def names(self) -> Iterator[tuple[str, bool]]:
        """Yield the folded names of items and of the laws whose articles are items, and whether villagers speak so.

        An article of a law has no name of its own.
        """
        held = self._collection
        for pack, names, spoken in zip(held.packs, held.names, held.spoken, strict=True):
            articles = pack.laws >= 0 if isinstance(pack, PackIndex) else np.zeros(pack.items, np.bool_)
            if isinstance(pack, PackIndex):
                yield from ((self._analyser.fold(law), False) for law in pack.law_names)
            yield from ((name, bool(spoken[item])) for item, name in names.of_items() if not articles[item])

    def row(self, found: Found) -> ItemRow:
        """Return the catalogue row of an item that was found."""
        place = (found.pack, found.item)
        if place not in self._rows:  # each is asked for twice: for its card, and to be shown
            self._rows[place] = self._collection.packs[found.pack].row(found.item)
        return self._rows[place]

    def close(self) -> None:
        """Close the indexes."""
        self._collection.close()

    def _by_characters(self, question: Question) -> Findings:
        """Return what holds enough of a question; else what sounds like it; else what tells it word for word."""
        has_spoken = self._collection.has_spoken
        is_ours = question.is_ours or not has_spoken
        findings = self._retriever.retrieve(
            query_terms(question, self._analyser, self._letters),
            measure_of(question) if has_spoken else OF_LAWS,
            is_ours=is_ours,
            loose=loose_characters(question),
        )
        if not findings.found and is_ours and not question.spelled:
            heard = self._phonetic.by_sound(question)
            findings = heard if heard.found else findings
        if not findings.found and not question.is_elsewhere:
            findings = self._told(question, findings, is_ours=is_ours)
        return findings

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
            if (is_ours or self._collection.spoken[near.pack][near.item])
            and question.text in self._analyser.fold(self._collection.text(near))
        )
        return Findings(told, marked=pairs([question.text], self._analyser)) if told else findings
