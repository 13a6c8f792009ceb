"""The home page, and rest: what is asked most, and where to find the rest."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.clock import day_words
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.sight import AskedRow, HomeContent, TileRow

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


class HomeState(NamedTuple):
    """What the home page shows beside its lists."""

    village: str = ""
    today: str = ""
    updated: str = ""
    remark: str = ""
    notice_title: str = ""
    notice_badge: str = ""
    notice_pack: str = ""
    notice_id: str = ""


def gate_name(village: str) -> str:
    """Return what stands on the board over the village gate: the name up to 村, where the service point has more."""
    name, found, _ = village.partition("村")
    return name + found if name and found else "村口"


def home_state(content: HomeContent, today: date) -> HomeState:
    """Return what is shown on a day beside the lists."""
    notice = content.notice
    return HomeState(
        village=content.village,
        today=day_words(today),
        updated=content.updated,
        remark=content.remark,
        notice_title=notice.title if notice else "",
        notice_badge=notice.badge if notice else "",
        notice_pack=notice.pack if notice else "",
        notice_id=notice.id if notice else "",
    )


@QmlElement
@QmlUncreatable("made by ui.app")
class HomeViewModel(QObject):
    """Themes, people, what everybody asks, one notice."""

    stateChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles = RowModel(TileRow, parent=self)
        self._themes = RowModel(TileRow, parent=self)
        self._people = RowModel(TileRow, parent=self)
        self._hot = RowModel(AskedRow, parent=self)
        self._state = HomeState()

    @property
    def state(self) -> HomeState:
        """What is shown."""
        return self._state

    def show(self, content: HomeContent, today: date) -> None:
        """Show what the packs hold, on a day."""
        self._tiles.show(content.tiles)
        self._themes.show(content.themes)
        self._people.show(content.people)
        self._hot.show(content.asked)
        state = home_state(content, today)
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    @Property(str, notify=stateChanged)
    def gate(self) -> str:
        return gate_name(self._state.village)

    @Property(bool, notify=stateChanged)
    def shown(self) -> bool:
        return bool(self._state.today)

    @Property(str, notify=stateChanged)
    def village(self) -> str:
        return self._state.village

    @Property(str, notify=stateChanged)
    def today(self) -> str:
        return self._state.today

    @Property(str, notify=stateChanged)
    def updated(self) -> str:
        return self._state.updated

    @Property(str, notify=stateChanged)
    def remark(self) -> str:
        return self._state.remark

    @Property(str, notify=stateChanged)
    def noticeBadge(self) -> str:
        return self._state.notice_badge

    @Property(str, notify=stateChanged)
    def noticeTitle(self) -> str:
        return self._state.notice_title

    @Property(str, notify=stateChanged)
    def noticePack(self) -> str:
        return self._state.notice_pack

    @Property(str, notify=stateChanged)
    def noticeId(self) -> str:
        return self._state.notice_id

    @Property(QObject, constant=True)
    def tiles(self) -> QObject:
        return self._tiles

    @Property(QObject, constant=True)
    def allThemes(self) -> QObject:
        return self._themes

    @Property(QObject, constant=True)
    def people(self) -> QObject:
        return self._people

    @Property(QObject, constant=True)
    def hot(self) -> QObject:
        return self._hot
