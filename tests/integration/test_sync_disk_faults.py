"""A disk that fails for a moment while packs are brought: told in words, and no pack is blamed for it."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from content_packs.store import PackStore
from kiosk.cli.main import run
from kiosk.search.layout import PORTIONS, disown, hold
from tests.fakes.county import County
from tests.fakes.shelf import ID, a_release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {n: a_release(folder / f"v{n}", items=4, pictures=0, version=n, changed=(n - 1) * 2).release for n in (1, 2)}


@pytest.fixture
def home(home: Path, county: County, releases: dict[int, Path]) -> Path:
    """Has version 1, and version 2 is out."""
    assert call(home, county) == 0
    county.publish(releases[2])
    return home


def call(home: Path, county: County) -> int:
    return run(["sync", str(county.folder), "--home", str(home)])


class Failing:
    """Stands before a function of the system and fails it, a number of times, for paths that hold a word."""

    def __init__(self, real, word, times):
        self._real, self._word, self.left = real, word, times

    def __call__(self, path, *rest, **named):
        if self._word in str(path) and self.left:
            self.left -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return self._real(path, *rest, **named)


def test_an_index_that_cannot_be_read_back_once_is_built_again(county, home, monkeypatch):
    failing = Failing(np.load, ".building", 1)
    monkeypatch.setattr(np, "load", failing)
    assert call(home, county) == 0
    assert failing.left == 0
    assert PackStore(home).current(ID).version == 2


def test_an_index_that_can_never_be_read_back_sends_the_pack_back(county, home, monkeypatch, capsys):
    monkeypatch.setattr(np, "load", Failing(np.load, ".building", 99))
    assert call(home, county) == 1
    assert "M-317" in capsys.readouterr().out
    assert PackStore(home).current(ID).version == 1


def test_a_portion_that_cannot_be_read_back_is_told_and_built_the_next_time(county, home, monkeypatch, capsys):
    with monkeypatch.context() as broken:
        broken.setattr(Path, "open", _open_failing(".portions"))
        assert call(home, county) in {1, 5}
    assert "M-311" in "".join(capsys.readouterr())
    assert PackStore(home).current(ID).version == 2
    assert call(home, county) == 0
    assert run(["index", "--home", str(home)]) == 0
    assert "索引是好的" in capsys.readouterr().out


def test_a_folder_that_cannot_be_listed_is_told(county, home, monkeypatch, capsys):
    monkeypatch.setattr(os, "scandir", Failing(os.scandir, ID, 1))
    assert call(home, county) == 1
    assert "M-311" in capsys.readouterr().err
    assert call(home, county) == 0


def test_what_a_sync_that_was_killed_has_staged_goes_with_the_next(county, home):
    """Also where that one brings nothing new: the staged file may be as large as the pack."""
    assert call(home, county) == 0
    left = home / "packs" / ".staging" / "staged-x"
    left.mkdir()
    (left / "content.db").write_bytes(b"half")
    assert call(home, county) == 0
    assert not left.exists()


@pytest.mark.parametrize("command", ["sync", "index"])
def test_what_an_index_was_made_from_goes_though_it_was_killed_before(county, home, command):
    """A build removes it last of all; it may be as large as the pack."""
    assert call(home, county) == 0
    left = home / "index" / ID / PORTIONS
    left.mkdir()
    (left / "a portion").write_bytes(b"all of it")
    again = ["index", "--home", str(home)] if command == "index" else ["sync", str(county.folder), "--home", str(home)]
    with hold(left.parent):
        assert run(again) == 0
        assert left.exists(), "somebody builds from it"
    assert run(again) == 0
    assert not left.exists()


def test_what_was_analysed_stays_as_long_as_an_index_is_missing(county, home, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(np, "load", Failing(np.load, ".building", 99))
        assert call(home, county) == 1
    disown(next((home / "index" / ID).glob("1-*")))
    left = home / "index" / ID / PORTIONS / "a portion"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"of a build that goes on")
    with monkeypatch.context() as broken:
        broken.setattr(np, "load", Failing(np.load, ".building", 99))
        assert run(["index", "--home", str(home)]) == 1
    assert left.exists()


def _open_failing(word):
    real = Path.open

    def opened(path, mode="r", *rest, **named):
        if word in str(path) and mode == "rb":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path, mode, *rest, **named)

    return opened
