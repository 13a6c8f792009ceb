"""One layer of an open index: its files as arrays and pieces, counted from its own beginning."""

import os
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from kiosk.search.fields import FIELDS, Field, Part, is_numbered
from kiosk.search.impacts import Impacts, ImpactsReader
from kiosk.search.layout import AboutLayer, read_layer
from kiosk.search.postings import IndexDamageError, Postings, PostingsReader

Ids = NDArray[np.int32]

_QUICKER: Final = 32
"""Looking for one dead section takes as long as looking at so many postings."""

_NO_SECTIONS: Final = np.zeros(0, np.int32)


class OpenLayer:
    """The open files of one layer. Close it.

    Args:
        folder: Of the layer.

    Raises:
        IndexDamageError: It cannot be read, or is not complete.
    """

    def __init__(self, folder: Path) -> None:
        about = read_layer(folder)
        if about is None:
            raise IndexDamageError(str(folder))
        self.folder = folder
        self.about: AboutLayer = about
        with ExitStack() as opened:
            self._open(folder, opened)
            self._opened = opened.pop_all()

    def _open(self, folder: Path, opened: ExitStack) -> None:
        self.whoosh = PostingsReader(folder)
        opened.callback(self.whoosh.close)
        try:
            self.firsts: Ids = np.load(folder / "firsts.npy")
            self.kinds: NDArray[np.uint8] = np.load(folder / "kinds.npy")
            self.laws: Ids = np.load(folder / "laws.npy")
            self.law_names = (folder / "laws.txt").read_text("utf-8").splitlines()
            self.chapters: Ids = np.load(folder / "chapters.npy")
            self.impacts = {field: _impacts(folder, field, opened) for field in FIELDS if is_numbered(field)}
            self.texts = Pieces(folder, "texts")
            opened.callback(self.texts.close)
            self.rows = Pieces(folder, "rows")
            opened.callback(self.rows.close)
        except (OSError, ValueError) as error:
            raise IndexDamageError(str(error)) from error

    def chapter_names(self) -> list[tuple[str, str]]:
        """Return law and heading of every chapter that is new in this layer; read anew at each call.

        Raises:
            OSError, msgspec.MsgspecError: They cannot be read.
        """
        return msgspec.json.decode((self.folder / "chapters.json").read_bytes(), type=list[tuple[str, str]])

    def rest(self) -> None:
        """Give back to the system the pages of postings that were read."""
        for reader in self.impacts.values():
            reader.rest()

    def close(self) -> None:
        """Close the files."""
        self._opened.close()


def _impacts(folder: Path, field: Field, opened: ExitStack) -> ImpactsReader:
    reader = ImpactsReader(folder, field)
    opened.callback(reader.close)
    return reader


class Placed:
    """A layer at its place among the layers of an index.

    Args:
        layer: Open.
        item: Items of the layers below.
        section: Sections of the layers below.
        chapter: Chapters of the layers below.
        dead: Items of the whole index whose places are empty, ascending.
    """

    def __init__(self, layer: OpenLayer, *, item: int, section: int, chapter: int, dead: Ids) -> None:
        self.layer = layer
        self.item, self.section, self.chapter = item, section, chapter
        here = dead[(dead >= item) & (dead < item + layer.about.items)] - item
        self._dead = here

    @cached_property
    def _dead_sections(self) -> Ids:
        """Sections of this layer that belong to nothing any more, ascending."""
        firsts = self.layer.firsts
        ranges = [np.arange(firsts[item], firsts[item + 1], dtype=np.int32) for item in self._dead.tolist()]
        return np.concatenate(ranges) if ranges else _NO_SECTIONS

    @cached_property
    def _is_alive(self) -> NDArray[np.bool_]:
        """For every section of this layer whether it belongs to something."""
        alive = np.ones(self.layer.about.sections, np.bool_)
        alive[self._dead_sections] = False
        return alive

    def impacts(self, field: Field, numbers: NDArray[np.uint64]) -> list[Impacts]:
        """Return where terms occur in this layer, as the whole index counts, and what they are worth there."""
        found = self.layer.impacts[field].find(numbers)
        offset, has_dead = self._offset(field[0]), self._has_dead(field[0])
        if not offset and not has_dead:  # most often: nothing to count anew
            return found
        return [self._anew(each, offset, has_dead=has_dead) if len(each.ids) else each for each in found]

    def postings(self, name: str, part: Part, term: str) -> Postings:
        """Return where a term occurs in this layer, as the whole index counts, and how often."""
        found = self.layer.whoosh.read(name, term)
        offset, kept = self._offset(part), self._kept(found.ids) if self._has_dead(part) else None
        if kept is not None:
            found = Postings(found.ids[kept], found.weights[kept])
        return Postings(found.ids + offset, found.weights) if offset else found

    def _anew(self, found: Impacts, offset: np.int32, *, has_dead: bool) -> Impacts:
        ids, worths = found.ids, found.worths
        if has_dead and (kept := self._kept(ids)) is not None:
            ids, worths = ids[kept], worths[kept]
        return Impacts(ids + offset if offset else ids, worths)

    def _offset(self, part: Part) -> np.int32:
        return np.int32(self.chapter if part is Part.CHAPTER else self.section)

    def _has_dead(self, part: Part) -> bool:
        return part is not Part.CHAPTER and len(self._dead) > 0

    def _kept(self, ids: Ids) -> NDArray[np.bool_] | None:
        """Return which postings belong to something; None if all do."""
        dead = self._dead_sections
        if len(dead) * _QUICKER < len(ids):
            places = np.minimum(np.searchsorted(ids, dead), len(ids) - 1)
            if not (ids[places] == dead).any():
                return None
        kept = self._is_alive[ids]
        return None if kept.all() else kept


class Pieces:
    """A file of pieces, read one by one: what is shown of an index is little, and stays in nobody's memory. Close it.

    Args:
        folder: Holds ``NAME.bin`` and ``NAME.npy``.
        name: Of both.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
        self._file = (folder / f"{name}.bin").open("rb", buffering=0)

    def __getitem__(self, number: int) -> bytes:
        """Return one piece."""
        begin, end = int(self._offsets[number]), int(self._offsets[number + 1])
        return os.pread(self._file.fileno(), end - begin, begin)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
