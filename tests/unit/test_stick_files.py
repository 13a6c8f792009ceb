"""Finding what is ours on a stick, and leaving a receipt there: whatever else lies on it."""

import os
from pathlib import Path

import pytest

from content_packs.errors import SourceError
from sync.sticks.contents import repositories_on
from sync.sticks.receipt_file import write_receipt


def repository(folder: Path) -> Path:
    (folder / "metadata").mkdir(parents=True)
    (folder / "metadata/timestamp.json").write_text("{}")
    return folder


def test_repositories_are_found_by_name_in_order(tmp_path: Path) -> None:
    second, first = repository(tmp_path / "cunkou/nation"), repository(tmp_path / "cunkou/fujian")
    (tmp_path / "cunkou/notes.txt").write_text("mine")
    (tmp_path / "cunkou/empty").mkdir()
    assert repositories_on(tmp_path) == (first, second)
    assert repositories_on(first) == (first,)


@pytest.mark.parametrize("made", ["nothing", "file", "link", "links inside", "names"])
def test_what_is_not_ours_is_not(tmp_path: Path, made: str) -> None:
    real = repository(tmp_path / "elsewhere/fujian")
    stick = tmp_path / "stick"
    stick.mkdir()
    if made == "file":
        (stick / "cunkou").write_text("a letter")
    if made == "link":
        (stick / "cunkou").symlink_to(real.parent)
    if made == "links inside":
        (stick / "cunkou").mkdir()
        (stick / "cunkou/fujian").symlink_to(real)
        (stick / "cunkou/other").mkdir()
        (stick / "cunkou/other/metadata").symlink_to(real / "metadata")
        repository(stick / "cunkou/third")
        (stick / "cunkou/third/metadata/timestamp.json").unlink()
        (stick / "cunkou/third/metadata/timestamp.json").symlink_to(real / "metadata/timestamp.json")
    if made == "names":
        repository(stick / "cunkou/-rf")
        repository(stick / "cunkou/村口")
    assert repositories_on(stick) == ()


def test_a_receipt_replaces_the_one_before_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "cunkou-receipts"
    folder.mkdir()
    write_receipt(tmp_path, "abc.txt", b"one")
    write_receipt(tmp_path, "abc.txt", b"two")
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("abc.txt", b"two")]


def test_a_receipt_is_never_led_astray(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    precious = outside / "abc.txt"
    precious.write_bytes(b"precious")
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(SourceError, match="回执"):
        write_receipt(stick, "abc.txt", b"x")
    (stick / "cunkou-receipts").symlink_to(outside)
    with pytest.raises(SourceError):
        write_receipt(stick, "abc.txt", b"x")
    (stick / "cunkou-receipts").unlink()
    (stick / "cunkou-receipts").mkdir()
    (stick / "cunkou-receipts/abc.txt").symlink_to(precious)
    write_receipt(stick, "abc.txt", b"x")
    assert precious.read_bytes() == b"precious"
    assert not (stick / "cunkou-receipts/abc.txt").is_symlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_stick_is_told(tmp_path: Path) -> None:
    (tmp_path / "cunkou-receipts").mkdir(mode=0o500)
    with pytest.raises(SourceError):
        write_receipt(tmp_path, "abc.txt", b"x")
