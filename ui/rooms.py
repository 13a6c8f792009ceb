"""The pages beyond home, with all they need: made after the first frame, or when somebody goes there sooner."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from content_packs.errors import PackError
from kiosk.doctor import Check, examine
from kiosk.services import Kiosk
from ui.clerk_office import PAGES as CLERKS_PAGES
from ui.clerk_office import Around, ClerkOffice
from ui.housekeeping import Housekeeping
from ui.index_keeper import IndexKeeper
from ui.jobs import Jobs, Lane
from ui.next_frame import NextFrame
from ui.night_shift import wall_clock
from ui.pictures import DrawnPictures, PackPictures
from ui.places import Page, Place
from ui.printing.printer import printer_of
from ui.search_sources import sources_of
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.assistance import AssistanceViewModel
from ui.viewmodels.browse import BrowseViewModel
from ui.viewmodels.clerk import ClerkViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.item import ItemViewModel
from ui.viewmodels.listening import ListeningViewModel
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.opening import OpeningViewModel
from ui.viewmodels.search import SearchViewModel
from ui.viewmodels.sound import SoundState, SoundViewModel
from ui.viewmodels.take_home import SlipSources, TakeHomeViewModel

QML = Path(__file__).parent / "qml" / "Kiosk" / "App" / "Rooms.qml"
SLIP = Path(__file__).parent / "qml" / "Kiosk" / "Clerk" / "StickSlip.qml"
CLOSED = QML.with_name("ClosedSign.qml")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the rooms are built into. All of it outlives them."""

    kiosk: Kiosk
    jobs: Jobs
    engine: QQmlApplicationEngine
    window: QQuickWindow
    navigator: Navigator
    home: HomeViewModel
    appearance: AppearanceViewModel
    sound: SoundViewModel
    pixels_per_mm: float


class Rooms(QObject):
    """List, item, search, 带走, help, size and clerk, and the voice heard in them. `close` before the window."""

    def __init__(self, house: House, parent: QObject) -> None:
        super().__init__(parent)
        kiosk, jobs = house.kiosk, house.jobs
        self._house = house
        pictures = DrawnPictures()
        next_frame = NextFrame(self)
        next_frame.watch(house.window)
        self.browse = BrowseViewModel(next_frame.then, self)
        self.listening = ListeningViewModel(jobs, self)
        self.item = ItemViewModel(
            jobs,
            lambda ref: kiosk.library.dossier(ref),  # noqa: PLW0108 (the library changes)
            self.listening.show_page,
            next_frame.then,
            self,
        )
        self.search = SearchViewModel(sources_of(kiosk), jobs, self)
        printer = printer_of(kiosk.settings)
        slip_sources = SlipSources(
            slip_of=kiosk.slip,
            allowed_hosts=lambda pack: kiosk.library.allowed_hosts(pack),  # noqa: PLW0108 (the library changes)
            printer=printer,
            pictures=pictures,
            dots_per_mm=lambda: house.pixels_per_mm,
        )
        self.take_home = TakeHomeViewModel(jobs, slip_sources, self)
        self.assistance = AssistanceViewModel(self)
        self.clerk = ClerkViewModel(jobs, self._examined, lambda: kiosk.unanswered.kept(), self)  # noqa: PLW0108 (made when needed)
        self.office = ClerkOffice(
            Around(
                kiosk=kiosk,
                jobs=jobs,
                navigator=house.navigator,
                listening=self.listening,
                printer=printer,
                environment=os.environ,
            ),
            self,
        )
        self.stick, self.pin, self.upkeep = self.office.stick, self.office.pin, self.office.upkeep
        self._indexes = IndexKeeper(kiosk, jobs)
        self._is_started = False
        house.engine.addImageProvider("media", PackPictures(kiosk.media))
        house.engine.addImageProvider("drawn", pictures)
        self.show_library()
        self._item = self._put_into_the_window()
        self._slip = self._put_over_the_strip()
        self.opening = OpeningViewModel(kiosk.settings.opening_hours, wall_clock, self)
        if kiosk.settings.opening_hours:
            self._put_under(self._slip)
        self._housekeeping = Housekeeping(
            lambda: house.navigator.here.page is Page.REST, house.engine.collectGarbage, house.window.update, self
        )
        self.listening.stateChanged.connect(self._tell_sound)
        house.sound.wanted.connect(self.listening.toggle)

    def start(self) -> None:
        """Prepare what takes a while: voice, search, missing indexes. Tidy up after installations that broke off."""
        kiosk, jobs = self._house.kiosk, self._house.jobs
        self._is_started = True
        self.listening.start(kiosk.open_reader)
        jobs.run(Lane.QUERIES, lambda: kiosk.searcher.warm_up(), lambda _: None)  # noqa: PLW0108 (it may change)
        self._indexes.look()
        jobs.run(Lane.PAGES, kiosk.tidy, lambda _: None)
        self.office.start()
        self._housekeeping.soon()

    def close(self) -> None:
        """End the voice, all work beside the screen, and what is shown."""
        self.office.close()
        self._indexes.close()
        self._housekeeping.close()
        self.listening.close()
        self._item.deleteLater()

    @property
    def busy(self) -> bool:
        """Whether something goes on for the person without touches."""
        return self.listening.busy or self.take_home.busy or self.office.busy

    def show_library(self) -> None:
        """Show what the packs hold today, and have them indexed."""
        self.assistance.show(self._house.kiosk.library)
        self._house.jobs.run(Lane.PAGES, self._tidy_unanswered, lambda _: None)  # at the start, and on every new day
        if self._is_started:
            self._indexes.look()

    # --- when a person goes somewhere --------------------------------------------------------------------------------

    def leave(self, place: Place) -> None:
        """Note how a place stands, and let go of what only it needs."""
        if place.page is Page.ITEM:
            tab = self.item.state.tab
            self._house.navigator.note(tab=tab.value if tab else "")
            self.listening.show_page((), 0)
        elif place.page is Page.LIST:
            self._house.navigator.note(chosen=self.browse.state.chosen)
        elif place.page is Page.TAKE_HOME:
            self.take_home.close()
        elif place.page in CLERKS_PAGES:
            self.office.leave(place.page)

    def arrive(self, place: Place) -> None:
        """Show what a place asks for."""
        library = self._house.kiosk.library
        arrivals: dict[Page, Callable[[], None]] = {
            Page.LIST: lambda: self.browse.show(library, place),
            Page.ITEM: lambda: self._open_item(place),
            Page.SEARCH: self.search.arrive,
            Page.TAKE_HOME: self._open_slip,
            Page.CLERK: self._open_office,
            Page.HISTORY: self.office.arrive,
            Page.HOME: self.search.reset,
        }
        arrivals.get(place.page, lambda: None)()

    def forget(self) -> None:
        """Wipe what the last person left."""
        self.listening.reset()
        self.item.close()
        self.take_home.close()
        self.search.reset()
        self.browse.reset()
        self.office.forget()
        self._housekeeping.soon()

    def _open_item(self, place: Place) -> None:
        if place.ref is None:
            return
        kiosk = self._house.kiosk
        try:
            title = kiosk.library.card(place.ref).title
        except PackError as error:
            kiosk.log.error(error)  # noqa: TRY400 (not the logging module)
            title = ""
        self.item.open(place.ref, title, tab=place.tab)

    def _open_office(self) -> None:
        self.office.arrive()
        if not bool(self._house.navigator.cameBack):  # the doctor takes seconds, and was here just now
            self.clerk.show()

    def _open_slip(self) -> None:
        dossier = self.item.state.dossier
        if dossier:
            self.take_home.open(dossier, self.item.state.tab)

    # --- how it hangs together ---------------------------------------------------------------------------------------

    def _put_over_the_strip(self) -> QQuickItem:
        house = self._house
        item = self._made(SLIP, {"navigator": house.navigator, "stick": self.stick, "home": house.home})
        item.setParentItem(house.window.contentItem())
        return item

    def _put_under(self, slip: QQuickItem) -> None:
        """Hang the sign for closing time: it covers everything but what the clerk is told of a stick."""
        house = self._house
        item = self._made(CLOSED, {"navigator": house.navigator, "home": house.home, "opening": self.opening})
        item.setParentItem(house.window.contentItem())
        item.stackBefore(slip)

    def _made(self, file: Path, properties: dict[str, QObject]) -> QQuickItem:
        component = QQmlComponent(self._house.engine, QUrl.fromLocalFile(str(file)))
        item = component.createWithInitialProperties(dict[str, object](properties))
        assert isinstance(item, QQuickItem), component.errorString()  # noqa: S101 (a part of this program)
        item.setParent(self)  # before its component goes
        return item

    def _put_into_the_window(self) -> QQuickItem:
        house = self._house
        item = self._made(
            QML,
            {
                "navigator": house.navigator,
                "home": house.home,
                "appearance": house.appearance,
                "browse": self.browse,
                "item": self.item,
                "search": self.search,
                "listening": self.listening,
                "takeHome": self.take_home,
                "assistance": self.assistance,
                "clerk": self.clerk,
                "stick": self.stick,
                "pin": self.pin,
                "upkeep": self.upkeep,
            },
        )
        item.setParentItem(house.window.property("middle"))
        return item

    def _tell_sound(self) -> None:
        listening = self.listening
        self._house.sound.show(
            SoundState(
                is_available=bool(listening.isAvailable),
                can_listen=bool(listening.canListen),
                is_moving=bool(listening.isMoving),
            )
        )

    def _tidy_unanswered(self) -> None:
        """Forget what was asked for too long ago; on a disk that is full it waits for another day."""
        with suppress(OSError):
            self._house.kiosk.unanswered.tidy()

    def _examined(self) -> tuple[Check, ...]:
        from kiosk.checkup import facts_of  # noqa: PLC0415 (only the clerk asks)

        return examine(facts_of(self._house.kiosk.home, self._house.kiosk.settings))
