"""What was found, in words: why, where it matches, what may be said about it."""

import pytest

from content_packs.model import ItemRef, Kind, Status
from kiosk.words import Hit, SearchAnswer, Snippet
from ui.found import found_rows, marked, why_found


def a_hit(**fields):
    defaults = {
        "ref": ItemRef("cn.test.pack", "T02"),
        "section": 3,
        "title": "今年医保交多少钱",
        "kind": Kind.FAQ,
        "theme": "medical",
        "keywords": ("新农合", "医保缴费"),
        "facts": (),
        "status": Status.REVIEW,
        "year": 2025,
        "badge": "",
        "snippet": Snippet(text="每年九月到十二月\n交下一年的钱。", marks=((2, 4),)),
        "score": 2.0,
    }
    return Hit(**(defaults | fields))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("医保", ""),  # stands in the title
        ("新农合", "也叫“新农合”"),
        ("农合", "也叫“新农合”"),
        ("我要交新农合", "也叫“新农合”"),
        ("yibao", "读音相同或首字母相同"),
        ("yi bao", "读音相同或首字母相同"),
        ("农村大病", "内容相近"),
        ("2025", "内容相近"),
        ("", ""),
    ],
)
def test_a_row_says_why_where_it_cannot_be_seen(query, why):
    assert why_found(query, a_hit(snippet=Snippet(text="每年交下一年的钱。"))) == why


@pytest.mark.parametrize("query", ["新农合", "yibao", "农村大病"])
def test_what_is_marked_in_the_snippet_needs_no_words(query):
    assert why_found(query, a_hit()) == ""


def test_the_same_keyword_is_named_before_a_longer_one():
    assert why_found("残联", a_hit(keywords=("县残联电话", "残联"), snippet=Snippet(text=""))) == "也叫“残联”"


def test_matches_are_bold_and_the_rest_cannot_be_markup():
    snippet = Snippet(text="a<b>养老\n金&低保", marks=((4, 8), (9, 11)))
    assert marked(snippet) == "a&lt;b&gt;<b>养老 金</b>&amp;<b>低保</b>"
    assert marked(Snippet(text="")) == ""


def test_rows_keep_the_order_and_say_everything_in_words():
    answer = SearchAnswer(query="医保", hits=(a_hit(), a_hit(ref=ItemRef("cn.test.pack", "T03"), year=None)))
    first, second = found_rows(answer)
    assert (first.pack, first.id, first.section) == ("cn.test.pack", "T02", 3)
    assert (first.kind, first.tone, first.status, first.year) == ("问答", "review", "待核实", "2025年")
    assert first.spoken == "今年医保交多少钱，每年九月到十二月 交下一年的钱。，问答，2025年，待核实"
    marked, *_ = found_rows(SearchAnswer(query="医保", hits=(a_hit(badge="未签名"),)))
    assert marked.badge == "未签名"
    assert marked.spoken.endswith("待核实，未签名")
    assert (second.id, second.year) == ("T03", "")
    assert found_rows(SearchAnswer(query="无")) == ()
