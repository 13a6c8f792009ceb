from pathlib import Path

import pytest

from content_packs.errors import SiteError
from kiosk.home import Home, find_home


def test_what_was_asked_for_comes_first(tmp_path):
    assert find_home(tmp_path / "a", {"CUNKOU_HOME": str(tmp_path / "b")}) == Home(tmp_path / "a")


def test_then_the_environment(tmp_path):
    assert find_home(None, {"CUNKOU_HOME": str(tmp_path / "b")}) == Home(tmp_path / "b")


def test_then_the_platform():
    home = find_home(None, {"CUNKOU_HOME": ""})
    assert home.root.is_absolute()
    assert home.root.name == "cunkou"


def test_a_relative_path_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_home(Path("here"), {}).root == tmp_path / "here"


def test_a_tilde_is_the_users_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_home(Path("~/k"), {}).root == tmp_path / "k"


def test_it_is_made_for_its_owner_alone(tmp_path):
    home = Home(tmp_path / "deep" / "home")
    home.create()
    home.create()
    assert home.root.stat().st_mode & 0o077 == 0
    assert all(place.is_relative_to(home.root) for place in (home.site_file, home.indexes, home.log))


def test_a_file_in_its_place_is_said_in_words(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(SiteError, match="--home"):
        Home(tmp_path / "home").create()
