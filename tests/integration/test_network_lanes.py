"""One range over several connections at once, from servers that fall silent, end early or answer something else."""

import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Self

import pytest
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Clock, Patience
from sync.network import connections, lanes, watch
from sync.network.connections import Connections
from sync.network.lanes import LANES, TALKING, Lanes
from sync.network.stretch import Manner, Stretch
from sync.network.wire import Line, Wire
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError

DATA = random.Random(5).randbytes(300_000)
QUICK = Patience(attempts=3, first_s=0.01, longest_s=0.02, connect_s=5, first_silence_s=20, silence_s=20)


class Server:
    """Gives ranges of the data, each request in a thread of its own.

    Args:
        before: Told the range before it is given; may wait, or return how many bytes of it are given at all.
        status: Of each answer.
        head: Told where the range begins before the head is given; may wait.
        tells_length: Of the body; otherwise it ends with the connection, and begins before the range is told.
        begins_with: So many bytes.
    """

    def __init__(
        self,
        before: Callable[[int, int], int | None],
        status: int = 206,
        head: Callable[[int], object] = lambda start: None,
        *,
        tells_length: bool = True,
        begins_with: int = 1000,
    ) -> None:
        self.asked: list[tuple[int, int]] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
                told.asked.append((first, last + 1))
                piece = DATA if status == 200 else DATA[first : last + 1]
                head(first)
                self.send_response(status if piece else 416)
                self.send_header("Content-Range", f"bytes {first}-{first + len(piece) - 1}/{len(DATA)}")
                if tells_length:
                    self.send_header("Content-Length", str(len(piece)))
                    self.end_headers()
                else:
                    self.send_header("Connection", "close")
                    self.end_headers()
                    with suppress(OSError):
                        self.wfile.write(piece[:begins_with])
                    piece = piece[begins_with:]
                given = before(first, last + 1)
                with suppress(OSError):  # nobody may be listening any more
                    self.wfile.write(piece[:given])
                if given is not None:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/"


@contextmanager
def running(
    before: Callable[[int, int], int | None] = lambda start, end: None,
    status: int = 206,
    head: Callable[[int], object] = lambda start: None,
    *,
    tells_length: bool = True,
    begins_with: int = 1000,
) -> Iterator[Server]:
    server = Server(before, status, head, tells_length=tells_length, begins_with=begins_with)
    worker = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02})
    worker.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        worker.join()


def a_wire(
    server: Server, cancel: CancelToken | None = None, *, clock: Clock = time.monotonic, limit_bytes_s: int = 0
) -> Wire:
    line = Line(patience=QUICK, limit_bytes_s=limit_bytes_s)
    return Wire(server.url, line, cancel or CancelToken(), clock, lambda: 0.5)


def hurried() -> float:
    """A clock on which patience ends soon."""
    return time.monotonic() * 20


class Held:
    """Requests that get no byte before the test is over."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self.ended_by_themselves = 0

    def wait(self) -> None:
        if not self._over.wait(60):
            self.ended_by_themselves += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self._over.set()


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


def test_all_bytes_come_once_and_in_order_over_several_connections():
    turn, arrived, all_have_asked = threading.Lock(), [], threading.Event()

    def before(start, end):
        with turn:
            arrived.append(start)
            if len(arrived) == TALKING:
                all_have_asked.set()
        assert all_have_asked.wait(50), "nobody gets anything before all that may talk have asked"

    with running(before) as server:
        wire = a_wire(server)
        here: dict[int, bytes] = {}
        chunks = list(Lanes(wire, "b", 1000, len(DATA), CancelToken(), here).chunks())
    assert b"".join(chunks) == DATA[1000:]
    assert wire.traffic.received == len(DATA) - 1000
    assert here == {}
    asked = sorted(server.asked)
    assert asked[0][0] == 1000
    assert all(one[1] == two[0] for one, two in pairwise(asked)), "each byte is asked for once"


def test_connections_that_break_go_on_at_the_byte():
    with running(lambda start, end: min(end - start, 3000)) as server:
        wire = a_wire(server)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
    assert wire.traffic.received == len(DATA)


def test_a_connection_that_has_fallen_silent_is_left_when_another_is_idle():
    """It would be silent until the test is over; its rest comes by another, and only its rest."""
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and not silenced:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=hurried)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
        assert wire.traffic.received == len(DATA)
        assert [start for start, _ in server.asked].count(0) == 2
        assert not held.ended_by_themselves


def test_one_more_steps_in_for_those_that_are_silent():
    """All that may talk are held; one more begins when they have been silent for a while, and brings the rest."""
    now = [0.0]

    def before(start: int, end: int) -> None:
        if len(server.asked) == TALKING:
            now[0] = 8.2
        if len(server.asked) <= TALKING:
            held.wait()

    with Held() as held, running(before) as server:
        lanes = Lanes(a_wire(server, clock=lambda: now[0]), "b", 0, len(DATA), CancelToken(), here := {})
        lanes.begin()
        while sum(map(len, dict(here).values())) < 50_000:
            time.sleep(0.01)
        lanes.close()
        assert not held.ended_by_themselves


def test_where_all_wait_in_vain_one_after_the_other_begins_anew():
    """The first requests of all lanes would be silent until the test is over, and none is idle."""

    def before(start: int, end: int) -> None:
        if len(server.asked) <= LANES:
            held.wait()

    patience = Patience(attempts=3, first_silence_s=600, silence_s=600, floor_s=600)
    with Held() as held, running(before) as server:
        wire = Wire(server.url, Line(patience=patience), CancelToken(), hurried, lambda: 0.5)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
        assert wire.traffic.received == len(DATA)
        assert not held.ended_by_themselves


def test_a_lane_that_is_relieved_after_its_last_byte_leaves_nothing_to_ask_for():
    """Our own limit has it wait after its last byte; meanwhile it counts as silent, and an idle one takes over."""
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and not silenced:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=hurried, limit_bytes_s=1000)
        assert b"".join(Lanes(wire, "b", 0, 12_000, CancelToken(), {}).chunks()) == DATA[:12_000]
        assert all(start < end for start, end in server.asked)
        assert not held.ended_by_themselves


class Watched:
    """A clock that stands, and knows how often somebody looked at it since it was set."""

    def __init__(self) -> None:
        self._now = 0.0
        self._looks = 0

    def __call__(self) -> float:
        self._looks += 1
        return self._now

    def set(self, now: float) -> None:
        self._now, self._looks = now, 0
        for _ in range(6000):
            if self._looks >= 50:
                break
            time.sleep(0.01)


def test_who_rests_because_of_our_own_limit_is_not_relieved(monkeypatch):
    """At 100 bytes a second it rests for ten seconds behind the first kilobyte; five of them have passed."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.01)
    clock, cancel, told = Watched(), CancelToken(), []

    def take(chunks: Iterator[bytes]) -> None:
        try:
            list(chunks)
        except CancelledError as error:
            told.append(error)

    with running() as server:
        chunks = Lanes(a_wire(server, clock=clock, limit_bytes_s=100), "b", 0, 3000, cancel, {}).chunks()
        assert next(chunks) == DATA[:1024]
        worker = threading.Thread(target=take, args=(chunks,))
        worker.start()
        clock.set(5)
        cancel.cancel()
        worker.join()
        assert server.asked == [(0, 3000)]
    assert len(told) == 1


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


def test_relieving_a_lane_again_and_again_is_no_failure_of_the_line(monkeypatch):
    """The first piece is held twelve times, by each lane in turn; three failures in a row would be too many."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.02)
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and len(silenced) < 12:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=lambda: time.monotonic() * 100)
        assert b"".join(Lanes(wire, "b", 0, 12_000, CancelToken(), {}).chunks()) == DATA[:12_000]
        assert wire.traffic.received == 12_000
        assert not held.ended_by_themselves


def test_what_came_too_early_is_not_asked_for_again_after_a_break():
    """The first piece does not come, those after it do; the next attempt asks for the first piece only."""
    piece: list[tuple[int, int]] = []

    def before(start, end):
        if start == 0:
            piece.append((start, end))
            return 0
        return None

    here: dict[int, bytes] = {}
    with running(before) as server:
        wire = a_wire(server)
        with pytest.raises(SourceGoneError):
            list(Lanes(wire, "b", 0, 60_000, CancelToken(), here).chunks())
        had = wire.traffic.received
        assert had == sum(map(len, here.values()))
    with running() as server:
        wire = a_wire(server)
        assert b"".join(Lanes(wire, "b", 0, 60_000, CancelToken(), here).chunks()) == DATA[:60_000]
        assert wire.traffic.received == 60_000 - had


def test_a_file_that_ends_early_ends_or_is_told_as_such():
    """Whichever lane is quicker: one whose piece is cut short, or one whose piece would begin after the end."""
    found: list[bytes] = []
    told: list[str] = []
    with running() as server:
        try:
            found.extend(Lanes(a_wire(server), "b", 290_000, 320_000, CancelToken(), {}).chunks())
        except SourceWrongError as error:
            told.append(error.telephone_code)
    assert told in ([], ["S-218"])
    assert DATA[290_000:].startswith(b"".join(found))


def test_a_refusal_ends_all_of_them():
    with running(status=404) as server, pytest.raises(SourceMissingError):
        list(Lanes(a_wire(server), "b", 0, len(DATA), CancelToken(), {}).chunks())


def test_cancelling_ends_all_of_them_although_nobody_answers():
    cancel = CancelToken()
    over = threading.Event()

    def before(start, end):
        cancel.cancel()
        over.wait(60)

    with running(before) as server:
        try:
            with pytest.raises(CancelledError):
                list(Lanes(a_wire(server), "b", 0, len(DATA), cancel, {}).chunks())
        finally:
            over.set()


def test_nobody_runs_further_ahead_than_memory_allows():
    most = 0
    here: dict[int, bytes] = {}
    with running() as server:
        for _ in Lanes(a_wire(server), "b", 0, len(DATA), CancelToken(), here).chunks():
            most = max(most, sum(map(len, dict(here).values())))
    assert most <= lanes.AHEAD_BYTES + 44 * 1024


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
    """The first chunk is held for as long as it takes to be looked at several times, an hour each."""
    monkeypatch.setattr(watch, "LOOK_S", 0.01)
    now, looked = [0.0], threading.Semaphore(0)

    def clock() -> float:
        looked.release()
        return now[0]

    with running(tells_length=False) as server:
        manner = Manner()
        stretch = Stretch(a_wire(server, clock=clock), manner, CancelToken(), "b", 0, 60_000)
        stretch.open()
        chunks = stretch.chunks()
        found = [next(chunks)]
        for hour in range(1, 6):
            while looked.acquire(blocking=False):
                pass  # what was looked at before
            now[0] = hour * 3600
            assert looked.acquire(timeout=60)
        held = list(server.asked)
        now[0] = 0.0
        found += chunks
        stretch.close()
    assert b"".join(found) == DATA[:60_000]
    assert held == server.asked[:1]
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


@contextmanager
def nobody_answers() -> Iterator[str]:
    """Give an address where the place in which connections wait to be taken is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        yield f"http://127.0.0.1:{full.getsockname()[1]}/"


def test_waiting_for_a_connection_can_be_cut():
    told: list[Exception] = []
    with nobody_answers() as url:
        ours = Connections("", held_s=600)

        def ask() -> None:
            try:
                ours.get(url, {}, connect_s=600, silence_s=600)
            except HTTPError as error:
                told.append(error)

        worker = threading.Thread(target=ask, daemon=True)
        worker.start()
        for _ in range(600):
            ours.cut()
            worker.join(0.1)
            if not worker.is_alive():
                break
    assert [type(error) for error in told] == [NewConnectionError]


def test_a_connection_that_does_not_come_is_told_after_the_last_try(monkeypatch):
    monkeypatch.setattr(connections, "connect_waits", lambda longest_s: [0.01, 0.01, longest_s])
    with nobody_answers() as url, pytest.raises(ConnectTimeoutError):
        Connections("", held_s=600).get(url, {}, connect_s=0.05, silence_s=600)


def test_a_silent_address_is_asked_anew_although_another_cannot_be_reached(monkeypatch):
    """As on a line without IPv6: the one address is only slow, the other fails at once each time."""
    nowhere = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 0))
    with running() as server, nobody_answers() as url:
        found = [(*nowhere[:4], ("127.0.0.1", int(url.rstrip("/").rsplit(":", 1)[1]))), nowhere]

        def waits(longest_s: float) -> Iterator[float]:
            yield 0.01
            found[0] = (*nowhere[:4], server.http.server_address)
            yield longest_s

        monkeypatch.setattr(socket, "getaddrinfo", lambda *asked: found)
        monkeypatch.setattr(connections, "connect_waits", waits)
        answer = Connections("", held_s=600).get(
            "http://kunming.example/", {"Range": "bytes=0-9"}, connect_s=60, silence_s=60
        )
        assert answer.read() == DATA[:10]


def test_an_address_of_a_kind_that_the_machine_does_not_know_is_passed_over(monkeypatch):
    with running() as server:
        here = (socket.AF_INET, socket.SOCK_STREAM, 0, "", server.http.server_address)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *asked: [(250, *here[1:]), here])
        answer = Connections("", held_s=600).get(
            "http://kunming.example/", {"Range": "bytes=0-9"}, connect_s=60, silence_s=60
        )
        assert answer.read() == DATA[:10]


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


@pytest.mark.parametrize("start", [0, 2000])
def test_a_body_of_unknown_length_does_not_end_where_a_relieved_lane_was_cut(start):
    """In the part that was asked for, or in what has to be read over before it."""
    silenced: list[int] = []

    def before(first: int, end: int) -> None:
        if not silenced:
            silenced.append(first)
            held.wait()

    with Held() as held, running(before, status=200, tells_length=False) as server:
        patience = Patience(first_silence_s=600, silence_s=600)
        wire = Wire(server.url, Line(patience=patience), CancelToken(), hurried, lambda: 0.5)
        found = b"".join(Lanes(wire, "b", start, start + 2000, CancelToken(), {}).chunks())
        assert found == DATA[start : start + 2000]
        assert not held.ended_by_themselves
    assert silenced


def test_a_server_that_has_fallen_silent_for_good_is_given_up(monkeypatch):
    """Not each of its lanes is relieved for ever: after a while one of them counts its failures."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.01)
    patience = Patience(attempts=2, first_s=0.01, first_silence_s=1, silence_s=1)
    with Held() as held, running(lambda start, end: held.wait()) as server:
        wire = Wire(server.url, Line(patience=patience), CancelToken(), lambda: time.monotonic() * 1000, lambda: 0.5)
        with pytest.raises(SourceGoneError):
            list(Lanes(wire, "b", 0, 2000, CancelToken(), {}).chunks())
        assert not held.ended_by_themselves
    assert len(server.asked) <= 5 * LANES


def test_a_server_that_says_one_byte_and_falls_silent_is_given_up_too():
    """A byte each time would have lanes relieved for ever."""
    patience = Patience(attempts=2, first_s=0.01, first_silence_s=1, silence_s=1)
    with Held() as held, running(lambda start, end: held.wait(), tells_length=False, begins_with=1) as server:
        wire = Wire(server.url, Line(patience=patience), CancelToken(), lambda: time.monotonic() * 1000, lambda: 0.5)
        with pytest.raises(SourceGoneError):
            list(Lanes(wire, "b", 0, 2000, CancelToken(), {}).chunks())
        assert not held.ended_by_themselves
    assert len(server.asked) <= 10 * LANES


def test_the_order_of_segments_is_known_where_the_system_tells():
    with running() as server:
        wire = a_wire(server)
        assert wire.connections.told() == (0, 0, 0)
        stretch = Stretch(wire, Manner(), CancelToken(), "b", 0, 100_000)
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA[:100_000]
        segments, disordered, round_trip_s = wire.connections.told()
        assert segments > 0
        assert disordered == 0
        assert round_trip_s > 0
        wire.connections.close()
