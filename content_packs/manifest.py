"""Bytes ↔ manifest: the only place that knows how a release describes itself."""

import re

import msgspec
from msgspec import Struct

from content_packs.errors import PackError, PackFormatError, PackIntegrityError, PackLimitError
from content_packs.limits import (
    BUNDLE_BYTES,
    BUNDLES,
    DRAWN_PICTURE_BYTES,
    ITEM_BLOB_BYTES,
    ITEMS,
    MANIFEST_BYTES,
    MIB,
    RECORDING_BYTES,
)
from content_packs.model import ID_PATTERN, BlobEntry, Manifest
from content_packs.pack_source import require_known_format
from content_packs.unreadable import UNREADABLE

MANIFEST_FILE = "manifest.json"

_ASK = "请向发布单位再要一份资料包。"
_MEDIA_LIMITS = {
    "image/png": DRAWN_PICTURE_BYTES,
    "image/jpeg": DRAWN_PICTURE_BYTES,
    "image/webp": DRAWN_PICTURE_BYTES,
    "audio/mpeg": RECORDING_BYTES,
    "audio/ogg": RECORDING_BYTES,
}
"""Media types that a kiosk shows or plays, each with its most bytes."""


class _Head(Struct, frozen=True):
    format: int


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the canonical bytes: JSON with sorted names, defaults left out, a line end at the end."""
    return msgspec.json.encode(manifest, order="sorted") + b"\n"


def decode_manifest(data: bytes) -> Manifest:
    """Return the manifest that the bytes hold, in itself consistent and within all limits.

    Raises:
        PackLimitError: The manifest, or something that it names, is larger than we accept.
        PackVersionError: It is of a newer format than this program.
        PackFormatError: It is not a manifest.
        PackIntegrityError: It contradicts itself.
    """
    if len(data) > MANIFEST_BYTES:
        raise PackLimitError("资料包的清单太大。", why=f"超过 {MANIFEST_BYTES // MIB} MiB", todo=_ASK, code="P-122")
    try:
        require_known_format(msgspec.json.decode(data, type=_Head).format, MANIFEST_FILE)
        manifest = msgspec.json.decode(data, type=Manifest)
    except UNREADABLE as error:
        raise PackFormatError(
            "资料包的清单读不懂。", why=f"{MANIFEST_FILE}：{error}", todo=_ASK, code="P-117"
        ) from error
    _require_limits(manifest)
    _require_consistent(manifest)
    return manifest


def _require_limits(manifest: Manifest) -> None:
    if manifest.format < 1:
        raise PackFormatError("资料包的清单读不懂。", why=f"格式 {manifest.format}", todo=_ASK, code="P-117")
    if len(manifest.items) > ITEMS:
        raise _too_large(f"{len(manifest.items)} 个条目")
    if len(manifest.bundles) > BUNDLES:
        raise _too_large(f"{len(manifest.bundles)} 个数据文件")
    for bundle in manifest.bundles:
        if bundle.size > BUNDLE_BYTES:
            raise _too_large(f"{bundle.name}：{bundle.size} 字节")
    texts = set(manifest.items.values())
    for blob in manifest.blobs:
        limit = ITEM_BLOB_BYTES if blob.sha256 in texts else _MEDIA_LIMITS.get(manifest.media.get(blob.sha256, ""), 0)
        if blob.size > limit:
            raise _too_large(f"{blob.sha256[:16]}：{blob.size} 字节")


def _require_consistent(manifest: Manifest) -> None:
    hashes = [blob.sha256 for blob in manifest.blobs]
    if hashes != sorted(set(hashes)):
        raise _contradiction("数据没有按顺序，或写了两次")
    present = set(hashes)
    for item_id, sha256 in manifest.items.items():
        if not re.fullmatch(ID_PATTERN, item_id):
            raise _contradiction(f"条目编号 {item_id!r}")
        if sha256 not in present:
            raise PackIntegrityError("资料包缺了一个条目。", why=f"{item_id} 的数据不在清单里", todo=_ASK, code="P-133")
    for sha256, media_type in manifest.media.items():
        if media_type not in _MEDIA_LIMITS:
            raise _contradiction(f"不认识的类型 {media_type}")
        if sha256 not in present:
            raise PackIntegrityError("资料包缺了一张图片或一段录音。", why=sha256[:16], todo=_ASK, code="P-133")
    names = [bundle.name for bundle in manifest.bundles]
    if len(names) != len(set(names)):
        raise _contradiction("数据文件写了两次")
    for blob in manifest.blobs:
        _require_inside(manifest, blob)


def _require_inside(manifest: Manifest, blob: BlobEntry) -> None:
    if blob.bundle >= len(manifest.bundles):
        raise _contradiction(f"{blob.sha256[:16]} 在第 {blob.bundle} 个数据文件里，却没有这个文件")
    if blob.offset + blob.stored > manifest.bundles[blob.bundle].size or blob.stored > blob.size:
        raise _contradiction(f"{blob.sha256[:16]} 超出数据文件")


def _too_large(why: str) -> PackLimitError:
    return PackLimitError("资料包里有太大的东西。", why=why, todo=_ASK, code="P-122")


def _contradiction(why: str) -> PackError:
    return PackIntegrityError("资料包的清单自相矛盾。", why=why, todo=_ASK, code="P-134")
