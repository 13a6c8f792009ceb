"""What is offered after each key: names in Chinese, pinyin and initials, marked, best first, quickly."""

import time
from datetime import date

import pytest

from content_packs.model import Kind, Synonym
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.search.build import index_pack
from kiosk.search.layout import index_folder
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import a_pack, an_item, write_content

SYNONYMS = (Synonym(colloquial="老人钱", official=("高龄津贴",), relation="old_name"),)
ITEMS = (
    an_item("pension", title="城乡居民养老金领取", plain_title="養老金怎么领", keywords=("新农保", "养老金")),
    an_item("law", Kind.POLICY, title="养老金办法", plain_title=""),
    an_item("home", title="敬老院入住", plain_title="怎么住养老院"),
)


@pytest.fixture(params=[True, False], ids=["indexed", "rows"])
def searcher(request, tmp_path):
    home = Home(tmp_path / "home")
    info = a_pack(synonyms=SYNONYMS)
    store = PackStore(home.root)
    with store.staging() as folder:
        pack = store.activate(write_content(folder / "content.db", info, ITEMS), info, "1" * 64)
    if request.param:
        index_pack(pack.content_db, index_folder(home.indexes, pack.pack_id, pack.version, pack.digest))
    with Kiosk(home, Settings(), today=lambda: date(2026, 11, 22)) as kiosk:
        yield kiosk.searcher


def texts(found):
    return [each.text for each in found]


@pytest.mark.parametrize("typed", ["养老金", "yanglaojin", "ylj", "yang lao jin", "養老金"])
def test_chinese_pinyin_and_initials_offer_the_same(searcher, typed):
    found = searcher.suggest(typed)
    assert texts(found)[0] == "养老金"
    assert {"養老金怎么领", "养老金办法", "城乡居民养老金领取"} <= set(texts(found))
    for each in found:
        ((start, end),) = each.marks
        assert each.text[start:end] in {"养老金", "養老金"}


def test_each_key_narrows(searcher):
    assert "敬老院入住" in texts(searcher.suggest("lao"))
    assert texts(searcher.suggest("laoy")) == texts(searcher.suggest("老院"))
    assert texts(searcher.suggest("老人")) == ["老人钱"]
    assert texts(searcher.suggest("lrq")) == ["老人钱"]


def test_names_that_begin_so_come_before_others_and_guides_before_laws(searcher):
    found = texts(searcher.suggest("养老金"))
    assert found.index("養老金怎么领") < found.index("养老金办法") < found.index("城乡居民养老金领取")
    assert len(searcher.suggest("养老金", limit=2)) == 2
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("typed", ["", " ", "\x00", "😀", "没有这个", "zzzz", "字" * 5000, "'"])
def test_nothing_is_offered_for_nothing(searcher, typed):
    assert searcher.suggest(typed) == ()


def test_a_key_is_answered_at_once(searcher):
    searcher.suggest("y")
    started = time.perf_counter()
    for typed in ("y", "ya", "yang", "yanglao", "养", "养老"):
        searcher.suggest(typed)
    assert (time.perf_counter() - started) / 6 < 0.1  # below a millisecond on a quiet machine


@pytest.mark.parametrize(
    "asked",
    ["城乡居民养老金领曲", "称香居民养老金领取", "chengxiangjuminyanglaojinlingqu", "cxjmyljlq", "城鄉居民養老金領取"],
)
def test_a_whole_title_is_found_first_whatever_its_spelling(searcher, asked):
    hits = searcher.search(asked).hits
    assert hits[0].ref.id == "pension"


def test_a_keyword_is_no_title(searcher):
    """What is only a keyword stays in the order of the scores."""
    assert {hit.ref.id for hit in searcher.search("养老金").hits} >= {"pension", "law"}
