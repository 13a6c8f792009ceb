"""A service point that is closed: a dark screen that says when it opens, and wakes when it is touched."""

from datetime import datetime, timedelta, timezone

import pytest
import shiboken6
from PySide6.QtCore import QObject, QSize

import ui.rooms
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.screen.fingers import Finger
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.places import Page
from ui.shell import Screen
from ui.viewmodels.opening import OpeningViewModel, opening_state

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

CHINA = timezone(timedelta(hours=8))
NIGHT = datetime(2026, 11, 22, 19, 0, tzinfo=CHINA)
NOON = NIGHT.replace(hour=12)
HOURS = "08:00-18:00"


PATIENCE_MS = 60_000
"""A machine may be as busy as it likes: what is waited for comes, or it does not."""


def wait(qtbot, holds) -> None:
    qtbot.waitUntil(holds, timeout=PATIENCE_MS)


def test_the_state_follows_from_clock_and_hours():
    assert opening_state(NIGHT, HOURS).words == "现在休息，明天上午8点再开。"
    assert opening_state(NOON, HOURS).words == ""
    assert opening_state(NIGHT, "").words == ""


def test_it_tells_when_it_closes_and_when_it_opens(qtbot):
    moments = [NOON, NIGHT, NIGHT, NOON]
    owner = QObject()
    opening = OpeningViewModel(HOURS, lambda: moments.pop(0), owner)
    told = []
    opening.stateChanged.connect(lambda: told.append(opening.property("isClosed")))
    for _ in range(3):
        opening.look()
    assert told == [True, False]
    shiboken6.delete(owner)  # it would look again, with no moment left, during some other story


def test_a_kiosk_without_hours_never_looks(qtbot):
    opening = OpeningViewModel("", lambda: 1 / 0)
    assert not opening.property("isClosed")


def test_the_dark_screen_wakes_when_touched_and_is_dark_again_at_rest(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(ui.rooms, "wall_clock", lambda: NIGHT)
    jobs = ThreadedJobs()
    settings = Settings(opening_hours=HOURS, printer="none", sound="off")
    with Kiosk(Home(tmp_path), settings, today=NIGHT.date) as kiosk:
        shell = shell_over(kiosk, jobs, Screen(panel=panel_of(21.5, 9, 16), size=QSize(540, 960), pixels_per_mm=2.0))
        shell.window.show()
        rooms, finger = shell.rooms, Finger(shell.window)
        words = "现在休息，明天上午8点再开。有急事请打：急救 120　报警 110　火警 119"
        wait(qtbot, lambda: finger.find(words) is not None)
        finger.touch(finger.find(words).place.center())
        wait(qtbot, lambda: shell.navigator.here.page is Page.HOME)
        assert finger.find(words) is None
        shell.navigator.reset()
        assert finger.find(words) is not None
        rooms.opening._now = lambda: NOON
        rooms.opening.look()
        assert finger.find(words) is None
        assert finger.find("轻轻点一下屏幕") is not None
        shell.close()
        jobs.close()
