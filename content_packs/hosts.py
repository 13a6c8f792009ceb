"""Which hosts a link or a QR payload may name: pure.

A villager cannot check what a code opens, so a code that is shown is one whose payload was given by the publisher and
names a host that answers for itself: gov.cn, WeChat's own hosts, the publisher's, or a telephone number.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

MAX_PAYLOAD_BYTES = 512
"""More does not fit a code that an old telephone still reads."""

_WECHAT = ("weixin.qq.com", "mp.weixin.qq.com")
_WECHAT_FOLLOW = re.compile(r"/[rq]/[A-Za-z0-9_-]+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9-]{1,18}")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_PRINTABLE = re.compile(r"[!-~]+")
_MINI_PROGRAM = ("weixin:", "wechat:", "wxp:", "alipays:", "#小程序:", "mini:")


def is_host_name(host: str) -> bool:
    """Whether ``host`` is a plain lower-case host name: no address, no port, no punycode, no trailing dot."""
    return bool(_HOST.fullmatch(host)) and not any(label.startswith("xn--") for label in host.split("."))


def host_is_allowed(host: str, allowed_hosts: Collection[str] = ()) -> bool:
    """Whether links may name this host: gov.cn and below it, WeChat's two, or exactly one of ``allowed_hosts``."""
    if not is_host_name(host):
        return False
    return host == "gov.cn" or host.endswith(".gov.cn") or host in _WECHAT or host in allowed_hosts


def link_refusal(url: str, allowed_hosts: Collection[str] = ()) -> str:
    """Say in Chinese why a source's address may not be shown; empty if it may. Both http and https are taken."""
    return _refusal(url, allowed_hosts)


def payload_refusal(payload: str, allowed_hosts: Collection[str] = ()) -> str:
    """Say in Chinese why a payload may not become a QR code; empty if it may.

    A payload is a ``tel:`` number, an https address of an allowed host, or the follow code of a WeChat account
    (``http://weixin.qq.com/r/…`` or ``/q/…``).
    """
    if payload.lower().startswith("tel:"):
        return "" if _TELEPHONE.fullmatch(payload[4:]) else "电话号码写法不对"
    reason = _refusal(payload, allowed_hosts)
    if reason or payload.lower().startswith("https:"):
        return reason
    parts = urlsplit(payload)
    if parts.hostname != "weixin.qq.com":
        return "只有公众号关注码可以用 http，其他网址要用 https"
    return "" if _WECHAT_FOLLOW.fullmatch(parts.path) else "不是公众号关注码（/r/ 或 /q/ 开头）"


def host_of(payload: str) -> str:
    """Return the lower-case host of an address; empty if there is none or it is not a plain host name."""
    try:
        host = urlsplit(payload).hostname or ""
    except ValueError:
        return ""
    return host if is_host_name(host) else ""


def host_in_words(payload: str) -> str:
    """Return what stands below a code, so that a person can see where it leads; empty for what names no host."""
    if payload.lower().startswith("tel:"):
        return f"拨打 {payload[4:]}"
    host = host_of(payload)
    if not host:
        return ""
    if host in _WECHAT:
        return f"打开微信（{host}）"
    if host == "gov.cn" or host.endswith(".gov.cn"):
        return f"打开政府网站 {host}"
    return f"打开网站 {host}"


def _refusal(url: str, allowed_hosts: Collection[str]) -> str:
    if url.lower().startswith(_MINI_PROGRAM):
        return "小程序链接会失效，请用“扫普通链接二维码打开小程序”的 https 网址"
    if not _PRINTABLE.fullmatch(url) or len(url) > MAX_PAYLOAD_BYTES:
        return "网址太长，或有没有编码的字符（汉字、空格要写成 %XX）"
    if not url.lower().startswith(("https://", "http://")):
        return "网址要以 https:// 开头"
    return _authority_refusal(url, allowed_hosts)


def _authority_refusal(url: str, allowed_hosts: Collection[str]) -> str:
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "网址写法不对"
    if "\\" in url or "@" in parts.netloc or port is not None or parts.netloc.endswith(":"):
        return "网址里不能有账号、端口或反斜杠"
    if not host_is_allowed(host, allowed_hosts):
        return f"网站 {host or url} 不在允许的范围内"
    return ""
