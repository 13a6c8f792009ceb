"""How the screen starts, and what it does with a bug: the parts of `ui.app` that can be seen without starting it."""

import argparse
import gc
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

import ui.app
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED
from tests.fakes.manual_jobs import ManualJobs
from ui.garbage import UiThreadGarbage
from ui.places import Page
from ui.shell import Shell

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


@pytest.mark.parametrize(("text", "size"), [("1080x1920", QSize(1080, 1920)), ("1280x800", QSize(1280, 800))])
def test_a_size_is_two_numbers(text, size):
    assert ui.app._size(text) == size


@pytest.mark.parametrize("text", ["", "1080", "1080x", "axb"])
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(argparse.ArgumentTypeError):
        ui.app._size(text)


def _asked(size, inches=0.0):
    return argparse.Namespace(size=size, inches=inches)


def test_a_window_is_as_large_as_a_usual_screen_unless_told_otherwise(qapp):
    screen = ui.app._screen(QGuiApplication.instance(), Settings(), _asked(QSize(1080, 1920)))
    assert screen.panel.height_mm > screen.panel.width_mm
    assert screen.pixels_per_mm == pytest.approx(4.03, abs=0.01)
    small = ui.app._screen(QGuiApplication.instance(), Settings(screen_inches=15.6), _asked(QSize(1280, 800)))
    assert small.pixels_per_mm == pytest.approx(3.81, abs=0.01)
    told = ui.app._screen(QGuiApplication.instance(), Settings(screen_inches=15.6), _asked(QSize(1280, 800), 10.1))
    assert told.pixels_per_mm > small.pixels_per_mm


def test_a_full_screen_asks_the_screen_for_its_millimetres(qapp):
    screen = ui.app._screen(QGuiApplication.instance(), Settings(), _asked(None))
    shown = QGuiApplication.primaryScreen()
    assert screen.size is None
    assert screen.pixels_per_mm == pytest.approx(shown.size().width() / shown.physicalSize().width(), rel=0.02)


@pytest.fixture
def shell(qtbot, tmp_path):
    with Kiosk(Home(tmp_path), Settings(sound="off", printer="none"), today=lambda: ISSUED) as kiosk:
        screen = ui.app._screen(QGuiApplication.instance(), Settings(), _asked(QSize(1080, 1920)))
        made = Shell(kiosk, ManualJobs(), screen)
        made.window.show()
        yield made
        made.close()


def test_a_bug_ends_in_the_log_and_on_the_start_page(shell, qtbot, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    ui.app._survive_bugs(shell._kiosk, shell)
    shell.navigator.home()
    shell.navigator.help()
    shell.idle.stay()
    shell.appearance.chooseSize(2)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    qtbot.waitUntil(lambda: shell.navigator.here.page is Page.REST)
    assert shell.appearance.size == 0
    assert not shell.idle._timer.isActive(), "at rest nobody is asked whether they are still there"
    assert "ZeroDivisionError" in capsys.readouterr().err
    log = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.log"))
    assert "ZeroDivisionError" in log


def test_the_rest_is_prepared_after_the_first_frame_and_only_once(shell, qtbot):
    shell.warm_up_when_seen()
    assert shell._rooms is None
    qtbot.waitUntil(lambda: shell._rooms is not None)
    first = shell.rooms
    shell.window.requestUpdate()
    qtbot.wait(250)
    assert shell.rooms is first


def test_the_prepared_screen_leaves_garbage_to_the_ui_thread(shell):
    """A collector that is on collects in whichever thread allocates, and a QObject dies where it must not."""
    guard = UiThreadGarbage()
    try:
        shell.warm_up()
        assert not gc.isenabled()
    finally:
        guard.close()


def test_whoever_is_quicker_than_the_preparation_does_not_wait_in_vain(shell, qtbot):
    shell.navigator.home()
    assert shell._rooms is None
    shell.navigator.help()
    assert shell.navigator.here.page is Page.HELP
    assert shell._rooms is not None
