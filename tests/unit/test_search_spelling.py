"""Reading questions as they were meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.model import Synonym
from kiosk.search.dictionary import Dictionary
from kiosk.search.query import without_accents
from kiosk.search.slips import LONGEST
from kiosk.search.sounds import fold_syllable, slurred
from kiosk.search.spelling import LONGEST_READ, Speller
from kiosk.search.vocabulary import MOST, Vocabulary
from kiosk.search.wordlist import SERVICES, word_counts
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables

TABLES = Tables()
NAMES = (
    "养老金 医保 低保 宅基地 危房改造 残疾证 结婚证 离婚 失业金 工伤认定 法律援助 身份证 户口本 农机补贴 疫苗 "
    "优待证 社保卡 高龄津贴 临时救助 特困人员 砍树 贷款 居住证 退役军人 农民工工资 承包地 盖房 异地就医 改名字 报销"
).split()
OFTEN = 6
TITLES = ("医保怎么交、怎么报", "自来水浑了还能喝吗", "怎么扫码才安全")
SYNONYMS = (Synonym(colloquial="新农合", official=("城乡居民基本医疗保险",), relation="old_name"),)


def words():
    names = [*((name, True) for name in (*NAMES * OFTEN, *TITLES)), ("公司法", False)]
    return word_counts(names, SYNONYMS, ("着火了",), ("养老",))


@pytest.fixture(scope="module")
def speller():
    made = words()
    return Speller(Vocabulary(made.counts, made.things, TABLES), TABLES, LookAlikes())


def read(speller, text):
    return speller.read(without_accents(TABLES.fold(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yanglaojin", "养老金"),
        ("yang lao jin", "养老金"),
        ("yǎng lǎo jīn", "养老金"),
        ("yang3lao3jin1", "养老金"),
        ("ｙａｎｇｌａｏｊｉｎ", "养老金"),
        ("YIBAO", "医保"),
        ("lihun", "离婚"),
        ("yang老jin", "养老金"),
        ("gaoling津贴", "高龄津贴"),
        ("残ji证", "残疾证"),
        ("ylj", "养老金"),
        ("sfz丢了", "身份证丢了"),
        ("zhaohuole", "着火了"),
        ("falü yuanzhu", "法律援助"),
    ],
)
def test_letters_become_the_words_they_spell(speller, typed, meant):
    reading = read(speller, typed)
    assert (reading.text, reading.is_other, reading.is_whole) == (meant, True, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yanlaojin", "养老金"),  # an/ang
        ("sifun", ""),  # nothing sounds like it
        ("lifun", "离婚"),  # f/h
        ("zaijidi", "宅基地"),  # z/zh
        ("cengbaodi", "承包地"),  # c/ch, en/eng
        ("sebaoka", "社保卡"),  # s/sh
        ("longji butie", "农机补贴"),  # n/l
        ("canjizen", "残疾证"),
        ("tuiyijunlen", "退役军人"),  # r/l
        ("lonmingongzi", ""),
    ],
)
def test_ears_that_hear_no_difference_are_understood(speller, typed, meant):
    if meant:
        assert read(speller, typed).text == meant
    else:
        assert read(speller, typed).text not in NAMES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("养老今怎么领", "养老金怎么领"),  # the same sound
        ("低堡", "低保"),
        ("宅机地", "宅基地"),
        ("高岭津贴", "高龄津贴"),  # two words that are right by themselves
        ("惨疾证", "残疾证"),
        ("身份征", "身份证"),  # the same sound in another tone
        ("危户改造", "危房改造"),  # looks alike
        ("矢业金", "失业金"),
        ("疫笛", "疫苗"),
        ("优侍证", "优待证"),
        ("特因人员", "特困人员"),
        ("临时求助", "临时救助"),
        ("身证份", "身份证"),  # in each other's place
        ("户本口", "户口本"),
        ("残证", "残疾证"),  # left out
        ("法律助", "法律援助"),
        ("高龄津津贴", "高龄津贴"),  # too many
        ("想贷点款", "想贷款"),  # a word between verb and object
        ("想改个名字", "想改名字"),
        ("农民工工子", "农民工工资"),
    ],
)
def test_misspelt_words_are_those_they_stand_for(speller, typed, meant):
    reading = read(speller, typed)
    assert (reading.text, reading.is_other) == (meant, True)


@pytest.mark.parametrize(
    "typed",
    [
        "养老金怎么领",
        "今天天气怎么样",
        "买假种子的钱能要回来吗",
        "自来水是浑的",  # only names are misspelt: 自来水浑 is a piece of a sentence
        "怎么包饺子",
        "算命准不准",
        "12345",
        "😀",
        "",
    ],
)
def test_what_makes_sense_stays(speller, typed):
    reading = read(speller, typed)
    assert (reading.text, reading.is_other) == (typed, False)


def test_letters_that_stand_for_nothing_are_no_whole_reading(speller):
    assert not read(speller, "asdfghjkl").is_whole
    assert not read(speller, "qqq").is_whole
    assert read(speller, "nba总决赛").text == "nba总决赛"


def test_a_verb_and_its_object_may_stand_apart(speller):
    assert read(speller, "砍自家门口的树").apart == ("砍树",)
    assert read(speller, "自家的树能砍吗").apart == ("砍树",)
    assert "盖房" in read(speller, "想盖两间瓦房").apart
    assert read(speller, "砍价").apart == ()


def test_a_thing_that_villagers_ask_for_is_noticed(speller):
    assert read(speller, "养老今").has_thing
    assert not read(speller, "多少钱").has_thing
    assert not read(speller, "公司法").has_thing  # a law has its name, and villagers theirs
    assert "多少钱" in SERVICES


def test_first_letters_are_sure_where_no_other_word_begins_so(speller):
    assert speller.is_only(read(speller, "ylj"))
    assert speller.is_only(read(speller, "dbbx"))  # 低保报销: a thing and what is wanted of it
    assert not speller.is_only(read(speller, "sfzylj"))


def test_two_words_with_the_same_letters_are_not_sure():
    counts = {"居住证": 5, "假种子": 4}
    speller = Speller(Vocabulary(counts, frozenset(counts), TABLES), TABLES, LookAlikes())
    assert not speller.is_only(speller.read("jzz"))
    counts = {"居住证": 9, "假种子": 1}
    speller = Speller(Vocabulary(counts, frozenset(counts), TABLES), TABLES, LookAlikes())
    assert speller.is_only(speller.read("jzz"))


def test_a_long_story_is_left_as_it_is(speller):
    story = "养老今" * LONGEST_READ
    assert read(speller, story) == type(read(speller, story))(story, is_other=False, pieces=(story,))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_anything_can_be_read(speller, text):
    folded = TABLES.fold(text)
    reading = speller.read(without_accents(folded))
    assert reading.is_other or reading.text == without_accents(folded)


@settings(deadline=None)
@given(st.text(alphabet="yanglojibd' 养老金低保了的", max_size=30))
def test_pieces_are_all_of_what_is_meant(speller, text):
    reading = speller.read(text)
    if len(text) <= LONGEST_READ and reading.is_other:
        assert "".join(reading.pieces) == reading.text


# --- the lists behind it ------------------------------------------------------------------------------------------


def test_words_are_counted_and_things_told_apart():
    made = words()
    assert {"养老金", "新农合", "养老"} <= made.things
    assert not {"医保怎么交、怎么报", "自来水浑", "公司法"} & made.things
    assert made.counts["医保"] > made.counts["低保"]  # it stands in a title too
    assert made.counts["着火了"] > made.counts["公司法"] == 1


def test_a_vocabulary_keeps_what_is_asked_for_most():
    many = {chr(0x4E00 + number // 200) + chr(0x4E00 + number % 200): number for number in range(MOST + 100)}
    kept = Vocabulary({**many, "长" * (LONGEST + 1): 999_999, "a1": 999_999}, frozenset(), TABLES).counts
    assert len(kept) <= MOST
    assert min(kept.values()) > min(many.values())
    assert "a1" not in kept


def test_the_dictionary_knows_how_common_words_are():
    rows = Dictionary(TABLES).weights("养老金x的")
    assert [len(row) for row in rows] == [4] * 5
    assert rows[0][2] > 200  # 养老金
    assert rows[2][1] == 0  # 金x
    assert rows[4][0] > 200  # 的
    assert rows[4][1:] == [0, 0, 0]  # nothing follows
    assert Dictionary(TABLES).weights("") == []
    assert Dictionary(TABLES).weights("\U00020000")[0][0] == 0


def test_look_alikes_are_so_both_ways(tmp_path):
    known = LookAlikes()
    for one, other in ("未末", "己已", "土士", "待侍", "折拆", "困因", "伤份"):
        assert known.are_alike(one, other)
        assert known.are_alike(other, one)
    assert not known.are_alike("养", "医")
    assert not known.are_alike("养", "养")
    listed = tmp_path / "list.txt"
    listed.write_text("# remark\n=甲乙丙\n丁戊己\n", "utf-8")
    known = LookAlikes(listed)
    assert known.are_alike("乙", "丙")
    assert known.are_alike("戊", "丁")
    assert not known.are_alike("戊", "己")


def test_slurred_syllables_are_heard_as_the_right_ones():
    spelled = slurred({"hun", "long", "zhen", "ren"})
    assert {"fun", "lon", "zen", "zheng", "len"} <= spelled
    assert "hun" not in spelled
    assert fold_syllable("fun") == fold_syllable("hun")
    assert fold_syllable("lon") == fold_syllable("nong")
