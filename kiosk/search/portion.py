"""Some items, analysed: what a build works out once and keeps on the disk, so that a kill costs one portion at most.

A portion knows nothing of what stands before it: its sections, chapters and laws are counted from 0. Its name follows
from the items in it and from the versions of what analysed them, so that it is never taken for another one.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from content_packs.docno import keys_of_item
from content_packs.model import Item
from content_packs.reader import SCHEMA_VERSION, ItemRow
from kiosk.search.analysis import ANALYSER_VERSION, Analyser, words_of
from kiosk.search.arrays import Arrays, write_arrays
from kiosk.search.chapters import Chapters
from kiosk.search.citations import Citations, LawNumbers, law_name
from kiosk.search.fields import FIELDS, Cut, Field, Part, field_name, is_numbered
from kiosk.search.layout import KINDS, LAYOUT_VERSION
from kiosk.search.names import NameLines
from kiosk.search.sections import sections_of
from kiosk.tables.layout import TABLES_VERSION

DOCUMENT_BITS: Final = 22
"""Sections per layer: at most four million."""

MOST_COUNT: Final = np.iinfo(np.uint16).max

DIGEST_BYTES: Final = 32

_SHIFT = np.uint64(DOCUMENT_BITS)
_EVERY_READING = frozenset({Part.TITLE, Part.KEYWORD})

Spelled = dict[str, dict[str, dict[int, int]]]
"""Field → term → document → how often; for what is rare: other words, keys of a 文号."""


class _Note(Struct, frozen=True):
    laws: list[str]
    chapters: list[tuple[str, str]]
    cited: dict[str, int]
    spelled: Spelled
    names: str


def portion_name(digests: Sequence[bytes]) -> str:
    """Return the name of the portion of these items, as they are analysed by this program.

    Args:
        digests: SHA-256 of every item.
    """
    versions = (LAYOUT_VERSION, ANALYSER_VERSION, TABLES_VERSION, SCHEMA_VERSION)
    made = f"{versions} {','.join(map(field_name, FIELDS))}\n"
    return sha256(made.encode() + b"".join(digests)).hexdigest()[:32]


class Draft:
    """Collects the items of one portion.

    Args:
        analyser: Cuts their text.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._texts: dict[Part, list[str]] = {part: [] for part in Part}
        self._documents: dict[Part, list[int]] = {part: [] for part in Part}
        self._spelled: Spelled = {field_name(field): {} for field in FIELDS if not is_numbered(field)}
        self._shown, self._rows = _Pile(), _Pile()
        self._names = NameLines()
        self._chapters = Chapters()
        self._laws = LawNumbers()
        self._citations = Citations()
        self._kinds: list[int] = []
        self._firsts = [0]

    def add(self, row: ItemRow, item: Item) -> None:
        """Add an item and its row of the catalogue."""
        first = self._firsts[-1]
        fold = self._analyser.fold
        is_article = self._chapters.is_article(row.kind, row.title)
        self._rows.add(msgspec.json.encode(row))
        self._names.add(len(self._kinds), row, self._analyser)
        self._kinds.append(KINDS.index(row.kind))
        self._laws.add(law_name(row.title) if is_article else "")
        if not is_article:
            titles = " ".join(dict.fromkeys(filter(None, (row.title, row.plain_title))))
            self._note(Part.TITLE, first, fold(titles))
        self._note(Part.KEYWORD, first, fold(" ".join(row.keywords)))
        self._note(Part.SUMMARY, first, fold(row.summary))
        for key in keys_of_item(row.doc_no):
            self._spell((Part.TITLE, Cut.NUMBER), key, first)
        sections = sections_of(item)
        for number, section in enumerate(sections, first):
            self._shown.add(section.text.encode())
            text = fold(f"{row.title} {section.heading} {section.text}")
            self._note(Part.TEXT, number, text)
            self._note(Part.BODY, number, text[len(text) - len(section.text) :] if is_article else text)
            chapter = self._chapters.add(row.kind, row.title, section.heading)
            if chapter >= 0:
                self._note(Part.CHAPTER, chapter, text)
        if not is_article:
            self._citations.add(row.title, (section.text for section in sections))
        self._firsts.append(first + len(sections))

    def write(self, path: Path) -> None:
        """Count everything and write the portion, durably and in one step.

        Raises:
            OSError: The disk refused.
        """
        arrays: dict[str, NDArray[np.generic]] = {
            "firsts": np.array(self._firsts, np.int32),
            "kinds": np.array(self._kinds, np.uint8),
            "laws": np.array(self._laws.of_items, np.int32),
            "chapters": np.array(self._chapters.of_sections, np.int32),
            "names": np.array(self._names.items, np.int32),
            **self._shown.arrays("texts"),
            **self._rows.arrays("rows"),
        }
        for field in FIELDS:
            if is_numbered(field):
                arrays |= self._counted(field)
            elif field[1] is Cut.WORD:
                self._spell_words(field)
        note = _Note(self._laws.names, self._chapters.names, self._citations.counts, self._spelled, self._names.text)
        write_arrays(path, arrays, msgspec.json.encode(note))

    def _note(self, part: Part, document: int, folded: str) -> None:
        if folded.strip():
            self._texts[part].append(folded)
            self._documents[part].append(document)

    def _spell(self, field: Field, term: str, document: int) -> None:
        counts = self._spelled[field_name(field)].setdefault(term, {})
        counts[document] = counts.get(document, 0) + 1

    def _spell_words(self, field: Field) -> None:
        for document, text in zip(self._documents[field[0]], self._texts[field[0]], strict=True):
            for word in words_of(text):
                self._spell(field, word, document)

    def _counted(self, field: Field) -> dict[str, NDArray[np.generic]]:
        """Return the terms of one field, each with a document that holds it, in order, and how often it does."""
        documents = np.array(self._documents[field[0]], np.int64)
        terms, owners = self._terms(field)
        keys, counts = np.unique(terms << _SHIFT | documents[owners].astype(np.uint64), return_counts=True)
        name = field_name(field)
        return {
            f"{name}.keys": keys,
            f"{name}.counts": np.minimum(counts, MOST_COUNT).astype(np.uint16),
            f"{name}.documents": documents.astype(np.int32),
            f"{name}.lengths": np.bincount(owners, minlength=len(documents)).astype(np.int32),
        }

    def _terms(self, field: Field) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Return the terms of the texts of a field, and for each the place of the text it comes from."""
        part, cut = field
        texts = self._texts[part]
        if cut is Cut.SOUND and part in _EVERY_READING:
            heard = [
                [self._analyser.number_of_sounds(term) for term in self._analyser.all_sounds(text)] for text in texts
            ]
            owners = np.repeat(np.arange(len(texts)), [len(numbers) for numbers in heard])
            return np.array([number for numbers in heard for number in numbers], np.uint64), owners
        terms, places = self._analyser.cut(self._analyser.codes("\n".join(texts)), cut)
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
        return terms, np.searchsorted(ends, places, side="right")


class Portion:
    """A portion that lies on the disk.

    Args:
        path: From `Draft.write`.
        digests: SHA-256 of its items, in their order.

    Raises:
        kiosk.search.arrays.ArraysDamageError: It is missing, something else, or cut off.
    """

    def __init__(self, path: Path, digests: Sequence[bytes]) -> None:
        self.digests = tuple(digests)
        self._arrays = Arrays(path)
        note = msgspec.json.decode(self._arrays.note, type=_Note)
        self.laws = note.laws
        self.chapters = note.chapters
        self.cited: Mapping[str, int] = note.cited
        self.names = note.names
        self._spelled = note.spelled

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return one array of those that `Draft.write` names."""
        return self._arrays[name]

    @property
    def owners(self) -> NDArray[np.int32]:
        """Item of every line of its names."""
        return self._arrays["names"]

    def rest(self) -> None:
        """Give memory back to the system between two uses."""
        self._arrays.rest()

    @property
    def items(self) -> int:
        """How many items."""
        return len(self.digests)

    @property
    def sections(self) -> int:
        """How many sections."""
        return int(self._arrays["firsts"][-1])

    def keys(self, field: Field) -> NDArray[np.uint64]:
        """Return the terms of a field, each number above the `DOCUMENT_BITS` of a document, in order."""
        return self._arrays[f"{field_name(field)}.keys"]

    def counts(self, field: Field) -> NDArray[np.uint16]:
        """Return how often each of `keys` is there."""
        return self._arrays[f"{field_name(field)}.counts"]

    def lengths(self, field: Field) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the documents of a field whose terms are numbers, and how many terms each has."""
        name = field_name(field)
        return self._arrays[f"{name}.documents"], self._arrays[f"{name}.lengths"]

    def spelled(self, field: Field) -> Iterator[tuple[str, dict[int, int]]]:
        """Give the terms of a field whose terms are strings, with the documents that hold each and how often."""
        yield from self._spelled[field_name(field)].items()


class _Pile:
    """Pieces, one after another, and where each begins."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._offsets = array("Q", [0])

    def add(self, piece: bytes) -> None:
        """Append one piece."""
        self._data += piece
        self._offsets.append(len(self._data))

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the pieces under a name, and where each begins and the last one ends under its offsets."""
        return {name: np.frombuffer(self._data, np.uint8), f"{name}.offsets": np.array(self._offsets, np.uint64)}
