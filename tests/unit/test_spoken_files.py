"""Where spoken sentences lie."""

import os
import stat

import pytest

from kiosk.speech.spoken_files import SpokenFiles


@pytest.fixture
def files(tmp_path):
    return SpokenFiles(tmp_path, limit_bytes=100)


def spoken(files, text, size):
    path = files.path(text)
    path.write_bytes(b"x" * size)
    files.add(path)
    return path


def test_only_this_user_may_look_and_names_tell_nothing(files):
    path = files.path("银行卡", "normal")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.name.isascii()
    assert path != files.path("银行卡", "slow")


def test_what_a_killed_process_has_left_is_removed_and_a_living_one_kept(tmp_path):
    dead, alive, strange = (tmp_path / f"cunkou-voice-{name}" for name in ("999999999-x", f"{os.getpid()}-x", "notes"))
    for folder in (dead, alive, strange):
        folder.mkdir()
        (folder / "a.wav").touch()
    SpokenFiles(tmp_path).close()
    assert sorted(tmp_path.iterdir()) == sorted([alive, strange])


def test_without_a_folder_in_memory_the_usual_one_serves(tmp_path, monkeypatch):
    monkeypatch.setattr("kiosk.speech.spoken_files._IN_MEMORY", tmp_path / "missing")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    files = SpokenFiles()
    assert files.path("甲").parent.parent == tmp_path
    files.close()


def test_a_half_written_file_is_not_held(files):
    path = files.path("甲")
    path.write_bytes(b"half")
    assert not files.holds(path)
    files.forget()
    assert not path.exists()


def test_the_least_recently_used_goes_first(files):
    first, second = spoken(files, "甲", 40), spoken(files, "乙", 40)
    assert files.holds(first)
    third = spoken(files, "丙", 40)
    assert (files.holds(first), files.holds(second), files.holds(third)) == (True, False, True)
    assert not second.exists()
    assert files.size_bytes == 80


def test_one_that_is_too_large_stays_until_the_next(files):
    large = spoken(files, "长", 500)
    assert large.exists()
    spoken(files, "短", 10)
    assert not large.exists()


def test_nothing_of_the_last_person_stays(files):
    path = spoken(files, "甲", 40)
    files.forget()
    assert list(path.parent.iterdir()) == []
    assert not files.holds(path)
    files.close()
    assert not path.parent.exists()
