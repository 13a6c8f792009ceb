"""The command that gives every pack its index."""

import json
import os

import pytest

from content_packs.store import PackStore
from kiosk.chores.lines import DoneLine, FailedLine, ProgressLine, decode_line
from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.search.layout import index_folder
from tests.fakes.content import a_pack, an_item, write_content


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    """The command lowers the priority of its process; here that would be the tests' own."""
    monkeypatch.setattr("kiosk.cli.chore.step_back", lambda: None)


@pytest.fixture
def home(tmp_path):
    place = Home(tmp_path / "home")
    for name in ("cn.first", "cn.second"):
        store, info = PackStore(place.root), a_pack(name)
        with store.staging() as staged:
            content = write_content(staged / "content.db", info, [an_item(f"{name}-item")])
            store.activate(content, info, "a" * 64)
    return place


def packs_of(home):
    return [
        (pack, index_folder(home.indexes, pack.pack_id, pack.version, pack.digest))
        for pack in PackStore(home.root).installed()
    ]


def test_every_pack_gets_its_index_once(home, capfd):
    assert run(["index", "--home", str(home.root)]) == 0
    assert capfd.readouterr().out.count("建好了，1 个条目") == 2
    before = [(folder / "about.json").stat().st_ino for _, folder in packs_of(home)]
    assert run(["index", "--home", str(home.root)]) == 0
    assert capfd.readouterr().out.count("索引是好的，1 个条目") == 2
    assert [(folder / "about.json").stat().st_ino for _, folder in packs_of(home)] == before
    assert run(["index", "--anew", "--home", str(home.root)]) == 0
    assert [(folder / "about.json").stat().st_ino for _, folder in packs_of(home)] != before


def test_a_damaged_index_is_built_again_and_old_ones_are_removed(home, capfd):
    assert run(["index", "--home", str(home.root)]) == 0
    (_, first), (_, second) = packs_of(home)
    os.truncate(first / "0" / "text_pair.ids", 0)
    old = second.with_name("7-" + "b" * 16)
    old.mkdir()
    capfd.readouterr()
    assert run(["index", "--home", str(home.root)]) == 0
    told = capfd.readouterr().out.splitlines()
    assert ["建好了" in line for line in told] == [True, False]
    assert not old.exists()


def test_it_speaks_in_lines_to_programs(home, capfd):
    assert run(["index", "--json", "--home", str(home.root)]) == 0
    lines = [decode_line(line) for line in capfd.readouterr().out.encode().splitlines()]
    assert all(isinstance(line, ProgressLine) for line in lines[:-1])
    assert lines[0].phase == "测试包：读取条目"
    assert isinstance(lines[-1], DoneLine)
    assert [(pack["pack"], pack["is_new"], pack["analysed"]) for pack in lines[-1].result["packs"]] == [
        ("cn.first", True, 1),
        ("cn.second", True, 1),
    ]


def test_a_pack_that_cannot_be_indexed_keeps_no_other_from_it(home, capfd):
    (first, _), (_, second) = packs_of(home)
    first.content_db.write_bytes(b"damaged")
    assert run(["index", "--home", str(home.root)]) == 1
    told = capfd.readouterr().err
    assert "cn.first" in told
    assert "M-314" in told
    assert (second / "about.json").exists()
    assert run(["index", "--json", "--home", str(home.root)]) == 1
    shown = capfd.readouterr()
    last = decode_line(shown.out.encode().splitlines()[-1])
    assert isinstance(last, FailedLine)
    assert last.code == "M-314"
    assert "Traceback" not in shown.err


def test_a_home_without_packs_needs_no_index(tmp_path, capfd):
    assert run(["index", "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capfd.readouterr().out) == {"line": "done", "result": {"packs": []}}
