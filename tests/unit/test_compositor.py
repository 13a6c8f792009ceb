"""A compositor is asked whether it still answers, in the bytes of the Wayland protocol."""

import socket
import struct

import pytest

from ui.compositor import Compositor, compositor_of

DISPLAY, CALLBACK = 1, 2
SYNC = struct.pack("=3I", DISPLAY, 12 << 16, CALLBACK)
ANSWER = struct.pack("=6I", CALLBACK, 12 << 16, 77, DISPLAY, 12 << 16 | 1, CALLBACK)


class Wayland:
    """The other end of the line: hears questions, answers when it is told to."""

    def __init__(self, line):
        self.line = line

    def heard(self):
        self.line.settimeout(0)
        try:
            return self.line.recv(1000)
        except BlockingIOError:
            return b""

    def answer(self):
        self.line.sendall(ANSWER)


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Compositor(ours), Wayland(theirs)


def test_one_that_answers_is_asked_again_and_again(ends):
    compositor, wayland = ends
    for _ in range(3):
        assert not compositor.is_silent()
        assert wayland.heard() == SYNC
        wayland.answer()


def test_one_that_stops_answering_is_silent_and_not_asked_twice(ends):
    compositor, wayland = ends
    compositor.is_silent()
    wayland.answer()
    compositor.is_silent()
    wayland.heard()
    assert compositor.is_silent()
    assert compositor.is_silent()
    assert wayland.heard() == b""


def test_one_that_goes_on_is_silent_no_longer(ends):
    compositor, wayland = ends
    compositor.is_silent()
    wayland.answer()
    compositor.is_silent()
    assert compositor.is_silent()
    wayland.answer()
    assert not compositor.is_silent()


def test_half_an_answer_is_none_yet(ends):
    compositor, wayland = ends
    compositor.is_silent()
    wayland.line.sendall(ANSWER[:10])
    assert compositor.is_silent()
    wayland.line.sendall(ANSWER[10:])
    assert not compositor.is_silent()


def test_one_that_never_answered_is_not_taken_for_frozen(ends):
    compositor, _ = ends
    assert not any(compositor.is_silent() for _ in range(5))


def test_one_that_has_gone_is_left_to_qt(ends):
    compositor, wayland = ends
    compositor.is_silent()
    wayland.answer()
    compositor.is_silent()
    wayland.line.close()
    assert not any(compositor.is_silent() for _ in range(3))


def test_it_is_found_where_the_environment_says(tmp_path):
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "wayland-7"))
        door.listen()
        for named in (
            {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)},
            {"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")},
        ):
            compositor = compositor_of(named)
            assert compositor is not None
            line, _ = door.accept()
            with line:
                assert not compositor.is_silent()
                assert line.recv(1000) == SYNC
            assert not compositor.is_silent()


def test_without_one_nobody_is_asked(tmp_path):
    assert compositor_of({}) is None
    assert compositor_of({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}) is None
