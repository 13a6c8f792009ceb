import json
import subprocess
import sys
from datetime import date

import pytest

from content_packs.model import ItemRef, Paragraph, Span
from content_packs.store import PackStore
from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.machine import titles_without_index
from kiosk.search.build import index_pack
from kiosk.search.layout import index_folder
from kiosk.services import Kiosk, machine_today, open_kiosk
from kiosk.settings import Settings
from tests.fakes.content import a_pack, an_item, write_content

DAY = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def install(home, info, items):
    """Put a version into use, as an installation does."""
    store = PackStore(home.root)
    with store.staging() as folder:
        path = write_content(folder / "content.db", info, items)
        return store.activate(path, info, f"{info.version:064x}")


def titles(kiosk):
    return [card.title for card in kiosk.library.cards()]


@pytest.fixture
def kiosk(home):
    install(home, a_pack(), [an_item("one", keywords=("养老金",))])
    with Kiosk(home, Settings(village="杨树村"), today=lambda: DAY) as made:
        yield made


def test_a_new_home_is_an_empty_kiosk(home):
    with open_kiosk(home, Settings()) as kiosk:
        assert kiosk.library.cards() == ()
        assert kiosk.troubles == ()
        assert kiosk.today == machine_today()
        assert not kiosk.reload_if_changed()


def test_an_installation_by_another_process_is_noticed(kiosk, home):
    assert titles(kiosk) == ["one怎么办"]
    assert not kiosk.reload_if_changed()
    install(home, a_pack(version=2), [an_item("two")])
    assert titles(kiosk) == ["one怎么办"]
    assert kiosk.reload_if_changed()
    assert titles(kiosk) == ["two怎么办"]
    assert not kiosk.reload_if_changed()


def test_a_second_pack_and_a_roll_back_are_noticed_too(kiosk, home):
    install(home, a_pack("cn.other"), [an_item("other")])
    assert kiosk.reload_if_changed()
    assert titles(kiosk) == ["other怎么办", "one怎么办"]
    install(home, a_pack("cn.other", version=2), [an_item("newer")])
    assert kiosk.reload_if_changed()
    PackStore(home.root).roll_back("cn.other")
    assert kiosk.reload_if_changed()
    assert titles(kiosk) == ["other怎么办", "one怎么办"]


def test_who_still_reads_the_old_library_can_finish(kiosk, home):
    old = kiosk.library
    install(home, a_pack(version=2), [an_item("two")])
    install(home, a_pack(version=3), [an_item("three")])
    assert kiosk.reload_if_changed()
    assert old.dossier(ItemRef("cn.test.pack", "one")).main.item.id == "one"


def test_a_damaged_pack_is_left_out_and_the_others_are_shown(home):
    broken = install(home, a_pack("cn.broken"), [an_item("broken")])
    broken.content_db.write_bytes(b"no database at all")
    install(home, a_pack("cn.fine"), [an_item("fine")])
    with Kiosk(home, Settings(), today=lambda: DAY) as kiosk:
        assert titles(kiosk) == ["fine怎么办"]
        assert len(kiosk.troubles) == 1
        log = (home.log / "kiosk.log").read_text()
        assert "packs-opened packs=1 items=1" in log
        assert "error code=P-1" in log


def test_the_slip_names_village_pack_and_day(kiosk):
    dossier = kiosk.library.dossier(ItemRef("cn.test.pack", "one"))
    slip = kiosk.slip(dossier)
    assert slip.village == "杨树村"
    assert slip.pack == "测试包 第1版 · 未签名"
    assert slip.printed == "2026年11月22日 星期日"


def test_the_keyboard_knows_the_words_of_the_packs(kiosk, home):
    assert "养老金" in [candidate.text for candidate in kiosk.keyboard.candidates("yanglaojin")]
    before = kiosk.keyboard
    assert kiosk.keyboard is before
    install(home, a_pack(version=2), [an_item("two")])
    assert kiosk.reload_if_changed()
    assert kiosk.keyboard is not before


def found(kiosk, query):
    return [hit.ref.id for hit in kiosk.searcher.search(query).hits]


def build_index(home):
    for pack in PackStore(home.root).installed():
        index_pack(pack.content_db, index_folder(home.indexes, pack.pack_id, pack.version, pack.digest))


def test_what_is_installed_can_be_searched_and_what_is_replaced_cannot(kiosk, home):
    build_index(home)
    assert found(kiosk, "养老金") == ["one"]
    searcher = kiosk.searcher
    assert kiosk.searcher is searcher
    install(home, a_pack(version=2), [an_item("two", keywords=("残疾人",))])
    build_index(home)
    assert kiosk.reload_if_changed()
    assert found(kiosk, "残疾人") == ["two"]
    assert found(kiosk, "养老金") == []


def test_an_index_that_was_built_later_is_used_without_a_restart(kiosk, home):
    body = Paragraph(spans=(Span(text="骑电动车要戴头盔。"),))
    install(home, a_pack(version=2), [an_item("one", blocks=(body,))])
    assert kiosk.reload_if_changed()
    assert found(kiosk, "头盔") == []
    build_index(home)
    assert not kiosk.reload_if_changed()
    assert found(kiosk, "头盔") == ["one"]


def test_a_start_loads_neither_search_nor_voice_nor_keyboard(home):
    script = (
        "import sys\nfrom pathlib import Path\nfrom kiosk.home import Home\nfrom kiosk.services import open_kiosk\n"
        "from kiosk.settings import Settings\n"
        f"kiosk = open_kiosk(Home(Path({str(home.root)!r})), Settings())\nkiosk.library.themes()\n"
        "heavy = {'numpy', 'whoosh', 'miniaudio', 'qrcode', 'zxingcpp', 'PIL', 'typer', 'platformdirs'}\n"
        "print(sorted(heavy & set(sys.modules)), 'kiosk.typing.keyboard' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        == "[] False\n"
    )


def test_the_region_is_the_one_that_is_set(home):
    install(home, a_pack(), [an_item("here", regions=("35",)), an_item("there", regions=("44",))])
    with Kiosk(home, Settings(region="350122"), today=lambda: DAY) as kiosk:
        assert titles(kiosk) == ["here怎么办"]


def test_a_reader_is_set_up_as_the_settings_say(home):
    with Kiosk(home, Settings(sound="off"), today=lambda: DAY) as kiosk:
        reader = kiosk.open_reader(lambda _: None)
        try:
            assert not reader.available()
        finally:
            reader.close()


def test_a_silent_kiosk_still_reads_and_holds_recordings(home):
    recording = b"RIFF" + bytes(40)
    store, info = PackStore(home.root), a_pack()
    with store.staging() as folder:
        path = write_content(folder / "content.db", info, [an_item("one")], [("a" * 64, "audio/wav", recording)])
        store.activate(path, info, "1" * 64)
    with Kiosk(home, Settings(sound="null"), today=lambda: DAY) as kiosk:
        assert kiosk.media(info.id, "a" * 64) == recording
        reader = kiosk.open_reader(lambda _: None)
        try:
            assert reader.trouble() is None
        finally:
            reader.close()


def test_the_doctor_looks_at_the_real_machine(kiosk, home, capfd):
    (home.root / "site.toml").write_text('sound = "off"\nprinter = "none"\nscreen_inches = 21.5\n', encoding="utf-8")
    status = run(["doctor", "--home", str(home.root), "--json"])
    checks = {check["name"]: check for check in json.loads(capfd.readouterr().out)}
    assert status == int("fail" in {check["verdict"] for check in checks.values()})
    assert checks["packs"]["verdict"] == checks["screen"]["verdict"] == checks["printer"]["verdict"] == "ok"
    assert "测试包第1版（1条）" in checks["packs"]["found"]
    assert checks["search"]["found"] == "测试包没有搜索索引，只能按名字找。"
    assert run(["doctor", "--home", str(home.root)]) == status
    assert "✔ 资料包" in capfd.readouterr().out


def test_the_doctor_is_content_with_a_fresh_index(kiosk, home):
    (pack,) = PackStore(home.root).installed()
    folder = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest)
    assert titles_without_index(home) == ("测试包",)
    index_pack(pack.content_db, folder)
    assert titles_without_index(home) == ()


def test_the_doctor_exits_with_1_where_something_is_unfit(home, capfd):
    home.create()
    (home.root / "site.toml").write_text('sound = "off"\nprinter = "none"\n', encoding="utf-8")
    assert run(["doctor", "--home", str(home.root)]) == 1
    assert "cunkou install" in capfd.readouterr().out
