"""What is installed is compared with what was signed, byte by byte."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from content_packs.errors import CancelledError, PackIntegrityError
from content_packs.progress import CancelToken, Progress
from content_packs.reader import PackReader
from content_packs.store import PackStore
from content_packs.verification import Verification, verify_content
from sync.install import install_release
from tests.fakes.content import rot_the_catalogue
from tests.fakes.publisher import Publisher, a_png


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "work").pack()
    made.write("pictures/a.png", a_png())
    for number in range(4):
        made.item(f"n{number}", f"第{number}条。\n\n![图](pictures/a.png)\n")
    other = made.source / "items/n3.md"
    other.write_text(other.read_text().replace("kind:", "relations:\n  related: [n0]\nkind:"))
    made.build()
    return made


@pytest.fixture
def content(publisher: Publisher, tmp_path: Path) -> Path:
    return install_release(publisher.release, PackStore(tmp_path / "home")).pack.content_db


def checked(publisher: Publisher, content: Path) -> Verification:
    return verify_content(content, publisher.manifest())


def changed(content: Path, statement: str) -> None:
    with sqlite3.connect(content) as file:
        file.execute(statement)
    file.close()


def test_what_was_just_installed_is_whole(publisher: Publisher, content: Path) -> None:
    seen: list[Progress] = []
    found = verify_content(content, publisher.manifest(), on_progress=seen.append)
    assert found.is_whole
    assert found.blobs == 5
    assert seen[-1].done == seen[-1].total == found.size


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE items SET title = '改过的标题' WHERE n = 2",
        "UPDATE items SET kind = 'guide' WHERE n = 1",
        "DELETE FROM relations",
        "INSERT INTO relations VALUES ('n0', 'related', 'n2')",
        "INSERT INTO bodies VALUES (9, x'7b7d')",
        "UPDATE about SET pack = replace(pack, '测试发布单位', '别人')",
    ],
)
def test_a_list_that_was_changed_is_noticed(publisher: Publisher, content: Path, statement: str) -> None:
    changed(content, statement)
    found = checked(publisher, content)
    assert not found.readable
    assert not found.is_whole
    assert found.damaged == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bodies SET item = replace(item, '第1条', '第9条') WHERE n = 2",
        "DELETE FROM bodies WHERE n = 2",
        "UPDATE items SET id = 'n9' WHERE n = 2",
        "UPDATE bodies SET item = NULL WHERE n = 2",
    ],
)
def test_an_item_that_was_changed_is_named(publisher: Publisher, content: Path, statement: str) -> None:
    changed(content, statement)
    assert checked(publisher, content).damaged == (publisher.manifest().items["n1"],)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE media SET data = x'00'", "DELETE FROM media", "UPDATE media SET type = 'image/jpeg'"],
)
def test_a_picture_that_was_changed_is_named(publisher: Publisher, content: Path, statement: str) -> None:
    changed(content, statement)
    assert checked(publisher, content).damaged == tuple(publisher.manifest().media)


def test_any_spoilt_page_is_noticed_and_never_raises(publisher: Publisher, content: Path, tmp_path: Path) -> None:
    whole = content.read_bytes()
    spoilt = tmp_path / "spoilt.db"
    page = 16384
    for start in range(0, len(whole), page):
        used = bytearray(whole)
        used[start : start + page] = b"\xa5" * page
        spoilt.write_bytes(used)
        assert not checked(publisher, spoilt).is_whole, start
    for size in (0, 100, page, len(whole) - page):
        spoilt.write_bytes(whole[:size])
        assert not checked(publisher, spoilt).is_whole, size
    assert not checked(publisher, tmp_path / "gone.db").is_whole


def test_it_stops_when_asked(publisher: Publisher, content: Path) -> None:
    token = CancelToken()
    token.cancel()
    before = shutil.copy(content, content.with_suffix(".before"))
    with pytest.raises(CancelledError):
        verify_content(content, publisher.manifest(), cancel=token)
    assert content.read_bytes() == Path(before).read_bytes()


def test_a_catalogue_that_has_rotted_is_told_of_and_nothing_crashes(publisher: Publisher, content: Path) -> None:
    """SQLite quotes the name of a table that is no text any more."""
    rot_the_catalogue(content)
    found = checked(publisher, content)
    assert not found.is_whole
    assert len(found.damaged) == found.blobs
    with pytest.raises(PackIntegrityError), PackReader(content):
        pass
