"""Signs of life stand for frames that were shown, not for a timer that runs."""

import socket

import pytest
from PySide6.QtQuick import QQuickWindow

from ui.heartbeat import Heartbeat, has_screen
from ui.supervisor import Supervisor

pytestmark = pytest.mark.ui
NEVER_MS = 3_600_000


@pytest.fixture
def ear(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as socket_:
        socket_.bind(str(tmp_path / "notify"))
        socket_.setblocking(False)
        yield socket_


@pytest.fixture
def supervisor(ear, tmp_path):
    return Supervisor(str(tmp_path / "notify"), NEVER_MS)


@pytest.fixture
def window(qtbot):
    shown = QQuickWindow()
    shown.resize(100, 100)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def heard(ear):
    told = []
    while True:
        try:
            told.append(ear.recv(100).decode())
        except BlockingIOError:
            return told


def beat_and_see(heart, window, qtbot):
    with qtbot.waitSignal(window.frameSwapped):
        heart.beat()
    qtbot.waitUntil(lambda: heart._was_shown)


def test_the_screen_is_there_and_then_every_frame_is_a_sign_of_life(window, supervisor, ear, qtbot):
    heart = Heartbeat(window, supervisor, lambda: True)
    assert heard(ear) == ["READY=1"]
    for _ in range(3):
        beat_and_see(heart, window, qtbot)
        assert heard(ear) == ["WATCHDOG=1"]


def test_a_window_whose_frames_do_not_come_gives_no_sign(window, supervisor, ear, qtbot):
    heart = Heartbeat(window, supervisor, lambda: True)
    beat_and_see(heart, window, qtbot)
    window.hide()
    qtbot.waitUntil(lambda: not window.isExposed())
    heart.beat()  # stands for the frame before
    heard(ear)
    heart.beat()
    heart.beat()
    assert heard(ear) == []
    window.show()
    qtbot.waitUntil(lambda: heart._was_shown)
    heart.beat()
    assert heard(ear) == ["WATCHDOG=1"]


def test_without_a_screen_no_frame_is_missed(window, supervisor, ear, qtbot):
    heart = Heartbeat(window, supervisor, lambda: False)
    window.hide()
    qtbot.waitUntil(lambda: not window.isExposed())
    for _ in range(3):
        heart.beat()
    assert heard(ear) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]


def test_it_beats_by_itself_while_the_event_loop_turns(window, ear, tmp_path, qtbot):
    heart = Heartbeat(window, Supervisor(str(tmp_path / "notify"), 1), lambda: True)
    told = []
    qtbot.waitUntil(lambda: told.extend(heard(ear)) or told.count("WATCHDOG=1") >= 3)
    assert heart._timer.isActive()


def test_whoever_does_not_ask_for_signs_of_life_gets_none(window, ear, tmp_path, qtbot):
    heart = Heartbeat(window, Supervisor(str(tmp_path / "notify"), 0), lambda: True)
    assert heard(ear) == ["READY=1"]
    assert not heart._timer.isActive()


def test_a_window_lies_on_a_screen_here(window):
    assert has_screen(window)
