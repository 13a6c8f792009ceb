"""What systemd is told, over a real socket."""

import socket

import pytest

from ui.supervisor import Supervisor, supervisor_of


@pytest.fixture
def line(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(30)
        yield ear


def test_what_is_told_arrives(line, tmp_path):
    Supervisor(str(tmp_path / "notify"), 0).tell("READY=1")
    assert line.recv(100) == b"READY=1"


def test_an_address_in_no_folder_is_reached_too():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("")  # the kernel picks a name
        ear.settimeout(30)
        Supervisor("@" + ear.getsockname()[1:].decode(), 0).tell("WATCHDOG=1")
        assert ear.recv(100) == b"WATCHDOG=1"


def test_nobody_listening_changes_nothing(tmp_path):
    Supervisor(str(tmp_path / "nobody"), 0).tell("READY=1")


def test_one_that_does_not_read_holds_nobody_up(line, tmp_path):
    supervisor = Supervisor(str(tmp_path / "notify"), 0)
    for _ in range(10_000):  # more than any queue of datagrams holds
        supervisor.tell("WATCHDOG=1")


@pytest.mark.parametrize(
    ("environment", "every_ms"),
    [
        ({"NOTIFY_SOCKET": "/run/systemd/notify", "WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"}, 5_000),
        ({"NOTIFY_SOCKET": "@notify", "WATCHDOG_USEC": "20000000"}, 5_000),
        ({"NOTIFY_SOCKET": "/run/systemd/notify"}, 0),
        ({"NOTIFY_SOCKET": "/run/systemd/notify", "WATCHDOG_USEC": "soon"}, 0),
        ({"NOTIFY_SOCKET": "/run/systemd/notify", "WATCHDOG_USEC": "²"}, 0),
    ],
)
def test_it_wants_four_signs_of_life_within_its_limit(environment, every_ms):
    supervisor = supervisor_of(environment)
    assert supervisor
    assert supervisor.every_ms == every_ms


@pytest.mark.parametrize("address", [None, "", "relative", "vsock:2:1"])
def test_without_an_address_nobody_asks(address):
    assert supervisor_of({} if address is None else {"NOTIFY_SOCKET": address}) is None
