"""A list for QML that changes in place: what a finger rests on, or an eye, is not taken away and made anew."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex
from typing_extensions import override

from ui.models.row_model import RowModel


class SteadyModel(RowModel):
    """Rows that keep their places: those that differ are told as changed, the end grows or shrinks.

    For rows that are all shown by one kind of delegate.
    """

    @override
    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows; nothing happens if they are the same."""
        wanted = tuple(rows)
        kept = min(len(wanted), len(self._rows))
        changed = [place for place in range(kept) if wanted[place] != self._rows[place]]
        self._rows = wanted[:kept] + self._rows[kept:]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        if len(self._rows) > kept:
            self.beginRemoveRows(QModelIndex(), kept, len(self._rows) - 1)
            self._rows = wanted
            self.endRemoveRows()
        elif len(wanted) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(wanted) - 1)
            self._rows = wanted
            self.endInsertRows()
