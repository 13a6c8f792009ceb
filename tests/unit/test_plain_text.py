"""Plain text → Markdown that reads back as the same words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.blocks import blocks_of
from content_packs.model import Heading, Table
from content_packs.plain_text import markdown_of
from content_packs.text_checks import text_of


def read_back(text: str) -> list[str]:
    body = blocks_of(markdown_of(text).markdown, lambda path, alt, line: None)
    assert body.complaints == ()
    return [text_of(block) for block in body.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "《关于修改<机动车登记规定>的决定》",
        "3. 第三",
        "3) 第三",
        "1.第一",
        "- 横线",
        "+ 加号",
        "* 星号 **粗** _斜_ 3501**********1234",
        "> 大于 <b>不是标签</b> a<b",
        "#不是标题",
        "####### 七个",
        "[方] ![图](x.png) [链](http://x.cn) <http://x.cn>",
        "`码` ```",
        "~~~",
        "---",
        "===",
        "&lt; &amp; &#60;",
        "反\\斜\\*线\\",
        "a | b",
        "{lang=ug} 甲",
        "| 甲 | 乙 |",
    ],
)
def test_words_survive(line: str) -> None:
    assert read_back(line) == [line]


def test_lines_are_paragraphs_and_headings_stay() -> None:
    body = blocks_of(
        markdown_of("## 第一章　总则\n　　第一条\n第二条\n\n#### 节 #\n").markdown, lambda path, alt, line: None
    )
    assert body.blocks[0] == Heading(text="第一章　总则", level=2)
    assert body.blocks[3] == Heading(text="节 #", level=3)
    assert [text_of(block) for block in body.blocks[1:3]] == ["第一条", "第二条"]


def test_comments_and_invisible_signs_go() -> None:
    found = markdown_of("甲\x00\x0b\n<!-- FORCE BREAK -->\n乙\tc\r\n")
    assert (found.markdown, found.comments) == ("甲\n\n乙 c\n", 1)


def test_tables_stay_tables() -> None:
    text = "前\n| 条文 |罪名 |\n|-----|:-:|\n| 第一 <二> |妨害*|\n| 三 |\n后"
    body = blocks_of(markdown_of(text).markdown, lambda path, alt, line: None)
    assert body.complaints == ()
    assert body.blocks[1] == Table(header=("条文", "罪名"), rows=(("第一 <二>", "妨害*"), ("三", "")), align="ll")
    assert len(body.blocks) == 3


@pytest.mark.parametrize(
    "text", ["| a | b |\n|---|\n| 1 |", "| a | b |\n|---|---|\n| 1 | 2 | 3 |", "a | b\nc | d", "a | b"]
)
def test_what_is_no_table_stays_words(text: str) -> None:
    assert read_back(text) == text.split("\n")


signs = st.text(alphabet=st.sampled_from("甲乙12. #>-+*_`~|[]()!<>&;={}\\lang/:"), min_size=1, max_size=30)


@settings(deadline=None)
@given(signs)
def test_any_line_reads_back(line: str) -> None:
    words = " ".join(read_back(line))
    wanted = re.sub(r"^#{1,6}[ \u3000]+(?=\S)", "", line.strip())
    assert words.split() == wanted.split() or "<!--" in line
