"""Opens the index of a pack: postings as arrays through a bounded cache, texts and rows from mapped files."""

from collections import OrderedDict
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from content_packs.model import Kind
from content_packs.reader import ItemRow
from kiosk.search.fields import FIELDS, Field, Part, field_name, is_numbered
from kiosk.search.impacts import Impacts, ImpactsReader
from kiosk.search.layout import KINDS, About, read_about
from kiosk.search.names import NameTable
from kiosk.search.postings import IndexDamageError, Postings, PostingsReader
from kiosk.tables.read import Tables

_ENTRY_BYTES = 400
_POLICY = KINDS.index(Kind.POLICY)
_POLICY_TITLE = 0.3
_TEXT_PROOF, _ARTICLE_PROOF = 0.5, 0.8
_SHORT_ITEM = 6.0
"""Sections up to which a text proves fully."""


class PostingsCache:
    """The postings that were asked for last, bounded in bytes; shared by the indexes of all packs.

    Args:
        limit_bytes: Postings beyond this are forgotten, those unused longest first.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._entries: OrderedDict[tuple[Path, Field, str], Postings] = OrderedDict()

    @property
    def held_bytes(self) -> int:
        """Bytes of what is held, with what it costs to hold it."""
        return self._held

    def get(self, key: tuple[Path, Field, str]) -> Postings | None:
        """Return what is held under a key; None if nothing is."""
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
        return found

    def put(self, key: tuple[Path, Field, str], postings: Postings) -> None:
        """Hold postings, and forget others if there is no room."""
        self._entries[key] = postings
        self._held += postings.nbytes + _ENTRY_BYTES
        while self._held > self._limit and self._entries:
            _, old = self._entries.popitem(last=False)
            self._held -= old.nbytes + _ENTRY_BYTES


class PackIndex:
    """The open index of one installed pack. Close it.

    Args:
        folder: A complete index.
        cache: Where its postings are held.

    Raises:
        IndexDamageError: It cannot be read; it must be built anew.
    """

    def __init__(self, folder: Path, cache: PostingsCache) -> None:
        about = read_about(folder)
        if about is None:
            raise IndexDamageError(str(folder))
        self.about: About = about
        self._folder = folder
        self._cache = cache
        self._postings = PostingsReader(folder)
        try:
            self.firsts: NDArray[np.int32] = np.load(folder / "firsts.npy")
            self.kinds: NDArray[np.uint8] = np.load(folder / "kinds.npy")
            self.laws: NDArray[np.int32] = np.load(folder / "laws.npy")
            self.law_names = tuple((folder / "laws.txt").read_text("utf-8").splitlines())
            self.cited = (folder / "cited.txt").read_text("utf-8")
            self.chapters: NDArray[np.int32] = np.load(folder / "chapters.npy")
            self._impacts = {field: ImpactsReader(folder, field) for field in FIELDS if is_numbered(field)}
            self._texts = _Pieces(folder, "texts")
            self._rows = _Pieces(folder, "rows")
        except (OSError, ValueError, IndexDamageError) as error:
            self._postings.close()
            raise IndexDamageError(str(error)) from error
        self._decoder = msgspec.json.Decoder(ItemRow)

    @cached_property
    def text_proof(self) -> NDArray[np.float32]:
        """How far a text of every item proves what the item is about, 0 to 1.

        A text may mention anything, and a law of a hundred sections does. But an article is nothing but its text.
        """
        share = np.sqrt(np.minimum(1.0, _SHORT_ITEM / np.diff(self.firsts)))
        return np.where(self.laws >= 0, _ARTICLE_PROOF, _TEXT_PROOF * share).astype(np.float32)

    @cached_property
    def title_factors(self) -> NDArray[np.float32]:
        """What the title of every item counts beside other titles: villages do not speak like titles of laws."""
        return np.where(self.kinds == _POLICY, _POLICY_TITLE, 1.0).astype(np.float32)

    @cached_property
    def item_of(self) -> NDArray[np.int32]:
        """Item of every section."""
        return np.repeat(np.arange(len(self.firsts) - 1, dtype=np.int32), np.diff(self.firsts))

    @cached_property
    def _several(self) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        """Items of more than one section, and the first section of each and of the item after it, in turns."""
        items = np.flatnonzero(np.diff(self.firsts) > 1)
        return items, np.stack([self.firsts[items], self.firsts[items + 1]], axis=1).ravel()

    def best_of_items(self, sections: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the best score of the sections of every item."""
        best = sections[self.firsts[:-1]]
        items, bounds = self._several
        if len(items):
            best[items] = np.maximum.reduceat(np.append(sections, np.float32(0)), bounds)[::2]
        return np.asarray(best, np.float32)

    def documents(self, part: Part) -> int:
        """Return how many texts of this part there are."""
        if part is Part.CHAPTER:
            return self.about.chapters
        return self.about.sections if part in {Part.TEXT, Part.BODY} else self.about.items

    def impacts(self, field: Field, numbers: NDArray[np.uint64]) -> list[Impacts]:
        """Return where some terms occur and what they are worth there, in their order.

        What belongs to an item stands at its first section.

        Args:
            field: One whose terms are numbers.
            numbers: From `kiosk.search.analysis.Analyser.number`.
        """
        return self._impacts[field].find(numbers)

    def postings(self, field: Field, term: str) -> Postings:
        """Return where a term occurs: sections, and how often; what belongs to an item stands at its first section."""
        key = (self._folder, field, term)
        found = self._cache.get(key)
        if found is None:
            found = self._postings.read(field_name(field), term)
            self._cache.put(key, found)
        return found

    def row(self, item: int) -> ItemRow:
        """Return the catalogue row of an item."""
        return self._decoder.decode(self._rows[item])

    def text(self, section: int) -> str:
        """Return the text of a section, as it is shown."""
        return self._texts[section].decode()

    def names(self, tables: Tables) -> NameTable:
        """Return the table of its names; read anew at each call."""
        items: list[int] = np.load(self._folder / "names.npy").tolist()
        return NameTable((self._folder / "names.txt").read_text("utf-8"), items, tables)

    def close(self) -> None:
        """Close the files."""
        self._postings.close()


class _Pieces:
    """A mapped file of pieces."""

    def __init__(self, folder: Path, name: str) -> None:
        path = folder / f"{name}.bin"
        with path.open("rb") as file:  # an empty file cannot be mapped
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b""
        self._offsets = np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)

    def __getitem__(self, number: int) -> bytes:
        """Return one piece."""
        return self._data[int(self._offsets[number]) : int(self._offsets[number + 1])]
