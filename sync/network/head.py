"""What the head of an answer says about its body: pure."""

import re
from collections.abc import Mapping

from sync.source import ASK_PUBLISHER, SourceMissingError, SourceWrongError

OK, UNKNOWN = 200, 1 << 62
"""The status of a whole file; where a body of unknown length stops."""

NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_LOG_IN = "这个网络要先在浏览器里登录，或是把我们引到了别的网站。请换一个网络，或告诉管网络的人。"
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(?:\d{1,15}|\*)", re.ASCII)
_PARTIAL, _LOG_IN_FIRST, _TOO_FAR = 206, 511, 416
_MISSING = frozenset({404, 410})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = range(300, 400)


def asks_later(status: int, headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a busy server asks us to wait, 0 if it does not say; None if it is not busy.

    A date is not understood, because no clock here is right.
    """
    if status not in _LATER:
        return None
    asked = headers.get("Retry-After")
    return float(asked) if asked and NUMBER.fullmatch(asked) else 0


def require_bytes(status: int, headers: Mapping[str, str], label: str, path: str) -> None:
    """Return if an answer's body is, as far as its head tells, a piece of the file.

    Args:
        status: Of the answer.
        headers: Of the answer, whatever the case of their names.
        label: Of the server, for people.
        path: That was asked for.

    Raises:
        SourceMissingError: There is no such file.
        SourceWrongError: It is something else.
    """
    if status in _MISSING:
        raise SourceMissingError("来源里没有这个文件。", why=f"{label}：{path}", todo=ASK_PUBLISHER)
    if status in _REDIRECTS or status == _LOG_IN_FIRST:
        raise portal(label, f"服务器说 {status}")
    if status == _TOO_FAR:
        raise too_short(label, path)
    if status not in {OK, _PARTIAL}:
        raise SourceWrongError(
            "服务器不给这个文件。", why=f"{label}：{path}：{status}", todo=ASK_PUBLISHER, code="S-215"
        )
    if headers.get("Content-Type", "").lower().startswith("text/html"):
        raise portal(label, "送来的是一张网页")
    if headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
        why = f"{label}：{path}：{headers['Content-Encoding'][:20]}"
        raise SourceWrongError("服务器送来的是压缩过的东西。", why=why, todo=ASK_PUBLISHER, code="S-214")


def place(status: int, headers: Mapping[str, str], asked: int, label: str, path: str) -> tuple[int, int]:
    """Return where a body begins and where it stops, counted from the start of the file.

    Args:
        status: Of the answer, whole or a part.
        headers: See `require_bytes`.
        asked: The first byte that was asked for.
        label: See `require_bytes`.
        path: See `require_bytes`.

    Raises:
        SourceWrongError: It is another part than was asked for.
    """
    if status == OK:
        length = "" if "Transfer-Encoding" in headers else headers.get("Content-Length", "")
        return 0, int(length) if NUMBER.fullmatch(length) else UNKNOWN
    found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
    if found is None or int(found[1]) != asked or int(found[2]) < asked:
        why = f"{label}：{path}：{headers.get('Content-Range', '')[:60]}"
        raise SourceWrongError("服务器送来的不是要的那一段。", why=why, todo=ASK_PUBLISHER, code="S-212")
    return asked, int(found[2]) + 1


def strong(etag: str | None) -> str | None:
    """Return what names a state of a file byte for byte; None for anything weaker."""
    return etag if etag and etag.startswith('"') else None


def too_short(label: str, path: str) -> SourceWrongError:
    """Return the error for a file that ends before what was asked for."""
    return SourceWrongError("来源里的文件不完整。", why=f"{label}：{path}", todo=ASK_PUBLISHER, code="S-218")


def portal(label: str, why: str) -> SourceWrongError:
    """Return the error for a network that wants somebody to log in first."""
    return SourceWrongError("网络要先登录，还没有连到发布单位。", why=f"{label}：{why}", todo=_LOG_IN, code="S-213")
