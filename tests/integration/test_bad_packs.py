"""Bad input, one test each: a sentence, with file and line where there is one, and nothing half-installed."""

import os
import resource
import shutil
import signal
import subprocess
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
import zstandard

from content_packs.build import build_release
from content_packs.errors import (
    DiskFullError,
    PackError,
    PackFormatError,
    PackIntegrityError,
    PackLimitError,
    PackVersionError,
    SiteError,
    SourceError,
)
from content_packs.limits import MIB
from content_packs.reader import PackReader
from content_packs.store import PackStore
from sync import blobs, install
from sync.install import install_release
from tests.fakes.publisher import ITEM, Publisher, a_head_only_png, a_png, a_publisher

NOISE = 4 * MIB


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return a_publisher(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def refuse_build(publisher: Publisher, error: type[PackError], what: str, place: str) -> None:
    """Assert that building is refused in words, names the place and leaves nothing."""
    with pytest.raises(error) as refusal:
        publisher.build()
    assert what in refusal.value.what
    assert place in refusal.value.why
    assert refusal.value.todo
    assert list(publisher.release.iterdir()) == []


def refuse_install(
    publisher: Publisher, store: PackStore, error: type[PackError | SiteError | SourceError], what: str, code: str
) -> None:
    """Assert that installing is refused in words and that what was installed before is still in use, alone."""
    before = store.installed()
    with pytest.raises(error) as refusal:
        install_release(publisher.release, store)
    assert what in refusal.value.what
    assert refusal.value.telephone_code == code
    assert refusal.value.todo
    assert store.installed() == before
    assert store.all_versions() == before
    staging = store.root / ".staging"
    assert not staging.exists() or list(staging.iterdir()) == []
    for pack in before:
        with PackReader(pack.content_db) as reader:
            assert len(list(reader.items())) == reader.item_count


def with_an_installed_version(publisher: Publisher, store: PackStore) -> None:
    publisher.build()
    install_release(publisher.release, store)
    publisher.pack(version=2).build()


# --- the source ------------------------------------------------------------------------------------------------------


def test_broken_yaml(publisher: Publisher) -> None:
    publisher.write("items/b.md", "---\nid: b-1\ntitle: [甲\n---\n\n文\n")
    refuse_build(publisher, PackFormatError, "不是正确的 YAML", "items/b.md 第 4 行")


def test_unknown_field(publisher: Publisher) -> None:
    publisher.write("items/b.md", ITEM.format(id="b-1", body="文").replace("themes:", "colour: red\nthemes:"))
    refuse_build(publisher, PackFormatError, "没有 colour 这个字段", "items/b.md 第 5 行")


def test_wrong_date(publisher: Publisher) -> None:
    publisher.write("items/b.md", ITEM.format(id="b-1", body="文").replace("2026-11-22", "2026-02-30"))
    refuse_build(publisher, PackFormatError, "verified_on 不是日期", "items/b.md 第 6 行")


def test_duplicate_id(publisher: Publisher) -> None:
    publisher.write("items/z.md", ITEM.format(id="n-1", body="文"))
    refuse_build(publisher, PackFormatError, "编号 n-1 在 items/n-1.md 里已经用过", "items/z.md 第 2 行")


def test_html_in_markdown(publisher: Publisher) -> None:
    publisher.item(body="好\n\n<script>alert(1)</script>")
    refuse_build(publisher, PackFormatError, "HTML", "items/n-1.md 第 13 行")


@pytest.mark.parametrize("path", ["../../secret.png", "pictures/../../secret.png", "pictures/%2e%2e/secret.png"])
def test_a_path_that_climbs_out(publisher: Publisher, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.png").write_bytes(a_png())
    publisher.write("pictures/a.png", a_png()).item(body=f"![图]({path})")
    refuse_build(publisher, PackFormatError, "里有 .. 或空的一段", "items/n-1.md 第 11 行")


def test_an_absolute_path(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(a_png())
    publisher.item(body=f"![图]({tmp_path}/secret.png)")
    refuse_build(publisher, PackFormatError, "不在资料包的文件夹里", "items/n-1.md 第 11 行")


def test_a_link_to_a_picture(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(a_png())
    publisher.item(body="![图](pictures/a.png)")
    (publisher.source / "pictures").mkdir()
    (publisher.source / "pictures/a.png").symlink_to(tmp_path / "secret.png")
    refuse_build(publisher, PackFormatError, "是一个链接", "items/n-1.md 第 11 行")


def test_a_link_to_a_folder(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/a.png").write_bytes(a_png())
    publisher.item(body="![图](pictures/a.png)")
    (publisher.source / "pictures").symlink_to(tmp_path / "secrets")
    refuse_build(publisher, PackFormatError, "是一个链接", "items/n-1.md 第 11 行")


def test_a_link_to_an_item(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "passwords.md").write_text(ITEM.format(id="p-1", body="文"))
    (publisher.source / "items/p.md").symlink_to(tmp_path / "passwords.md")
    refuse_build(publisher, PackFormatError, "是一个链接", "items/p.md")


def test_a_pipe_is_no_file_and_does_not_hang(publisher: Publisher) -> None:
    os.mkfifo(publisher.source / "items/p.md")
    refuse_build(publisher, PackFormatError, "不是普通文件", "items/p.md")


def test_a_picture_that_is_none(publisher: Publisher) -> None:
    publisher.write("pictures/a.png", "<html>").item(body="好\n\n![图](pictures/a.png)")
    refuse_build(publisher, PackFormatError, "不是能显示的图片", "items/n-1.md 第 13 行")


def test_a_picture_of_20000_by_20000(publisher: Publisher) -> None:
    publisher.write("pictures/a.png", a_head_only_png(20_000, 20_000)).item(body="![图](pictures/a.png)")
    tracemalloc.start()
    refuse_build(publisher, PackFormatError, "像素太多", "items/n-1.md 第 11 行")
    assert tracemalloc.get_traced_memory()[1] < 50 * MIB
    tracemalloc.stop()


def test_a_text_that_is_too_long(publisher: Publisher) -> None:
    publisher.item(body="字" * 400_000)
    refuse_build(publisher, PackFormatError, "太大", "items/n-1.md")


def test_a_newer_source_format(publisher: Publisher) -> None:
    publisher.pack(format=2)
    refuse_build(publisher, PackVersionError, "格式比程序新", "pack.toml")


# --- the release -----------------------------------------------------------------------------------------------------


def a_bomb(size: int) -> bytes:
    """Return a zstd frame of some 65 KB that unpacks to ``size`` zeros and says so."""
    compressor = zstandard.ZstdCompressor(level=1).compressobj(size=size)
    zeros = bytes(MIB)
    return b"".join(compressor.compress(zeros) for _ in range(size // MIB)) + compressor.flush()


@pytest.mark.parametrize(
    ("claimed", "error", "what", "code"),
    [
        (2**31, PackLimitError, "太大", "P-122"),
        (1_000_000, PackIntegrityError, "大小不一样", "P-135"),
    ],
)
def test_a_bomb_of_2_gib_in_65_kb(
    publisher: Publisher, store: PackStore, claimed: int, error: type[PackError], what: str, code: str
) -> None:
    with_an_installed_version(publisher, store)
    bomb = a_bomb(2**31)
    assert len(bomb) < 200_000
    publisher.forge_blob(bomb, b"", claimed)
    tracemalloc.start()
    refuse_install(publisher, store, error, what, code)
    assert tracemalloc.get_traced_memory()[1] < 50 * MIB
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    honest = zstandard.ZstdCompressor(write_content_size=True).compress(bytes(4 * MIB))
    lying = honest[:6] + (500_000).to_bytes(4, "little") + honest[10:]
    assert zstandard.frame_content_size(lying) == 500_000
    publisher.forge_blob(lying, bytes(500_000), 500_000)
    refuse_install(publisher, store, PackIntegrityError, "解不开", "P-136")


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_truncated_bundle(publisher: Publisher, store: PackStore, kept: int) -> None:
    with_an_installed_version(publisher, store)
    (bundle,) = publisher.release.glob("*.bundle")
    bundle.write_bytes(bundle.read_bytes()[:kept])
    refuse_install(publisher, store, PackIntegrityError, "不完整", "P-131")


def test_a_bundle_that_grew(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    (bundle,) = publisher.release.glob("*.bundle")
    bundle.write_bytes(bundle.read_bytes() + b"x")
    refuse_install(publisher, store, PackIntegrityError, "长了", "P-131")


def test_a_wrong_hash(publisher: Publisher, store: PackStore) -> None:
    publisher.write("pictures/a.png", a_png()).item(body="![图](pictures/a.png)")
    with_an_installed_version(publisher, store)
    (bundle,) = publisher.release.glob("*.bundle")
    manifest = publisher.manifest()
    picture = next(blob for blob in manifest.blobs if blob.sha256 in manifest.media)
    data = bytearray(bundle.read_bytes())
    data[picture.offset + picture.stored // 2] ^= 1
    bundle.write_bytes(data)
    refuse_install(publisher, store, PackIntegrityError, "被改过或损坏", "P-132")


def test_a_missing_bundle(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    (bundle,) = publisher.release.glob("*.bundle")
    bundle.unlink()
    refuse_install(publisher, store, SourceError, "缺了一个数据文件", "S-201")


def test_a_missing_blob(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    manifest = publisher.manifest()
    publisher.forge(msgspec.structs.replace(manifest, blobs=()))
    refuse_install(publisher, store, PackIntegrityError, "缺了一个条目", "P-133")


def test_a_picture_that_no_blob_holds(publisher: Publisher, store: PackStore) -> None:
    publisher.write("pictures/a.png", a_png()).item(body="![图](pictures/a.png)")
    with_an_installed_version(publisher, store)
    manifest = publisher.manifest()
    blobs = tuple(blob for blob in manifest.blobs if blob.sha256 not in manifest.media)
    publisher.forge(msgspec.structs.replace(manifest, media={}, blobs=blobs))
    refuse_install(publisher, store, PackIntegrityError, "缺了一张图片", "P-133")


def test_a_newer_release_format(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    publisher.forge(msgspec.structs.replace(publisher.manifest(), format=2))
    refuse_install(publisher, store, PackVersionError, "格式比程序新", "P-141")


def test_an_item_that_is_no_item(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    publisher.forge_blob(b'{"id":"n-1","kind":"poem"}', b'{"id":"n-1","kind":"poem"}', 26)
    refuse_install(publisher, store, PackFormatError, "条目读不懂", "P-118")


def test_an_item_under_another_name(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    data = b'{"id":"other","kind":"faq","title":"t"}'
    publisher.forge_blob(data, data, len(data))
    refuse_install(publisher, store, PackIntegrityError, "对不上", "P-134")


def test_a_link_instead_of_a_bundle(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    (bundle,) = publisher.release.glob("*.bundle")
    bundle.rename(publisher.folder / "aside")
    bundle.symlink_to(publisher.folder / "aside")
    refuse_install(publisher, store, PackFormatError, "不是普通文件", "P-112")


def test_a_folder_instead_of_a_manifest(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    (publisher.release / "manifest.json").unlink()
    (publisher.release / "manifest.json").mkdir()
    refuse_install(publisher, store, PackFormatError, "不是普通文件", "P-112")


def test_no_release_at_all(publisher: Publisher, store: PackStore) -> None:
    publisher.release.mkdir()
    refuse_install(publisher, store, SourceError, "没有找到资料包", "S-201")


# --- the disk --------------------------------------------------------------------------------------------------------


def a_heavy_release(publisher: Publisher) -> None:
    """Build a release whose recording does not fit a small disk."""
    publisher.write("recordings/a.ogg", b"OggS" + os.urandom(NOISE))
    text = ITEM.format(id="n-1", body="听一听。").replace("sources:", "recording: recordings/a.ogg\nsources:")
    publisher.write("items/n-1.md", text).build()


def test_too_little_room_is_told_before_the_first_byte(
    publisher: Publisher, store: PackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_an_installed_version(publisher, store)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10 * MIB))
    with pytest.raises(DiskFullError, match="空间不够") as refusal:
        install_release(publisher.release, store)
    assert "还差 55 MiB" in refusal.value.why
    refuse_install(publisher, store, DiskFullError, "空间不够", "M-310")


def test_the_room_counts_text_with_its_index_and_what_building_that_takes(publisher: Publisher) -> None:
    manifest = publisher.build()
    (blob,) = manifest.blobs
    assert install.room_needed(manifest) == 11 * blob.size + 4096 + install.RESERVE_BYTES


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a file system of 2 MiB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs root and the right to mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(publisher: Publisher, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PackStore(small_disk)
    with_an_installed_version_of_little(publisher, store, monkeypatch)
    a_heavy_release(publisher)
    refuse_install(publisher, store, DiskFullError, "磁盘满了", "M-310")
    with pytest.raises(DiskFullError):
        build_release(publisher.source, small_disk / "out")
    assert list((small_disk / "out").iterdir()) == []


def with_an_installed_version_of_little(
    publisher: Publisher, store: PackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Install a small version, and let the disk claim that it has room enough."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10**12))
    publisher.build()
    install_release(publisher.release, store)


@contextmanager
def files_of_at_most(limit_bytes: int) -> Iterator[None]:
    """Let every write behind a limit fail, which needs no rights."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_file_that_may_not_grow(publisher: Publisher, store: PackStore) -> None:
    with_an_installed_version(publisher, store)
    a_heavy_release(publisher)
    with files_of_at_most(MIB):
        refuse_install(publisher, store, DiskFullError, "磁盘满了", "M-310")
    assert install_release(publisher.release, store).pack.version == 2


def test_a_stick_that_is_pulled_out(publisher: Publisher, store: PackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with_an_installed_version(publisher, store)
    real = blobs.read_blob
    assert real

    def gone(*args: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(blobs, "read_blob", gone)
    refuse_install(publisher, store, SourceError, "读不出来", "S-202")
    monkeypatch.setattr(blobs, "read_blob", real)
    assert install_release(publisher.release, store).pack.version == 2


def test_the_bomb_is_one() -> None:
    bomb = a_bomb(4 * MIB)
    assert sha256(zstandard.decompress(bomb)).digest() == sha256(bytes(4 * MIB)).digest()
