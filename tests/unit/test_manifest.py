"""Manifests: canonical bytes, strict reading, consistent in themselves."""

from datetime import date
from typing import Any

import msgspec
import pytest

from content_packs.errors import (
    PackError,
    PackFormatError,
    PackIntegrityError,
    PackLimitError,
    PackVersionError,
)
from content_packs.limits import BUNDLE_BYTES, BUNDLES, ITEM_BLOB_BYTES, ITEMS, MANIFEST_BYTES
from content_packs.manifest import decode_manifest, encode_manifest
from content_packs.model import BlobEntry, Bundle, Manifest, PackInfo

A, B = "a" * 64, "b" * 64
INFO = PackInfo(id="cn.t", version=1, title="包", publisher="某", issued_on=date(2026, 1, 1))


def a_manifest(**changes: Any) -> Manifest:
    fields: dict[str, Any] = {
        "format": 1,
        "pack": INFO,
        "items": {"a-1": A},
        "media": {B: "image/png"},
        "blobs": (a_blob(A, 0), a_blob(B, 10)),
        "bundles": (a_bundle("0"),),
    }
    return Manifest(**(fields | changes))


def a_blob(sha256: str, offset: int, size: int = 10, stored: int = 10, bundle: int = 0) -> BlobEntry:
    return BlobEntry(sha256=sha256, size=size, stored=stored, bundle=bundle, offset=offset)


def a_bundle(digit: str, size: int = 20) -> Bundle:
    return Bundle(name=f"{digit * 16}.bundle", size=size, sha256=digit * 64)


def test_bytes_and_back_are_canonical() -> None:
    manifest = a_manifest()
    data = encode_manifest(manifest)
    assert decode_manifest(data) == manifest
    assert encode_manifest(decode_manifest(data)) == data
    assert data.startswith(b'{"blobs":')
    assert data.endswith(b"}\n")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", PackFormatError),
        (b"{", PackFormatError),
        (b"[]", PackFormatError),
        (b"\xff", PackFormatError),
        (b'{"format":"1"}', PackFormatError),
        (b'{"format":1}', PackFormatError),
        (b"[" * 100_000, PackFormatError),
        (b'{"format":2,"new":"world"}', PackVersionError),
        (b" " * (MANIFEST_BYTES + 1), PackLimitError),
    ],
)
def test_what_is_no_manifest(data: bytes, error: type[PackError]) -> None:
    with pytest.raises(error) as refusal:
        decode_manifest(data)
    assert refusal.value.todo


def test_unknown_fields_are_refused() -> None:
    fields = msgspec.to_builtins(a_manifest()) | {"extra": 1}
    with pytest.raises(PackFormatError, match="extra"):
        decode_manifest(msgspec.json.encode(fields))


@pytest.mark.parametrize(
    ("changes", "error", "word"),
    [
        ({"format": 0}, PackFormatError, "格式 0"),
        ({"items": {f"i-{n}": A for n in range(ITEMS + 1)}}, PackLimitError, "100001 个条目"),
        ({"bundles": tuple(a_bundle(f"{n:x}"[:1]) for n in range(BUNDLES + 1))}, PackLimitError, "17 个数据文件"),
        ({"bundles": (a_bundle("0", BUNDLE_BYTES + 1),)}, PackLimitError, "字节"),
        ({"blobs": (a_blob(A, 0, ITEM_BLOB_BYTES + 1), a_blob(B, 10))}, PackLimitError, "字节"),
        ({"blobs": (a_blob(A, 0), a_blob(B, 10, 2**31))}, PackLimitError, "字节"),
        ({"blobs": (a_blob(B, 0), a_blob(A, 10))}, PackIntegrityError, "顺序"),
        ({"blobs": (a_blob(A, 0), a_blob(A, 0), a_blob(B, 10))}, PackIntegrityError, "顺序"),
        ({"items": {"../x": A}}, PackIntegrityError, "编号"),
        ({"items": {"a-1\n": A}}, PackIntegrityError, "编号"),
        ({"blobs": (a_blob(B, 10),)}, PackIntegrityError, "缺了一个条目"),
        ({"blobs": (a_blob(A, 0),)}, PackIntegrityError, "图片"),
        ({"media": {B: "text/html"}}, PackError, ""),
        ({"bundles": (a_bundle("0"), a_bundle("0"))}, PackIntegrityError, "两次"),
        ({"blobs": (a_blob(A, 0), a_blob(B, 10, bundle=1))}, PackIntegrityError, "没有这个文件"),
        ({"blobs": (a_blob(A, 0), a_blob(B, 11))}, PackIntegrityError, "超出"),
        ({"blobs": (a_blob(A, 0), a_blob(B, 0, size=5, stored=10))}, PackIntegrityError, "超出"),
    ],
)
def test_limits_and_contradictions(changes: dict[str, Any], error: type[PackError], word: str) -> None:
    with pytest.raises(error) as refusal:
        decode_manifest(encode_manifest(a_manifest(**changes)))
    assert word in str(refusal.value)


def test_an_unknown_media_type_without_bytes() -> None:
    blobs = (a_blob(A, 0), a_blob(B, 10, size=0, stored=0))
    with pytest.raises(PackIntegrityError, match="不认识的类型"):
        decode_manifest(encode_manifest(a_manifest(media={B: "text/html"}, blobs=blobs)))
