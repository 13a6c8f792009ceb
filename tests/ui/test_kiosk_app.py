"""How the screen starts, and what it does with a bug: the parts of `ui.app` that can be seen without starting it."""

import argparse
import gc
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

import ui.app
import ui.backstage
from content_packs.errors import SiteError
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED
from tests.fakes.manual_jobs import ManualJobs
from tests.fakes.sights import SIGHT
from tests.screen.fingers import Finger
from ui.backstage import Backstage, shell_over
from ui.garbage import UiThreadGarbage
from ui.kept_sight import FILE, kept_sight, marks_of
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
    screen = ui.app._screen(QGuiApplication.instance(), 0.0, _asked(QSize(1080, 1920)))
    assert screen.panel.height_mm > screen.panel.width_mm
    assert screen.pixels_per_mm == pytest.approx(4.03, abs=0.01)
    small = ui.app._screen(QGuiApplication.instance(), 15.6, _asked(QSize(1280, 800)))
    assert small.pixels_per_mm == pytest.approx(3.81, abs=0.01)
    told = ui.app._screen(QGuiApplication.instance(), 15.6, _asked(QSize(1280, 800), 10.1))
    assert told.pixels_per_mm > small.pixels_per_mm


def test_a_full_screen_asks_the_screen_for_its_millimetres(qapp):
    screen = ui.app._screen(QGuiApplication.instance(), 0.0, _asked(None))
    shown = QGuiApplication.primaryScreen()
    assert screen.size == shown.size()
    assert screen.pixels_per_mm == pytest.approx(shown.size().width() / shown.physicalSize().width(), rel=0.02)


@pytest.fixture
def shell(qtbot, tmp_path):
    with Kiosk(Home(tmp_path), Settings(sound="off", printer="none"), today=lambda: ISSUED) as kiosk:
        screen = ui.app._screen(QGuiApplication.instance(), 0.0, _asked(QSize(1080, 1920)))
        made = shell_over(kiosk, ManualJobs(), screen)
        made.window.show()
        yield made
        made.close()


def test_a_bug_ends_in_the_log_and_on_the_start_page(shell, qtbot, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    ui.app._survive_bugs(Home(tmp_path), shell)
    shell.navigator.home()
    shell.navigator.help()
    shell.idle.stay()
    shell.appearance.chooseSize(2)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("低保怎么办"), None)
    qtbot.waitUntil(lambda: shell.navigator.here.page is Page.REST)
    assert shell.appearance.size == 0
    assert not shell.idle._timer.isActive(), "at rest nobody is asked whether they are still there"
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "低保" not in said, "what is said there stands in the machine's journal"
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


# --- the first sight -------------------------------------------------------------------------------------------------


class _Later:
    """What stands behind the first frame, with a note of when it was asked for."""

    def __init__(self, kiosk, jobs):
        self.stage, self.asked = Backstage(kiosk, jobs, marks_of(kiosk.home)), 0

    def open(self):
        self.asked += 1
        return self.stage


@pytest.fixture
def later(tmp_path):
    with Kiosk(Home(tmp_path), Settings(sound="off", printer="none"), today=lambda: ISSUED) as kiosk:
        yield _Later(kiosk, ManualJobs())


@pytest.fixture
def remembering(qtbot, later):
    """A screen that shows what was kept, before anything has been read."""
    screen = ui.app._screen(QGuiApplication.instance(), SIGHT.screen_inches, _asked(QSize(1080, 1920)))
    made = Shell(SIGHT, ISSUED, screen, later.open)
    made.navigator.home()
    made.window.show()
    yield made
    made.close()


def _in_sight(shell):
    return [thing.name for thing in Finger(shell.window).seen()]


def test_home_is_painted_from_what_was_kept_before_anything_is_read(remembering, later, qtbot):
    qtbot.waitUntil(lambda: "养老金，领多少" in _in_sight(remembering))
    assert "通知：今天停水，未签名" in _in_sight(remembering)
    assert "有未签名的内容" in _in_sight(remembering)
    assert (later.asked, remembering.opened) == (0, None)
    assert remembering.appearance.highContrast


def test_the_packs_have_the_last_word(remembering, later, qtbot):
    qtbot.waitUntil(lambda: "养老金，领多少" in _in_sight(remembering))
    remembering.warm_up()
    qtbot.waitUntil(lambda: "养老金，领多少" not in _in_sight(remembering))
    assert (remembering.home.tiles.rows, remembering.home.updated) == ((), ""), "nothing is installed"
    assert later.asked == 1


def test_a_finger_that_is_quicker_than_the_packs_gets_where_it_wants(remembering, later, qtbot):
    qtbot.waitUntil(lambda: "养老金，领多少" in _in_sight(remembering))
    finger = Finger(remembering.window)
    finger.touch(finger.find("养老金，领多少").place.center())
    qtbot.waitUntil(lambda: remembering.navigator.here.page is Page.LIST)
    assert remembering.navigator.here.theme == "pension"
    assert later.asked == 1


def test_touches_are_heeded_from_the_first_frame_on(remembering, qtbot):
    remembering.warm_up_when_seen()
    qtbot.waitUntil(lambda: remembering._attendance is not None)
    assert remembering.opened is None, "reading comes later"
    finger = Finger(remembering.window)
    finger.touch(finger.find("帮助").place.center())
    qtbot.waitUntil(remembering.idle._timer.isActive)


def test_what_is_shown_is_kept_for_the_next_start_and_written_only_once(later, tmp_path):
    home = Home(tmp_path)
    assert kept_sight(home) is None
    for _ in range(2):
        later.stage.keep_sight()
        later.stage._jobs.run_all()
        assert kept_sight(home) == later.stage.sight
        written = (tmp_path / FILE).stat().st_ino
    later.stage.keep_sight()
    later.stage._jobs.run_all()
    assert (tmp_path / FILE).stat().st_ino == written


def test_a_site_file_that_changed_meanwhile_makes_the_next_start_an_ordinary_one(later, tmp_path):
    (tmp_path / "site.toml").write_text("idle_s = 30\n", encoding="utf-8")
    pack = tmp_path / "packs" / "cn.test"
    pack.mkdir(parents=True)
    (pack / "pointer.json").write_text("{}", encoding="utf-8")
    assert later.stage.reload_if_changed()
    later.stage.keep_sight()
    later.stage._jobs.run_all()
    assert kept_sight(Home(tmp_path)) is None


def test_the_first_start_reads_and_the_next_one_remembers(tmp_path):
    home = Home(tmp_path)
    sight_read, open_behind = ui.app._first_sight(home)
    stage = open_behind()
    assert sight_read == stage.sight
    stage.keep_sight()
    stage.close()
    sight_kept, open_later = ui.app._first_sight(home)
    assert sight_kept == sight_read
    open_later().close()


def test_a_kiosk_that_cannot_be_opened_after_all_says_so_and_ends(tmp_path, monkeypatch, capsys):
    def refused(home):
        raise SiteError("打不开。", code="M-300")

    ended = []
    monkeypatch.setattr(ui.backstage, "open_backstage", refused)
    monkeypatch.setattr(QGuiApplication, "exit", ended.append)
    with pytest.raises(SiteError):
        ui.app._opened_later(Home(tmp_path))
    assert ended == [1]
    assert "打不开。" in capsys.readouterr().err
