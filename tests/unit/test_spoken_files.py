"""Where spoken sentences lie."""

import stat

import pytest

from kiosk.speech.spoken_files import SpokenFiles


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return SpokenFiles(limit_bytes=100)


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
