"""Opening a connection, cutting it, and what the system tells of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from content_packs.progress import CancelToken
from sync.network import connections
from sync.network.connections import Connections
from sync.network.stretch import Manner, Stretch
from tests.fakes.ranges import DATA, a_wire, running


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
