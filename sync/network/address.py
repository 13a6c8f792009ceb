"""Which addresses of servers can be used, and what may be shown of one that cannot: pure."""

import re
from contextlib import suppress

from urllib3.exceptions import LocationValueError
from urllib3.util import Url, parse_url

from sync.source import SourceWrongError


def checked_address(url: str) -> Url:
    """Return an address in its parts.

    Raises:
        SourceWrongError: It is none of the web, or holds more than it should.
    """
    with suppress(LocationValueError, ValueError):
        found = parse_url(url)
        if found.scheme in {"http", "https"} and found.host and not (found.auth or found.query or found.fragment):
            return found
    raise SourceWrongError(
        "网址不能用。",
        why=without_password(url),
        todo="请写 https:// 或 http:// 开头的网址，里面不要写用户名和密码。",
        code="S-219",
    )


def without_password(url: str) -> str:
    """Return what may be shown of an address that cannot be used: nothing before the last ``@``, nothing asked for."""
    scheme, found, rest = url.partition("://") if "://" in url else ("", "", url)
    shown = f"…@{rest.rpartition('@')[2]}" if "@" in rest else rest
    return re.sub(r"[?#].*", "?…", f"{scheme}{found}{shown}")[:200]
