"""A list for QML whose rows are frozen dataclasses or named tuples; the roles are their fields in camelCase."""

# mypy: disable-error-code="explicit-override"
# Home needs it before the first frame, and the module that brings `override` takes 3 ms.

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex

_FIRST_ROLE = 0x0100
"""Qt.ItemDataRole.UserRole. Its namespace makes 92 enumerations, 12 ms before the first frame."""

_NO_INDEX = QModelIndex()


def camel_case(name: str) -> str:
    """Return a Python name as QML writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class RowModel(QAbstractListModel):
    """Rows of one class.

    Args:
        row_type: The class; each field is a role.
        rows: What is shown first.
        parent: Owner.
    """

    def __init__(self, row_type: type, rows: Sequence[Any] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = list(row_type.__annotations__)
        self._roles = {
            _FIRST_ROLE + number: QByteArray(camel_case(name).encode()) for number, name in enumerate(self._names)
        }
        self._rows = tuple(rows)

    @property
    def rows(self) -> tuple[Any, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows; nothing happens if they are the same."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _FIRST_ROLE) -> Any:  # noqa: ANN401 (as many kinds as fields)
        if not index.isValid() or role not in self._roles:
            return None
        value = getattr(self._rows[index.row()], self._names[role - _FIRST_ROLE])
        return list(value) if isinstance(value, tuple) else value

    def roleNames(self) -> dict[int, QByteArray]:
        return self._roles
