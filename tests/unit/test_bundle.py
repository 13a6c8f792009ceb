"""Bundles: the same bytes every time, read back only as far as the manifest says."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from content_packs.bundle import PackedBlob, TextPacker, read_blob, write_bundles
from content_packs.errors import PackIntegrityError, PackLimitError
from content_packs.model import BlobEntry

TEXT = "养老金怎么领。".encode() * 50


def packed(folder: Path, *blobs: PackedBlob, limit_bytes: int = 1 << 20) -> tuple[list[Path], tuple[BlobEntry, ...]]:
    folder.mkdir(exist_ok=True)
    bundles, entries = write_bundles(folder, blobs, limit_bytes=limit_bytes)
    return [folder / bundle.name for bundle in bundles], entries


def as_is(data: bytes) -> PackedBlob:
    return PackedBlob(sha256(data).hexdigest(), len(data), data)


def entry(data: bytes, stored: bytes, **changes: int) -> BlobEntry:
    fields = {"size": len(data), "stored": len(stored), "bundle": 0, "offset": 0} | changes
    return BlobEntry(sha256=sha256(data).hexdigest(), **fields)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    on_disk = tmp_path / "picture"
    on_disk.write_bytes(b"picture bytes")
    blobs = [
        TextPacker().pack(TEXT),
        as_is(b"x"),
        PackedBlob(sha256(b"picture bytes").hexdigest(), 13, on_disk),
    ]
    (bundle,), entries = packed(tmp_path / "out", *blobs)
    assert [found.sha256 for found in entries] == sorted(blob.sha256 for blob in blobs)
    with bundle.open("rb") as opened:
        assert {read_blob(opened, found, "b") for found in entries} == {TEXT, b"x", b"picture bytes"}
    assert bundle.name == f"{sha256(bundle.read_bytes()).hexdigest()[:16]}.bundle"


def test_the_bytes_do_not_depend_on_order_or_day(tmp_path: Path) -> None:
    blobs = [TextPacker().pack(TEXT), as_is(b"x")]
    (first,), _ = packed(tmp_path / "a", *blobs)
    (second,), _ = packed(tmp_path / "b", *reversed(blobs))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        members = archive.infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}


def test_text_is_compressed_only_where_that_helps() -> None:
    packer = TextPacker()
    assert packer.pack(TEXT).stored_size < len(TEXT)
    assert packer.pack(b"ab").stored == b"ab"
    assert packer.pack(TEXT) == packer.pack(TEXT)


def test_bundles_split_at_their_limit(tmp_path: Path) -> None:
    blobs = [as_is(bytes([number]) * 100) for number in range(4)]
    bundles, entries = packed(tmp_path / "out", *blobs, limit_bytes=800)
    assert len(bundles) == 2
    assert [found.bundle for found in entries] == [0, 0, 1, 1]
    for found in entries:
        with bundles[found.bundle].open("rb") as opened:
            assert sha256(read_blob(opened, found, "b")).hexdigest() == found.sha256


def test_too_many_bundles(tmp_path: Path) -> None:
    with pytest.raises(PackLimitError, match="太大"):
        packed(tmp_path / "out", *(as_is(bytes([number])) for number in range(17)), limit_bytes=1)


def read(stored: bytes, wanted: BlobEntry) -> bytes:
    return read_blob(io.BytesIO(stored), wanted, "b.bundle")


@pytest.mark.parametrize(
    ("stored", "wanted", "code"),
    [
        (b"abc", entry(b"abcd", b"abcd"), "P-131"),
        (b"abcd", entry(b"abcd", b"abcd", offset=2), "P-131"),
        (b"abcx", entry(b"abcd", b"abcd"), "P-132"),
        (b"junk", entry(TEXT, b"junk"), "P-136"),
        (zstandard.compress(TEXT), entry(TEXT + b"x", zstandard.compress(TEXT)), "P-135"),
        (zstandard.compress(TEXT)[:-4], entry(TEXT, zstandard.compress(TEXT)[:-4]), "P-136"),
        (zstandard.compress(TEXT[::-1]), entry(TEXT, zstandard.compress(TEXT[::-1])), "P-132"),
    ],
)
def test_what_is_not_what_the_manifest_says(stored: bytes, wanted: BlobEntry, code: str) -> None:
    with pytest.raises(PackIntegrityError) as refusal:
        read(stored, wanted)
    assert refusal.value.telephone_code == code
    assert refusal.value.todo


def test_a_frame_of_unknown_size_is_refused_unread() -> None:
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(TEXT)
    with pytest.raises(PackIntegrityError):
        read(frame, entry(TEXT, frame))
