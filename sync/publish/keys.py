"""Keys of a publisher: Ed25519, kept as encrypted PKCS#8 files, one key a file.

A private key never lies in a repository: what is inside a repository is copied to web servers and sticks.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from securesystemslib.signer import CryptoSigner, Signer, SSlibKey

from content_packs.durable import fsync_folder
from content_packs.errors import SiteError
from sync.publish.errors import PublishError

PRIVATE_SUFFIX = ".key"
PUBLIC_SUFFIX = ".pub"
PASSPHRASE_CHARS = 8
"""A passphrase has at least this many; a stolen file with a shorter one is soon open."""

_KEY_FILE_BYTES = 16 * 1024


def make_key(folder: Path, name: str, passphrase: str) -> SSlibKey:
    """Make a key pair: ``NAME.key``, encrypted and readable by its owner only, and ``NAME.pub`` to hand out.

    Args:
        folder: Made if missing, closed to everybody else.
        name: Of both files.
        passphrase: Opens the private key.

    Raises:
        PublishError: A key of that name is there already, or the passphrase is too short.
        SiteError: The folder cannot be written.
    """
    if len(passphrase) < PASSPHRASE_CHARS:
        raise PublishError("口令太短。", todo=f"至少 {PASSPHRASE_CHARS} 个字符。", code="U-511")
    key = Ed25519PrivateKey.generate()
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(folder / f"{name}{PRIVATE_SUFFIX}", sealed, 0o600)
        _write_new(folder / f"{name}{PUBLIC_SUFFIX}", public, 0o644)
        fsync_folder(folder)
    except FileExistsError as error:
        raise PublishError(
            "这里已经有同名的密钥，没有覆盖。",
            why=str(error.filename),
            todo="请换一个文件夹；旧密钥要留好，丢了就不能再签名。",
            code="U-512",
        ) from error
    except OSError as error:
        raise SiteError("密钥写不进去。", why=f"{folder}：{error.strerror}", todo="请检查权限和磁盘。") from error
    return SSlibKey.from_crypto(key.public_key())


def private_key_files(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the private key files that are meant: files as they are, folders with all theirs in order of name.

    Raises:
        PublishError: One of the places is not there, or a folder holds no key.
    """
    found: list[Path] = []
    for place in places:
        inside = sorted(place.glob(f"*{PRIVATE_SUFFIX}")) if place.is_dir() else [place]
        if not inside or not inside[0].is_file():
            raise PublishError(
                "没有找到密钥。", why=str(place), todo=f"请写出 {PRIVATE_SUFFIX} 文件，或放它们的文件夹。", code="U-513"
            )
        found += inside
    return tuple(found)


def open_key(path: Path, passphrase: str) -> CryptoSigner:
    """Return what signs with a private key.

    Raises:
        PublishError: It is not an Ed25519 key of ours, or the passphrase does not open it.
    """
    try:
        key = load_pem_private_key(_read(path), passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise PublishError("密钥打不开。", why=path.name, todo="请检查口令和文件。", code="U-514") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _other_kind(path)
    return CryptoSigner(key)


def read_public(path: Path) -> SSlibKey:
    """Return a public key.

    Raises:
        PublishError: The file holds no Ed25519 public key.
    """
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise PublishError(
            "公钥读不懂。",
            why=path.name,
            todo=f"请要对方的 {PUBLIC_SUFFIX} 文件，不要 {PRIVATE_SUFFIX}。",
            code="U-516",
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _other_kind(path)
    return SSlibKey.from_crypto(key)


def open_signers(places: Iterable[Path], passphrase: str) -> dict[str, Signer]:
    """Return what signs with the private keys of files and folders, by the id of the key; raises like `open_key`."""
    signers = (open_key(path, passphrase) for path in private_key_files(places))
    return {signer.public_key.keyid: signer for signer in signers}


def _other_kind(path: Path) -> PublishError:
    todo = "请用 cunkou publish init 生成的密钥。"
    return PublishError("不是 Ed25519 密钥。", why=path.name, todo=todo, code="U-515")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_KEY_FILE_BYTES)
    except OSError as error:
        raise PublishError(
            "密钥读不出来。", why=f"{path}：{error.strerror}", todo="请检查文件名和权限。", code="U-513"
        ) from error


def _write_new(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(handle)
