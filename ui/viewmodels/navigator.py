"""Which page is shown, and the way back."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from content_packs.names import ItemRef, LifeStage
from ui.places import AT_HOME, AT_REST, Page, Place, Trail, gone_back, gone_to, left_at
from ui.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by ui.app")
class Navigator(QObject):
    """The trail of places. Pages tell how they are left; whoever shows a place listens to ``arrived``."""

    stateChanged = Signal()
    leaving = Signal()
    arrived = Signal()
    resetting = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trail = AT_REST
        self._came_back = False

    @property
    def here(self) -> Place:
        """Where the person is."""
        return self._trail.here

    @Property(str, notify=stateChanged)
    def page(self) -> str:
        """Name of the page that is shown."""
        return self._trail.here.page.value

    @Property(bool, notify=stateChanged)
    def canGoBack(self) -> bool:
        """Whether 返回 undoes a step."""
        return self._trail.can_go_back

    @Property(bool, notify=stateChanged)
    def cameBack(self) -> bool:
        """Whether 返回 led to the page that is shown."""
        return self._came_back

    @Slot()
    def back(self) -> None:
        """Undo the last step; from home, rest stays out of reach."""
        self._step(gone_back, back=True)

    @Slot()
    def home(self) -> None:
        """Go to the home page and forget the way here."""
        self._step(lambda _: AT_HOME)

    @Slot()
    def search(self) -> None:
        """Go to the search page."""
        self.go(Place(page=Page.SEARCH))

    @Slot()
    def themes(self) -> None:
        """Go to all themes."""
        self.go(Place(page=Page.THEMES))

    @Slot(str)
    def theme(self, theme: str) -> None:
        """Go to the list of a theme."""
        self.go(Place(page=Page.LIST, theme=theme))

    @Slot(str)
    def person(self, stage: str) -> None:
        """Go to the list of a life stage."""
        self.go(Place(page=Page.LIST, stage=LifeStage(stage)))

    @Slot(str, str)
    def item(self, pack: str, item: str) -> None:
        """Go to an item."""
        self.go(Place(page=Page.ITEM, ref=ItemRef(pack, item)))

    @Slot()
    def takeHome(self) -> None:
        """Go to the slip and the codes of the item that is open; elsewhere nothing happens."""
        if self.here.ref:
            self.go(Place(page=Page.TAKE_HOME, ref=self.here.ref))

    @Slot()
    def help(self) -> None:
        """Go to help."""
        self.go(Place(page=Page.HELP))

    @Slot()
    def size(self) -> None:
        """Go to the size of letters."""
        self.go(Place(page=Page.SIZE))

    @Slot()
    def clerk(self) -> None:
        """Go to the clerk's page."""
        self.go(Place(page=Page.CLERK))

    @Slot()
    def history(self) -> None:
        """Go to what was synced when."""
        self.go(Place(page=Page.HISTORY))

    def go(self, place: Place) -> None:
        """Go to a place; the step can be undone."""
        self._step(lambda trail: gone_to(AT_HOME if trail == AT_REST else trail, place))

    def reset(self) -> None:
        """Forget the person who was here, and rest."""
        self.resetting.emit()
        self._step(lambda _: AT_REST)

    def note(self, *, tab: str = "", chosen: Hashable = None) -> None:
        """Note how the present page stands, for whoever comes back to it; to be called while ``leaving``."""
        self._trail = left_at(self._trail, tab=tab, chosen=chosen)

    def _step(self, step: Callable[[Trail], Trail], *, back: bool = False) -> None:
        if step(self._trail) == self._trail:
            return
        self.leaving.emit()
        self._trail = step(self._trail)
        self._came_back = back
        self.arrived.emit()
        self.stateChanged.emit()
