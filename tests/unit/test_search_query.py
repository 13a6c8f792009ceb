"""Understanding a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.model import Synonym
from kiosk.search.query import LONGEST_CHARS, Meaning, SynonymTable, clean, meant, understand

SYNONYMS = (
    Synonym(colloquial="新农合", official=("城乡居民基本医疗保险",), relation="old_name"),
    Synonym(colloquial="农合", official=("城乡居民基本医疗保险",), relation="old_name"),
    Synonym(colloquial="盖房", official=("宅基地审批", "农村村民住宅建设")),
    Synonym(colloquial="盖房", official=("后来的",)),
)
TABLE = SynonymTable(SYNONYMS, [synonym.colloquial for synonym in SYNONYMS])


def ask(text):
    return understand(text, TABLE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  养老金\t怎么领 \n", "养老金 怎么领"),
        ("\u200b\ufeff", ""),
        ("\x00\x1b[31m养老\x7f金", "[31m养老 金"),
        ("长" * 5000, "长" * LONGEST_CHARS),
        ("", ""),
    ],
)
def test_input_is_cleaned(typed, kept):
    assert clean(typed) == kept


@given(st.text(max_size=300))
def test_anything_can_be_asked(typed):
    question = ask(clean(typed))
    assert len(question.text) <= LONGEST_CHARS
    assert question.is_blank == (not clean(typed))


@pytest.mark.parametrize(
    ("text", "content"),
    [("养老金怎么领", "养老金 领"), ("怎么办", " "), ("我家的地能不能收回去", " 地 收回去"), ("低保", "低保")],
)
def test_words_of_asking_prove_nothing(text, content):
    assert ask(text).content.split() == content.split()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("yanglaojin", "yanglaojin"),
        ("yang lao jin", "yang lao jin"),
        ("yǎng lǎo jīn", "yang lao jin"),
        ("yang3lao3jin1", "yanglaojin"),
        ("nǚ xing", "nv xing"),
        ("xi'an", "xi'an"),
        ("xi’an", "xi'an"),
        ("yang老jin", ""),
        ("12345", ""),
        ("app2024", ""),
        ("'", ""),
        ("ئۇيغۇر", ""),
    ],
)
def test_pinyin_is_recognised(text, letters):
    assert ask(text).letters == letters


@pytest.mark.parametrize(
    ("text", "numbers", "alone"),
    [
        ("国发〔2014〕8号", ["国发2014-8"], True),
        ("国务院令第804号", ["国务院令-804"], True),
        ("47号", ["-47"], True),
        ("2017年47号", ["2017-47"], True),
        ("国发(2014)8号是什么文件", ["国发2014-8"], True),
        ("想看国务院令第804号", ["想看国务院令-804", "国务院令-804"], True),
        ("请问国务院令第804号说了啥", ["国务院令-804"], True),
        ("国发(2014)8号的养老金", ["国发2014-8"], False),
        ("养老金2014年8月", [], False),
        ("第十四条", [], False),
    ],
)
def test_a_document_number_is_seen_alone_and_inside(text, numbers, alone):
    question = ask(text)
    assert [number for number in question.numbers if number in numbers] == numbers
    assert bool(question.numbers) == bool(numbers)
    assert question.is_number == alone


def test_the_longest_word_is_understood_and_packs_add_to_each_other():
    assert ask("新农合和盖房").meanings == (
        Meaning("新农合", ("城乡居民基本医疗保险",), "old_name"),
        Meaning("盖房", ("宅基地审批", "农村村民住宅建设", "后来的"), "colloquial"),
    )


def test_only_a_name_that_has_changed_is_explained():
    assert meant(ask("新农合怎么交")) == "城乡居民基本医疗保险（原新农合）"
    assert meant(ask("盖房")) == ""
    assert meant(ask("养老金")) == ""


@pytest.mark.parametrize(
    ("words", "explained"),
    [
        (("交警", "大队"), False),
        (("我们", "大队", "的", "账"), True),
        (("申请", "大队", "证明"), True),
        (("原", "大队"), True),
        (("大队",), True),
    ],
)
def test_an_old_name_of_two_characters_is_not_the_end_of_another_name(words, explained):
    table = SynonymTable([Synonym(colloquial="大队", official=("村民委员会",), relation="old_name")], ["大队"])
    question = understand("".join(words), table, words)
    assert bool(meant(question)) is explained
    assert bool(question.meanings) is explained


@pytest.mark.parametrize(
    ("words", "is_meant"),
    [
        (("洗发水",), False),
        (("多", "发", "水果"), False),
        (("河", "里", "发", "水"), True),
        (("发水", "了"), True),
        ((), True),
    ],
)
def test_a_short_word_across_others_is_none(words, is_meant):
    table = SynonymTable([Synonym(colloquial="发水", official=("防汛",))], ["发水"])
    assert bool(understand("".join(words) or "洗发水", table, words).meanings) is is_meant


def test_without_synonyms_nothing_is_inferred():
    assert understand("新农合", SynonymTable((), ())).meanings == ()
    assert dict(TABLE.words)["盖房"].official[0] == "宅基地审批"


def test_a_question_says_whether_it_holds_chinese():
    assert ask("养a").has_han
    assert not ask("abc").has_han
