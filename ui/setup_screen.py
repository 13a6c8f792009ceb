"""The screen of a kiosk that nobody has set up yet: the questions, and what they do to this machine."""

import subprocess
import time
from math import hypot
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from content_packs.errors import VoiceError
from kiosk.chores.child import CUNKOU
from kiosk.clock import date_words, machine_today
from kiosk.home import Home
from kiosk.machine import printer_queues, ticket_devices
from kiosk.pin import PinDesk, hash_pin
from kiosk.ports import Types
from kiosk.settings import Settings
from kiosk.setup import keep_answers, note_set_up
from kiosk.site import usable_settings
from ui.fonts import register_icon_font
from ui.jobs import Jobs
from ui.printing.printer import printer_of
from ui.shell import Screen
from ui.trial import VOICE_TEST, no_code, trial_slip
from ui.viewmodels.setup import SetupHands, SetupViewModel
from ui.viewmodels.setup_state import Choice, beginning, printer_choices

QML: Final = Path(__file__).parent / "qml"
_SPEAK_LIMIT_S: Final = 60


class SetupScreen(QObject):
    """The window with the questions. `close` it before another is opened.

    Args:
        home: Whose kiosk is set up.
        jobs: The door off the UI thread.
        screen: Where the window goes.
        told_inches: Diagonal that the screen tells; 0 if it tells none.
        parent: Owner.
    """

    def __init__(
        self, home: Home, jobs: Jobs, screen: Screen, told_inches: float, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        settings, _ = usable_settings(home)
        desk = _desk(home, settings)
        aspect = screen.size.height() / screen.size.width()
        state = beginning(settings, aspect=aspect, told_inches=told_inches, has_pin=desk.is_set)
        self.setup = SetupViewModel(jobs, hands_for(home), state, self)
        self.engine = QQmlApplicationEngine(self)
        self.engine.addImportPath(str(QML))
        self.engine.setInitialProperties(
            {
                "setup": self.setup,
                "width": screen.size.width(),
                "height": screen.size.height(),
                "pixelsPerMm": screen.pixels_per_mm,
                "targetMm": screen.panel.target_mm,
                "iconFamily": register_icon_font(),
            }
        )
        self.engine.load(str(QML / "Kiosk" / "Setup" / "SetupWindow.qml"))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)  # noqa: S101 (SetupWindow.qml is a Window)
        self.window = window

    def wait(self) -> bool:
        """Stay until every question has been answered; return whether they have, and not the application ended."""
        self.setup.finished.connect(QCoreApplication.quit)
        QCoreApplication.exec()
        return self.setup.is_finished

    def close(self) -> None:
        """End the window."""
        self.window.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def inches_of(width_mm: float, height_mm: float) -> float:
    """Return the diagonal of a screen that tells its size, to a tenth; 0 if it tells none."""
    return round(hypot(width_mm, height_mm) / 25.4, 1)


def hands_for(home: Home) -> SetupHands:
    """Return what the questions do to this machine."""

    def keyboard() -> Types:
        from kiosk.tables.read import Tables  # noqa: PLC0415 (takes longer than the first question)
        from kiosk.typing.keyboard import Keyboard  # noqa: PLC0415

        return Keyboard(Tables())

    def found() -> tuple[Choice, ...]:
        return printer_choices(printer_queues(), ticket_devices())

    def print_test(settings: Settings) -> None:
        printer_of(settings).send(trial_slip(settings.village, date_words(machine_today())), no_code)

    def set_pin(pin: str) -> None:
        home.create()
        _desk(home, usable_settings(home)[0]).set_pin(pin)

    return SetupHands(
        keyboard=keyboard,
        keep=lambda answers: keep_answers(home, answers),
        finish=lambda: note_set_up(home),
        printers=found,
        print_test=print_test,
        speak_test=lambda: _speak(home),
        check_pin=hash_pin,
        set_pin=set_pin,
    )


def _desk(home: Home, settings: Settings) -> PinDesk:
    return PinDesk(home.pin, seed=settings.pin_hash, now=time.monotonic)


def _speak(home: Home) -> None:
    """Say a sentence, in a process of its own.

    Raises:
        VoiceError: Nothing could be said.
    """
    try:
        subprocess.run(  # noqa: S603 (a command of ours)
            [*CUNKOU, "say", VOICE_TEST, "--home", str(home.root)],
            capture_output=True,
            timeout=_SPEAK_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceError(
            "念不出声。", todo="请看看喇叭插好没有；管理员可以运行 cunkou doctor 看看缺什么。", code="M-342"
        ) from error
