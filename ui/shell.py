"""Puts the screen together: the window with rest and home first, the other pages after the first frame.

What is imported here is paid before anything is seen. All that only the other pages need is imported by `ui.rooms`.
"""

import gc
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.panel import Panel
from kiosk.services import Kiosk
from kiosk.session import IdleSession
from ui.double_touch import DoubleTouch
from ui.fonts import register_icon_font
from ui.jobs import Jobs
from ui.places import Page, Place
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.home import HomeViewModel
from ui.viewmodels.idle import IdleViewModel
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.sound import SoundViewModel

QML = Path(__file__).parent / "qml"
USUAL_DISTANCE_MM = 550
WARM_UP_MS = 100
LOOK_FOR_PACKS_MS = 5_000
FINGER_MM = 15


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
        self._screen = screen
        self._rooms: Rooms | None = None
        settings = kiosk.settings
        self.navigator = Navigator(self)
        self.home = HomeViewModel(settings.village, lambda: kiosk.today, self)
        self.appearance = AppearanceViewModel(settings, self)
        self.sound = SoundViewModel(self)
        session = IdleSession(idle_s=settings.idle_s, warn_s=settings.warn_s)
        self.idle = IdleViewModel(session, now=time.monotonic, busy=self._is_busy, parent=self)
        self._double_touch = DoubleTouch(screen.pixels_per_mm * FINGER_MM, self)
        self.engine = QQmlApplicationEngine(self)
        self.engine.addImportPath(str(QML))
        self.window = self._opened()
        self._connect()
        self._look = QTimer(self, interval=LOOK_FOR_PACKS_MS)
        self._look.timeout.connect(self._look_for_packs)

    @property
    def rooms(self) -> Rooms:
        """The pages beyond home; made when somebody asks for them first."""
        if self._rooms is None:
            from ui import rooms  # noqa: PLC0415 (takes longer than the first frame)

            self._rooms = rooms.Rooms(
                rooms.House(
                    kiosk=self._kiosk,
                    jobs=self._jobs,
                    engine=self.engine,
                    window=self.window,
                    navigator=self.navigator,
                    home=self.home,
                    appearance=self.appearance,
                    sound=self.sound,
                    pixels_per_mm=self._screen.pixels_per_mm,
                ),
                self,
            )
        return self._rooms

    def warm_up_when_seen(self) -> None:
        """Prepare the rest as soon as the first frame has been drawn."""

        def seen() -> None:
            self.window.frameSwapped.disconnect(seen)
            QTimer.singleShot(WARM_UP_MS, self.warm_up)

        self.window.frameSwapped.connect(seen)

    def warm_up(self) -> None:
        """Prepare what the first frame did not need.

        Python's collector stays off: `ui.garbage` does its work on the UI thread, where QObjects may die.
        """
        self.rooms.start()
        self._look.start()
        gc.freeze()  # all this stays: the collector need not go through it in the middle of a touch

    def close(self) -> None:
        """End the voice and the window."""
        self._look.stop()
        if self._rooms:
            self._rooms.close()
        # QML first: its bindings must not outlive the view models they read.
        self.window.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _opened(self) -> QQuickWindow:
        """Return the window with the home page's content in it, not yet shown."""
        self.show_library()
        self._set_theme()
        self.engine.setInitialProperties(
            {
                "navigator": self.navigator,
                "home": self.home,
                "appearance": self.appearance,
                "sound": self.sound,
                "idle": self.idle,
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(QML / "Kiosk" / "App" / "Main.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)  # noqa: S101 (Main.qml is a Window)
        if self._screen.size:
            window.resize(self._screen.size)
        return window

    def _set_theme(self) -> None:
        """Tell the theme what it depends on before anything is made: a text laid out twice costs twice.

        An icon that is laid out before its font is known makes Qt look for it in all fonts, 80 ms for each size.
        """
        theme = self.engine.singletonInstance("Kiosk.Theme", "Theme")
        assert theme is not None  # noqa: S101 (a part of this program)
        screen, look = self._screen, self.appearance.state
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
        if self._rooms:
            self._rooms.show_library()

    def _connect(self) -> None:
        self.navigator.leaving.connect(self._leave)
        self.navigator.arrived.connect(self._arrive)
        self.navigator.resetting.connect(self._forget)
        self.idle.gone.connect(self.navigator.reset)
        self.navigator.stateChanged.connect(self._stepped)
        self.idle.watch(self.window)
        self._double_touch.watch(self.window)

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
        if not came_back:  # 返回 stays under the finger, and twice means two steps
            self._double_touch.stepped()

    def _forget(self) -> None:
        """Wipe what the last person left."""
        self.idle.rest()
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
        if self._kiosk.reload_if_changed() or self._kiosk.today != self._shown_on:
            self.show_library()
