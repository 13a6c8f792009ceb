"""One folder takes the place of another; what stood there is found aside."""

import ctypes

import pytest

from kiosk.search.exchange import put_into_place


@pytest.fixture
def folders(tmp_path):
    for name in ("aside", "target"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "inside").write_text(name)
    return tmp_path / "aside", tmp_path / "target"


def test_where_nothing_stood(tmp_path):
    (tmp_path / "aside").mkdir()
    put_into_place(tmp_path / "aside", tmp_path / "target")
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


class NoExchange:
    """A system that is too old."""

    def __init__(self, *args, **options):
        self.asked = True


class RefusedExchange:
    """A volume that cannot."""

    def __init__(self, *args, **options):
        self.renameat2 = lambda *names: -1


@pytest.mark.parametrize("system", [ctypes.CDLL, NoExchange, RefusedExchange])
def test_both_are_there_afterwards(folders, monkeypatch, system):
    monkeypatch.setattr(ctypes, "CDLL", system)
    aside, target = folders
    put_into_place(aside, target)
    assert (target / "inside").read_text() == "aside"
    assert (aside / "inside").read_text() == "target"
    assert sorted(path.name for path in aside.parent.iterdir()) == ["aside", "target"]
