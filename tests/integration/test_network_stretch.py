"""When a range is fetched over several connections, and when one is enough."""

import socket
import struct
import threading

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.network import watch
from sync.network.lanes import LANES
from sync.network.stretch import Manner, Stretch
from tests.fakes.ranges import DATA, Held, Watched, a_wire, hurried, running


def assert_over(ours: set[threading.Thread]) -> None:
    """No thread goes on but those, and the server's, which carry its function's name."""
    for thread in set(threading.enumerate()) - ours:
        if "process_request" not in thread.name:
            thread.join(10)
            assert not thread.is_alive()


def lose_packets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system tell that of twelve segments three came out of order."""
    asked = socket.socket.getsockopt

    def getsockopt(line: socket.socket, level: int, name: int, *size: int) -> object:
        if (level, name) != (socket.IPPROTO_TCP, socket.TCP_INFO):
            return asked(line, level, name, *size)
        told = bytearray(size[0])
        struct.pack_into("=I", told, 152, 12)
        struct.pack_into("=I", told, 224, 3)
        return bytes(told)

    monkeypatch.setattr(socket.socket, "getsockopt", getsockopt)


def test_a_line_that_is_known_to_lose_packets_gets_lanes():
    with running() as server:
        manner, wire = Manner(), a_wire(server)
        manner.is_losing = True
        stretch = Stretch(wire, manner, CancelToken(), "b", 10, 200_010)
        stretch.open()
        assert server.asked == []
        assert (stretch.start, b"".join(stretch.chunks())) == (10, DATA[10:200_010])
        stretch.close()
    assert len(server.asked) > LANES


@pytest.mark.parametrize("waits", ["head", "body"])
def test_lanes_begin_behind_the_first_piece_as_soon_as_the_line_is_known_to_lose(monkeypatch, waits):
    """The first piece does not come before others have come; no byte is asked for twice."""
    lose_packets(monkeypatch)
    behind = threading.Event()
    in_time: list[bool] = []

    def wait(start: int) -> None:
        if start == 0:
            in_time.append(behind.wait(60))
        else:
            behind.set()

    def before(start: int, end: int) -> None:
        if waits == "body":
            wait(start)

    with running(before, head=wait if waits == "head" else lambda start: None) as server:
        wire, manner = a_wire(server), Manner()
        stretch = Stretch(wire, manner, CancelToken(), "b", 0, len(DATA))
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA
        stretch.close()
    assert in_time == [True]
    assert manner.is_losing
    assert wire.traffic.received == len(DATA)


def test_lanes_begin_behind_a_piece_that_stops_in_the_middle():
    """What is lost is the last that was sent: nothing comes out of order, and only the silence tells."""
    behind = threading.Event()
    in_time: list[bool] = []

    def before(start: int, end: int) -> None:
        if start == 0:
            in_time.append(behind.wait(60))
        else:
            behind.set()

    with running(before, tells_length=False) as server:
        wire, manner = a_wire(server, clock=hurried), Manner()
        stretch = Stretch(wire, manner, CancelToken(), "b", 0, len(DATA))
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA
        stretch.close()
    assert in_time == [True]
    assert manner.is_losing
    assert wire.traffic.received == len(DATA)


def test_a_disk_that_takes_its_time_is_no_line_that_loses_packets(monkeypatch):
    """The first chunk is held for an hour, in which the line is looked at many times."""
    monkeypatch.setattr(watch, "LOOK_S", 0.01)
    clock, manner = Watched(), Manner()
    with running(tells_length=False) as server:
        stretch = Stretch(a_wire(server, clock=clock), manner, CancelToken(), "b", 0, 60_000)
        stretch.open()
        chunks = stretch.chunks()
        found = [next(chunks)]
        clock.set(3600)
        held = list(server.asked)
        clock.set(0)
        found += chunks
        stretch.close()
    assert b"".join(found) == DATA[:60_000]
    assert held == server.asked[:1]
    assert not manner.is_losing


def test_a_line_that_rests_because_of_our_own_limit_has_not_stalled(monkeypatch):
    monkeypatch.setattr(watch, "LOOK_S", 0.01)
    clock, cancel, told = Watched(), CancelToken(), []

    class Rests(CancelToken):
        def wait(self, seconds: float) -> None:
            told.append(seconds)
            clock.set(5)
            raise CancelledError("", todo="")

    with running() as server:
        manner = Manner()
        wire = a_wire(server, Rests(), clock=clock, limit_bytes_s=100)
        stretch = Stretch(wire, manner, cancel, "b", 0, 10_000)
        stretch.open()
        chunks = stretch.chunks()
        assert next(chunks) == DATA[:1024]
        with pytest.raises(CancelledError):
            next(chunks)
        stretch.close()
    assert told == [10.24]
    assert not manner.is_losing


def test_whoever_stops_before_the_first_piece_is_here_ends_the_lanes_behind_it(monkeypatch):
    lose_packets(monkeypatch)
    behind = threading.Event()

    def before(start: int, end: int) -> int | None:
        if start == 0:
            held.wait()
        else:
            behind.set()
            held.wait()
        return None

    with Held() as held, running(before) as server:
        ours = set(threading.enumerate())
        stretch = Stretch(a_wire(server), Manner(), CancelToken(), "b", 0, len(DATA))
        stretch.open()
        assert behind.wait(60)
        stretch.close()
        assert_over(ours)


def test_lanes_end_when_the_server_turns_out_to_know_no_ranges(monkeypatch):
    """It gives the whole file to each of them; one is enough."""
    lose_packets(monkeypatch)
    behind = threading.Event()

    def head(start: int) -> None:
        if start:
            behind.set()
            held.wait()
        else:
            assert behind.wait(60)

    with Held() as held, running(status=200, head=head) as server:
        ours = set(threading.enumerate())
        stretch = Stretch(a_wire(server), Manner(), CancelToken(), "b", 0, len(DATA))
        stretch.open()
        assert_over(ours)
        assert b"".join(stretch.chunks()) == DATA
        stretch.close()


def test_a_server_that_knows_no_ranges_is_asked_once_for_the_next_range_too(monkeypatch):
    """Lanes would read over the whole file from its beginning, each for each of its pieces."""
    lose_packets(monkeypatch)
    with running(status=200) as server:
        wire, manner = a_wire(server), Manner()
        manner.is_losing = True
        manner.knows_ranges = False
        stretch = Stretch(wire, manner, CancelToken(), "b", 100_000, len(DATA))
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA[100_000:]
        stretch.close()
        assert not manner.knows_ranges
    assert len(server.asked) == 1


def test_a_server_that_has_come_to_know_ranges_is_asked_for_pieces_again():
    with running() as server:
        manner = Manner()
        manner.is_losing = True
        manner.knows_ranges = False
        stretch = Stretch(a_wire(server), manner, CancelToken(), "b", 0, len(DATA))
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA
        stretch.close()
    assert manner.knows_ranges
    assert len(server.asked) > LANES
