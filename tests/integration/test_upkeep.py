"""What the clerk is told about what is installed, read from real packs."""

from datetime import UTC, datetime

import pytest

from content_packs.origin import UNSIGNED
from content_packs.store import PackStore
from kiosk import upkeep
from kiosk.backup import mend
from kiosk.clock import machine_today
from kiosk.home import Home
from kiosk.labels import pack_words
from kiosk.removal import remove_pack
from kiosk.site import keep_good_copies
from kiosk.upkeep import HISTORY_SHOWN, last_success_of, note_checked, region_words, upkeep_of
from sync import run
from sync.history import Entry, History, Result
from sync.look import present_pack
from tests.fakes.content import a_pack, an_item, write_content

WHEN = datetime(2026, 11, 22, 2, 14, tzinfo=UTC)


def installed(tmp_path, *versions):
    home = Home(tmp_path)
    home.create()
    store = PackStore(home.root)
    for version in versions:
        info = a_pack(version=version)
        with store.staging() as staged:
            store.activate(write_content(staged / "content.db", info, [an_item("a")]), info, f"{version:064x}")
    return home


def test_versions_come_with_the_way_back(tmp_path):
    home = installed(tmp_path, 1, 2)
    (pack,) = upkeep_of(home).packs
    assert (pack.version, pack.previous, pack.items, pack.origin) == (2, 1, 1, UNSIGNED)
    assert pack.is_removable
    PackStore(home.root).roll_back(pack.pack_id)
    (back,) = upkeep_of(home).packs
    assert (back.version, back.previous, back.title) == (1, 2, pack.title)


def test_a_pack_that_cannot_be_read_is_named_all_the_same(tmp_path):
    home = installed(tmp_path, 1)
    (pack,) = PackStore(home.root).installed()
    pack.content_db.chmod(0o600)
    pack.content_db.write_bytes(b"nothing")
    (found,) = upkeep_of(home).packs
    assert (found.title, found.version, found.items) == (pack.pack_id, 1, 0)


def test_the_latest_syncs_and_the_last_check_are_told(tmp_path):
    home = installed(tmp_path)
    history = History(home.root / "sync" / "history.json")
    for number in range(HISTORY_SHOWN + 5):
        history.add(Entry(ended=WHEN, source=str(number), is_stick=True, result=Result.DONE))
    assert upkeep_of(home).checked is None
    note_checked(home, WHEN)
    found = upkeep_of(home)
    assert [entry.source for entry in found.history[:2]] == ["24", "23"]
    assert len(found.history) == HISTORY_SHOWN
    assert found.checked == WHEN
    assert found.free_bytes > 0


def test_the_folder_of_syncs_is_the_one_that_syncs_use():
    assert upkeep._SYNC_FOLDER == run.FOLDER


def test_on_a_good_day_the_clerk_is_told_of_nothing(tmp_path):
    home = Home(tmp_path)
    home.create()
    assert upkeep_of(home).notices == ()


def test_settings_that_broke_and_files_that_were_damaged_are_told_first(tmp_path):
    home = Home(tmp_path)
    home.create()
    home.site_file.write_text('village = "云溪村"\n', encoding="utf-8")
    keep_good_copies(home)
    home.site_file.unlink()
    home.unanswered.write_bytes(b"{")
    mend(home, machine_today())
    settings, damaged = upkeep_of(home).notices
    assert "site.toml" in settings
    assert "M-322" in settings
    assert "没有答案的问题坏了" in damaged


def test_only_a_sync_that_came_to_an_end_counts_as_the_last_one(tmp_path):
    home = Home(tmp_path)
    history = History(tmp_path / "sync" / "history.json")
    assert last_success_of(home) is None
    for day, result in ((20, Result.DONE), (21, Result.NOTHING_NEW), (22, Result.FAILED)):
        ended = datetime(2026, 11, day, tzinfo=UTC)
        history.add(Entry(ended=ended, source="U盘", is_stick=True, result=result))
    assert last_success_of(home) == datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", ""),
        ("0", "全国"),
        ("35", "福建省"),
        ("350122", "福建省福州市连江县"),
        ("350122105", "福建省福州市连江县地区350122105"),
        ("359999", "福建省地区359999"),
        ("99", "地区99"),
    ],
)
def test_a_region_is_called_by_its_name_as_far_as_the_program_knows_it(code, words):
    assert region_words(code) == words


def test_a_pack_cannot_put_a_line_of_its_own_between_its_name_and_who_signed_it(tmp_path):
    home = Home(tmp_path)
    home.create()
    store = PackStore(home.root)
    info = a_pack(title="养老\n第9版 · 随程序\u202e\x1b[2J", publisher="国务院\n随程序")
    with store.staging() as staged:
        store.activate(write_content(staged / "content.db", info, [an_item("a")]), info, "1" * 64)
    (pack,) = upkeep_of(home).packs
    assert (pack.title, pack.publisher) == ("养老 第9版 · 随程序\ufffd\ufffd[2J", "国务院 随程序")
    assert present_pack(store.current(pack.pack_id), is_damaged=False).title == pack.title
    assert remove_pack(home, pack.pack_id).title == pack.title
    assert pack_words(info.title, 1, signed=False) == f"{pack.title} 第1版 · 未签名"
