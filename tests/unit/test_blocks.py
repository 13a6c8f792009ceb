"""Markdown → blocks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.blocks import Body, blocks_of
from content_packs.model import Callout, Heading, ListEntry, Paragraph, Picture, Span, Table

SHA = "0" * 64


def read(markdown: str, first_line: int = 1) -> Body:
    def picture(path: str, alt: str, line: int) -> Picture | None:
        return None if "missing" in path else Picture(sha256=SHA, alt=alt, width=line, height=1)

    return blocks_of(markdown, picture, first_line=first_line)


def text(words: str, *, bold: bool = False) -> tuple[Span, ...]:
    return (Span(text=words, bold=bold),)


def test_everything_that_is_read_with_its_line() -> None:
    body = read("# 甲\n\n第一段，**要紧**的话。\n\n- 乙\n  1. 丙\n  2. 丁\n\n> 说明\n\n![图上](a.png)\n\n### 尾\n", 10)
    assert body.complaints == ()
    assert body.blocks == (
        Heading(text="甲", level=1),
        Paragraph(spans=(Span(text="第一段，"), Span(text="要紧", bold=True), Span(text="的话。"))),
        ListEntry(spans=text("乙")),
        ListEntry(spans=text("丙"), marker="1.", depth=1),
        ListEntry(spans=text("丁"), marker="2.", depth=1),
        Callout(spans=text("说明")),
        Picture(sha256=SHA, alt="图上", width=20, height=1),
        Heading(text="尾", level=3),
    )
    assert body.lines == (10, 12, 14, 15, 16, 18, 20, 22)


def test_tables() -> None:
    body = read("| 缴费 | 每月 | 注 |\n|---|--:|:-:|\n| 15年 | **100** |\n| a\\|b | 2 | 3 |\n")
    assert body.blocks == (
        Table(header=("缴费", "每月", "注"), rows=(("15年", "100", ""), ("a|b", "2", "3")), align="lrc"),
    )
    assert not body.complaints


def test_a_row_that_is_too_wide_is_not_cut_in_silence() -> None:
    body = read("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |\n", 5)
    assert [(complaint.line, complaint.what) for complaint in body.complaints] == [
        (8, "表格这一行有 3 格，表头只有 2 格。")
    ]


def test_lists_keep_their_numbers_and_further_paragraphs() -> None:
    body = read("3. 甲\n\n   又一段\n4. 乙\n")
    assert [(entry.marker, entry.spans[0].text) for entry in body.blocks if isinstance(entry, ListEntry)] == [
        ("3.", "甲"),
        ("", "又一段"),
        ("4.", "乙"),
    ]


def test_quotes_become_one_box() -> None:
    body = read("> 第一\n>\n> **第二**\n>\n> - 三\n> > 四\n")
    assert body.blocks == (Callout(spans=(Span(text="第一\n"), Span(text="第二", bold=True), Span(text="\n• 三\n四"))),)


def test_languages() -> None:
    body = read("{lang=ug-Arab-CN} ياخشىمۇسىز\n\n{lang=bo-CN}\n\n{lang=?} 坏\n")
    assert body.blocks[0] == Paragraph(spans=text("ياخشىمۇسىز"), lang="ug-Arab-CN")
    assert [complaint.line for complaint in body.complaints] == [5]


def test_line_ends_join_without_a_blank_in_chinese_only() -> None:
    assert read("中文\n接着").blocks == (Paragraph(spans=text("中文接着")),)
    assert read("Wi-Fi\nname").blocks == (Paragraph(spans=text("Wi-Fi name")),)
    assert read("一行\\\n下一行").blocks == (Paragraph(spans=text("一行\n下一行")),)


def test_links_become_their_text_and_signs_survive() -> None:
    assert read("看[这里](https://x.cn)和<https://y.cn>，a&lt;b，1<2，`码`").blocks == (
        Paragraph(spans=text("看这里和https://y.cn，a<b，1<2，码")),
    )


def test_indentation_and_lines_mean_nothing() -> None:
    body = read("    四个空格\n\n\u3000\u3000全角\n\n文字\n---\n")
    assert [block.spans[0].text for block in body.blocks if isinstance(block, Paragraph)] == [
        "四个空格",
        "全角",
        "文字",
    ]


@pytest.mark.parametrize(
    ("markdown", "line", "word"),
    [
        ("好\n\n<div>坏</div>\n", 3, "HTML"),
        ("好 <b>坏</b>\n", 1, "HTML：<b>"),
        ("<!-- 注 -->\n", 1, "HTML"),
        ("| <br> |\n|---|\n", 1, "HTML"),
        ("好\n\n```\nx\n```\n", 3, "代码块"),
        ("#### 深\n", 1, "层级"),
        ("字 ![图](a.png)\n", 1, "同一段"),
        ("> ![图](a.png)\n", 1, "同一段"),
        ("| ![图](a.png) |\n|---|\n", 1, "表格里有图片"),
    ],
)
def test_complaints_name_their_line(markdown: str, line: int, word: str) -> None:
    body = read(markdown)
    assert (body.complaints[0].line, word in body.complaints[0].what) == (line, True)
    assert body.complaints[0].todo


def test_a_picture_that_is_missing_leaves_no_block() -> None:
    assert read("![x](missing.png)").blocks == ()
    assert read("").blocks == ()


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("甲乙 \n#>-*_`|[]()!<>1.&{}=a\\"), max_size=80))
def test_every_text_is_read_and_lines_match_blocks(markdown: str) -> None:
    body = read(markdown)
    assert len(body.blocks) == len(body.lines)
    last = markdown.count("\n") + 1
    assert all(1 <= line <= last for line in body.lines)
    assert all(1 <= complaint.line <= last for complaint in body.complaints)
