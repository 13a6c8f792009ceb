"""A source folder as people leave it: links, wrong folders, too much, unreadable."""

import os
from pathlib import Path

import pytest

from content_packs.errors import PackFormatError, SourceError
from content_packs.schema_words import in_words
from content_packs.source import read_source
from tests.fakes.publisher import ITEM, Publisher, a_png, a_publisher


def complaints(publisher: Publisher) -> list[tuple[str, str]]:
    return [(finding.file, finding.what) for finding in read_source(publisher.source).findings]


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PackFormatError, match="没有文件夹"):
        read_source(tmp_path / "none")


def test_a_link_instead_of_the_items(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path).pack()
    (tmp_path / "elsewhere").mkdir()
    (publisher.source / "items").symlink_to(tmp_path / "elsewhere")
    assert complaints(publisher) == [("items", "items 是一个链接，不是文件。")]


def test_links_among_pictures_that_nobody_uses(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path)
    (publisher.source / "pictures").mkdir()
    (publisher.source / "pictures/a.png").symlink_to("/etc/passwd")
    assert complaints(publisher) == [("pictures/a.png", "pictures/a.png 是一个链接，不是文件。")]


def test_too_many_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = a_publisher(tmp_path).item("n-2")
    monkeypatch.setattr("content_packs.source.ITEMS", 1)
    assert complaints(publisher) == [("items", "条目太多：2 个。")]


def test_media_are_prepared_once_and_kept_once(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("pictures/a.png", a_png()).write("pictures/b.png", a_png())
    publisher.item(body="![一](pictures/a.png)\n\n![二](pictures/b.png)").item("n-2", "![三](pictures/a.png)")
    kept: list[str] = []
    loaded = read_source(publisher.source, keep=lambda medium, data: kept.append(medium.sha256))
    assert loaded.findings == ()
    assert kept == list(loaded.media)
    assert len(kept) == 1


def test_chinese_names_of_pictures(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("pictures/社保卡 正面.png", a_png())
    publisher.item(body="![卡](<pictures/社保卡 正面.png>)")
    assert complaints(publisher) == []


def test_a_recording_that_is_none_and_one_in_the_wrong_place(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("recordings/a.mp3", b"no sound").write("pictures/b.ogg", b"OggS")
    for name, path in (("n-1", "recordings/a.mp3"), ("n-2", "pictures/b.ogg")):
        text = ITEM.format(id=name, body="文").replace("sources:", f"recording: {path}\nsources:")
        publisher.write(f"items/{name}.md", text)
    found = read_source(publisher.source).findings
    assert [(finding.file, finding.line) for finding in found] == [("items/n-1.md", 7), ("items/n-2.md", 7)]
    assert "mp3 或 ogg" in found[0].what
    assert "放的地方" in found[1].what


def test_a_disk_that_does_not_give_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = a_publisher(tmp_path)
    real = os.scandir

    def broken(path: Path) -> object:
        if Path(path).name == "items":
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(os, "scandir", broken)
    with pytest.raises(SourceError, match="items 读不出来"):
        read_source(publisher.source)


def test_a_message_that_nobody_foresaw_is_still_a_sentence() -> None:
    what, todo = in_words("Something new - at `$.title`")
    assert (what, bool(todo)) == ("title 不对：Something new", True)


def test_a_value_that_is_not_known_is_answered_with_those_that_are(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path).pack()
    publisher.write("items/n-1.md", ITEM.format(id="n-1", body="今天开会。").replace("kind: notice", "kind: guid"))
    (finding,) = read_source(publisher.source).findings
    assert "是不是 guide？" in finding.todo
    assert "village_disclosure" in finding.todo


def test_a_value_of_another_field_points_to_the_format() -> None:
    assert in_words("Invalid enum value 'x' - at `$.colour`")[1] == "请用 FORMAT.md 里列出的值。"
