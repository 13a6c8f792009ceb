"""The home page, and rest: what is asked most, and where to find the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.clock import date_words, day_words
from kiosk.library import Library
from kiosk.words import ThemeTile
from ui.fonts import glyph
from ui.models.row_model import RowModel
from ui.qt import Property, QmlUncreatable
from ui.tiles import CardRow, TileRow, card_row, person_row, theme_row

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

HOME_TILES = 8
MOST_PEOPLE = 5
MOST_ASKED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """What the home page shows beside its lists."""

    village: str = ""
    today: str = ""
    updated: str = ""
    notice_title: str = ""
    notice_pack: str = ""
    notice_id: str = ""


def home_tiles(themes: tuple[ThemeTile, ...]) -> tuple[TileRow, ...]:
    """Return the tiles of the home page: at most eight, the last of which leads to the others if there are more."""
    rows = tuple(map(theme_row, themes))
    if len(rows) <= HOME_TILES:
        return rows
    return (*rows[: HOME_TILES - 1], TileRow(id="", title="更多", detail="全部分类", glyph=glyph("apps"), hue=12))


def gate_name(village: str) -> str:
    """Return what stands on the board over the village gate: the name up to 村, where the service point has more."""
    name, found, _ = village.partition("村")
    return name + found if name and found else "村口"


@QmlElement
@QmlUncreatable("made by ui.app")
class HomeViewModel(QObject):
    """Themes, people, what everybody asks, one notice."""

    stateChanged = Signal()

    def __init__(self, village: str, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._village = village
        self._today = today
        self._tiles = RowModel(TileRow, parent=self)
        self._themes = RowModel(TileRow, parent=self)
        self._people = RowModel(TileRow, parent=self)
        self._hot = RowModel(CardRow, parent=self)
        self._state = HomeState(village=village)

    @property
    def state(self) -> HomeState:
        """What is shown."""
        return self._state

    def show(self, library: Library) -> None:
        """Show what a library holds today."""
        themes = library.themes()
        self._tiles.show(home_tiles(themes))
        self._themes.show(tuple(map(theme_row, themes)))
        self._people.show(tuple(map(person_row, library.people()[:MOST_PEOPLE])))
        self._hot.show(tuple(map(card_row, library.hot()[:MOST_ASKED])))
        notice = next(iter(library.notices()), None)
        self._state = HomeState(
            village=self._village,
            today=day_words(self._today()),
            updated=f"内容更新于{date_words(library.updated_on())}" if library.packs() else "",
            notice_title=notice.title if notice else "",
            notice_pack=notice.ref.pack if notice else "",
            notice_id=notice.ref.id if notice else "",
        )
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
