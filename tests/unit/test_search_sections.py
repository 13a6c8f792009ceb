"""Cutting items into sections."""

import pytest

from content_packs.model import Callout, Guide, Heading, ListEntry, Paragraph, Picture, Span, Table
from kiosk.search.sections import ARTICLE_CHARS, LONGEST_CHARS, TARGET_CHARS, Section, sections_of
from tests.fakes.content import an_item


def words(text):
    return Paragraph(spans=(Span(text=text),))


def test_the_first_section_begins_with_the_answer_and_the_facts_of_a_guide():
    guide = Guide(
        conditions=("年满60岁", "没领别的"), materials=("身份证",), place="村委会", fee="不收钱", proxy="村里代办"
    )
    item = an_item("x", summary="到龄就能领。", guide=guide, blocks=(words("正文一句。"),))
    (section,) = sections_of(item)
    assert section.heading == ""
    assert section.text.split("\n") == [
        "到龄就能领。",
        "要满足什么：年满60岁；没领别的",
        "要带什么：身份证",
        "去哪里办：村委会",
        "多少钱：不收钱",
        "代办：村里代办",
        "正文一句。",
    ]


def test_a_heading_begins_a_section_and_names_it():
    item = an_item(
        "x", summary="答。", blocks=(words("前言。"), Heading(text="怎么办"), words("一。"), Heading(text="要注意"))
    )
    assert sections_of(item) == (Section("", "答。\n前言。"), Section("怎么办", "一。"))


def test_an_item_without_any_text_still_has_one_section():
    assert sections_of(an_item("x", summary="", blocks=())) == (Section("", ""),)


def test_paragraphs_fill_a_section_until_it_is_long_enough():
    blocks = [words("长" * 100 + "。") for _ in range(7)]
    sections = sections_of(an_item("x", summary="", blocks=tuple(blocks)))
    assert [len(section.text) for section in sections] == [305, 305, 101]


def test_a_new_article_begins_a_section_a_little_earlier():
    first = words("第一条 " + "甲" * ARTICLE_CHARS)
    sections = sections_of(an_item("x", summary="", blocks=(first, words("第二条 乙"), words("第三条 丙"))))
    assert [section.text[:3] for section in sections] == ["第一条", "第二条"]
    assert sections[1].text == "第二条 乙\n第三条 丙"


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences():
    text = "".join(f"{'句' * 90}第{number}号。" for number in range(8))
    sections = sections_of(an_item("x", summary="", blocks=(words(text),)))
    assert "".join(section.text for section in sections).replace("\n", "") == text
    assert all(section.text.endswith("。") for section in sections)
    assert max(len(section.text) for section in sections) <= LONGEST_CHARS


def test_a_sentence_without_end_is_cut_anyway():
    sections = sections_of(an_item("x", summary="", blocks=(words("长" * 2000),)))
    assert "".join(section.text for section in sections) == "长" * 2000
    assert max(len(section.text) for section in sections) <= max(LONGEST_CHARS, TARGET_CHARS)


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (ListEntry(spans=(Span(text="带"), Span(text="身份证", bold=True)), marker="1."), "带身份证"),
        (Callout(spans=(Span(text="先打电话"),)), "先打电话"),
        (Table(header=("档", "钱"), rows=(("一", "100"), ("", "200"))), "档 钱\n一 100\n200"),
        (Picture(sha256="0" * 64, alt="社保卡正面", width=1, height=1), "社保卡正面"),
        (Picture(sha256="0" * 64, alt="", width=1, height=1), ""),
    ],
)
def test_every_kind_of_block_is_found_by_its_words(block, text):
    (section,) = sections_of(an_item("x", summary="", blocks=(block,)))
    assert section.text == text
