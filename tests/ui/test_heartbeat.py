"""Signs of life come while the event loop turns and the compositor answers, whether or not anything is drawn."""

import socket

import pytest
from PySide6.QtQuick import QQuickWindow

from ui.compositor import Compositor
from ui.heartbeat import Heartbeat
from ui.supervisor import Supervisor

pytestmark = pytest.mark.ui
NEVER_MS = 3_600_000
ANSWER = bytes(24)


@pytest.fixture
def ear(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as socket_:
        socket_.bind(str(tmp_path / "notify"))
        socket_.setblocking(False)
        yield socket_


@pytest.fixture
def supervisor(ear, tmp_path):
    return Supervisor(str(tmp_path / "notify"), NEVER_MS)


def heard(ear):
    told = []
    while True:
        try:
            told.append(ear.recv(100).decode())
        except BlockingIOError:
            return told


def test_a_window_in_which_nothing_moves_and_that_gets_no_frame_lives(supervisor, ear, qtbot):
    shown = QQuickWindow()
    shown.show()
    qtbot.waitExposed(shown)
    heart = Heartbeat(supervisor, None)
    shown.hide()
    for _ in range(3):
        heart.beat()
    shown.close()
    assert heard(ear) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]


def test_a_compositor_that_stops_answering_ends_the_signs_of_life_and_brings_them_back(supervisor, ear, qtbot):
    ours, compositor = socket.socketpair()
    with ours, compositor:
        heart = Heartbeat(supervisor, Compositor(ours))
        for _ in range(3):
            heart.beat()
            compositor.sendall(ANSWER)
        assert heard(ear) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]
        heart.beat()
        heard(ear)
        for _ in range(3):
            heart.beat()
        assert heard(ear) == []
        compositor.sendall(ANSWER)
        heart.beat()
        assert heard(ear) == ["WATCHDOG=1"]


def test_it_beats_by_itself_while_the_event_loop_turns(ear, tmp_path, qtbot):
    heart = Heartbeat(Supervisor(str(tmp_path / "notify"), 1), None)
    told = []
    qtbot.waitUntil(lambda: told.extend(heard(ear)) or told.count("WATCHDOG=1") >= 3)
    assert heart._timer.isActive()


def test_whoever_does_not_ask_for_signs_of_life_gets_none(ear, tmp_path, qtbot):
    heart = Heartbeat(Supervisor(str(tmp_path / "notify"), 0), None)
    assert heard(ear) == ["READY=1"]
    assert not heart._timer.isActive()
