"""A new kiosk, set up with nothing but a finger, from the first page to the files on the disk."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

import ui.setup_screen
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.pin import PinDesk
from kiosk.settings import Settings
from kiosk.setup import needs_setup, note_set_up
from kiosk.site import load_settings
from tests.fakes.traces import files_with
from tests.screen.fingers import Finger
from ui.jobs import ThreadedJobs
from ui.setup_screen import SetupScreen, inches_of
from ui.shell import Screen
from ui.viewmodels.setup_state import Step, printer_choices

ROOT = Path(__file__).parents[2]
PIN = "407182"
PRINTERS = printer_choices(("village",), ("/dev/usb/lp0",))

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


PATIENCE_MS = 60_000
"""A machine may be as busy as it likes: what is waited for comes, or it does not."""


def wait(qtbot, holds) -> None:
    qtbot.waitUntil(holds, timeout=PATIENCE_MS)


class Installer:
    """Somebody who stands before a new kiosk."""

    def __init__(self, qtbot, home: Home) -> None:
        self.qtbot = qtbot
        self.jobs = ThreadedJobs()
        panel = panel_of(21.5, 1080, 1920)
        screen = Screen(panel=panel, size=QSize(1080, 1920), pixels_per_mm=1080 / panel.width_mm)
        self.screen = SetupScreen(home, self.jobs, screen, inches_of(476.0, 268.0))
        self.screen.window.show()
        self.finger = Finger(self.screen.window)

    @property
    def state(self):
        return self.screen.setup.state

    def touch(self, name: str) -> None:
        """Touch what is called so once it is there, enabled, and no longer moved by what is laid out."""
        places: list[object] = [None]

        def stands() -> bool:
            found = self.finger.find(name)
            places.append(found.place if found else None)
            return places[-1] is not None and places[-1] == places[-2]

        wait(self.qtbot, stands)
        self.finger.touch(places[-1].center())

    def until(self, step: Step) -> None:
        wait(self.qtbot, lambda: self.state.step is step and not self.state.busy)

    def type_pin(self, pin: str) -> None:
        for digit in pin:
            before = len(self.state.digits)
            self.touch(digit)
            wait(self.qtbot, lambda before=before: len(self.state.digits) == before + 1)
        self.touch("确定")
        wait(self.qtbot, lambda: not self.state.busy and not self.state.digits)

    def leave(self) -> None:
        self.screen.close()
        self.jobs.close()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A new kiosk with two printers and no voice: what it would do to the machine is noted instead."""
    made = Home(tmp_path / "home")
    made.create()
    real = ui.setup_screen.hands_for

    def hands(where):
        return replace(real(where), printers=lambda: PRINTERS, print_test=PRINTED.append, speak_test=lambda: None)

    PRINTED.clear()
    monkeypatch.setattr(ui.setup_screen, "hands_for", hands)
    return made


PRINTED: list[Settings] = []


@pytest.fixture
def installer(qtbot, home):
    """Somebody before it; gone at the end."""
    made = Installer(qtbot, home)
    yield made
    made.leave()


def test_a_kiosk_is_set_up_by_touch_alone(installer, home, qtbot):
    installer.touch("开始")
    installer.until(Step.VILLAGE)
    wait(qtbot, lambda: installer.screen.setup._keyboard is not None)
    for letter in "yangshu":
        installer.touch(letter)
    wait(qtbot, lambda: installer.state.typing.letters == "yangshu")
    installer.touch("杨树")
    wait(qtbot, lambda: installer.state.village == "杨树")
    installer.touch("下一步")
    installer.until(Step.REGION)
    for division in ("浙江省", "杭州市", "临安区"):
        installer.touch(division)
    wait(qtbot, lambda: installer.state.region == "330112")
    installer.touch("下一步")
    installer.until(Step.SCREEN)
    installer.touch("宽一点")
    wait(qtbot, lambda: installer.state.inches > 0)
    installer.touch("远，一臂半")
    installer.touch("下一步")
    installer.until(Step.PRINTER)
    installer.touch("小票机 /dev/usb/lp0，58毫米纸")
    installer.touch("试打一张")
    wait(qtbot, lambda: "送出去了" in installer.state.told)
    assert (PRINTED[0].printer, PRINTED[0].paper_dots, PRINTED[0].village) == ("escpos", 384, "杨树")
    installer.touch("下一步")
    installer.until(Step.VOICE)
    installer.touch("念一句听听")
    wait(qtbot, lambda: "听到了吗" in installer.state.told)
    installer.touch("没有喇叭，不朗读")
    installer.touch("下一步")
    installer.until(Step.PIN)
    installer.type_pin(PIN)
    installer.type_pin(PIN)
    wait(qtbot, lambda: installer.state.has_pin)
    installer.touch("下一步")
    installer.until(Step.DONE)
    assert needs_setup(home), "not before the last touch"
    with qtbot.waitSignal(installer.screen.setup.finished, timeout=PATIENCE_MS):
        installer.touch("都对，用起来")
    assert not needs_setup(home)
    settings = load_settings(home)
    assert replace(settings, screen_inches=0.0) == Settings(
        village="杨树",
        region="330112",
        viewing_distance_mm=700,
        printer="escpos",
        escpos_device="/dev/usb/lp0",
        paper_dots=384,
        sound="off",
    )
    assert settings.screen_inches > 10
    PinDesk(home.pin, seed="", now=time.monotonic).check(PIN)
    assert files_with(home.root, PIN, of_at_least=1) == []


def test_everything_can_be_skipped_and_then_the_defaults_hold(installer, home, qtbot):
    installer.touch("开始")
    for step in (Step.VILLAGE, Step.REGION, Step.SCREEN, Step.PRINTER, Step.VOICE, Step.PIN):
        installer.until(step)
        installer.touch("跳过")
    installer.until(Step.DONE)
    with qtbot.waitSignal(installer.screen.setup.finished, timeout=PATIENCE_MS):
        installer.touch("都对，用起来")
    assert load_settings(home) == Settings()
    assert not needs_setup(home)


def test_a_power_cut_in_the_middle_loses_no_answer_and_leaves_no_half_of_a_file(installer, home, qtbot):
    installer.touch("开始")
    installer.until(Step.VILLAGE)
    installer.touch("跳过")
    installer.until(Step.REGION)
    installer.touch("浙江省")
    installer.touch("下一步")
    installer.until(Step.SCREEN)
    wait(qtbot, lambda: home.screen_file.exists() and load_settings(home).region == "33")
    assert needs_setup(home)
    again = Installer(qtbot, home)  # the power came back
    assert again.state.step is Step.WELCOME
    assert again.state.region == "33"
    again.leave()


def test_two_different_pins_and_a_bad_one_are_asked_for_anew(installer, home, qtbot):
    installer.screen.setup.show(replace(installer.state, step=Step.PIN))
    installer.type_pin("111111")
    assert "太好猜" in installer.state.message
    installer.type_pin(PIN)
    installer.type_pin("407183")
    assert "不一样" in installer.state.message
    assert not installer.state.can_go_on
    installer.touch("上一步")
    installer.until(Step.VOICE)
    assert not PinDesk(home.pin, seed="", now=time.monotonic).is_set


def test_what_the_disk_refuses_is_told_and_the_questions_stay(installer, home, qtbot, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.site.write_in_place", full)
    installer.screen.setup.show(replace(installer.state, step=Step.DONE))
    installer.touch("都对，用起来")
    wait(qtbot, lambda: installer.state.message != "" and not installer.state.busy)
    assert needs_setup(home)
    assert not installer.screen.setup.is_finished


def test_the_application_asks_first_and_ends_in_order_without_an_answer(tmp_path):
    home = Home(tmp_path / "new")
    kiosk = subprocess.Popen(
        [sys.executable, "-m", "ui.app", "--home", home.root, "--size", "540x960"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not home.root.exists():
            assert kiosk.poll() is None, kiosk.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        kiosk.send_signal(signal.SIGTERM)
        _, said = kiosk.communicate(timeout=60)
    finally:
        kiosk.kill()
    assert (kiosk.returncode, said) == (0, "")
    assert needs_setup(home)
    assert not (home.root / "packs").exists()


def test_a_kiosk_that_was_set_up_shows_its_home_at_once(tmp_path):
    home = Home(tmp_path)
    note_set_up(home)
    assert not needs_setup(home)


def test_a_diagonal_is_told_in_inches():
    assert inches_of(476.0, 268.0) == 21.5
    assert inches_of(0.0, 0.0) == 0.0
