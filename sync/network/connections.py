"""Connections to one server, of which none is held for longer than it may be, and each can be cut from outside."""

import errno
import os
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import urllib3
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.util import Timeout, make_headers

from sync.held import no_longer_than
from sync.line import connect_waits
from sync.network.address import without_password
from sync.network.whole_head import WholeHead
from sync.source import SourceWrongError

_ROUND_TRIP_US, _SEGMENTS, _OUT_OF_ORDER = 68, 152, 224
"""Where Linux's ``struct tcp_info`` says how long a round trip takes, how many segments with data came, and how many of
them out of order.
"""

_INFO_BYTES = 228


class Connections:
    """At most one open connection at a time, used again where the server lets it be.

    Args:
        proxy: URL of a proxy, which may hold its name and password; empty for none.
        held_s: How long opening one, or the head of a reply, may take.
        window_bytes: Most bytes that the other side may have on the way to us; 0 for what the system thinks best.

    Raises:
        SourceWrongError: The proxy's address cannot be used.
    """

    def __init__(self, proxy: str, held_s: float, window_bytes: int = 0) -> None:
        self._lines = _Lines()
        self._pool = _pool_to(proxy, window_bytes)
        self._pool.pool_classes_by_scheme = _held(held_s, self._lines)

    def get(
        self, address: str, headers: Mapping[str, str], *, connect_s: float, silence_s: float
    ) -> urllib3.BaseHTTPResponse:
        """Return the head of an answer, whatever its status; its body is still to be read.

        Raises:
            HTTPError: None came.
            OSError: None came.
        """
        return self._pool.request(
            "GET",
            address,
            headers=headers,
            timeout=Timeout(connect=connect_s, read=silence_s),
            preload_content=False,
            decode_content=False,
            redirect=False,
            retries=False,
        )

    def told(self) -> tuple[int, int, float]:
        """Return what the system tells of the open connection; nought where nobody can tell.

        Returns:
            How many segments have come, how many of them before one that was sent earlier, which is lost or late, and
            the seconds of a round trip.
        """
        for line in tuple(self._lines.open):
            with suppress(OSError):
                told = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
                if len(told) == _INFO_BYTES:
                    return _number(told, _SEGMENTS), _number(told, _OUT_OF_ORDER), _number(told, _ROUND_TRIP_US) / 1e6
        return 0, 0, 0.0

    def cut(self) -> None:
        """End whatever waits for the other side, from any thread."""
        for line in tuple(self._lines.open):
            _cut(line)

    def end(self) -> None:
        """End whatever waits for the other side, now and from now on."""
        self._lines.is_over = True
        self.cut()

    def close(self) -> None:
        """Close the connection at once; an error that somebody keeps would hold it open otherwise."""
        pools = self._pool.pools
        for key in pools.keys():  # noqa: SIM118 (these pools refuse to be gone through)
            pools[key].close()
        pools.clear()


class _Lines:
    """What can be cut.

    Attributes:
        open: A handle on each line that is open or being opened.
        is_over: Nobody opens another.
    """

    def __init__(self) -> None:
        self.open: list[socket.socket] = []
        self.is_over = False


class _Held(HTTPConnection):
    """A connection whose opening and whose head of a reply take no longer than they may."""

    response_class = WholeHead
    held_s = 0.0
    lines: _Lines
    _line: socket.socket | None = None
    _is_answering = False

    @override
    def connect(self) -> None:
        with no_longer_than(self.held_s, self._cut):
            super().connect()

    @override
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3's own
        self._is_answering = True
        try:
            with no_longer_than(self.held_s, self._cut):
                return super().getresponse()
        finally:
            self._is_answering = False

    @override
    def close(self) -> None:
        super().close()
        if not self._is_answering:  # a body that ends with the connection is still to come over it, and can be cut
            self._let_go()

    @override
    def _new_conn(self) -> socket.socket:
        """Connect as urllib3 does, but so that waiting for it can be cut too."""
        try:
            return self._connected()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host}: {self.timeout} s") from error
        except UnicodeError as error:
            raise LocationParseError(self.host) from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def _connected(self) -> socket.socket:
        """Return a line to the first address that answers; all are asked anew a few times while one is silent."""
        failure = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
        host = self._dns_host.strip("[]")
        found = socket.getaddrinfo(host, self.port, 0, socket.SOCK_STREAM)
        for wait_s in connect_waits(self._connect_s):
            is_silent = False
            for family, kind, protocol, _, address in found:
                try:
                    opened = socket.socket(family, kind, protocol)
                except OSError as error:  # this machine knows no such addresses
                    failure = error
                    continue
                try:
                    self._hold(opened)
                    self._prepare(opened, wait_s)
                    opened.connect(address)
                    opened.settimeout(self._connect_s)
                except OSError as error:
                    failure, is_silent = error, is_silent or isinstance(error, TimeoutError)
                    opened.close()
                    self._let_go()
                else:
                    return opened
            if not is_silent:
                break
        raise failure

    @property
    def _connect_s(self) -> float:
        """How long a connection may take to stand."""
        return self.timeout if isinstance(self.timeout, int | float) else self.held_s

    def _prepare(self, opened: socket.socket, wait_s: float) -> None:
        opened.settimeout(wait_s)
        for option in self.socket_options or ():
            opened.setsockopt(*option)

    def _hold(self, opened: socket.socket) -> None:
        """Keep a second handle on the line: encryption takes the first one over."""
        self._let_go()
        self._line = opened.dup()
        self.lines.open.append(self._line)
        if self.lines.is_over:
            raise ConnectionAbortedError(errno.ECONNABORTED, os.strerror(errno.ECONNABORTED))

    def _let_go(self) -> None:
        line, self._line = self._line, None
        if line:
            with suppress(ValueError):
                self.lines.open.remove(line)
            line.close()

    def _cut(self) -> None:
        if line := self._line:
            _cut(line)


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _held(held_s: float, lines: _Lines) -> dict[str, type[HTTPConnectionPool]]:
    """Return the kinds of pools whose connections are `_Held`, by scheme."""
    ours = {"held_s": held_s, "lines": lines}
    plain = type("Plain", (_Held,), ours)
    sealed = type("Sealed", (_Held, HTTPSConnection), ours)
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SealedPool", (HTTPSConnectionPool,), {"ConnectionCls": sealed}),
    }


def _pool_to(proxy: str, window_bytes: int) -> urllib3.PoolManager:
    options = list(HTTPConnection.default_socket_options)
    if window_bytes:
        options.append((socket.SOL_SOCKET, socket.SO_RCVBUF, window_bytes))
    if not proxy:
        return urllib3.PoolManager(maxsize=1, socket_options=options)
    try:
        parts = urlsplit(proxy)
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
        headers = make_headers(proxy_basic_auth=login) if login else None
        host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
        address = f"{parts.scheme}://{host}:{parts.port or 3128}"
        return urllib3.ProxyManager(address, proxy_headers=headers, maxsize=1, socket_options=options)
    except (HTTPError, ValueError) as error:
        raise SourceWrongError(
            "代理服务器的网址不能用。", why=without_password(proxy), todo="请改设置里的 sync_proxy。", code="S-219"
        ) from error


def _number(told: bytes, offset: int) -> int:
    found: int = struct.unpack_from("=I", told, offset)[0]
    return found
