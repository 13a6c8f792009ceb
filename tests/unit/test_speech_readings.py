"""Readings in braces, the tables of words, and what the engine is given."""

import pytest

from kiosk.speech.engine_text import engine_text, syllable
from kiosk.speech.polyphones import READING, table, table_of, with_readings


@pytest.mark.parametrize(
    ("pinyin", "typed"),
    [
        ("háng", "hang2"),
        ("chū", "chu1"),
        ("zhǎng", "zhang3"),
        ("lǜ", "lv4"),
        ("nü", "nv5"),
        ("de", "de5"),
        ("ér", "er2"),
    ],
)
def test_a_tone_becomes_a_digit(pinyin, typed):
    assert syllable(pinyin) == typed


def test_the_longest_word_counts_and_the_first_line_holds():
    words = table_of(["行{xíng}", "银行{háng}", "银行{xíng}", "行{háng}业", "银行业"])
    assert with_readings("银行业、银行、行人、行业", words) == "银行业、银行{háng}、行{xíng}人、行{háng}业"


def test_a_word_with_a_reading_is_left_alone():
    words = table_of(["行{xíng}", "银行{háng}"])
    assert with_readings("银行{hang}", words) == "银行{hang}"


@pytest.mark.parametrize("name", ["polyphones.tsv", "engine.tsv"])
def test_every_line_of_a_table_is_a_word_with_readings(name):
    lines = [line for words in table(name).values() for line in words.values()]
    assert len(lines) > 100
    for line in lines:
        assert all("\u4e00" <= sign <= "\u9fff" for sign in READING.sub(r"\1", line)), line


@pytest.mark.parametrize(
    ("spoken", "given"),
    [
        ("银行{háng}卡。", "银 hang2 卡。"),
        ("行{háng}", "hang2"),
        ("服务", "服 wu4"),
        ("不是，不能，不应{yīng}当，不重{zhòng}要", "bu2 是，不能，不 ying1 当， bu2 zhong4 要"),
        ("H P V 疫苗", "H P V 疫苗"),
    ],
)
def test_what_the_engine_is_given(spoken, given):
    assert engine_text(spoken) == given
