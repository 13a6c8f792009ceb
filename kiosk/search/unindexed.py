"""Finds items of a pack that has no index yet, by titles, keywords and summaries alone."""

from collections.abc import Sequence

from content_packs.reader import ItemRow, PackReader
from kiosk.search.names import Folds, NameLines, NameTable
from kiosk.tables.read import Tables


class RowsOnly:
    """The catalogue of a pack, held in memory.

    Args:
        reader: The installed pack.
        folds: The analyser.
        tables: For the sounds of characters.
    """

    def __init__(self, reader: PackReader, folds: Folds, tables: Tables) -> None:
        self._rows = reader.rows()
        self._texts = [folds.fold(row.summary) for row in self._rows]
        lines = NameLines()
        for item, row in enumerate(self._rows):
            lines.add(item, row, folds)
        self._names = NameTable(lines.text, lines.items, tables)

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self._rows)

    def row(self, item: int) -> ItemRow:
        """Return the catalogue row of an item."""
        return self._rows[item]

    def names(self, tables: Tables) -> NameTable:
        """Return the table of its names."""
        del tables  # as in `kiosk.search.index.PackIndex`, which reads its names when they are asked for
        return self._names

    def shares(self, pieces: Sequence[str]) -> dict[int, float]:
        """Return the items that hold at least one piece, and how much of what was asked they hold, 0 to 1.

        A piece in the summary counts half of one in a name.
        """
        counts: dict[int, float] = {}
        for piece in pieces:
            named = {found.item for found in self._names.containing(piece)}
            told = {item for item, text in enumerate(self._texts) if piece in text} - named
            for item in named:
                counts[item] = counts.get(item, 0.0) + 1.0
            for item in told:
                counts[item] = counts.get(item, 0.0) + 0.5
        return {item: count / len(pieces) for item, count in counts.items()}
