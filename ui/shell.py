"""Puts the screen together: services, view models, window; and says who is told when a person goes somewhere.

The library is read before the window opens; search, voice, keyboard and the other pages come after the first frame.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from content_packs.errors import PackError
from content_packs.store import PackStore
from kiosk.doctor import Check, examine
from kiosk.panel import Panel
from kiosk.services import Kiosk
from kiosk.session import IdleSession
from ui.fonts import register_icon_font
from ui.jobs import Jobs, Lane
from ui.next_frame import NextFrame
from ui.pictures import DrawnPictures, PackPictures
from ui.places import Page
from ui.printing.printer import printer_of
from ui.search_sources import sources_of
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.assistance import AssistanceViewModel
from ui.viewmodels.browse import BrowseViewModel
from ui.viewmodels.clerk import ClerkViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.idle import IdleViewModel
from ui.viewmodels.item import ItemViewModel
from ui.viewmodels.listening import ListeningViewModel
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.search import SearchViewModel
from ui.viewmodels.take_home import SlipSources, TakeHomeViewModel

QML = Path(__file__).parent / "qml"
USUAL_DISTANCE_MM = 550
WARM_UP_MS = 400
LOOK_FOR_PACKS_MS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the window is shown on.

    Attributes:
        panel: Millimetres of the part that the window covers.
        size: Pixels of the window; None fills the screen.
        pixels_per_mm: Of the panel.
    """

    panel: Panel
    size: QSize | None
    pixels_per_mm: float


class Shell(QObject):
    """The screen of one kiosk. `close` before the application ends.

    Args:
        kiosk: What it can do; closed by the caller.
        jobs: The door off the UI thread; closed by the caller.
        screen: Where the window goes.
        parent: Owner.
    """

    def __init__(self, kiosk: Kiosk, jobs: Jobs, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kiosk = kiosk
        self._jobs = jobs
        settings = kiosk.settings
        pictures = DrawnPictures()
        self.navigator = Navigator(self)
        self.home = HomeViewModel(settings.village, lambda: kiosk.today, self)
        self.browse = BrowseViewModel(self)
        self.listening = ListeningViewModel(jobs, self)
        self._next_frame = NextFrame(self)
        self.item = ItemViewModel(
            jobs,
            lambda ref: kiosk.library.dossier(ref),  # noqa: PLW0108 (the library changes)
            self.listening.show_page,
            self._next_frame.then,
            self,
        )
        self.search = SearchViewModel(sources_of(kiosk), jobs, self)
        slip_sources = SlipSources(
            slip_of=kiosk.slip,
            allowed_hosts=lambda pack: kiosk.library.allowed_hosts(pack),  # noqa: PLW0108 (the library changes)
            printer=printer_of(settings),
            pictures=pictures,
            dots_per_mm=lambda: screen.pixels_per_mm,
        )
        self.take_home = TakeHomeViewModel(jobs, slip_sources, self)
        self.appearance = AppearanceViewModel(settings, self)
        self.assistance = AssistanceViewModel(self)
        self.clerk = ClerkViewModel(jobs, self._examined, self)
        session = IdleSession(idle_s=settings.idle_s, warn_s=settings.warn_s)
        self.idle = IdleViewModel(session, now=time.monotonic, busy=self._is_busy, parent=self)
        self.engine = QQmlApplicationEngine(self)
        self.engine.addImportPath(str(QML))
        self.engine.addImageProvider("media", PackPictures(kiosk.media))
        self.engine.addImageProvider("drawn", pictures)
        self.window = self._opened(screen)
        self._connect()
        self._look = QTimer(self, interval=LOOK_FOR_PACKS_MS)
        self._look.timeout.connect(self._look_for_packs)

    def warm_up(self) -> None:
        """Prepare what the first frame did not need: voice and search; tidy up after installations that broke off."""
        self.listening.start(self._kiosk.open_reader)
        self._jobs.run(Lane.QUERIES, lambda: self._kiosk.searcher.warm_up(), lambda _: None)  # noqa: PLW0108
        self._jobs.run(Lane.PAGES, PackStore(self._kiosk.home.root).clean, lambda _: None)
        self._look.start()

    def close(self) -> None:
        """End the voice and the window."""
        self._look.stop()
        self.listening.close()
        # QML first: its bindings must not outlive the view models they read.
        self.window.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _opened(self, screen: Screen) -> QQuickWindow:
        """Return the window with the home page's content in it, not yet shown."""
        self.show_library()
        self._set_theme(screen)
        self.engine.setInitialProperties(
            {
                "navigator": self.navigator,
                "home": self.home,
                "browse": self.browse,
                "item": self.item,
                "search": self.search,
                "listening": self.listening,
                "takeHome": self.take_home,
                "appearance": self.appearance,
                "assistance": self.assistance,
                "clerk": self.clerk,
                "idle": self.idle,
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(QML / "Kiosk" / "App" / "Main.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)  # noqa: S101 (Main.qml is a Window)
        if screen.size:
            window.resize(screen.size)
        return window

    def _set_theme(self, screen: Screen) -> None:
        """Tell the theme what it depends on before anything is made: a text laid out twice costs twice.

        An icon that is laid out before its font is known makes Qt look for it in all fonts, 80 ms for each size.
        """
        theme = self.engine.singletonInstance("Kiosk.Theme", "Theme")
        assert theme is not None  # noqa: S101 (a part of this program)
        look = self.appearance.state
        values: dict[str, bool | float | str] = {
            "pixelsPerMm": screen.pixels_per_mm,
            "distance": self._kiosk.settings.viewing_distance_mm / USUAL_DISTANCE_MM,
            "targetMm": screen.panel.target_mm,
            "iconFamily": register_icon_font(),
            "portrait": screen.panel.height_mm > screen.panel.width_mm,
            "size": look.size,
            "highContrast": look.high_contrast,
            "leftHanded": look.left_handed,
            "reducedMotion": look.reduced_motion,
        }
        for name, value in values.items():
            theme.setProperty(name, value)

    def show_library(self) -> None:
        """Show what the packs hold today."""
        self._shown_on = self._kiosk.today
        self.home.show(self._kiosk.library)
        self.assistance.show(self._kiosk.library)

    def _connect(self) -> None:
        self.navigator.leaving.connect(self._leave)
        self.navigator.arrived.connect(self._arrive)
        self.navigator.resetting.connect(self._forget)
        self.idle.gone.connect(self.navigator.reset)
        self.idle.watch(self.window)
        self._next_frame.watch(self.window)

    # --- when a person goes somewhere --------------------------------------------------------------------------------

    def _leave(self) -> None:
        page = self.navigator.here.page
        if page is Page.ITEM:
            tab = self.item.state.tab
            self.navigator.note(tab=tab.value if tab else "")
            self.listening.show_page((), 0)
        elif page is Page.LIST:
            self.navigator.note(chosen=self.browse.state.chosen)
        elif page is Page.TAKE_HOME:
            self.take_home.close()

    def _arrive(self) -> None:
        arrivals: dict[Page, Callable[[], None]] = {
            Page.LIST: lambda: self.browse.show(self._kiosk.library, self.navigator.here),
            Page.ITEM: self._open_item,
            Page.SEARCH: self.search.arrive,
            Page.TAKE_HOME: self._open_slip,
            Page.CLERK: lambda: self.clerk.show(self._kiosk.library),
            Page.HOME: self.search.reset,
        }
        arrivals.get(self.navigator.here.page, lambda: None)()

    def _open_item(self) -> None:
        place = self.navigator.here
        if place.ref is None:
            return
        try:
            title = self._kiosk.library.card(place.ref).title
        except PackError as error:
            self._kiosk.log.error(error)  # noqa: TRY400 (not the logging module)
            title = ""
        self.item.open(place.ref, title, tab=place.tab)

    def _open_slip(self) -> None:
        dossier = self.item.state.dossier
        if dossier:
            self.take_home.open(dossier, self.item.state.tab)

    def _forget(self) -> None:
        """Wipe what the last person left."""
        self.listening.reset()
        self.item.close()
        self.take_home.close()
        self.search.reset()
        self.browse.reset()
        self.appearance.reset()

    # --- what goes on without touches --------------------------------------------------------------------------------

    def _is_busy(self) -> bool:
        return self.listening.busy or self.take_home.busy

    def _examined(self) -> tuple[Check, ...]:
        from kiosk.checkup import facts_of  # noqa: PLC0415 (only the clerk's page needs it)

        return examine(facts_of(self._kiosk.home, self._kiosk.settings))

    def _look_for_packs(self) -> None:
        """Show a pack that another process has installed, or a new day, once nobody is in the middle of reading."""
        if self.navigator.here.page not in {Page.REST, Page.HOME}:
            return
        if self._kiosk.reload_if_changed() or self._kiosk.today != self._shown_on:
            self.show_library()
