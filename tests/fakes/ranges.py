"""A server of ranges that falls silent, ends early or answers something else, and clocks to wait for it by."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from content_packs.progress import CancelToken
from sync.line import Clock, Patience
from sync.network.wire import Line, Wire

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
