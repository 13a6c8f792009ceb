"""A repository on a web server: plain static files over HTTP(S), on lines that break.

Nothing that the server says is believed: no redirect is followed (a captive portal, or somebody who wants us
elsewhere), no compression is undone, no length is trusted beyond what was asked. What is fetched is proved elsewhere by
signature or hash, so that plain HTTP and any mirror will do. A broken connection is taken up again at the byte.
"""

import random
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from urllib.parse import quote, unquote, urlsplit

import urllib3
from msgspec import Struct
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationValueError, MaxRetryError
from urllib3.util import Timeout, Url, make_headers, parse_url

from content_packs.progress import CancelToken
from sync.held import no_longer_than
from sync.line import Attempts, Clock, Floor, Pace, Patience
from sync.source import (
    ASK_PUBLISHER,
    TRY_AGAIN,
    SourceGoneError,
    SourceMissingError,
    SourceWrongError,
    path_parts,
)

PIECE_BYTES = 64 * 1024
_DRAIN_BYTES = 16 * 1024
_LOG_IN = "这个网络要先在浏览器里登录，或是把我们引到了别的网站。请换一个网络，或告诉管网络的人。"
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(?:\d{1,15}|\*)", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_OK, _PARTIAL, _LOG_IN_FIRST, _TOO_FAR = 200, 206, 511, 416
_MISSING = frozenset({404, 410})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = range(300, 400)


class _BrokenError(Exception):
    """One attempt that failed and may be repeated."""

    def __init__(self, why: str, asked_s: float = 0) -> None:
        super().__init__(why)
        self.asked_s = asked_s


class _ChangedError(Exception):
    """The file is not the one that the first bytes came from."""


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


class _Piece(Struct, frozen=True):
    """What is wanted: a part of a file, or all of a file of unknown length."""

    path: str
    start: int
    length: int
    validator: str | None = None
    is_whole: bool = False


class HttpSource:
    """A web server's folder that holds a repository.

    Args:
        url: Of the folder: ``https://…`` or ``http://…``, without a name or password in it.
        line: How it is reached.
        cancel: Ends every pause.
        clock: Seconds that only grow.
        dice: Gives a number from 0 to 1 for the pauses.

    Raises:
        SourceWrongError: The address cannot be used.
    """

    def __init__(
        self,
        url: str,
        *,
        line: Line | None = None,
        cancel: CancelToken | None = None,
        clock: Clock = time.monotonic,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._url = _checked_address(url)
        self._label = self._url.netloc or ""
        line = line or Line()
        self._limit = line.limit_bytes_s
        self._patience = line.patience
        self._cancel = cancel or CancelToken()
        self._clock = clock
        self._dice = dice
        self._pool = _pool(line.proxy, line.patience.held_s)
        self.requests = 0
        self.received = 0

    @property
    def label(self) -> str:
        """Host and port."""
        return self._label

    @property
    def is_stick(self) -> bool:
        """Never: a server must be up to date."""
        return False

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()

    def fetch(self, path: str, limit: int) -> bytes:
        """Return the whole of a small file, see `sync.source.PackSource`; a break costs nothing that had arrived."""
        attempts = Attempts(self._patience, self._dice)
        while True:
            reply = _Reply(self, _Piece(path, 0, limit + 1, is_whole=True), attempts)
            try:
                reply.open()
                data = b"".join(reply.chunks())
            except _ChangedError as error:
                self.wait(attempts.pause_before_starting_over(), f"{path}：{error}")
                continue
            finally:
                reply.close()
            if len(data) > limit:
                raise SourceWrongError(
                    "来源里的文件太大。", why=f"{path}：超过 {limit} 字节", todo=ASK_PUBLISHER, code="S-217"
                )
            if data.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
                raise _portal(self._label, "送来的是一张网页")
            return data

    @contextmanager
    def open_range(self, path: str, start: int, length: int, validator: str | None) -> Iterator["_Reply"]:
        """Open a part of a file, see `sync.source.PackSource`."""
        reply = _Reply(self, _Piece(path, start, length, validator), Attempts(self._patience, self._dice))
        try:
            reply.open()
            yield reply
        finally:
            reply.close()

    def ask(self, path: str, headers: Mapping[str, str], silence_s: float) -> urllib3.BaseHTTPResponse:
        """Send one request and return the head of its answer, whatever its status.

        Raises:
            _BrokenError: No answer came.
        """
        self._cancel.check()
        self.requests += 1
        address = self._url.url.rstrip("/") + "/" + "/".join(quote(part, safe="") for part in path_parts(path))
        try:
            return self._pool.request(
                "GET",
                address,
                headers={"Accept-Encoding": "identity", "User-Agent": "cunkou", **headers},
                timeout=Timeout(connect=self._patience.connect_s, read=silence_s),
                preload_content=False,
                decode_content=False,
                redirect=False,
                retries=False,
            )
        except (HTTPError, OSError) as error:
            raise _BrokenError(_reason(error)) from error

    def wait(self, pause_s: float | None, why: str) -> None:
        """Wait before the next attempt.

        Raises:
            SourceGoneError: There is to be none.
        """
        if pause_s is None:
            raise SourceGoneError("网络断了，没有取完。", why=f"{self._label}：{why}", todo=TRY_AGAIN)
        self._cancel.wait(pause_s)

    def holding(self, answer: urllib3.BaseHTTPResponse) -> AbstractContextManager[None]:
        """Return what ends a read of a body that waits for more than bytes; a plain one waits for nothing else."""
        if not isinstance(answer, urllib3.HTTPResponse) or not answer.chunked:
            return nullcontext()
        return no_longer_than(self._patience.held_s, answer.shutdown)

    def put_away(self, answer: urllib3.BaseHTTPResponse) -> None:
        """Keep the connection of an answer that we do not want, if its body is small and comes at once.

        Over 2G a new one costs seconds.
        """
        length = answer.headers.get("Content-Length", "")
        if isinstance(answer, urllib3.HTTPResponse) and _NUMBER.fullmatch(length) and int(length) <= _DRAIN_BYTES:
            with suppress(HTTPError, OSError), no_longer_than(self._patience.first_silence_s, answer.shutdown):
                answer.read(_DRAIN_BYTES, decode_content=False)
                answer.release_conn()
                return
        answer.close()

    def pace(self) -> Pace:
        """Return what keeps a connection below our own limit."""
        return Pace(self._limit, self._clock())

    def floor(self) -> Floor:
        """Return what tells whether a connection is too slow."""
        return Floor(self._patience, self._limit, self._clock())

    def took(self, arrived: int, pace: Pace) -> float:
        """Count bytes, wait as the limit asks, return the time."""
        self.received += arrived
        if pause_s := pace.pause(arrived, self._clock()):
            self._cancel.wait(pause_s)
        else:
            self._cancel.check()
        return self._clock()


class _Reply:
    """Bytes of one file over as many connections as it takes, see `sync.source.RangeReply`."""

    def __init__(self, source: HttpSource, piece: _Piece, attempts: Attempts) -> None:
        self._source = source
        self._path = piece.path
        self._start = self._position = piece.start
        self._end = piece.start + piece.length
        self._is_whole = piece.is_whole
        self._must_be = piece.validator
        self._is_pinned = piece.is_whole or piece.validator is not None
        self._attempts = attempts
        self._validator: str | None = None
        self._answer: urllib3.BaseHTTPResponse | None = None
        self._stops = 0

    @property
    def start(self) -> int:
        return self._start

    @property
    def validator(self) -> str | None:
        return self._validator

    def open(self) -> None:
        """Get the first answer."""
        while True:
            try:
                self._connect(first=True)
            except _BrokenError as error:
                self._source.wait(self._attempts.pause_after_failure(error.asked_s), f"{self._path}：{error}")
            else:
                return

    def close(self) -> None:
        """Give the connection back if everything was read, else close it."""
        answer, self._answer = self._answer, None
        if answer is None:
            return
        if self._position >= self._stops:
            answer.release_conn()
        else:
            answer.close()

    def chunks(self) -> Iterator[bytes]:
        pace = self._source.pace()
        while self._position < self._end:
            try:
                if self._answer is None:
                    self._connect(first=False)
                yield from self._read(pace)
            except _BrokenError as error:
                self._broken(str(error), self._attempts.pause_after_failure(error.asked_s))
            except _SlowError as error:
                self._broken(str(error), self._attempts.pause_after_slowness())
            else:
                return

    def _broken(self, why: str, pause_s: float | None) -> None:
        """Wait before the next connection, unless what has come cannot be gone on with."""
        self.close()
        if pause_s is not None and self._is_whole and self._position and not self._validator:
            raise _ChangedError(why)
        self._source.wait(pause_s, f"{self._path}：{why}")

    def _read(self, pace: Pace) -> Iterator[bytes]:
        """Give what one connection brings; on return there is no more to come."""
        floor = self._source.floor()
        while self._position < min(self._end, self._stops):
            answer = self._answer
            if answer is None:  # pragma: no cover (only `close` takes it away)
                return
            try:
                with self._source.holding(answer):
                    data = answer.read1(min(pace.piece(PIECE_BYTES), self._end - self._position), decode_content=False)
            except (HTTPError, OSError) as error:
                raise _BrokenError(_reason(error)) from error
            if not data:
                if self._stops == _UNKNOWN and self._position:  # a head that was cut short looks like an empty file
                    self._stops = self._position
                    return
                raise _BrokenError("话没说完就断了")
            self._position += len(data)
            self._attempts.arrived()
            now = self._source.took(len(data), pace)
            yield data
            if (enough := floor.holds(len(data), now)) is False:
                raise _SlowError("慢得不像在送东西")
            if enough:
                self._attempts.fast_enough()

    def _connect(self, *, first: bool) -> None:
        """Ask for what is missing.

        Raises:
            _BrokenError: Try again.
            _ChangedError: It is another file now, and the bytes that came before are of no use.
            SourceError: There is no use in trying again.
        """
        answer = self._source.ask(self._path, self._wanted(), self._attempts.silence_s())
        self._answer = answer
        self._stops = _UNKNOWN
        try:
            self._require_bytes(answer)
            begins = self._begins(answer)
        except BaseException:
            self._source.put_away(answer)
            self._answer = None
            raise
        self._validator = self._validator or _strong(answer.headers.get("ETag"))
        if begins == self._position:
            return
        if first and self._is_pinned:
            self._end -= self._start
            self._start = self._position = 0
        elif self._is_pinned:
            self._source_changed()
        else:
            self._skip(self._position - begins)

    def _wanted(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        if self._position or not self._is_whole:
            last = "" if self._is_whole else str(self._end - 1)
            headers["Range"] = f"bytes={self._position}-{last}"
            pinned_to = self._must_be or (self._validator if self._is_pinned else None)
            if pinned_to:
                headers["If-Range"] = pinned_to
            elif self._is_pinned:
                del headers["Range"]
        return headers

    def _require_bytes(self, answer: urllib3.BaseHTTPResponse) -> None:
        """Return if the answer's body is, as far as its head tells, a piece of the file."""
        status, label = answer.status, self._source.label
        if status in _MISSING:
            raise SourceMissingError("来源里没有这个文件。", why=f"{label}：{self._path}", todo=ASK_PUBLISHER)
        if status in _LATER:
            raise _BrokenError(f"服务器说 {status}", _asked_s(answer.headers.get("Retry-After")))
        if status in _REDIRECTS or status == _LOG_IN_FIRST:
            raise _portal(label, f"服务器说 {status}")
        if status == _TOO_FAR:
            raise SourceWrongError(
                "来源里的文件不完整。", why=f"{label}：{self._path}", todo=ASK_PUBLISHER, code="S-218"
            )
        if status not in {_OK, _PARTIAL}:
            raise SourceWrongError(
                "服务器不给这个文件。", why=f"{label}：{self._path}：{status}", todo=ASK_PUBLISHER, code="S-215"
            )
        if answer.headers.get("Content-Type", "").lower().startswith("text/html"):
            raise _portal(label, "送来的是一张网页")
        if answer.headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
            why = f"{label}：{self._path}：{answer.headers['Content-Encoding'][:20]}"
            raise SourceWrongError("服务器送来的是压缩过的东西。", why=why, todo=ASK_PUBLISHER, code="S-214")

    def _begins(self, answer: urllib3.BaseHTTPResponse) -> int:
        """Return where the body begins, and note where it stops."""
        length = answer.headers.get("Content-Length", "")
        known = int(length) if _NUMBER.fullmatch(length) else None
        if answer.status == _OK:
            self._stops = _UNKNOWN if known is None else known
            return 0
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if found is None or int(found[1]) != self._position or int(found[2]) < self._position:
            why = f"{self._source.label}：{self._path}：{answer.headers.get('Content-Range', '')[:60]}"
            raise SourceWrongError("服务器送来的不是要的那一段。", why=why, todo=ASK_PUBLISHER, code="S-212")
        self._stops = int(found[2]) + 1
        return self._position

    def _skip(self, count: int) -> None:
        """Read over what is already here: this server knows no ranges."""
        keep, self._position = self._position, self._position - count
        end, self._end = self._end, keep
        try:
            for _ in self._read(self._source.pace()):
                pass
        finally:
            reached, self._position, self._end = self._position, keep, end
        if reached < keep:
            raise SourceWrongError(
                "来源里的文件不完整。", why=f"{self._source.label}：{self._path}", todo=ASK_PUBLISHER, code="S-218"
            )

    def _source_changed(self) -> None:
        self.close()
        if self._is_whole:
            raise _ChangedError("文件换了")
        raise SourceGoneError("来源里的文件换了。", why=f"{self._source.label}：{self._path}", todo=TRY_AGAIN)


_UNKNOWN = 1 << 62


class _SlowError(Exception):
    """A connection that fell below the floor."""


def _checked_address(url: str) -> Url:
    with suppress(LocationValueError, ValueError):
        found = parse_url(url)
        if found.scheme in {"http", "https"} and found.host and not (found.auth or found.query or found.fragment):
            return found
    raise SourceWrongError(
        "网址不能用。",
        why=_without_password(url),
        todo="请写 https:// 或 http:// 开头的网址，里面不要写用户名和密码。",
        code="S-219",
    )


def _without_password(url: str) -> str:
    """Return what may be shown of an address that cannot be used: nothing before the last ``@``, nothing asked for."""
    scheme, found, rest = url.partition("://") if "://" in url else ("", "", url)
    shown = f"…@{rest.rpartition('@')[2]}" if "@" in rest else rest
    return re.sub(r"[?#].*", "?…", f"{scheme}{found}{shown}")[:200]


class _Held(HTTPConnection):
    """A connection whose opening and whose head of a reply take no longer than they may."""

    held_s = 0.0
    _line: socket.socket | None = None

    @override
    def connect(self) -> None:
        with no_longer_than(self.held_s, self._cut):
            super().connect()

    @override
    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3's own
        with no_longer_than(self.held_s, self._cut):
            return super().getresponse()

    @override
    def close(self) -> None:
        super().close()
        if self._line:
            self._line.close()

    @override
    def _new_conn(self) -> socket.socket:
        """Keep a second handle on the line: encryption takes the first one over."""
        opened = super()._new_conn()
        self._line = opened.dup()
        return opened

    def _cut(self) -> None:
        if self._line:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _held(held_s: float) -> dict[str, type[HTTPConnectionPool]]:
    """Return the kinds of pools whose connections are `_Held`, by scheme."""
    plain = type("Plain", (_Held,), {"held_s": held_s})
    sealed = type("Sealed", (_Held, HTTPSConnection), {"held_s": held_s})
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SealedPool", (HTTPSConnectionPool,), {"ConnectionCls": sealed}),
    }


def _pool(proxy: str, held_s: float) -> urllib3.PoolManager:
    """Return what opens connections, of which none is held for longer than it may be."""
    pool = _pool_to(proxy)
    pool.pool_classes_by_scheme = _held(held_s)
    return pool


def _pool_to(proxy: str) -> urllib3.PoolManager:
    if not proxy:
        return urllib3.PoolManager(maxsize=1)
    try:
        parts = urlsplit(proxy)
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
        headers = make_headers(proxy_basic_auth=login) if login else None
        address = f"{parts.scheme}://{parts.hostname}:{parts.port or 3128}"
        return urllib3.ProxyManager(address, proxy_headers=headers, maxsize=1)
    except (HTTPError, ValueError) as error:
        raise SourceWrongError(
            "代理服务器的网址不能用。", why=_without_password(proxy), todo="请改设置里的 sync_proxy。", code="S-219"
        ) from error


def _strong(etag: str | None) -> str | None:
    return etag if etag and etag.startswith('"') else None


def _asked_s(retry_after: str | None) -> float:
    """Return the seconds that a server asks us to wait; a date is not understood, because no clock here is right."""
    return float(retry_after) if retry_after and _NUMBER.fullmatch(retry_after) else 0


def _reason(error: BaseException) -> str:
    """Return why there is no answer, in a few words and without an address that may hold a password."""
    inner = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    cause = inner.__cause__ or inner.__context__ or inner
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else type(inner).__name__
    return words.removesuffix("Error")


def _portal(label: str, why: str) -> SourceWrongError:
    return SourceWrongError("网络要先登录，还没有连到发布单位。", why=f"{label}：{why}", todo=_LOG_IN, code="S-213")
