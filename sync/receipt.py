"""What a kiosk writes back to the stick: which packs it has and how the sync ended, signed with its own key.

The key is made on the kiosk when it is first needed and never leaves it. A receipt says nothing about people: no
search, no visitor, only village, versions and results. It is two lines of text: what is said, as JSON, and who says
it. The publisher compares the second line with the key that was enrolled.
"""

import os
import secrets
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from msgspec import Meta, Struct

from content_packs.durable import disk_error, fsync_folder
from content_packs.errors import SiteError, TrustError
from content_packs.limits import KIB
from content_packs.model import Word
from content_packs.unreadable import UNREADABLE

RECEIPT_BYTES: Final = 4 * KIB
RECEIPT_FORMAT: Final = 1

_DOMAIN: Final = b"cunkou receipt 1\n"
"""Signed before the text, so that a signature under a receipt is good for nothing else."""

_ALGORITHM: Final = "ed25519"
_KEY_FILE: Final = "kiosk.ed25519"
_KEY_BYTES: Final = 4 * KIB
_PUBLIC_HEX = r"^[0-9a-f]{64}\Z"

_Short = Annotated[str, Meta(max_length=64)]


class PackReceipt(Word, frozen=True):
    """One pack on a receipt.

    Attributes:
        id: Publisher's stable name.
        version: That is in use now; 0 if it is not installed.
        result: What the sync did with it, such as ``added``, ``replaced``, ``kept``, ``refused``.
        code: Of the error, if there was one.
    """

    id: _Short
    version: Annotated[int, Meta(ge=0)]
    result: _Short
    code: _Short = ""


class Receipt(Word, frozen=True):
    """What one sync came to.

    Attributes:
        format: Version of this structure.
        kiosk: Fingerprint of the kiosk's key, 64 hex digits.
        village: Name of the place, as the administrator has set it.
        region: Its code.
        repository: What was synced from.
        issued_on: Day of that repository's timestamp.
        synced_on: Day by the kiosk's clock, which may be wrong.
        proven_on: A day that is sure to have passed.
        result: How the sync ended, in one word.
        packs: One for each, as far as they fit.
        omitted: How many more there were.
    """

    kiosk: Annotated[str, Meta(pattern=_PUBLIC_HEX)]
    village: Annotated[str, Meta(max_length=60)]
    region: _Short
    repository: _Short
    issued_on: date
    synced_on: date
    proven_on: date
    result: _Short
    packs: tuple[PackReceipt, ...] = ()
    omitted: Annotated[int, Meta(ge=0)] = 0
    format: int = RECEIPT_FORMAT


class KioskId(Struct, frozen=True):
    """How a kiosk is known to its publisher.

    Attributes:
        public: Public key, 64 hex digits; what is enrolled.
        fingerprint: SHA-256 of the key, 64 hex digits; what is compared by telephone.
    """

    public: str
    fingerprint: str


class KioskKey:
    """The key of this kiosk.

    Args:
        private: Half of it that stays here.
    """

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def id(self) -> KioskId:
        """What may be told to everybody."""
        return kiosk_id(self._private.public_key().public_bytes_raw().hex())

    def sign(self, receipt: Receipt) -> bytes:
        """Return the file that goes onto the stick, at most `RECEIPT_BYTES` long.

        Packs that do not fit are counted and left out, from the end; put those first that somebody must look at.
        """
        kept = receipt.packs
        while True:
            omitted = receipt.omitted + len(receipt.packs) - len(kept)
            body = msgspec.json.encode(msgspec.structs.replace(receipt, packs=kept, omitted=omitted))
            signature = self._private.sign(_DOMAIN + body)
            data = body + f"\n{_ALGORITHM} {self.id.public} {signature.hex()}\n".encode()
            if len(data) <= RECEIPT_BYTES or not kept:
                return data
            kept = kept[: -max(1, len(kept) // 8)]


def verify_receipt(data: bytes, public: str) -> Receipt:
    """Return what a kiosk has written, after its signature was verified.

    Args:
        data: The file.
        public: Key under which the kiosk was enrolled, 64 hex digits.

    Raises:
        TrustError: It is no receipt, or that kiosk has not signed it.
    """
    body, signer, signature = _parts(data)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, _DOMAIN + body)
    except (ValueError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise TrustError(
            "回执的签名不对。",
            why=f"签名的密钥是 {signer[:16]}",
            todo="请核对这台机器登记的公钥；机器换过硬盘，请重新登记。",
            code="T-430",
        ) from error
    receipt = _decoded(body)
    if receipt.kiosk != kiosk_id(public).fingerprint:
        raise _no_receipt("机器编号和密钥对不上")
    return receipt


def receipt_signer(data: bytes) -> str:
    """Return the public key that a receipt names as its signer, 64 hex digits; nothing is proven by it.

    Raises:
        TrustError: It is no receipt.
    """
    return _parts(data)[1]


def kiosk_id(public: str) -> KioskId:
    """Return how a kiosk with this public key is known.

    Args:
        public: 64 hex digits.
    """
    return KioskId(public, sha256(bytes.fromhex(public)).hexdigest())


def kiosk_key(home: Path) -> KioskKey:
    """Return the key of this kiosk; it is made if there is none yet.

    Raises:
        SiteError: The key is damaged, or the disk refused.
    """
    path = home / "identity" / _KEY_FILE
    try:
        if not path.exists():
            _make(path)
        with path.open("rb") as opened:
            data = opened.read(_KEY_BYTES)
    except OSError as error:
        raise disk_error(error, path) from error
    try:
        private = load_pem_private_key(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _damaged(path) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _damaged(path)
    return KioskKey(private)


def _make(path: Path) -> None:
    """Make a key; whoever comes first wins, and nobody ever sees half of one."""
    private = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(private)
            opened.flush()
            os.fsync(handle)
        with suppress(FileExistsError):
            os.link(aside, path)
        fsync_folder(path.parent)
        fsync_folder(path.parent.parent)
    finally:
        aside.unlink(missing_ok=True)


def _parts(data: bytes) -> tuple[bytes, str, bytes]:
    """Return what is said, who is named as its signer, and the signature."""
    lines = data.split(b"\n")
    if len(data) > RECEIPT_BYTES or len(lines) != 3 or lines[2]:  # noqa: PLR2004 (two lines, each with its end)
        raise _no_receipt("长度或行数不对")
    words = lines[1].split(b" ")
    try:
        algorithm, public, signature = (word.decode("ascii") for word in words)
        if algorithm != _ALGORITHM:
            raise _no_receipt(f"签名算法 {algorithm[:20]!r}")
        kiosk_id(public)
        return lines[0], public, bytes.fromhex(signature)
    except ValueError as error:
        raise _no_receipt("签名行读不懂") from error


def _decoded(body: bytes) -> Receipt:
    try:
        return msgspec.json.decode(body, type=Receipt)
    except UNREADABLE as error:
        raise _no_receipt(str(error)[:200]) from error


def _no_receipt(why: str) -> TrustError:
    return TrustError("这个文件不是村口的回执。", why=why, todo="请删掉它，下次同步会写新的。", code="T-431")


def _damaged(path: Path) -> SiteError:
    return SiteError(
        "本机的身份密钥坏了。",
        why=str(path),
        todo="请管理员删掉这个文件，运行 cunkou kiosk-id 生成新的，再请发布单位重新登记。",
        code="M-391",
    )
