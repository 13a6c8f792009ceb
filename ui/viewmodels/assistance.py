"""帮助: how this kiosk is used, whom to call, and the clerk's door."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.library import Library
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.tiles import CardRow, card_row

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineRow:
    """A number that anybody may call."""

    number: str
    title: str


HOTLINES = (
    HotlineRow(number="110", title="报警"),
    HotlineRow(number="119", title="火警"),
    HotlineRow(number="120", title="急救"),
    HotlineRow(number="12345", title="政务服务"),
    HotlineRow(number="12333", title="社保就业"),
    HotlineRow(number="12393", title="医保"),
    HotlineRow(number="12348", title="法律援助"),
    HotlineRow(number="96110", title="反诈"),
    HotlineRow(number="12356", title="心理援助"),
)
"""Section 6 of the requirements; the three that save lives first."""


@QmlElement
@QmlUncreatable("made by ui.app")
class AssistanceViewModel(QObject):
    """Tutorials of the packs and the hotlines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tutorials = RowModel(CardRow, parent=self)
        self._hotlines = RowModel(HotlineRow, HOTLINES, parent=self)

    def show(self, library: Library) -> None:
        """Show the tutorials of a library."""
        self._tutorials.show(tuple(map(card_row, library.tutorials())))

    @Property(QObject, constant=True)
    def tutorials(self) -> QObject:
        return self._tutorials

    @Property(QObject, constant=True)
    def hotlines(self) -> QObject:
        return self._hotlines
