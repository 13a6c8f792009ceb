"""One range over several connections at once, from servers that fall silent, end early or answer something else."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Patience
from sync.network import lanes
from sync.network.lanes import LANES, Lanes
from sync.network.stretch import Manner, Stretch
from sync.network.wire import Line, Wire
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError

DATA = random.Random(5).randbytes(300_000)
QUICK = Patience(attempts=3, first_s=0.01, longest_s=0.02, connect_s=5, first_silence_s=20, silence_s=20)


class Server:
    """Gives ranges of the data, each request in a thread of its own.

    Args:
        before: Told the range before it is given; may wait, or return how many bytes of it are given at all.
    """

    def __init__(self, before: Callable[[int, int], int | None], status: int = 206) -> None:
        self.asked: list[tuple[int, int]] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
                told.asked.append((first, last + 1))
                piece = DATA[first : last + 1]
                self.send_response(status if piece else 416)
                self.send_header("Content-Range", f"bytes {first}-{first + len(piece) - 1}/{len(DATA)}")
                self.send_header("Content-Length", str(len(piece)))
                self.end_headers()
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
def running(before: Callable[[int, int], int | None] = lambda start, end: None, status: int = 206) -> Iterator[Server]:
    server = Server(before, status)
    worker = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02})
    worker.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        worker.join()


def a_wire(server: Server, cancel: CancelToken | None = None) -> Wire:
    return Wire(server.url, Line(patience=QUICK), cancel or CancelToken(), time.monotonic, lambda: 0.5)


def test_all_bytes_come_once_and_in_order_over_several_connections():
    turn, arrived, all_have_asked = threading.Lock(), [], threading.Event()

    def before(start, end):
        with turn:
            arrived.append(start)
            if len(arrived) == LANES:
                all_have_asked.set()
        assert all_have_asked.wait(50), "nobody gets anything before all lanes have asked"

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


def test_a_connection_that_has_fallen_silent_is_left_when_another_is_idle(monkeypatch):
    """It would be silent until the test is over; its rest comes by another, and only its rest."""
    monkeypatch.setattr(lanes, "SILENT_S", 0.2)
    silenced: list[int] = []
    over = threading.Event()

    def before(start: int, end: int) -> None:
        if start == 0 and not silenced:
            silenced.append(start)
            over.wait(60)

    with running(before) as server:
        wire = a_wire(server)
        try:
            assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
            assert wire.traffic.received == len(DATA)
            assert [start for start, _ in server.asked].count(0) == 2
        finally:
            over.set()


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
    assert most <= lanes.AHEAD_BYTES + 32 * 1024


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


def test_the_order_of_segments_is_known_where_the_system_tells():
    with running() as server:
        wire = a_wire(server)
        assert wire.connections.order() == (0, 0)
        stretch = Stretch(wire, Manner(), CancelToken(), "b", 0, 100_000)
        stretch.open()
        assert b"".join(stretch.chunks()) == DATA[:100_000]
        segments, disordered = wire.connections.order()
        assert segments > 0
        assert disordered == 0
        wire.connections.close()
