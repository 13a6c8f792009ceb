"""Web servers of the tests' own: a real nginx on loopback, and one that says byte for byte what a test wants."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

_CONF = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{ application/json json; text/html html; }}
    default_type application/octet-stream;
    log_format bytes '$status $request_length $bytes_sent $request_uri $http_range';
    access_log {folder}/access.log bytes;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    {http}
    server {{
        listen 127.0.0.1:{port};
        root {root};
        {server}
    }}
}}
"""


@dataclass(frozen=True)
class Request:
    """One line of the access log."""

    status: int
    received: int
    sent: int
    path: str
    range: str


class Nginx:
    """One nginx, all of whose files lie in a folder of its own."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, server: str = "", http: str = "") -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        conf = self._folder / "nginx.conf"
        conf.write_text(_CONF.format(folder=self._folder, root=self._root, port=self.port, server=server, http=http))
        command = [str(NGINX), "-p", str(self._folder), "-c", str(conf), "-e", str(self._folder / "error.log")]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError((self._folder / "error.log").read_text())

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(60)
            self._process = None

    def restart(self, server: str = "", http: str = "") -> None:
        self.stop()
        self.start(server, http)

    def requests(self) -> list[Request]:
        """Return what was asked so far; nginx writes a line when a request has ended."""
        time.sleep(0.05)
        found = []
        for line in (self._folder / "access.log").read_text().splitlines():
            status, received, sent, path, wanted = line.split(" ", 4)
            found.append(Request(int(status), int(received), int(sent), path, wanted))
        return found


@contextmanager
def running_nginx(folder: Path, root: Path, server: str = "", http: str = "") -> Iterator[Nginx]:
    nginx = Nginx(folder, root)
    nginx.start(server, http)
    try:
        yield nginx
    finally:
        nginx.stop()


Answer = Callable[[socket.socket, str], None]
"""What happens to one request: it gets the connection and the head of the request, and may do with it what it likes."""


@dataclass
class Scripted:
    """A server that answers the first request with the first answer, and so on; the last one is used for ever."""

    port: int
    heads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def scripted(*answers: Answer) -> Iterator[Scripted]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = Scripted(listening.getsockname()[1])
    open_now: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            open_now.append(connection)
            with connection, contextlib.suppress(OSError):
                head = _head(connection)
                if head:
                    server.heads.append(head)
                    answers[min(len(server.heads), len(answers)) - 1](connection, head)

    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in open_now:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        worker.join(60)


def says(status: str, body: bytes = b"", **headers: str) -> Answer:
    """Answer with this, and close."""

    def answer(connection: socket.socket, head: str) -> None:
        lines = {"Content-Length": str(len(body)), "Connection": "close"}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        connection.sendall(f"HTTP/1.1 {status}\r\n{text}\r\n".encode() + body)

    return answer


def serves(data: bytes, *, cut_after: int = 1 << 60, etag: str = '"one"', knows_ranges: bool = True) -> Answer:
    """Answer as a good server would, with ranges, but break the connection after so many bytes of body."""

    def answer(connection: socket.socket, head: str) -> None:
        asked = _fields(head)
        wanted = asked.get("range", "").removeprefix("bytes=")
        matches = asked.get("if-range", etag) == etag
        first, _, last = wanted.partition("-")
        start, end = (int(first), int(last) + 1 if last else len(data)) if wanted else (0, len(data))
        if not (wanted and matches and knows_ranges):
            connection.sendall(f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: {len(data)}\r\n\r\n".encode())
            connection.sendall(data[:cut_after])
            return
        if start >= len(data):
            connection.sendall(b"HTTP/1.1 416 Too Far\r\nContent-Length: 0\r\n\r\n")
            return
        piece = data[start:end]
        where = f"bytes {start}-{start + len(piece) - 1}/{len(data)}"
        fields = f"ETag: {etag}\r\nContent-Range: {where}\r\nContent-Length: {len(piece)}\r\n"
        connection.sendall(f"HTTP/1.1 206 Part\r\n{fields}\r\n".encode())
        connection.sendall(piece[:cut_after])

    return answer


def hangs_up(connection: socket.socket, head: str) -> None:
    """Answer nothing."""


def never_ends(connection: socket.socket, head: str) -> None:
    """Answer without a length, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(bytes(65536))


def trickles(connection: socket.socket, head: str) -> None:
    """Answer one byte at a time, so that no silence is ever long enough to be noticed."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.02)


def _fields(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _head(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(4096)
        if not piece:
            return ""
        data += piece
    return data.decode("latin-1")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def kill_hard(pid: int) -> None:
    """End a process that the test itself started, as a power cut would."""
    os.kill(pid, signal.SIGKILL)
