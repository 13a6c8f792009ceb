"""Source → release → installed → read: with real files."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from content_packs.build import build_release
from content_packs.errors import (
    CancelledError,
    PackError,
    PackFormatError,
    PackIntegrityError,
    PackVersionError,
    SiteError,
)
from content_packs.model import Kind, Picture, Rel
from content_packs.progress import CancelToken, Progress
from content_packs.reader import PackReader
from content_packs.store import PackStore
from sync.install import install_release
from tests.fakes.publisher import Publisher, a_png, a_publisher

RECORDING = b"OggS" + b"\0" * 100
RICH = """\
---
id: g-1
kind: faq
title: 问
plain_title: 白话
summary: 先打电话。
themes: [pension]
life_stages: [elder, worker]
keywords: [甲, 乙]
made_on: 2020-02-03
valid_to: 2030-01-01
verified_on: 2026-11-22
varies_by_region: true
phones: [{number: "12333"}]
sources: [{title: 法}]
relations: {related: [n-1], answers: [elsewhere]}
recording: recordings/a.ogg
badge: 示例
---

![图](pictures/a.png)
"""


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    rich = a_publisher(tmp_path).write("items/g.md", RICH)
    return rich.write("pictures/a.png", a_png()).write("recordings/a.ogg", RECORDING)


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


@pytest.fixture
def reader(publisher: Publisher, store: PackStore) -> Iterator[PackReader]:
    publisher.build()
    with PackReader(install_release(publisher.release, store).pack.content_db) as opened:
        yield opened


def test_what_was_written_is_read(reader: PackReader) -> None:
    assert (reader.info.title, reader.info.themes[0].id, reader.item_count) == ("测试包", "pension", 2)
    assert len(reader.manifest_digest) == 64
    rows = reader.rows()
    assert [row.id for row in rows] == ["g-1", "n-1"]
    row = rows[0]
    assert (row.kind, row.shown_title, row.year, row.badge) == (Kind.FAQ, "白话", 2020, "示例")
    assert (row.life_stages, row.keywords, row.varies_by_region) == (("elder", "worker"), ("甲", "乙"), True)
    assert (rows[1].shown_title, rows[1].year, rows[1].keywords) == ("通知n-1", None, ())
    item = reader.item("g-1")
    assert item
    for name in ("title", "summary", "themes", "regions", "made_on", "valid_to", "verified_on", "lang"):
        assert getattr(item, name) == getattr(row, name)
    assert reader.item("none") is None
    assert [found.id for found in reader.items()] == ["g-1", "n-1"]
    assert [(found.item, found.rel, found.target) for found in reader.relations()] == [
        ("g-1", Rel.RELATED, "n-1"),
        ("g-1", Rel.ANSWERS, "elsewhere"),
    ]


def test_media_are_found_by_their_hash(reader: PackReader) -> None:
    item = reader.item("g-1")
    assert item
    (picture,) = item.blocks
    assert isinstance(picture, Picture)
    found = reader.media(picture.sha256)
    assert found
    assert (found.media_type, found.data, picture.width) == ("image/png", a_png(), 40)
    recording = reader.media(item.recording)
    assert recording
    assert (recording.media_type, recording.data) == ("audio/ogg", RECORDING)
    assert reader.media("0" * 64) is None


def test_the_same_source_gives_the_same_bytes(publisher: Publisher, tmp_path: Path) -> None:
    publisher.build()
    again = Publisher(tmp_path / "elsewhere")
    shutil.copytree(publisher.source, again.source)
    for path in again.source.rglob("*"):
        path.touch()
    again.build()
    first, second = (
        {path.name: sha256(path.read_bytes()).hexdigest() for path in release.iterdir()}
        for release in (publisher.release, again.release)
    )
    assert first == second
    assert len(first) == 2


def test_building_again_replaces_the_release_and_only_that(publisher: Publisher) -> None:
    publisher.build()
    (publisher.release / "README.txt").write_text("mine")
    old = {path.name for path in publisher.release.iterdir()}
    publisher.item(body="改了。").build()
    new = {path.name for path in publisher.release.iterdir()}
    assert len(new) == len(old) == 3
    assert len(old - new) == 1
    assert "README.txt" in new


def test_progress_has_a_total_and_never_falls(publisher: Publisher, store: PackStore) -> None:
    seen: list[Progress] = []
    build_release(publisher.source, publisher.release, on_progress=seen.append)
    install_release(publisher.release, store, on_progress=seen.append)
    assert {progress.phase for progress in seen} == {"读取条目", "压缩文字", "写数据文件", "校验并安装"}
    for phase in {progress.phase for progress in seen}:
        steps = [progress for progress in seen if progress.phase == phase]
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert {step.total for step in steps} == {steps[0].total}
    assert seen[-1].done == seen[-1].total


def test_cancelling_leaves_nothing(publisher: Publisher, store: PackStore) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        build_release(publisher.source, publisher.release, cancel=token)
    assert list(publisher.release.iterdir()) == []
    publisher.build()
    with pytest.raises(CancelledError):
        install_release(publisher.release, store, cancel=token)
    assert store.installed() == ()
    assert list((store.root / ".staging").iterdir()) == []


def test_a_new_version_a_repair_and_a_roll_back(publisher: Publisher, store: PackStore) -> None:
    publisher.build()
    assert install_release(publisher.release, store).replaced is None
    publisher.pack(version=2).build()
    done = install_release(publisher.release / "manifest.json", store)
    assert (done.pack.version, done.replaced, done.items) == (2, 1, 2)
    done.pack.content_db.write_bytes(b"damaged")
    with pytest.raises(PackIntegrityError, match="坏了"):
        PackReader(done.pack.content_db)
    mended = install_release(publisher.release, store)
    with PackReader(mended.pack.content_db) as opened:
        assert opened.item_count == 2
    assert store.roll_back("cn.test.pack").version == 1
    assert mended.pack.previous == 1


def test_an_older_release_is_refused(publisher: Publisher, store: PackStore) -> None:
    publisher.pack(version=2).build()
    install_release(publisher.release, store)
    publisher.pack(version=1).build()
    with pytest.raises(PackVersionError, match="比已经装的旧") as refusal:
        install_release(publisher.release, store)
    assert "第 2 版" in refusal.value.why
    assert [pack.version for pack in store.installed()] == [2]


def test_a_source_is_no_release(publisher: Publisher, store: PackStore) -> None:
    with pytest.raises(PackFormatError, match="还没有打包") as refusal:
        install_release(publisher.source, store)
    assert "pack build" in refusal.value.todo


def test_building_refuses_what_would_block_publishing(publisher: Publisher) -> None:
    publisher.item(body="")
    with pytest.raises(PackFormatError, match="没有正文") as refusal:
        publisher.build()
    assert "items/n-1.md" in refusal.value.why
    assert list(publisher.release.iterdir()) == []
    publisher.write("pack.toml", "")
    with pytest.raises(PackError, match=r"缺少 format.*pack\.toml 第 1 行"):
        publisher.build()


def test_a_place_that_cannot_be_written(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SiteError, match="写不进"):
        build_release(publisher.source, tmp_path / "file" / "out")


def test_a_reader_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(PackIntegrityError):
        PackReader(tmp_path / "none.db")
    (tmp_path / "empty.db").write_bytes(b"")
    with pytest.raises(PackIntegrityError):
        PackReader(tmp_path / "empty.db")


def test_a_file_of_another_layout_is_installed_again(publisher: Publisher, store: PackStore) -> None:
    publisher.build()
    path = install_release(publisher.release, store).pack.content_db
    connection = sqlite3.connect(path)
    connection.execute("UPDATE about SET schema = 99")
    connection.commit()
    connection.close()
    with pytest.raises(PackVersionError, match="重新安装"):
        PackReader(path)


CALLS = ("fsync", "replace", "mkdir", "rename")


def killed_at(step: int, publisher: Publisher, home: Path) -> bool:
    """Install in a child that dies, as by SIGKILL, before its n-th call that changes the disk; tell whether it died."""
    child = os.fork()
    if child == 0:
        left = step

        def dying(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return real(*args, **options)

            return call

        for name in CALLS:
            setattr(os, name, dying(getattr(os, name)))
        try:
            install_release(publisher.release, PackStore(home))
        except BaseException:  # noqa: BLE001 — a child of a test must never come back into pytest
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, 9}
    return status == 9


@pytest.mark.parametrize("first", [True, False])
def test_a_death_at_any_step_leaves_the_old_version_or_the_new_one(
    publisher: Publisher, tmp_path: Path, *, first: bool
) -> None:
    publisher.build()
    if not first:
        install_release(publisher.release, PackStore(tmp_path / "old"))
        publisher.pack(version=2).build()
    step = 1
    while True:
        home = tmp_path / f"home-{step}"
        if not first:
            shutil.copytree(tmp_path / "old", home)
        died = killed_at(step, publisher, home)
        store = PackStore(home)
        for pack in store.installed():
            with PackReader(pack.content_db) as opened:
                assert len(list(opened.items())) == 2
        versions = [pack.version for pack in store.installed()]
        assert versions in ([[], [1]] if first else [[1], [2]])
        store.clean()
        assert install_release(publisher.release, store).pack.version == (1 if first else 2)
        if not died:
            assert versions == ([1] if first else [2])
            break
        step += 1
    assert step > 8
