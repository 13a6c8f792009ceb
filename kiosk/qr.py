"""Payload → modules of a QR code, read back before anybody sees it.

Nothing is shown or printed whose payload names a host that is not allowed, or that does not decode to exactly the
payload. Drawing, with a quiet zone of 4 modules around, happens in `ui/`.
"""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from content_packs.errors import PackFormatError, SiteError
from content_packs.hosts import payload_refusal

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark, without quiet zone; square."""

TEXT_LIMIT_BYTES: Final = 120
"""A code of more text cannot be read by an old telephone from folded paper."""

FOLDED_LIMIT_BYTES: Final = 60
"""What 36 mm of paper hold at level Q with modules of 6 dots; longer payloads get level M."""

_PIXELS_A_MODULE: Final = 3
_QUIET_MODULES: Final = 4
_LINK: Final = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]*:|://")
_DARK, _LIGHT = b"\x00", b"\xff"


class Level(StrEnum):
    """How much of a code may be lost and still be read."""

    M = "M"
    """A seventh: on a screen."""
    Q = "Q"
    """A quarter: on paper, which is folded."""


def matrix(payload: str, level: Level = Level.M, *, allowed_hosts: Collection[str] = ()) -> Matrix:
    """Return the code of a link or a telephone number that a publisher gave.

    Args:
        payload: As given, never changed.
        level: For the screen or for paper.
        allowed_hosts: Hosts of the publisher, beside those that are built in.

    Raises:
        PackFormatError: The payload may not become a code.
        SiteError: The code did not decode to the payload.
    """
    if why := payload_refusal(payload, allowed_hosts):
        raise PackFormatError("这个二维码不能显示。", why=why, todo="请告诉资料包的发布单位。", code="P-115")
    return _proven(payload, level)


def paper_matrix(payload: str, *, allowed_hosts: Collection[str] = ()) -> Matrix:
    """Return the code of a payload for paper: at level Q, or M where its modules would be too small at Q.

    Raises:
        PackFormatError: The payload may not become a code.
        SiteError: The code did not decode to the payload.
    """
    level = Level.Q if len(payload.encode()) <= FOLDED_LIMIT_BYTES else Level.M
    return matrix(payload, level, allowed_hosts=allowed_hosts)


def text_matrix(words: str) -> Matrix:
    """Return the code of plain words, for telephones without data; they open nothing.

    Args:
        words: At most `TEXT_LIMIT_BYTES` in UTF-8, see `home_words`.

    Raises:
        PackFormatError: Too long, empty, or a telephone would take it for a link.
        SiteError: The code did not decode to the words.
    """
    if not words or len(words.encode()) > TEXT_LIMIT_BYTES or _LINK.search(words):
        raise PackFormatError(
            "这段文字不能做成二维码。", why=f"{len(words.encode())} bytes", todo="请抄下来。", code="P-115"
        )
    return _proven(words, Level.M)


def home_words(title: str, materials: Iterable[str], phone: str = "", doc_no: str = "") -> str:
    """Return what a person takes home in a plain-text code: title, 文号, what to bring, whom to call.

    What does not fit `TEXT_LIMIT_BYTES` is left out whole: first 文号, then materials from the last. The telephone
    number always stays, and as much of the title as fits beside it.
    """
    bring = list(materials)
    call = f"电话{phone}" if phone else ""
    while True:
        lines = [title, doc_no, f"带：{'、'.join(bring)}" if bring else "", call]
        words = "\n".join(line for line in lines if line)
        if len(words.encode()) <= TEXT_LIMIT_BYTES:
            return words
        if doc_no:
            doc_no = ""
        elif bring:
            bring.pop()
        else:
            title = title[:-1]


def _proven(payload: str, level: Level) -> Matrix:
    modules = _encode(payload, level)
    if _decode(modules) != payload.encode():
        raise SiteError(
            "二维码没有通过检查，没有显示。", why=f"{len(payload)} chars", todo="请抄下网址。", code="M-360"
        )
    return modules


def _encode(payload: str, level: Level) -> Matrix:
    from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q  # noqa: PLC0415 (0.1 s, not needed at start)
    from qrcode.main import QRCode  # noqa: PLC0415

    correction = {Level.M: ERROR_CORRECT_M, Level.Q: ERROR_CORRECT_Q}[level]
    code = QRCode(error_correction=correction, border=0)
    code.add_data(payload.encode())
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def _decode(modules: Matrix) -> bytes:
    """Return what a reader sees in a drawing of the code, empty if it sees none."""
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcode  # noqa: PLC0415 (not needed at start)

    side = (len(modules) + 2 * _QUIET_MODULES) * _PIXELS_A_MODULE
    margin = _LIGHT * (_QUIET_MODULES * _PIXELS_A_MODULE)
    blank = _LIGHT * side * (_QUIET_MODULES * _PIXELS_A_MODULE)
    lines = (
        margin + b"".join((_DARK if dark else _LIGHT) * _PIXELS_A_MODULE for dark in row) + margin for row in modules
    )
    picture = blank + b"".join(line * _PIXELS_A_MODULE for line in lines) + blank
    found = read_barcode(memoryview(picture).cast("B", (side, side)), formats=BarcodeFormats(BarcodeFormat.QRCode))
    return bytes(found.bytes) if found else b""
