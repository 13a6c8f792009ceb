"""The search page's sources over packs on disk."""

import sqlite3
from datetime import date

import pytest

from content_packs.model import Kind, Region
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.library import Library, OpenPack
from kiosk.services import Kiosk
from kiosk.settings import Settings
from kiosk.words import Facets, ItemFilter
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from ui.search_sources import hot_words_of, sources_of


@pytest.fixture
def library(tmp_path):
    items = [
        an_item("T01", keywords=("养老钱", "新农保")),
        an_item("T02", keywords=("新农合",)),
        an_item("T03"),
    ]
    pack = OpenPack(write_content(tmp_path / "content.db", a_pack(hot=("T02", "T01", "T03")), items))
    yield Library([pack], region="0", today=lambda: ISSUED)
    pack.reader.close()


def test_hot_words_are_the_first_words_of_what_is_asked_most(library):
    assert hot_words_of(library) == ("新农合", "养老钱", "养老金")


def test_an_item_that_cannot_be_read_offers_no_word(library, tmp_path):
    with sqlite3.connect(tmp_path / "content.db") as disk:
        disk.execute("UPDATE bodies SET item = 'rotten' WHERE n = (SELECT n FROM items WHERE id = 'T02')")
    disk.close()
    assert hot_words_of(library) == ("养老钱", "养老金")


def test_an_empty_kiosk_still_types_and_says_that_it_has_nothing(tmp_path):
    with Kiosk(Home(tmp_path), Settings(), today=lambda: date(2026, 11, 22)) as kiosk:
        sources = sources_of(kiosk)
        assert sources.candidates("yanglaojin")[0].text == "养老金"
        answer = sources.find("养老金", ItemFilter())
        assert (answer.query, answer.hits, answer.phone) == ("养老金", (), "12345")
        assert (sources.hot_words(), sources.themes(), sources.year()) == ((), (), 2026)
        assert sources.titles() == {"0": "全国"}
        assert sources.choices(answer) == Facets()
        assert sources.suggest("ylj") == ()
        sources.forget()


def test_what_is_typed_is_suggested_found_narrowed_counted_and_forgotten(tmp_path):
    home = Home(tmp_path)
    home.create()
    items = [an_item("T01", plain_title="养老金怎么领", keywords=("养老金",), regions=("0",)), an_item("T02", Kind.FAQ)]
    info = a_pack(region_names=(Region(code="33", name="浙江"),))
    store = PackStore(home.root)
    with store.staging() as folder:
        store.activate(write_content(folder / "content.db", info, items), info, "1" * 64)
    with Kiosk(home, Settings(), today=lambda: ISSUED) as kiosk:
        sources = sources_of(kiosk)
        assert [each.text for each in sources.suggest("yang老")] == ["养老金", "养老金怎么领"]
        answer = sources.find("养老金", ItemFilter())
        assert answer.hits[0].ref.id == "T01"
        assert sources.choices(answer).kinds[0] == (Kind.GUIDE, 1)
        assert sources.find("养老金", ItemFilter(kind=Kind.NOTICE)).hits == ()
        assert sources.find("养老金", ItemFilter(region="0")).hits
        assert sources.titles()["33"] == "浙江"
        sources.candidates("yanglaojin")
        assert kiosk.keyboard._known
        sources.forget()
        assert not kiosk.keyboard._known
        sources.note("种人参")
        assert home.unanswered.exists()


def test_a_disk_that_cannot_be_written_loses_the_count_and_nothing_else(tmp_path):
    with Kiosk(Home(tmp_path), Settings(), today=lambda: ISSUED) as kiosk:
        kiosk.home.unanswered.mkdir()
        sources_of(kiosk).note("种人参")
