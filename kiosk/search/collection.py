"""The open packs as one collection: their names and texts, and which of their items are written for villagers."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kiosk.search.findings import Found
from kiosk.search.index import PackIndex
from kiosk.search.names import NameTable
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables


class Collection:
    """Holds the open packs. Names are read when they are first asked for.

    Args:
        packs: For each its index, or its rows while it has none.
        tables: For the sounds of names.

    Attributes:
        packs: The same, in the order of their numbers.
        indexed: Those with an index, each with its number.
    """

    def __init__(self, packs: Sequence[PackIndex | RowsOnly], tables: Tables) -> None:
        self.packs = tuple(packs)
        self.indexed = tuple((number, pack) for number, pack in enumerate(packs) if isinstance(pack, PackIndex))
        self._tables = tables

    @cached_property
    def names(self) -> tuple[NameTable, ...]:
        """For every pack: the names of its items."""
        return tuple(pack.names(self._tables) for pack in self.packs)

    @cached_property
    def spoken(self) -> tuple[NDArray[np.bool_], ...]:
        """For every pack: which of its items are written for villagers: they have more names than a title."""
        items = (pack.about.items if isinstance(pack, PackIndex) else pack.items for pack in self.packs)
        return tuple(names.lines_of_items(count) > 1 for names, count in zip(self.names, items, strict=True))

    @cached_property
    def has_spoken(self) -> bool:
        """Whether something is written for villagers."""
        return any(spoken.any() for spoken in self.spoken)

    def text(self, found: Found) -> str:
        """Return the text of the section that matched best; of an item without an index its summary."""
        pack = self.packs[found.pack]
        if isinstance(pack, PackIndex):
            return pack.text(int(pack.firsts[found.item]) + found.section)
        return pack.row(found.item).summary

    def close(self) -> None:
        """Close the indexes."""
        for _, index in self.indexed:
            index.close()
