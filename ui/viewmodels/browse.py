"""The list of a theme or of a life stage, and what narrows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.model import Kind
from kiosk.labels import KIND_LABELS
from kiosk.library import EVERYTHING, Library
from kiosk.words import Facets, ItemFilter
from ui.models.row_model import RowModel
from ui.places import Place
from ui.qt import Property, QmlUncreatable
from ui.tiles import CardRow, TileRow, card_row, person_row, theme_row

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

MOST_YEARS = 6
MOST_ISSUERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipRow:
    """One chip: which facet and value it stands for, what it says, and whether it is chosen."""

    facet: str
    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseState:
    """What is listed: the name of the list, the filter, and how many items are left."""

    title: str = ""
    glyph: str = ""
    hue: int = 12
    chosen: ItemFilter = EVERYTHING
    count: int = 0


def toggled(chosen: ItemFilter, facet: str, value: str) -> ItemFilter:
    """Return the filter after a touch on a chip; a touch on a chosen one takes it off."""
    if facet == "kind":
        kind = Kind(value)
        return replace(chosen, kind=None if chosen.kind is kind else kind)
    if facet == "year":
        year = int(value)
        return replace(chosen, year=None if chosen.year == year else year)
    return replace(chosen, issuer="" if chosen.issuer == value else value)


def chips_of(facets: Facets, chosen: ItemFilter) -> tuple[ChipRow, ...]:
    """Return the chips of a list. A facet with one value only narrows nothing and is left out, unless it is chosen."""
    kinds = tuple(
        ChipRow(facet="kind", value=kind.value, title=f"{KIND_LABELS[kind]} {count}", chosen=chosen.kind is kind)
        for kind, count in facets.kinds
    )
    years = tuple(
        ChipRow(facet="year", value=str(year), title=f"{year}年 {count}", chosen=chosen.year == year)
        for year, count in facets.years[:MOST_YEARS]
    )
    issuers = tuple(
        ChipRow(facet="issuer", value=issuer, title=f"{issuer} {count}", chosen=chosen.issuer == issuer)
        for issuer, count in facets.issuers[:MOST_ISSUERS]
    )
    facet_rows = (kinds, years, issuers)
    return tuple(chip for row in facet_rows if len(row) > 1 or any(chip.chosen for chip in row) for chip in row)


def _tile_of(library: Library, place: Place) -> TileRow:
    """Return the tile that leads to a place; an unnamed one if it no longer exists."""
    if place.stage:
        found = [person_row(person) for person in library.people() if person.stage is place.stage]
    else:
        found = [theme_row(theme) for theme in library.themes() if theme.id == place.theme]
    return found[0] if found else TileRow(id="", title="", detail="", glyph="", hue=12)


Then = Callable[[Callable[[], None]], None]


def at_once(action: Callable[[], None]) -> None:
    """Run an action now."""
    action()


@QmlElement
@QmlUncreatable("made by ui.app")
class BrowseViewModel(QObject):
    """One list of items with its chips. ``listed`` asks for its beginning; coming back keeps the place in it."""

    stateChanged = Signal()
    listed = Signal()

    def __init__(self, then: Then = at_once, parent: QObject | None = None) -> None:
        """Make the page with nothing on it.

        Args:
            then: Runs an action once the eye has had its frame: the title comes first, the rows after it.
            parent: Owner.
        """
        super().__init__(parent)
        self._then = then
        self._library: Library | None = None
        self._cards = RowModel(CardRow, parent=self)
        self._chips = RowModel(ChipRow, parent=self)
        self._state = BrowseState()

    @property
    def state(self) -> BrowseState:
        """What is listed."""
        return self._state

    def show(self, library: Library, place: Place) -> None:
        """List what a place asks for: without any chip chosen if it is new, else as it was left."""
        self._library = library
        tile = _tile_of(library, place)
        left, new = place.chosen, ItemFilter(theme=place.theme, stage=place.stage)
        chosen = left if isinstance(left, ItemFilter) else new
        state = BrowseState(title=tile.title, glyph=tile.glyph, hue=tile.hue, chosen=chosen)
        self._list(state, anew=left is None, later=self._then)

    def reset(self) -> None:
        """Forget what was listed."""
        self._library = None
        self._cards.show(())
        self._chips.show(())
        self._state = BrowseState()
        self.stateChanged.emit()

    @Slot(str, str)
    def toggle(self, facet: str, value: str) -> None:
        """Choose a chip, or take it off."""
        self._list(replace(self._state, chosen=toggled(self._state.chosen, facet, value)))

    @Slot()
    def showAll(self) -> None:
        """Take all chips off."""
        plain = ItemFilter(theme=self._state.chosen.theme, stage=self._state.chosen.stage)
        self._list(replace(self._state, chosen=plain))

    def _list(self, state: BrowseState, *, anew: bool = True, later: Then = at_once) -> None:
        if not self._library:
            return
        rows = tuple(map(card_row, self._library.cards(state.chosen)))
        self._state = shown = replace(state, count=len(rows))
        if later is not at_once and rows != self._cards.rows:
            self._cards.show(())
        self.stateChanged.emit()
        later(lambda: self._fill(shown, rows, anew=anew))

    def _fill(self, state: BrowseState, rows: tuple[CardRow, ...], *, anew: bool) -> None:
        """Put chips and rows below the title, unless another list has been opened since."""
        if state is not self._state or not self._library:
            return
        self._chips.show(chips_of(self._library.facets(state.chosen), state.chosen))
        self._cards.show(rows)
        if anew:
            self.listed.emit()

    @Property(str, notify=stateChanged)
    def title(self) -> str:
        return self._state.title

    @Property(str, notify=stateChanged)
    def glyph(self) -> str:
        return self._state.glyph

    @Property(int, notify=stateChanged)
    def hue(self) -> int:
        return self._state.hue

    @Property(int, notify=stateChanged)
    def count(self) -> int:
        return self._state.count

    @Property(bool, notify=stateChanged)
    def narrowed(self) -> bool:
        chosen = self._state.chosen
        return bool(chosen.kind or chosen.year or chosen.issuer)

    @Property(QObject, constant=True)
    def cards(self) -> QObject:
        return self._cards

    @Property(QObject, constant=True)
    def chips(self) -> QObject:
        return self._chips
