"""The small files of a kiosk, really damaged, and what becomes of them."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from content_packs.errors import SiteError
from kiosk.backup import (
    ASIDE_DAYS,
    KEPT,
    SMALL_FILES,
    back_up,
    backed_up_at,
    backups,
    forget_set_aside,
    mend,
    restore,
    set_aside,
)
from kiosk.cli.main import run
from kiosk.clock import machine_today
from kiosk.home import Home
from kiosk.pin import PinDesk, PinError
from kiosk.search.unanswered_file import UnansweredFile
from kiosk.site import usable_settings, write_screen_settings
from kiosk.tables.read import Tables
from sync.history import Entry, History, Result

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
PIN = "407182"
QUERY = "哪里可以修锄头"


def desk(home: Home) -> PinDesk:
    return PinDesk(home.pin, seed="", now=time.monotonic)


def history(home: Home) -> History:
    return History(home.root / "sync" / "history.json")


def asked(home: Home, day: date) -> UnansweredFile:
    return UnansweredFile(home.unanswered, Tables(), lambda: day)


@pytest.fixture
def home(tmp_path):
    """A kiosk that has been in use, with every small file there is."""
    made = Home(tmp_path / "home")
    made.create()
    desk(made).set_pin(PIN)
    for day in range(3):
        asked(made, TODAY - timedelta(days=day)).note(QUERY)
    history(made).add(Entry(ended=NOW, source="县里的U盘", is_stick=True, result=Result.DONE))
    write_screen_settings(made, 'village = "云溪村"\n')
    return made


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _zeroed(data: bytes) -> bytes:
    return bytes(len(data))


def _emptied(data: bytes) -> bytes:
    return b"" if data[:1] in {b"{", b"["} else b"\0"  # an empty TOML file is a good one


def _garbled(data: bytes) -> bytes:
    return bytes(byte ^ 0x5A for byte in data)


DAMAGES = (_cut, _zeroed, _emptied, _garbled)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("small", SMALL_FILES, ids=lambda small: small.path)
def test_a_damaged_file_is_set_aside_and_its_last_copy_takes_its_place(home, small, damage):
    back_up(home, NOW)
    path = home.root / small.path
    good = path.read_bytes()
    path.write_bytes(damage(good))
    (moved,) = mend(home, TODAY)
    assert moved.title == small.title
    assert moved.is_replaced
    assert moved.path.name == f"{path.name}.damaged-2026-11-22"
    assert moved.path.read_bytes() == damage(good)
    assert mend(home, TODAY) == ()
    assert [each.path for each in set_aside(home, TODAY)] == [moved.path]


def test_what_the_files_held_is_there_again(home):
    back_up(home, NOW)
    for small in SMALL_FILES:
        (home.root / small.path).write_bytes(b"\0" * 100)
    assert len(mend(home, TODAY)) == len(SMALL_FILES)
    assert [each.text for each in asked(home, TODAY).kept()] == [QUERY]
    assert [entry.source for entry in history(home).entries()] == ["县里的U盘"]
    assert usable_settings(home)[0].village == "云溪村"


def test_damage_gives_no_new_tries_at_the_pin(home):
    back_up(home, NOW)
    home.pin.write_bytes(b"\0\0\0")
    mend(home, TODAY)
    found = desk(home)
    assert found.is_set
    assert found.seconds_left > 0
    with pytest.raises(PinError, match="试得太多"):
        found.check(PIN)


def test_without_a_backup_a_damaged_pin_is_no_pin_and_gives_no_tries(home):
    home.pin.write_bytes(b"{")
    (moved,) = mend(home, TODAY)
    assert not moved.is_replaced
    assert not desk(home).is_set
    assert desk(home).seconds_left > 0


def test_on_a_disk_that_takes_no_new_file_a_damaged_pin_stays_and_gives_no_tries(home):
    back_up(home, NOW)
    home.pin.write_bytes(b"{")
    blocker = home.pin.with_name(f".{home.pin.name}.{os.getpid()}.new")  # what is written first, before it is renamed
    blocker.mkdir()
    assert mend(home, TODAY) == set_aside(home, TODAY) == ()
    assert home.pin.read_bytes() == b"{"
    assert desk(home).seconds_left > 0
    blocker.rmdir()
    mend(home, TODAY)
    assert desk(home).is_set
    assert desk(home).seconds_left > 0


def test_a_damaged_copy_is_passed_over_for_an_older_sound_one(home):
    back_up(home, NOW)
    newer = back_up(home, NOW + timedelta(days=1))
    (newer.folder / "unanswered.json").write_bytes(b"{")
    home.unanswered.write_bytes(b"")
    (moved,) = mend(home, TODAY)
    assert moved.is_replaced
    assert [each.text for each in asked(home, TODAY).kept()] == [QUERY]


def test_what_is_damaged_is_never_backed_up(home):
    home.unanswered.write_bytes(b"{")
    made = back_up(home, NOW)
    assert not (made.folder / "unanswered.json").exists()
    assert (made.folder / "clerk" / "pin.json").read_bytes() == home.pin.read_bytes()


def test_seven_backups_are_kept_also_by_a_clock_that_jumps(home):
    days = (0, 1, 2, -9000, 3, 400, 4, 5, 6)
    made = [back_up(home, NOW + timedelta(days=day)) for day in days]
    assert backups(home) == tuple(reversed(made))[:KEPT]
    assert backed_up_at(home) == NOW + timedelta(days=6)


def test_nobody_else_on_the_machine_may_read_a_backup(home):
    made = back_up(home, NOW)
    for folder in (home.backups, made.folder, made.folder / "clerk"):
        assert folder.stat().st_mode & 0o077 == 0


def test_what_a_power_cut_left_of_a_backup_is_no_backup_and_goes_with_the_next(home):
    left = home.backups / ".000001_2026-11-21.new"
    left.mkdir(parents=True)
    (left / "unanswered.json").write_bytes(b"{")
    assert backups(home) == ()
    assert backed_up_at(home) is None
    back_up(home, NOW)
    assert not left.exists()


def test_a_disk_that_refuses_keeps_the_earlier_backups(home):
    back_up(home, NOW)
    before = backups(home)
    blocker = home.backups / ".000002_2026-11-22.new"
    blocker.write_text("in the way")
    with pytest.raises(SiteError) as refused:
        back_up(home, NOW)
    assert refused.value.telephone_code == "M-353"
    assert backups(home) == before


def test_after_a_month_what_was_set_aside_goes(home):
    home.unanswered.write_bytes(b"{")
    (moved,) = mend(home, TODAY)
    assert forget_set_aside(home, TODAY + timedelta(days=ASIDE_DAYS)) == 0
    assert set_aside(home, TODAY + timedelta(days=ASIDE_DAYS + 1)) == ()
    assert forget_set_aside(home, TODAY + timedelta(days=ASIDE_DAYS + 1)) == 1
    assert not moved.path.exists()


def test_a_file_that_breaks_every_day_fills_no_disk(home):
    for day in range(6):
        home.unanswered.write_bytes(b"{")
        mend(home, TODAY + timedelta(days=day))
    forget_set_aside(home, TODAY + timedelta(days=6))
    names = sorted(path.name for path in home.root.glob("unanswered.json.damaged-*"))
    assert names == [f"unanswered.json.damaged-2026-11-{day}" for day in (25, 26, 27)]


def test_two_on_one_day_lie_beside_each_other(home):
    for damage in (b"{", b"["):
        home.unanswered.write_bytes(damage)
        mend(home, TODAY)
    found = {path.name: path.read_bytes() for path in home.root.glob("unanswered.json.damaged-*")}
    assert found == {
        "unanswered.json.damaged-2026-11-22": b"{",
        "unanswered.json.damaged-2026-11-22-2": b"[",
    }


def test_restoring_brings_back_what_was_lost(home):
    back_up(home, NOW)
    home.unanswered.unlink()
    history(home).add(Entry(ended=NOW, source="线", is_stick=False, result=Result.FAILED))
    titles = restore(home, backups(home)[0])
    assert set(titles) == {small.title for small in SMALL_FILES}
    assert len(history(home).entries()) == 1
    assert [each.text for each in asked(home, TODAY).kept()] == [QUERY]


def test_the_command_mends_backs_up_lists_and_restores(home, capsys):
    where = ["--home", str(home.root), "--json"]
    assert run(["backup", "now", *where]) == 0
    home.unanswered.write_bytes(b"{")
    assert run(["backup", "now", *where]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    today = machine_today().isoformat()
    assert told["result"]["damaged"] == [f"unanswered.json.damaged-{today}"] if "result" in told else told
    assert run(["backup", "list", *where]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in listed] == [f"000002_{today}", f"000001_{today}"]
    home.unanswered.unlink()
    assert run(["backup", "restore", "1", *where]) == 0
    assert home.unanswered.exists()
    assert run(["backup", "restore", "99", "--home", str(home.root)]) == 1
    assert "K-034" in capsys.readouterr().err


def test_what_the_command_says_to_people_names_where_things_lie(home, capsys):
    assert run(["backup", "list", "--home", str(home.root)]) == 0
    assert capsys.readouterr().out == "还没有备份。\n"
    assert run(["backup", "now", "--home", str(home.root)]) == 0
    assert os.fspath(home.backups) in capsys.readouterr().out.replace("\n", "")
