"""The real application in this process, with somebody at the window who obeys lines on standard input.

    python -m tests.screen.driven --home DIR --size 1080x1920

Each line is a JSON object: ``{"do": NAME, …}``; each answer is one JSON line. Run by `tests.screen.remote`.
"""

import gc
import json
import os
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui import start  # first, as `cunkou-kiosk` has it: it says how PySide is imported

# isort: split
from PySide6.QtCore import QObject, QPointF, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

import ui.shell
from tests.screen.fingers import Finger
from ui.housekeeping import QUIET_MS
from ui.places import Page, Place
from ui.shell import Shell

HELD_MS = 40
"""How long a finger stays down."""

SETTLED_MS = 1_200
"""After this, jobs have ended and pictures are drawn."""

MODELS = {"takeHome": "take_home"}
"""View models that Python calls otherwise than QML."""

_SEVERE = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


class SkippingClock:
    """The machine's clock, which can be put forward: nobody waits a minute and a half for the screen to rest."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def monotonic(self) -> float:
        """Return the seconds of `time.monotonic` and those that were skipped."""
        return time.monotonic() + self.ahead_s


class Driver(QObject):
    """Obeys one line at a time on the UI thread."""

    heard = Signal(str)

    def __init__(self, clock: SkippingClock, answers: int) -> None:
        super().__init__()
        self._clock = clock
        self._answers = answers
        self._finger: Finger | None = None
        self.shell: Shell | None = None
        self._pages: set[str] = set()
        self._lost: list[bytes] = []
        self.messages: list[str] = []
        self.heard.connect(self._obey)

    @property
    def window(self) -> QQuickWindow:
        """The kiosk's window."""
        return self.shell.window

    @property
    def finger(self) -> Finger:
        """The finger on it."""
        if self._finger is None:
            self._finger = Finger(self.window)
        return self._finger

    @Slot(str)
    def _obey(self, line: str) -> None:
        wish = json.loads(line)
        deed: Callable[..., Any] = getattr(self, wish.pop("do"))
        try:
            answer = {"answer": deed(**wish)}
        except Exception as error:  # whoever asks must not wait for an answer that never comes
            answer = {"failed": repr(error)}
            raise
        finally:
            os.write(self._answers, json.dumps(answer, ensure_ascii=False).encode() + b"\n")

    def _model(self, name: str) -> QObject:
        """Return a view model by the name that QML uses."""
        own = MODELS.get(name, name)
        return getattr(self.shell, own, None) or getattr(self.shell.rooms, own)

    # --- what can be asked -------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Return the names of all that is in sight."""
        return [thing.name for thing in self.finger.seen()]

    def touch(self, name: str, *, begins: bool = False) -> str:
        """Touch what is called so and return its full name; empty if it is not in sight or not enabled."""
        thing = self.finger.find(name, begins=begins)
        if thing is None:
            return ""
        full, point = thing.name, thing.place.center()
        self.finger.press(point)
        QTest.qWait(HELD_MS)
        self.finger.release(point)
        return full

    def place(self, name: str) -> list[float] | None:
        """Return left, top, width and height of what is called so."""
        thing = self.finger.find(name)
        return list(thing.place.getRect()) if thing else None

    def _model(self, name: str) -> QObject:
        known = MODELS.get(name, name)
        return getattr(self.shell if hasattr(self.shell, known) else self.shell.rooms, known)

    def read(self, model: str, attribute: str) -> Any:
        """Return a property of one of the view models, as QML sees it."""
        return self._model(model).property(attribute)

    def rows(self, model: str, attribute: str, field: str) -> list[Any]:
        """Return one field of each row of a list."""
        return [getattr(row, field) for row in self._model(model).property(attribute).rows]

    def answered(self) -> bool:
        """Return whether what was found belongs to what stands in the search field."""
        state = self.shell.rooms.search.state
        return state.answer is not None and state.answer.query == state.query

    def heard_s(self) -> float:
        """Return the seconds heard of the current sentence."""
        return self.shell.rooms.listening._reader.position_s

    def picture(self, path: str) -> None:
        """Write what the window shows to a PNG file."""
        self.window.grabWindow().save(path)

    def skip(self, seconds: float) -> None:
        """Put the clock forward."""
        self._clock.ahead_s += seconds

    def warnings(self) -> list[str]:
        """Return what Qt and QML complained of so far."""
        return self.messages

    def loaded(self, names: list[str]) -> list[str]:
        """Return those of some modules that this process has imported."""
        return sorted(set(names) & set(sys.modules))

    def platform(self) -> str:
        """Return the name of Qt's platform."""
        return QGuiApplication.platformName()

    def see_every_page(self) -> None:
        """Go to each page once, so that each has been made; then the person leaves."""
        for page in Page:
            if page is not Page.REST:
                self.shell.navigator.go(Place(page=page))
                QTest.qWait(SETTLED_MS)
        self.send_away()

    def tap_about(self, seed: int, count: int, leak_bytes: int = 0) -> int:
        """Touch as a child would: mostly things that can be touched, sometimes anything; return how many were hit.

        With ``leak_bytes`` so much is lost with each touch, to see whether that would be noticed.
        """
        dice = random.Random(seed)
        hits = 0
        for _ in range(count):
            self._pages.add(self.shell.navigator.here.page.value)
            if leak_bytes:
                self._lost.append(os.urandom(leak_bytes))
            things = [thing for thing in self.finger.seen() if thing.enabled]
            anywhere = QPointF(dice.uniform(0, self.window.width() - 1), dice.uniform(0, self.window.height() - 1))
            aimed = bool(things) and dice.random() < 0.85
            point = dice.choice(things).place.center() if aimed else anywhere
            hits += aimed
            self.finger.press(point)
            QTest.qWait(dice.choice((1, 5, 20)))
            self.finger.release(point)
            QTest.qWait(dice.choice((1, 10, 40)))
        return hits

    def pages_seen(self) -> list[str]:
        """Return the pages on which somebody has tapped about."""
        return sorted(self._pages)

    def send_away(self) -> None:
        """Let the person go, so that everything of theirs is wiped."""
        self.shell.idle.leave()
        QTest.qWait(200)

    def drag_about(self, seed: int, count: int) -> None:
        """Scroll up and down by dragging."""
        dice = random.Random(seed)
        for _ in range(count):
            x, y = self.window.width() * dice.uniform(0.2, 0.4), self.window.height() * dice.uniform(0.4, 0.7)
            self.finger.drag(QPointF(x, y), QPointF(x, y + dice.choice((-1, 1)) * self.window.height() * 0.25))

    def weight(self) -> dict[str, float]:
        """Return MiB of memory that this process wrote and holds alone, its threads and its Python objects.

        To be asked at rest. It waits until the kiosk has tidied up by itself, and takes nothing out that the kiosk
        keeps: what stays is what a kiosk carries that was touched so often. Unwritten pages of libraries are not
        counted: whether they are its own alone depends on who else happens to run.
        """
        assert self.shell.navigator.here.page is Page.REST
        QTest.qWait(QUIET_MS + SETTLED_MS)
        held = dict(re.findall(r"^(\w+): +(\d+) kB$", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE))
        return {
            "mib": (int(held["Private_Dirty"]) + int(held["Swap"])) / 1024,
            "threads": len(list(Path("/proc/self/task").iterdir())),
            "objects": len(gc.get_objects()),
        }

    def quit(self) -> None:
        """End the application as its window would."""
        QGuiApplication.quit()


def main(driver_of: type[Driver] = Driver) -> int:
    """Open the kiosk and obey until it is closed."""
    answers = os.dup(1)
    os.dup2(2, 1)
    clock = SkippingClock()
    ui.shell.time = clock
    driver = driver_of(clock, answers)

    def note(kind: QtMsgType, _context: object, message: str) -> None:
        if kind in _SEVERE:
            place = driver.shell.navigator.here.page if driver.shell else "the start"
            driver.messages.append(f"{message} ({place})")
            sys.stderr.write(f"{message} ({place})\n")

    def opened(*arguments: Any) -> Shell:
        driver.shell = Shell(*arguments)
        return driver.shell

    start.app.Shell = opened
    qInstallMessageHandler(note)

    def listen() -> None:
        for line in sys.stdin:
            driver.heard.emit(line)

    threading.Thread(target=listen, daemon=True).start()
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
