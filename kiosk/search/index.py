"""Opens the index of a pack: postings as arrays through a bounded cache, texts and rows from mapped files."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from content_packs.model import Kind
from content_packs.reader import ItemRow
from kiosk.search.fields import Field, Part, field_name
from kiosk.search.impacts import Impacts
from kiosk.search.layout import KINDS, About, read_about
from kiosk.search.names import NameTable
from kiosk.search.open_layer import OpenLayer, Placed
from kiosk.search.postings import IndexDamageError, Postings
from kiosk.tables.read import Tables

_ENTRY_BYTES = 400
_SEVERAL = 2
_POLICY = KINDS.index(Kind.POLICY)
_POLICY_TITLE = 0.3
_TEXT_PROOF, _ARTICLE_PROOF = 0.5, 0.8
_SHORT_ITEM = 6.0
"""Sections up to which a text proves fully."""


class PostingsCache:
    """The postings that were asked for last, bounded in bytes; shared by the indexes of all packs.

    It holds those that Whoosh has unpacked, and counts what was read of the others, which lie in mapped files.

    Args:
        limit_bytes: Postings beyond this are forgotten, those unused longest first; of mapped files, all at once.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._mapped = self._rounds = 0
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

    @property
    def rounds(self) -> int:
        """How often more of the mapped files was read than may stay: each time all of it is to be given back."""
        return self._rounds

    def read_mapped(self, more: int) -> None:
        """Count so many more bytes that were read of mapped files."""
        self._mapped += more
        if self._mapped > self._limit:
            self._mapped = 0
            self._rounds += 1


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
        self.folder = folder
        self._cache = cache
        self._round = cache.rounds
        self._decoder = msgspec.json.Decoder(ItemRow)
        with ExitStack() as opened:
            self.layers = tuple(_opened(folder / str(number), opened) for number in range(about.layers))
            try:
                dead: NDArray[np.int32] = np.load(folder / "dead.npy")
                self.cited = (folder / "cited.txt").read_text("utf-8")
            except (OSError, ValueError) as error:
                raise IndexDamageError(str(error)) from error
            self._opened = opened.pop_all()
        self.dead = frozenset(dead.tolist())
        self._placed = tuple(_placed(self.layers, dead))
        self.law_names = tuple(name for layer in self.layers for name in layer.law_names)
        firsts = [each.layer.firsts[:-1] + np.int32(each.section) for each in self._placed]
        self.firsts: NDArray[np.int32] = np.append(np.concatenate(firsts), np.int32(about.sections))
        self.kinds: NDArray[np.uint8] = np.concatenate([layer.kinds for layer in self.layers])
        self.laws: NDArray[np.int32] = np.concatenate([layer.laws for layer in self.layers])
        self.chapters: NDArray[np.int32] = np.concatenate([layer.chapters for layer in self.layers])

    @property
    def living(self) -> int:
        """How many items there are; `about` counts the places of those that are gone too."""
        return self.about.items - len(self.dead)

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
        if self._round != self._cache.rounds:  # before anything is read: what a question has just found stays
            self._round = self._cache.rounds
            for layer in self.layers:
                layer.rest()
        before = sum([layer.impacts[field].used_bytes for layer in self.layers])
        if len(self._placed) == 1:
            found = self._placed[0].impacts(field, numbers)
        else:
            layers = zip(*(each.impacts(field, numbers) for each in self._placed), strict=True)
            found = [_joined_impacts(each) for each in layers]
        self._cache.read_mapped(sum([layer.impacts[field].used_bytes for layer in self.layers]) - before)
        return found

    def postings(self, field: Field, term: str) -> Postings:
        """Return where a term occurs: sections, and how often; what belongs to an item stands at its first section."""
        key = (self.folder, field, term)
        found = self._cache.get(key)
        if found is None:
            layers = [each.postings(field_name(field), field[0], term) for each in self._placed]
            found = layers[0] if len(layers) == 1 else _joined_postings(layers)
            self._cache.put(key, found)
        return found

    def row(self, item: int) -> ItemRow:
        """Return the catalogue row of an item."""
        each = self._holding(item, lambda placed: placed.item)
        return self._decoder.decode(each.layer.rows[item - each.item])

    def text(self, section: int) -> str:
        """Return the text of a section, as it is shown."""
        each = self._holding(section, lambda placed: placed.section)
        return each.layer.texts[section - each.section].decode()

    def names(self, tables: Tables) -> NameTable:
        """Return the table of its names; read anew at each call."""
        items: list[int] = np.load(self.folder / "names.npy").tolist()
        return NameTable((self.folder / "names.txt").read_text("utf-8"), items, tables)

    def close(self) -> None:
        """Close the files."""
        self._opened.close()

    def _holding(self, number: int, first: Callable[[Placed], int]) -> Placed:
        """Return the layer that holds an item or a section."""
        return next(each for each in reversed(self._placed) if first(each) <= number)


def _opened(folder: Path, stack: ExitStack) -> OpenLayer:
    layer = OpenLayer(folder)
    stack.callback(layer.close)
    return layer


def _placed(layers: Sequence[OpenLayer], dead: NDArray[np.int32]) -> Iterator[Placed]:
    item = section = chapter = 0
    for layer in layers:
        yield Placed(layer, item=item, section=section, chapter=chapter, dead=dead)
        item += layer.about.items
        section += layer.about.sections
        chapter += layer.about.chapters


def _joined_impacts(layers: Sequence[Impacts]) -> Impacts:
    held = [found for found in layers if len(found.ids)]
    if len(held) < _SEVERAL:
        return held[0] if held else layers[0]
    return Impacts(np.concatenate([found.ids for found in held]), np.concatenate([found.worths for found in held]))


def _joined_postings(layers: Sequence[Postings]) -> Postings:
    return Postings(
        np.concatenate([found.ids for found in layers]), np.concatenate([found.weights for found in layers])
    )
