"""Which kiosks belong to a publisher, and what they have written onto a stick."""

import os
import re
import stat
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from content_packs.durable import disk_error, write_in_place
from content_packs.errors import KioskError
from content_packs.unreadable import UNREADABLE
from sync.layout import RECEIPTS_FOLDER
from sync.publish.errors import PublishError
from sync.publish.shelf import Shelf
from sync.receipt import RECEIPT_BYTES, Receipt, kiosk_id, receipt_signer, verify_receipt

OFFICE = "office"
"""Folder of a repository that is never served: only the publisher reads it."""

_FILE = "kiosks.json"
_FILE_BYTES = 64 * 1024 * 1024
_RECEIPTS = 10_000
_PUBLIC = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Enrolled(Struct, frozen=True):
    """One kiosk that a publisher knows.

    Attributes:
        public: Its public key, 64 hex digits.
        name: What the publisher calls it.
    """

    public: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    name: Annotated[str, Meta(min_length=1, max_length=60)]


class Returned(Struct, frozen=True):
    """One receipt on a stick.

    Attributes:
        file: Its name.
        kiosk: What the publisher calls the kiosk; empty if it is not known.
        receipt: What it says; None if it is not believed.
        problem: Why not; empty if it is.
    """

    file: str
    kiosk: str
    receipt: Receipt | None
    problem: str = ""


def enrol(repository: Path, public: str, name: str) -> str:
    """Remember a kiosk by its public key; doing it again gives it another name.

    Args:
        repository: Folder of the repository.
        public: As ``cunkou kiosk-id`` prints it.
        name: What the publisher calls it.

    Returns:
        The fingerprint to compare by telephone, 64 hex digits.

    Raises:
        PublishError: It is no public key, or no name, or the list cannot be read.
        SiteError: The list cannot be written.
    """
    public = public.strip().lower()
    if not _PUBLIC.fullmatch(public):
        raise PublishError(
            "这不是信息机的公钥。", why=public[:80], todo="在信息机上用 cunkou kiosk-id 看。", code="U-530"
        )
    try:
        kiosk = msgspec.convert({"public": public, "name": name}, Enrolled)
    except msgspec.ValidationError as error:
        raise PublishError("名称不合适。", why=str(error), todo="写 1 到 60 个字，如村名。", code="U-531") from error
    with Shelf(repository).alone():
        known = {other.public: other for other in enrolled(repository)} | {public: kiosk}
        listed = sorted(known.values(), key=lambda kiosk: (kiosk.name, kiosk.public))
        data = msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n"
        try:
            (repository / OFFICE).mkdir(parents=True, exist_ok=True)
            write_in_place(repository / OFFICE / _FILE, data)
        except OSError as error:
            raise disk_error(error, repository) from error
    return kiosk_id(public).fingerprint


def enrolled(repository: Path) -> tuple[Enrolled, ...]:
    """Return the kiosks that are known, by name.

    Raises:
        PublishError: The list cannot be read.
    """
    try:
        with (repository / OFFICE / _FILE).open("rb") as opened:
            return msgspec.json.decode(opened.read(_FILE_BYTES), type=tuple[Enrolled, ...])
    except FileNotFoundError:
        return ()
    except (OSError, *UNREADABLE) as error:
        why = f"{_FILE}：{error}"
        raise PublishError("信息机名单读不懂。", why=why, todo="请从备份恢复。", code="U-532") from error


def receipts(repository: Path, stick: Path) -> tuple[Returned, ...]:
    """Return what kiosks have written onto a stick, each believed or not, by file name.

    Raises:
        PublishError: There is no such stick, or the list of kiosks cannot be read.
    """
    names = {kiosk.public: kiosk.name for kiosk in enrolled(repository)}
    folder = stick / RECEIPTS_FOLDER
    try:
        files = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except FileNotFoundError:
        files = []
    except OSError as error:
        why = f"{folder}：{error.strerror}"
        raise PublishError("U 盘读不出来。", why=why, todo="请插好，再试一次。", code="U-524") from error
    return tuple(_returned(folder / file, names) for file in files[:_RECEIPTS])


def _returned(path: Path, names: dict[str, str]) -> Returned:
    try:
        data = _read(path)
        public = receipt_signer(data)
        if public not in names:
            return Returned(path.name, "", None, f"没有登记过的机器 {kiosk_id(public).fingerprint[:16]}")
        return Returned(path.name, names[public], verify_receipt(data, public))
    except KioskError as error:
        return Returned(path.name, "", None, f"{error.what}{error.why}")
    except OSError as error:
        return Returned(path.name, "", None, f"读不出来：{error.strerror}")


def _read(path: Path) -> bytes:
    """Return a small regular file; what people left on a stick may be anything."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        return opened.read(RECEIPT_BYTES + 1) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
