"""What is offered after each key: names in Chinese, pinyin, initials and mixed, marked, best first."""

import time
from datetime import date

import pytest

from content_packs.model import Kind, Synonym
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import a_pack, an_item, write_content

SYNONYMS = (
    Synonym(colloquial="老人钱", official=("高龄津贴",), relation="old_name"),
    Synonym(colloquial="卡里的钱", official=("银行存款",), relation="colloquial"),
)
ITEMS = (
    an_item("pension", title="城乡居民养老金领取", plain_title="養老金怎么领", keywords=("新农保", "养老金")),
    an_item("law", Kind.POLICY, title="养老金办法", plain_title=""),
    an_item("home", title="敬老院入住", plain_title="怎么住养老院"),
    an_item("far", title="敬老院在别处", plain_title="敬老院在别处", regions=("33",)),
    an_item("article", Kind.POLICY, title="老年人权益保障法 第三条", plain_title=""),
    an_item("article2", Kind.POLICY, title="老年人权益保障法 第四条", plain_title=""),
    an_item("asked", title="养老认证怎么做", plain_title="", keywords=("养老认证",)),
)


@pytest.fixture
def kiosk(tmp_path):
    home = Home(tmp_path / "home")
    info = a_pack(synonyms=SYNONYMS, hot=("asked",))
    store = PackStore(home.root)
    with store.staging() as folder:
        store.activate(write_content(folder / "content.db", info, ITEMS), info, "1" * 64)
    with Kiosk(home, Settings(region="11"), today=lambda: date(2026, 11, 22)) as opened:
        yield opened


@pytest.fixture
def searcher(kiosk):
    return kiosk.searcher


def texts(found):
    return [each.text for each in found]


def marked(snippet):
    return [snippet.text[start:end] for start, end in snippet.marks]


@pytest.mark.parametrize(
    "typed", ["yanglaojin", "ylj", "yang lao jin", "YangLaoJin", "yǎnglǎojīn", "yang老jin", "养laoj"]
)
def test_pinyin_initials_and_mixed_offer_the_same(searcher, typed):
    found = searcher.suggest(typed)
    assert texts(found)[0] == "养老金"
    assert {"養老金怎么领", "养老金办法", "城乡居民养老金领取"} <= set(texts(found))
    for each in found:
        assert marked(each)[0] in {"养老金", "養老金"}


@pytest.mark.parametrize("typed", ["养老金", "養老金", " 养老金 "])
def test_chinese_offers_what_goes_on_but_not_what_stands_there_already(searcher, typed):
    found = searcher.suggest(typed)
    assert "养老金" not in texts(found)
    assert texts(found)[:2] == ["養老金怎么领", "养老金办法"]
    assert all(marked(each)[0] in {"养老金", "養老金"} for each in found)


def test_each_key_narrows(searcher):
    assert "敬老院入住" in texts(searcher.suggest("lao", limit=20))
    assert "敬老院入住" in texts(searcher.suggest("laoy", limit=20))
    assert set(texts(searcher.suggest("老人"))) == {"老人钱"}
    assert texts(searcher.suggest("lrq")) == ["老人钱"]


def test_a_syllable_may_go_on(searcher):
    assert texts(searcher.suggest("ya"))
    assert "养老金" in texts(searcher.suggest("yangla"))
    assert "银行存款" in texts(searcher.suggest("yinhan"))


def test_words_of_villagers_and_of_offices_are_offered(searcher):
    assert texts(searcher.suggest("高龄")) == ["高龄津贴"]
    assert texts(searcher.suggest("kalidq")) == ["卡里的钱"]


def test_a_word_is_known_by_its_own_sound(searcher):
    """行 sounds xing more often than hang, but not in a bank."""
    assert texts(searcher.suggest("yinhang")) == ["银行存款"]


def test_names_that_begin_so_come_first_and_what_everybody_asks_before_others(searcher):
    found = texts(searcher.suggest("养老"))
    assert found[:3] == ["养老认证", "养老认证怎么做", "养老金"]
    assert found.index("養老金怎么领") < found.index("养老金办法") < found.index("怎么住养老院")
    assert texts(searcher.suggest("养老", limit=2)) == found[:2]
    assert len(set(found)) == len(found)


def test_several_words_must_all_be_there(searcher):
    (found,) = searcher.suggest("养老 怎么住")
    assert (found.text, marked(found)) == ("怎么住养老院", ["怎么住", "养老"])
    assert searcher.suggest("养老 养") == ()


def test_of_a_law_its_name_is_offered_once_and_an_article_when_its_number_is_typed(searcher):
    assert texts(searcher.suggest("老年人")) == ["老年人权益保障法"]
    assert texts(searcher.suggest("lnrqy")) == ["老年人权益保障法"]
    assert texts(searcher.suggest("保障法 第三")) == ["老年人权益保障法 第三条"]


def test_what_does_not_hold_here_is_not_offered(searcher):
    assert not any("别处" in text for text in texts(searcher.suggest("敬老院")))


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "😀", "没有这个", "zzzz", "字" * 5000, "y" * 5000, "'", "iii", "u老"]
)
def test_nothing_is_offered_for_nothing(searcher, typed):
    assert searcher.suggest(typed) == ()


def test_the_same_keys_offer_the_same_in_the_same_order(kiosk, searcher):
    first = {typed: searcher.suggest(typed) for typed in ("y", "ya", "yang", "养")}
    with Kiosk(kiosk.home, kiosk.settings, today=lambda: date(2026, 11, 22)) as again:
        assert {typed: again.searcher.suggest(typed) for typed in first} == first


def test_a_key_is_answered_at_once(searcher):
    searcher.suggest("y")
    started = time.process_time()
    for typed in ("y", "ya", "yang", "yanglao", "养", "养老"):
        searcher.suggest(typed)
    assert (time.process_time() - started) / 6 < 0.05  # below a millisecond on a quiet machine


@pytest.mark.parametrize(
    "asked", ["城乡居民养老金领取", "chengxiangjuminyanglaojinlingqu", "cxjmyljlq", "城鄉居民養老金領取"]
)
def test_a_whole_title_is_found_first_whatever_its_spelling(searcher, asked):
    assert searcher.search(asked).hits[0].ref.id == "pension"
