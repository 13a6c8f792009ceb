"""The real kiosk in a window of one size: goes where a scene wants, waits for what it needs, and takes the picture."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QMetaObject, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlProperty
from PySide6.QtQuick import QQuickItem

from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.services import Kiosk
from tests.tour.checks import Limits
from tests.tour.contrast import Pixels
from tests.tour.looks import Look, PanelKind
from tests.tour.shown import Shown
from tests.tour.tree import gather, is_loading, scrollers
from tests.tour.world import SITE, TODAY
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.shell import Screen
from ui.viewmodels.appearance import AppearanceState

PATIENCE_S = 30.0
PAUSE_S = 0.004
SMALL_PRINT_MM = 5.0
MOST_STEPS = 100


class NotShownError(Exception):
    """A scene did not come."""


@dataclass(frozen=True, slots=True)
class View:
    """What was on the screen at one moment, as records and as pixels."""

    shown: Shown
    image: QImage

    @property
    def pixels(self) -> Pixels:
        """The picture as rows of red, green and blue."""
        image = self.image.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


class Stage:
    """One engine and one window, for all scenes of a panel. `close` at the end."""

    def __init__(self, home: Home, panel: PanelKind) -> None:
        self.panel = panel
        self.views = 0
        self._warnings: list[str] = []
        qInstallMessageHandler(self._hear)
        self.kiosk = Kiosk(home, SITE, today=lambda: TODAY)
        self._jobs = ThreadedJobs()
        millimetres = panel_of(panel.inches, panel.width, panel.height)
        self.pixels_per_mm = panel.width / millimetres.width_mm
        self._target_mm = millimetres.target_mm
        screen = Screen(panel=millimetres, size=QSize(panel.width, panel.height), pixels_per_mm=self.pixels_per_mm)
        self.shell = shell_over(self.kiosk, self._jobs, screen)
        self.window = self.shell.window
        self._frames = 0
        self.window.frameSwapped.connect(self._count_frame)
        self.window.show()
        self.shell.warm_up()
        self.until(lambda: self.shell.rooms.listening.isAvailable, "a voice")

    def close(self) -> None:
        """End the kiosk."""
        self.shell.close()
        self._jobs.close()
        self.kiosk.close()
        qInstallMessageHandler(None)

    def _hear(self, kind: QtMsgType, context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            self._warnings.append(message)

    def taken_warnings(self) -> list[str]:
        """Return what Qt complained about since the last time."""
        taken, self._warnings = self._warnings, []
        return taken

    def limits(self, *, top_is_free: bool) -> Limits:
        """Return what holds on this panel."""
        per_mm = self.pixels_per_mm
        return Limits(
            target=self._target_mm * per_mm,
            gap=4 * per_mm,
            key_gap=2 * per_mm,
            em=SMALL_PRINT_MM * per_mm,
            free_top=self.panel.height * 0.3 if top_is_free and self.panel.is_tall else 0,
        )

    # --- time --------------------------------------------------------------------------------------------------------

    def breathe(self) -> None:
        """Let Qt do what waits."""
        QCoreApplication.processEvents()

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Let Qt work until something holds.

        Raises:
            NotShownError: It did not within the patience of a tester.
        """
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise NotShownError(what)
            self.breathe()
            time.sleep(PAUSE_S)

    # --- the look ----------------------------------------------------------------------------------------------------

    def wear(self, look: Look, *, reduced_motion: bool = True) -> None:
        """Show everything in another size and theme, without slides."""
        state = AppearanceState(size=look.size, high_contrast=look.strong, reduced_motion=reduced_motion)
        self.shell.appearance.show(state)
        self.breathe()

    # --- the picture -------------------------------------------------------------------------------------------------

    def view(self) -> View:
        """Return what is shown once nothing moves any more."""
        before: Shown | None = None
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self._frame()  # on a busy machine two looks may come between two frames, and then prove nothing
            image = self.window.grabWindow()
            shown = gather(self.window)
            if shown == before and not is_loading(self.window):
                self.views += 1
                return View(shown, image)
            before = shown
        raise NotShownError("the page does not come to rest")

    def scroll_to_end(self) -> bool:
        """Scroll everything to its end; return whether there was anything to scroll."""
        areas = scrollers(self.window)
        for area in areas:
            self._scroll(area, forward=True)
        return bool(areas)

    def scroll_to_start(self) -> None:
        """Scroll everything back."""
        for area in scrollers(self.window):
            self._scroll(area, forward=False)

    def _scroll(self, area: QQuickItem, *, forward: bool) -> None:
        """Scroll in steps, as a finger does: a list only learns how high its rows are when it comes to them."""
        QMetaObject.invokeMethod(area, "movementStarted")
        for _ in range(MOST_STEPS):
            place, start = float(area.property("contentY")), float(area.property("originY"))
            end = max(start, start + float(area.property("contentHeight")) - area.height())
            goal = end if forward else start
            if abs(goal - place) < 1:
                self._nudge(area, forward=forward)
                return
            step = min(abs(goal - place), area.height() * 0.8)
            QQmlProperty(area, "contentY").write(place + (step if goal > place else -step))
            self._frame()

    def _nudge(self, area: QQuickItem, *, forward: bool) -> None:
        """Move back and on again: where a step went beyond the last row, a list only looks again when it is moved."""
        place = float(area.property("contentY"))
        for there in (place - 2 if forward else place + 2, place):
            QQmlProperty(area, "contentY").write(there)
            self._frame()

    def _frame(self) -> None:
        """Wait for a frame: only then are positions computed."""
        before = self._frames
        self.window.update()
        self.until(lambda: self._frames > before, "a frame")

    def _count_frame(self) -> None:
        self._frames += 1


def save(image: QImage, path: Path) -> None:
    """Write a picture."""
    assert image.save(str(path), "PNG", 60), path  # type: ignore[call-overload]
