"""Where a text is cut for reading aloud."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.sentences import LONGEST_CHARS, sentence_spans


def cut(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n　\n", []),
        ("到村委会办理", ["到村委会办理"]),
        ("带身份证。带户口簿！行吗？行；好", ["带身份证。", "带户口簿！", "行吗？", "行；", "好"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("（详见第三条。）另外", ["（详见第三条。）", "另外"]),
        ("真的？！是的……对", ["真的？！", "是的……", "对"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("  前后有空格。  再来 ", ["前后有空格。", "再来"]),
        ("2.5亩，8:30，1,250元", ["2.5亩，8:30，1,250元"]),
        ("看 https://a.gov.cn/x?y=1;z 就行；好", ["看 https://a.gov.cn/x?y=1;z 就行；", "好"]),
    ],
)
def test_a_text_is_cut_at_its_full_stops(text, parts):
    assert cut(text) == parts


def test_a_long_sentence_is_cut_at_a_comma_near_its_middle():
    left, right = "身份证和户口簿都要带原件，" * 3, "到户籍所在地的村委会办理，" * 3
    assert cut(left + right) == [left, right]


def test_a_comma_far_from_the_middle_is_passed_over_for_an_enumeration_near_it():
    text = "说明，" + "甲" * 35 + "、" + "乙" * 40
    assert cut(text) == ["说明，" + "甲" * 35 + "、", "乙" * 40]


def test_without_a_comma_it_is_cut_in_the_middle_but_never_inside_a_number_or_word():
    text = "甲" * 38 + "12345678901" + "乙" * 38
    parts = cut(text)
    assert "".join(parts) == text
    assert any("12345678901" in part for part in parts)
    assert max(map(len, parts)) <= LONGEST_CHARS


def test_a_time_and_an_address_are_never_cut():
    address = "https://" + "a" * 90 + ".gov.cn"
    assert cut(address) == [address]
    text = "甲" * 36 + "8：30" + "乙" * 40
    assert any("8：30" in part for part in cut(text))


@given(st.text(alphabet="村民办事，。；：！”）、1aA \n", max_size=300))
def test_spans_are_ordered_and_leave_out_nothing_but_blanks(text):
    spans = sentence_spans(text)
    assert all(start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).split() == "".join(cut(text)).split()
    lit = {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in lit)
