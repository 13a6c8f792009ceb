"""What was not found, on the disk and at the command line."""

import json
import stat
from datetime import date, timedelta

import pytest

from content_packs.store import PackStore
from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED, a_pack, an_item, write_content

ASKED = "挖塘养虾"


class Village:
    """A kiosk and its calendar."""

    def __init__(self, root):
        self.home = Home(root)
        self.day = ISSUED
        self.kiosk = Kiosk(self.home, Settings(), today=lambda: self.day)

    def asks(self, query, *days):
        for day in days:
            self.day = ISSUED + timedelta(days=day)
            self.kiosk.unanswered.note(query)


@pytest.fixture
def village(tmp_path):
    Home(tmp_path / "home").create()
    store = PackStore(tmp_path / "home")
    with store.staging() as folder:
        store.activate(write_content(folder / "content.db", a_pack(), [an_item("one")]), a_pack(), "1" * 64)
    made = Village(tmp_path / "home")
    yield made
    made.kiosk.close()


def test_three_days_make_words_of_it(village):
    village.asks(f" {ASKED}？", 0, 0, 1)
    assert village.kiosk.unanswered.kept() == ()
    assert ASKED not in village.home.unanswered.read_text()
    village.asks("挖塘養蝦", 4)  # the same in traditional characters
    (kept,) = village.kiosk.unanswered.kept()
    assert (kept.text, kept.days, kept.last_on) == (ASKED, 3, ISSUED + timedelta(days=4))


def test_what_may_not_be_kept_makes_no_file(village):
    village.asks("我叫张三电话13800138000", 0, 1, 2, 3)
    assert not village.home.unanswered.exists()


def test_the_file_is_for_this_home_only_and_replaced_as_a_whole(village):
    village.asks(ASKED, 0)
    assert not stat.S_IMODE(village.home.root.stat().st_mode) & 0o077
    assert [path.name for path in village.home.root.glob("*unanswered*")] == ["unanswered.json"]


def test_what_is_old_is_gone_from_the_disk_after_tidying(village):
    village.asks(ASKED, 0, 1, 2)
    village.day = ISSUED + timedelta(days=93)
    assert village.kiosk.unanswered.kept() == ()
    assert ASKED in village.home.unanswered.read_text()
    village.kiosk.unanswered.tidy()
    assert ASKED not in village.home.unanswered.read_text()


def test_a_dead_clock_never_makes_words_of_it(village):
    for day in range(5):
        village.day = date(1970, 1, 1) + timedelta(days=day)
        village.kiosk.unanswered.note(ASKED)
    assert village.kiosk.unanswered.kept() == ()


@pytest.mark.parametrize(
    "rubbish", [b"", b"{", b'{"kept": 5}', b"\xff\x00", b'{"kept":[{"text":"\xff"}]}', b'{"a":' + b"[" * 200_000]
)
def test_a_damaged_file_is_begun_anew(village, rubbish):
    village.home.unanswered.write_bytes(rubbish)
    village.asks(ASKED, 0, 1, 2)
    assert [each.text for each in village.kiosk.unanswered.kept()] == [ASKED]


def test_the_command_lists_and_forgets(village, capsys, monkeypatch):
    monkeypatch.setattr("kiosk.services.machine_today", lambda: ISSUED + timedelta(days=3))
    home = ["--home", str(village.home.root)]
    assert run(["unanswered", *home]) == 0
    assert "没有" in capsys.readouterr().out
    village.asks(ASKED, 0, 1, 2)
    village.asks("种人参", 0, 1, 2, 3)
    assert run(["unanswered", *home]) == 0
    assert "2026年11月25日" in capsys.readouterr().out
    assert run(["unanswered", *home, "--json", "--forget"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["text"], each["days"]) for each in listed] == [("种人参", 4), (ASKED, 3)]
    assert not village.home.unanswered.exists()
