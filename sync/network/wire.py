"""What asking a server and waiting for it has in common, whoever asks: limits, patience, counts."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from copy import copy
from ssl import SSLCertVerificationError
from typing import Self
from urllib.parse import quote

import urllib3
from msgspec import Struct
from urllib3.exceptions import HTTPError, MaxRetryError

from content_packs.progress import CancelToken
from sync.held import no_longer_than
from sync.line import Attempts, Clock, Floor, Pace, Patience
from sync.network.address import checked_address
from sync.network.connections import Connections
from sync.network.head import NUMBER
from sync.source import TRY_AGAIN, SourceGoneError, SourceWrongError, path_parts

_DRAIN_BYTES = 16 * 1024


class BrokenError(Exception):
    """One attempt that failed and may be repeated.

    Args:
        why: For people.
        asked_s: How many seconds the server asked us to wait.
    """

    def __init__(self, why: str, asked_s: float = 0) -> None:
        super().__init__(why)
        self.asked_s = asked_s


class Line(Struct, frozen=True, kw_only=True):
    """How servers are reached.

    Attributes:
        proxy: URL of a proxy, which may hold its name and password; empty for none.
        limit_bytes_s: Most bytes a second on average, 0 for all there is.
        patience: When to give up.
    """

    proxy: str = ""
    limit_bytes_s: int = 0
    patience: Patience = Patience()


class Traffic:
    """What has gone over all connections to a server; may be told by several threads.

    Attributes:
        requests: How many were sent.
        received: Bytes of bodies.

    Args:
        pace: Keeps all of them together below our own limit.
    """

    def __init__(self, pace: Pace) -> None:
        self.requests = 0
        self.received = 0
        self._pace = pace
        self._quiet_until = 0.0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def asked(self) -> None:
        """Count a request."""
        with self._lock:
            self.requests += 1

    def took(self, arrived: int, now: float) -> float:
        """Count bytes, return how long to wait after them."""
        with self._lock:
            self.received += arrived
            pause_s = self._pace.pause(arrived, now)
            if pause_s:
                self._rests_until = now + pause_s
            return pause_s

    def piece(self, most: int) -> int:
        """Return how many bytes to read at once."""
        return self._pace.piece(most)

    def keep_quiet(self, until: float) -> None:
        """Note that the server wants no request before then, whoever would send it."""
        with self._lock:
            self._quiet_until = max(self._quiet_until, until)

    def was_quiet(self, until: float, now: float) -> None:
        """Note that this was waited for."""
        with self._lock:
            if self._quiet_until <= until:
                self._quiet_until = min(until, now)

    def quiet_s(self, now: float) -> float:
        """Return for how long the server still wants no request."""
        with self._lock:
            return max(0.0, self._quiet_until - now)

    def free_at(self) -> float:
        """Return when our own limit, and the server, let us go on: who was silent until then was so on purpose."""
        with self._lock:
            return max(self._quiet_until, self._rests_until)


class Wire:
    """A server's folder, and how it is reached.

    Args:
        url: Of the folder: ``https://…`` or ``http://…``, without a name or password in it.
        line: How it is reached.
        cancel: Ends every pause.
        clock: Seconds that only grow.
        dice: Gives a number from 0 to 1 for the pauses.

    Raises:
        SourceWrongError: The address cannot be used.
    """

    def __init__(self, url: str, line: Line, cancel: CancelToken, clock: Clock, dice: Callable[[], float]) -> None:
        self._url = checked_address(url)
        self._line = line
        self._cancel = cancel
        self.label = self._url.netloc or ""
        self.patience = line.patience
        self.clock = clock
        self._dice = dice
        self.traffic = Traffic(Pace(line.limit_bytes_s, clock()))
        self.connections = Connections(line.proxy, line.patience.held_s)

    def beside(self, window_bytes: int) -> Self:
        """Return another connection of its own to the same server, under the same limit."""
        other = copy(self)
        other.connections = Connections(self._line.proxy, self.patience.held_s, window_bytes)
        return other

    def until(self, cancel: CancelToken) -> Self:
        """Return the same, but ended by another token."""
        other = copy(self)
        other._cancel = cancel  # noqa: SLF001 (a copy of our own)
        return other

    def attempts(self) -> Attempts:
        """Return what counts how often something went wrong in a row."""
        return Attempts(self.patience, self._dice)

    def ask(self, path: str, headers: Mapping[str, str], silence_s: float) -> urllib3.BaseHTTPResponse:
        """Send one request and return the head of its answer, whatever its status.

        Raises:
            BrokenError: No answer came.
            SourceWrongError: Somebody else answers in the server's place, or one of our clocks is wrong.
            CancelledError: Somebody asked to stop.
        """
        self.rest(self.traffic.quiet_s(self.clock()))
        self.traffic.asked()
        address = self._url.url.rstrip("/") + "/" + "/".join(quote(part, safe="") for part in path_parts(path))
        ours = {"Accept-Encoding": "identity", "User-Agent": "cunkou", **headers}
        try:
            return self.connections.get(address, ours, connect_s=self.patience.connect_s, silence_s=silence_s)
        except (HTTPError, OSError) as error:
            if stranger := _stranger(error):
                raise SourceWrongError(
                    "对方证明不了它是发布单位的服务器。",
                    why=f"{self.label}：{stranger}",
                    todo="请看看本机的日期对不对；日期对，就是这个网络要先登录，或把我们引到了别处：请换一个网络，或告诉管网络的人。",
                    code="S-227",
                ) from error
            raise BrokenError(reason(error)) from error

    def wait(self, pause_s: float | None, why: str, asked_s: float = 0) -> None:
        """Wait before the next attempt.

        Args:
            pause_s: For how long; None if there is to be none.
            why: The last one failed.
            asked_s: How long the server wants no request, which other connections are to respect too.

        Raises:
            SourceGoneError: There is to be none.
            CancelledError: Somebody asked to stop.
        """
        self._cancel.check()
        if pause_s is None:
            raise SourceGoneError("网络断了，没有取完。", why=f"{self.label}：{why}", todo=TRY_AGAIN)
        if asked_s:
            until = self.clock() + asked_s
            self.traffic.keep_quiet(until)
            self._cancel.wait(pause_s)
            self.traffic.was_quiet(until, self.clock())
        else:
            self._cancel.wait(pause_s)

    def holding(self, answer: urllib3.BaseHTTPResponse) -> AbstractContextManager[None]:
        """Return what ends a read of a body that waits for more than bytes; a plain one waits for nothing else."""
        if not isinstance(answer, urllib3.HTTPResponse) or not answer.chunked:
            return nullcontext()
        return no_longer_than(self.patience.held_s, self.connections.cut)

    def put_away(self, answer: urllib3.BaseHTTPResponse) -> None:
        """Keep the connection of an answer that we do not want, if its body is small and comes at once.

        Over 2G a new one costs seconds.
        """
        length = answer.headers.get("Content-Length", "")
        if isinstance(answer, urllib3.HTTPResponse) and NUMBER.fullmatch(length) and int(length) <= _DRAIN_BYTES:
            with suppress(HTTPError, OSError), no_longer_than(self.patience.first_silence_s, self.connections.cut):
                answer.read(_DRAIN_BYTES, decode_content=False)
                answer.release_conn()
                return
        answer.close()

    def floor(self) -> Floor:
        """Return what tells whether a connection is too slow."""
        return Floor(self.patience, self._line.limit_bytes_s, self.clock())

    def rest(self, pause_s: float) -> float:
        """Wait as our own limit asks, return the time.

        Raises:
            CancelledError: Somebody asked to stop.
        """
        if pause_s:
            self._cancel.wait(pause_s)
        else:
            self._cancel.check()
        return self.clock()


def _stranger(error: BaseException | None) -> str:
    """Return what is wrong with a certificate, if that is why there is no answer."""
    while error and not isinstance(error, SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error.verify_message if isinstance(error, SSLCertVerificationError) else ""


def reason(error: BaseException) -> str:
    """Return why there is no answer, in a few words and without an address that may hold a password."""
    inner = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    cause = inner.__cause__ or inner.__context__ or inner
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else type(inner).__name__
    return words.removesuffix("Error")
