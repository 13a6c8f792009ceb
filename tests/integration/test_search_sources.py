"""The search page's sources over packs on disk."""

import sqlite3
from datetime import date

import pytest

from kiosk.home import Home
from kiosk.library import Library, OpenPack
from kiosk.services import Kiosk
from kiosk.settings import Settings
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
        answer = sources.find("养老金")
        assert (answer.query, answer.hits, answer.phone) == ("养老金", (), "12345")
        assert (sources.hot_words(), sources.themes(), sources.year()) == ((), (), 2026)
        assert list(sources.words()) == []
