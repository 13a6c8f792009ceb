"""Bundles: deterministic ZIP files of blobs, written by name and read by offset.

A bundle is a ZIP so that people can look into it with any tool. The kiosk never does: it reads the bytes that the
manifest names, bounded by the sizes that the manifest names, and believes them only by their hash. No name, size or
method that comes from the archive is ever used.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import zstandard
from msgspec import Struct

from content_packs.errors import PackIntegrityError, PackLimitError
from content_packs.limits import BUNDLE_BYTES, BUNDLES
from content_packs.model import BlobEntry, Bundle

_LEVEL = 12
_WINDOW_BYTES = 8 * 1024 * 1024
_LOCAL_HEADER_BYTES = 30
_MEMBER_OVERHEAD_BYTES = 256
"""More than a ZIP needs for one member's two headers with a name of 64 letters."""

_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX_FILE = 0o644 << 16
_ASK = "请把资料包再复制一次；还不行，就向发布单位再要一份。"


class PackedBlob(Struct, frozen=True):
    """One blob ready to be stored.

    Attributes:
        sha256: Of the unpacked bytes.
        size: Unpacked bytes.
        stored: What goes into the bundle, or the file that holds it.
    """

    sha256: str
    size: int
    stored: bytes | Path

    @property
    def stored_size(self) -> int:
        """Bytes in the bundle."""
        return self.stored.stat().st_size if isinstance(self.stored, Path) else len(self.stored)


class TextPacker:
    """Compresses texts one by one; always the same bytes for the same text."""

    def __init__(self) -> None:
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True, write_checksum=False)

    def pack(self, data: bytes) -> PackedBlob:
        """Return the text as a zstd frame, or as it is where that is not smaller."""
        frame = self._compressor.compress(data)
        return PackedBlob(hashlib.sha256(data).hexdigest(), len(data), frame if len(frame) < len(data) else data)


def write_bundles(
    folder: Path, blobs: Iterable[PackedBlob], *, limit_bytes: int = BUNDLE_BYTES
) -> tuple[tuple[Bundle, ...], tuple[BlobEntry, ...]]:
    """Write blobs, ordered by hash, into as few bundles as fit.

    Args:
        folder: Receives the files; each is named by the hash of its bytes.
        blobs: Each hash once, in any order.
        limit_bytes: Of one bundle.

    Returns:
        The bundles in order, and one entry for every blob, ordered by hash.

    Raises:
        PackLimitError: More bundles than a release may have.
    """
    bundles: list[Bundle] = []
    entries: list[BlobEntry] = []
    for number, group in enumerate(_groups(sorted(blobs, key=lambda blob: blob.sha256), limit_bytes)):
        if number == BUNDLES:
            raise PackLimitError("资料包太大。", why=f"超过 {BUNDLES} 个数据文件", todo="请分成几个资料包。")
        aside = folder / f".bundle-{number}"
        entries += _write_bundle(aside, group, number)
        sha256 = _file_hash(aside)
        name = f"{sha256[:16]}.bundle"
        bundles.append(Bundle(name=name, size=aside.stat().st_size, sha256=sha256))
        aside.rename(folder / name)
    return tuple(bundles), tuple(entries)


def read_blob(opened: IO[bytes], entry: BlobEntry, name: str) -> bytes:
    """Return one blob, whose hash fits.

    Never takes more memory than the manifest names, whatever the bundle holds.

    Args:
        opened: The bundle.
        entry: Where the blob is, from a manifest that `content_packs.manifest.decode_manifest` accepted.
        name: Of the bundle, for the error.

    Raises:
        PackIntegrityError: The bundle is too short, the frame is not what the manifest says, or the hash differs.
        OSError: The bundle cannot be read.
    """
    opened.seek(entry.offset)
    return unpack_blob(opened.read(entry.stored), entry, name)


def unpack_blob(stored: bytes, entry: BlobEntry, name: str) -> bytes:
    """Return the blob that these stored bytes hold, whose hash fits.

    Args:
        stored: As they stand in a bundle.
        entry: See `read_blob`.
        name: Where they come from, for the error.

    Raises:
        PackIntegrityError: They are too few, not what the manifest says, or the hash differs.
    """
    if len(stored) != entry.stored:
        raise PackIntegrityError(
            "资料包不完整，后面的数据没有了。", why=f"{name}：第 {entry.offset} 字节之后", todo=_ASK, code="P-131"
        )
    data = _unpacked(stored, entry, name) if entry.stored < entry.size else stored
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise PackIntegrityError(
            "资料包里的数据被改过或损坏了。", why=f"{name}：{entry.sha256[:16]} 的校验值不对", todo=_ASK, code="P-132"
        )
    return data


def _unpacked(frame: bytes, entry: BlobEntry, name: str) -> bytes:
    try:
        claimed = zstandard.frame_content_size(frame)
        if claimed != entry.size:
            raise PackIntegrityError(
                "资料包里的数据和清单说的大小不一样。",
                why=f"{name}：{entry.sha256[:16]} 应为 {entry.size} 字节",
                todo=_ASK,
                code="P-135",
            )
        return zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).decompress(frame, max_output_size=entry.size)
    except zstandard.ZstdError as error:
        raise PackIntegrityError(
            "资料包里的数据解不开。", why=f"{name}：{entry.sha256[:16]}：{error}", todo=_ASK, code="P-136"
        ) from error


def _groups(blobs: list[PackedBlob], limit_bytes: int) -> Iterable[list[PackedBlob]]:
    group: list[PackedBlob] = []
    size = 0
    for blob in blobs:
        needed = blob.stored_size + _MEMBER_OVERHEAD_BYTES
        if group and size + needed > limit_bytes:
            yield group
            group, size = [], 0
        group.append(blob)
        size += needed
    if group:
        yield group


def _write_bundle(path: Path, blobs: list[PackedBlob], number: int) -> list[BlobEntry]:
    entries: list[BlobEntry] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for blob in blobs:
            member = zipfile.ZipInfo(blob.sha256, _DAY)
            member.create_system = 3
            member.external_attr = _UNIX_FILE
            data = blob.stored.read_bytes() if isinstance(blob.stored, Path) else blob.stored
            archive.writestr(member, data)
            offset = member.header_offset + _LOCAL_HEADER_BYTES + len(blob.sha256)
            entries.append(
                BlobEntry(sha256=blob.sha256, size=blob.size, stored=len(data), bundle=number, offset=offset)
            )
    return entries


def _file_hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
