"""Puts the screen together: the window with rest and home first, the other pages after the first frame.

What is imported here is paid before anything is seen. All that only the other pages need, packs and settings too, is
imported behind `Behind`.
"""

import gc
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QSize, QTimer
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.panel import Panel
from ui.fonts import register_icon_font
from ui.places import Page, Place
from ui.sight import FirstSight, HomeContent
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.sound import SoundViewModel

QML = Path(__file__).parent / "qml"
USUAL_DISTANCE_MM = 550
WARM_UP_MS = 100
LOOK_FOR_PACKS_MS = 5_000
FINGER_MM = 15


class Screen(NamedTuple):
    """What the window is shown on.

    Attributes:
        panel: Millimetres of the part that the window covers.
        size: Pixels of the window.
        pixels_per_mm: Of the panel.
    """

    panel: Panel
    size: QSize
    pixels_per_mm: float


class Rooms(Protocol):
    """The pages beyond home, as the shell sees them: `ui.rooms.Rooms`, which is imported when it is needed."""

    @property
    def busy(self) -> bool:
        """Whether something goes on for the person without touches."""
        ...

    def start(self) -> None:
        """Prepare what takes a while: voice, search."""
        ...

    def show_library(self) -> None:
        """Show what the packs hold today."""
        ...

    def leave(self, place: Place) -> None:
        """Note how a place stands."""
        ...

    def arrive(self, place: Place) -> None:
        """Show what a place asks for."""
        ...

    def forget(self) -> None:
        """Wipe what the last person left."""
        ...

    def close(self) -> None:
        """End the voice."""
        ...


class Attendance(Protocol):
    """Who heeds touches apart from what is touched: `ui.attendance.Attendance`, imported with the first frame."""

    @property
    def idle(self) -> QObject:
        """The countdown for whoever has gone."""
        ...

    def stepped(self) -> None:
        """Note that a touch has led to another page."""
        ...

    def rest(self) -> None:
        """Note that nobody is here any more."""
        ...


class Behind(Protocol):
    """What stands behind the first frame: `ui.backstage.Backstage`, imported after it."""

    @property
    def today(self) -> date:
        """The machine's date."""
        ...

    def content(self) -> HomeContent:
        """Return what home shows of the packs that are active now."""
        ...

    def reload_if_changed(self) -> bool:
        """Read the packs again if there are others; return whether there are."""
        ...

    def keep_sight(self) -> None:
        """Keep what is seen first for the next start."""
        ...

    def rooms(self, shell: "Shell") -> Rooms:
        """Return the pages beyond home."""
        ...

    def close(self) -> None:
        """Close all of it."""
        ...


class Shell(QObject):
    """The screen of one kiosk. `close` before the application ends.

    Args:
        sight: What is seen first.
        today: The machine's date.
        screen: Where the window goes.
        open_behind: Makes what stands behind the first frame; asked once, after it or when a finger is quicker.
        parent: Owner.
    """

    def __init__(
        self,
        sight: FirstSight,
        today: date,
        screen: Screen,
        open_behind: Callable[[], Behind],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.screen = screen
        self._sight = sight
        self._shown_on = today
        self._open_behind = open_behind
        self._behind: Behind | None = None
        self._rooms: Rooms | None = None
        self._attendance: Attendance | None = None
        self.navigator = Navigator(self)
        self.home = HomeViewModel(self)
        self.home.show(sight.content, today)
        self.appearance = AppearanceViewModel(sight.appearance, self)
        self.sound = SoundViewModel(self)
        self.engine = QQmlApplicationEngine(self)
        self.engine.addImportPath(str(QML))
        self.window = self._opened()
        self._connect()
        self._look = QTimer(self, interval=LOOK_FOR_PACKS_MS)
        self._look.timeout.connect(self._look_for_packs)

    @property
    def behind(self) -> Behind:
        """What stands behind the first frame; opened when somebody asks for it first. It has the last word on home."""
        if self._behind is None:
            self._behind = self._open_behind()
            self.show_library()
        return self._behind

    @property
    def opened(self) -> Behind | None:
        """What stands behind the first frame, for whoever must close it; None if nobody has asked for it yet."""
        return self._behind

    @property
    def rooms(self) -> Rooms:
        """The pages beyond home; made when somebody asks for them first."""
        if self._rooms is None:
            self._rooms = self.behind.rooms(self)
        return self._rooms

    @property
    def attendance(self) -> Attendance:
        """Who heeds touches; from the first question on. Nobody can touch what has not been painted yet."""
        if self._attendance is None:
            from ui import attendance  # noqa: PLC0415 (takes a good part of the first frame)

            self._attendance = attendance.Attendance(
                attendance.Visit(
                    engine=self.engine,
                    window=self.window,
                    navigator=self.navigator,
                    reach_px=self.screen.pixels_per_mm * FINGER_MM,
                    idle_s=self._sight.idle_s,
                    warn_s=self._sight.warn_s,
                    now=time.monotonic,
                    busy=self._is_busy,
                ),
                self,
            )
        return self._attendance

    @property
    def idle(self) -> QObject:
        """The countdown for whoever has gone."""
        return self.attendance.idle

    def warm_up_when_seen(self) -> None:
        """Heed touches as soon as the first frame has been drawn, and prepare the rest soon after."""

        def seen() -> None:
            self.window.frameSwapped.disconnect(seen)
            _ = self.attendance
            QTimer.singleShot(WARM_UP_MS, self.warm_up)

        self.window.frameSwapped.connect(seen)

    def warm_up(self) -> None:
        """Prepare what the first frame did not need.

        Python's collector stays off: `ui.garbage` does its work on the UI thread, where QObjects may die.
        """
        self.rooms.start()
        self.behind.keep_sight()
        self._look.start()
        gc.freeze()  # all this stays: the collector need not go through it in the middle of a touch

    def close(self) -> None:
        """End the voice and the window."""
        from PySide6.QtCore import QEvent  # noqa: PLC0415 (its kinds take 2 ms, and the end needs one of them)

        self._look.stop()
        if self._rooms:
            self._rooms.close()
        # QML first: its bindings must not outlive the view models they read.
        self.window.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _opened(self) -> QQuickWindow:
        """Return the window with what is seen first in it, not yet shown.

        It has its size and the theme its millimetres before anything is laid out: a text laid out twice costs twice,
        and an icon whose font is not known makes Qt look for it in all fonts, 80 ms for each size.
        """
        screen = self.screen
        self.engine.setInitialProperties(
            {
                "navigator": self.navigator,
                "home": self.home,
                "appearance": self.appearance,
                "sound": self.sound,
                "width": screen.size.width(),
                "height": screen.size.height(),
                "pixelsPerMm": screen.pixels_per_mm,
                "distance": self._sight.viewing_distance_mm / USUAL_DISTANCE_MM,
                "targetMm": screen.panel.target_mm,
                "iconFamily": register_icon_font(),
            }
        )
        self.engine.load(str(QML / "Kiosk" / "App" / "Main.qml"))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)  # noqa: S101 (Main.qml is a Window)
        return window

    def show_library(self) -> None:
        """Show what the packs hold today."""
        self._shown_on = self.behind.today
        self.home.show(self.behind.content(), self._shown_on)
        if self._rooms:
            self._rooms.show_library()

    def _connect(self) -> None:
        self.navigator.leaving.connect(self._leave)
        self.navigator.arrived.connect(self._arrive)
        self.navigator.resetting.connect(self._forget)
        self.navigator.stateChanged.connect(self._stepped)

    # --- when a person goes somewhere --------------------------------------------------------------------------------

    def _leave(self) -> None:
        if self._rooms:
            self._rooms.leave(self.navigator.here)

    def _arrive(self) -> None:
        place = self.navigator.here
        if self._rooms or place.page not in {Page.REST, Page.HOME}:
            self.rooms.arrive(place)

    def _stepped(self) -> None:
        came_back = bool(self.navigator.cameBack)
        if self._attendance and not came_back:  # 返回 stays under the finger, and twice means two steps
            self._attendance.stepped()

    def _forget(self) -> None:
        """Wipe what the last person left."""
        if self._attendance:
            self._attendance.rest()
        if self._rooms:
            self._rooms.forget()
        self.appearance.reset()

    # --- what goes on without touches --------------------------------------------------------------------------------

    def _is_busy(self) -> bool:
        return bool(self._rooms and self._rooms.busy)

    def _look_for_packs(self) -> None:
        """Show a pack that another process has installed, or a new day, once nobody is in the middle of reading."""
        if self.navigator.here.page not in {Page.REST, Page.HOME}:
            return
        if self.behind.reload_if_changed():
            self.show_library()
            self.behind.keep_sight()
        elif self.behind.today != self._shown_on:
            self.show_library()
