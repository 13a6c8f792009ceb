"""Servers that lie about what they send, ask for peace or fall silent, and whoever wants to stop meanwhile."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Attempts, Patience
from sync.network import HttpSource, Line
from sync.network.reply import Piece, Reply
from sync.network.wire import Wire
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError
from tests.fakes import web

QUICK = Patience(attempts=3, first_s=0.01, longest_s=0.02, connect_s=60, first_silence_s=60, silence_s=60)
PATIENT = Patience(connect_s=600, first_silence_s=600, silence_s=600, held_s=600)
DATA = bytes(range(256)) * 20
HELD_S = 60


def a_source(server: web.Scripted, patience: Patience = QUICK) -> HttpSource:
    return HttpSource(server.url, line=Line(patience=patience))


def read(source: HttpSource, start: int, length: int, validator: str | None = None) -> bytes:
    with source.open_range("b.bundle", start, length, validator) as reply:
        return b"".join(reply.chunks())


WAYS: dict[str, Callable[[HttpSource], bytes]] = {
    "a file": lambda source: source.fetch("b.bundle", len(DATA)),
    "a range": lambda source: read(source, 0, len(DATA)),
    "a pinned range": lambda source: read(source, 0, len(DATA), '"one"'),
}


def heads_on(connection: socket.socket, head: str) -> list[str]:
    """Return the head that has come, and wait for one more on the same connection."""
    return [head, connection.recv(4096).decode()]


@pytest.mark.parametrize("begins", [b"", b"HTTP/1.1 206 Pa", b"HTTP/1.1 200 OK\r\nContent-Length: 5120\r\n\r\n"])
@pytest.mark.parametrize("way", WAYS)
def test_whoever_stops_is_not_held_by_a_server_that_is_silent(begins, way):
    """Its silence would last until the server is tired of it."""
    cancel, is_tired = CancelToken(), threading.Event()
    tired: list[bool] = []

    def silent(connection: socket.socket, head: str) -> None:
        connection.sendall(begins)
        cancel.cancel()
        connection.settimeout(HELD_S)
        try:
            tired.append(bool(connection.recv(1)))
        except TimeoutError:
            tired.append(True)
        finally:
            is_tired.set()

    with web.scripted(silent) as server:
        source = HttpSource(server.url, line=Line(patience=PATIENT), cancel=cancel)
        with pytest.raises(CancelledError):
            WAYS[way](source)
        assert is_tired.wait(HELD_S)
        assert tired == [False], "it was we who ended it"


def test_whoever_stops_is_not_held_by_the_body_of_a_refusal():
    """It is read only to keep the connection."""
    cancel = CancelToken()
    tired: list[bool] = []

    def silent(connection: socket.socket, head: str) -> None:
        connection.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nb")
        cancel.cancel()
        connection.settimeout(HELD_S)
        with suppress(TimeoutError):
            tired.append(bool(connection.recv(1)))

    with web.scripted(silent) as server, pytest.raises(CancelledError):
        HttpSource(server.url, line=Line(patience=PATIENT), cancel=cancel).fetch("b.bundle", 10)
    assert tired == [False]


def test_closing_ends_the_connection_although_somebody_keeps_the_error():
    """The error remembers the answer, and with it the place where its connection is kept for the next request."""
    ended: list[bytes] = []
    over = threading.Event()

    def missing(connection: socket.socket, head: str) -> None:
        web.says("404 Not Found", b"no", Connection="keep-alive")(connection, head)
        connection.settimeout(HELD_S)
        with suppress(TimeoutError):
            ended.append(connection.recv(1))
        over.set()

    with web.scripted(missing) as server:
        source = a_source(server)
        with pytest.raises(SourceMissingError) as kept:
            source.fetch("b.bundle", 10)
        source.close()
        assert over.wait(2 * HELD_S)
        assert ended == [b""]
        del kept


def test_reading_over_what_is_here_again_and_again_has_an_end():
    """A server that knows no ranges and always breaks before what is missing: each attempt brings nothing new."""
    broken = web.serves(DATA, cut_after=1000, knows_ranges=False)
    with web.scripted(*[broken] * 30, web.serves(DATA, knows_ranges=False)) as server:
        source = a_source(server)
        with pytest.raises(SourceGoneError):
            read(source, 2000, 100)
        assert len(server.heads) == 3
        assert source.received == 3000


def test_a_byte_for_each_connection_is_not_enough():
    drop = web.serves(DATA, cut_after=1)
    with web.scripted(*[drop] * 30, web.serves(DATA)) as server:
        with pytest.raises(SourceGoneError):
            read(a_source(server), 0, 1000)
        assert len(server.heads) == 3


def test_the_last_byte_is_enough():
    drop = web.serves(DATA, cut_after=1)
    with web.scripted(drop) as server:
        assert read(a_source(server), 7, 3) == DATA[7:10]


def test_a_server_that_wants_peace_gets_it_from_all_connections():
    """One is told to wait and is ended meanwhile; another that takes its place waits for the rest of that time."""
    waited: list[float] = []
    now = [1000.0]

    class Ends(CancelToken):
        def wait(self, seconds: float) -> None:
            now[0] += 50
            raise CancelledError("", todo="")

    class Waits(CancelToken):
        def wait(self, seconds: float) -> None:
            waited.append(seconds)
            now[0] += seconds

    def ask(wire: Wire) -> bytes:
        reply = Reply(wire, Piece("b.bundle", 0, 10), Attempts(QUICK, lambda: 0.5))
        try:
            reply.open()
            return b"".join(reply.chunks())
        finally:
            reply.close()

    with web.scripted(web.says("503 Busy", Retry_After="200"), web.serves(DATA)) as server:
        wire = Wire(server.url, Line(patience=QUICK), CancelToken(), lambda: now[0], lambda: 0.5)
        with pytest.raises(CancelledError):
            ask(wire.beside(16_000).until(Ends()))
        assert ask(wire.beside(16_000).until(Waits())) == DATA[:10]
        assert waited == [150.0]
        assert ask(wire.until(Waits())) == DATA[:10]
        assert waited == [150.0], "once is enough"


@pytest.mark.parametrize("length", ["Transfer-Encoding: chunked", "Content-Length: 20"])
def test_what_comes_behind_a_range_is_not_taken_for_the_next_answer(length):
    """All of the range has come, but not the end of the chunks, or there is more than the range."""
    where = f"Content-Range: bytes 0-9/{len(DATA)}"
    first = DATA[:10] if "Length" in length else b"a\r\n" + DATA[:10] + b"\r\n"

    def late(connection: socket.socket, head: str) -> None:
        connection.sendall(f"HTTP/1.1 206 Part\r\n{where}\r\n{length}\r\n\r\n".encode() + first)
        if connection.recv(4096):
            connection.sendall(b"0\r\n\r\n012345")

    with web.scripted(late, web.serves(DATA)) as server:
        source = a_source(server)
        assert [read(source, 0, 10, '"one"'), read(source, 0, 10, '"one"')] == [DATA[:10]] * 2
        assert source.requests == 2


@pytest.mark.parametrize("cut", range(13, 70, 8))
def test_a_head_that_is_cut_short_is_a_broken_line(cut):
    """What came of it looks like an answer to something else."""

    def breaks(connection: socket.socket, head: str) -> None:
        where = f"Content-Range: bytes 0-9/{len(DATA)}\r\nContent-Length: 10"
        connection.sendall(f"HTTP/1.1 206 Part\r\n{where}\r\n\r\n".encode()[:cut])

    with web.scripted(breaks, web.serves(DATA)) as server:
        assert read(a_source(server), 0, 10) == DATA[:10]


def test_an_empty_file_keeps_its_connection():
    heads: list[str] = []

    def twice(connection: socket.socket, head: str) -> None:
        web.says("200 OK", Connection="keep-alive")(connection, head)
        heads.extend(heads_on(connection, head))
        web.says("200 OK", b"yes")(connection, head)

    with web.scripted(twice) as server:
        source = a_source(server)
        assert [source.fetch("empty", 10), source.fetch("full", 10)] == [b"", b"yes"]
        assert source.requests == 2
    assert [head.split()[1] for head in heads] == ["/empty", "/full"]


def test_a_chunk_of_negative_length_gives_no_more_than_was_asked_for():
    head = f"HTTP/1.1 206 Part\r\nContent-Range: bytes 0-9/{len(DATA)}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    with web.scripted(lambda connection, _: connection.sendall(head + b"-5\r\n" + DATA[:100])) as server:
        assert len(read(a_source(server), 0, 10)) == 10


def test_chunks_count_where_a_length_is_told_as_well():
    lied = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n"
    with web.scripted(lambda connection, head: connection.sendall(lied + b"5\r\nabcde\r\n0\r\n\r\n")) as server:
        assert a_source(server).fetch("b.bundle", 100) == b"0123456789abcde"


def test_two_states_of_a_file_are_not_put_together_by_a_server_that_knows_no_if_range():
    new = bytes(reversed(DATA))

    def careless(connection: socket.socket, head: str) -> None:
        head = "\r\n".join(line for line in head.split("\r\n") if not line.startswith("If-Range"))
        web.serves(new, etag='"two"')(connection, head)

    with web.scripted(web.serves(DATA, cut_after=1000), careless) as server:
        assert a_source(server).fetch("b.bundle", len(DATA)) == new


def test_a_proxy_may_be_named_by_a_number_with_colons(monkeypatch):
    with web.scripted(web.serves(DATA)) as server:
        asked: list[tuple[object, ...]] = []

        def found(*told: object) -> list[tuple[object, ...]]:
            asked.append(told[:2])
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", server.port))]

        monkeypatch.setattr(socket, "getaddrinfo", found)
        source = HttpSource("http://packs.example.cn/", line=Line(proxy="http://[fd00::7]:8080", patience=QUICK))
        assert source.fetch("b.bundle", len(DATA)) == DATA
        assert asked == [("fd00::7", 8080)]


@contextmanager
def with_a_certificate_of_its_own(folder: Path) -> Iterator[web.Scripted]:
    """A server that anybody could run, in front of which nobody has vouched for it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "me")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    begins = datetime.now(UTC) - timedelta(days=1)
    made = made.not_valid_before(begins).not_valid_after(begins + timedelta(days=9))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "own.pem"
    file.write_bytes(
        key.private_bytes(*plain) + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    tried: list[str] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line, suppress(OSError):
                    tried.append("")
                    context.wrap_socket(line, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        worker = threading.Thread(target=serve, daemon=True)
        worker.start()
        yield web.Scripted(listening.getsockname()[1], tried)
        listening.shutdown(socket.SHUT_RDWR)
        worker.join()


def test_a_stranger_in_the_servers_place_is_told_as_such(tmp_path):
    """No cable has to be plugged in, and asking again helps nobody."""
    with with_a_certificate_of_its_own(tmp_path) as server:
        source = HttpSource(f"https://127.0.0.1:{server.port}/", line=Line(patience=QUICK))
        with pytest.raises(SourceWrongError) as caught:
            source.fetch("b.bundle", 10)
        source.close()
    assert caught.value.telephone_code == "S-227"
    assert len(server.heads) == 1
