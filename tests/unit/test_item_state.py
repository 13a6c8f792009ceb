"""What the item page shows after each thing that can happen."""

from datetime import date

import pytest

from content_packs.errors import PackIntegrityError
from content_packs.model import ItemRef, Kind, Paragraph, Span, Status
from kiosk.words import Dossier, Tab, TabItem, TabKind
from tests.fakes.content import an_item
from ui.models.article_model import shown_facts, shown_rows, shown_tabs
from ui.viewmodels.item_state import (
    ItemState,
    after_choosing,
    after_opening,
    after_tab,
    badge_shown,
    publisher_words,
    read_item,
    status_words,
    tab_text,
)

REF = ItemRef("cn.test.pack", "养老金")
OTHER = ItemRef("cn.test.pack", "低保")


def a_dossier(*, signed=False, **changes):
    guide = TabItem(ref=REF, item=an_item("养老金", **changes), status=Status.IN_FORCE)
    faq = TabItem(
        ref=ItemRef("cn.test.pack", "q"), item=an_item("q", Kind.FAQ, plain_title="问？"), status=Status.IN_FORCE
    )
    return Dossier(
        main=guide,
        tabs=(Tab(kind=TabKind.GUIDE, items=(guide,)), Tab(kind=TabKind.FAQ, items=(faq,))),
        initial=TabKind.GUIDE,
        pack_title="测试包",
        publisher="测试发布单位",
        signed=signed,
    )


def an_open_state(**changes):
    return after_opening(ItemState(ref=REF, title="养老金"), REF, read_item(a_dossier(**changes)))


def test_the_title_is_there_before_the_rest():
    state = ItemState(ref=REF, title="养老金")
    assert state.is_loading
    assert (state.title, state.parts, state.tabs, status_words(state), publisher_words(state)) == (
        "养老金",
        (),
        (),
        "",
        "",
    )


def test_an_item_that_was_read_is_shown_on_its_first_tab():
    state = an_open_state()
    assert not state.is_loading
    assert state.title == "养老金怎么办"
    assert state.tab is TabKind.GUIDE
    assert state.tabs == (TabKind.GUIDE, TabKind.FAQ)
    assert [part.text for part in state.parts] == ["养老金怎么办", "带上身份证到村里办。", "养老金的正文。"]
    assert state.text.rows[0].text == "养老金的正文。"
    assert state.first_part == 0


def test_an_answer_for_an_item_that_was_left_is_ignored():
    state = ItemState(ref=OTHER, title="低保")
    assert after_opening(state, REF, read_item(a_dossier())) is state


def test_an_item_that_cannot_be_read_is_said_so_in_plain_words():
    state = after_opening(ItemState(ref=REF, title="养老金"), REF, PackIntegrityError("坏了", why="sha256 of blob 7"))
    assert not state.is_loading
    assert state.trouble
    assert state.todo
    assert "sha256" not in state.trouble + state.todo


def test_another_tab_is_open_at_once_and_its_rows_follow():
    opened = an_open_state()
    chosen = after_choosing(opened, TabKind.FAQ)
    assert (chosen.tab, chosen.text.rows) == (TabKind.FAQ, ())
    text = tab_text(opened.dossier, opened.lead, TabKind.FAQ)
    shown = after_tab(chosen, REF, TabKind.FAQ, text)
    assert shown.text.rows[0].kind == "question"
    assert shown.first_part == len(opened.lead.parts) == shown.text.rows[0].part


def test_a_tab_that_is_open_or_absent_changes_nothing():
    opened = an_open_state()
    assert after_choosing(opened, TabKind.GUIDE) is opened
    assert after_choosing(opened, TabKind.ORIGINAL) is opened
    assert tab_text(opened.dossier, opened.lead, TabKind.ORIGINAL).rows == ()


def test_rows_of_a_tab_that_was_left_are_ignored():
    opened = an_open_state()
    text = tab_text(opened.dossier, opened.lead, TabKind.FAQ)
    assert after_tab(opened, REF, TabKind.FAQ, text) is opened
    chosen = after_choosing(opened, TabKind.FAQ)
    assert after_tab(chosen, OTHER, TabKind.FAQ, text) is chosen


def test_what_is_said_about_today_names_the_day_of_checking():
    assert status_words(an_open_state(verified_on=date(2026, 11, 1))) == "有效（核对于2026年11月1日）"


@pytest.mark.parametrize(("signed", "ending"), [(False, "未签名"), (True, "测试包")])
def test_who_answers_for_it_is_named_and_what_is_unsigned_says_so(signed, ending):
    words = publisher_words(an_open_state(signed=signed))
    assert words.startswith("测试发布单位")
    assert words.endswith(ending)
    assert badge_shown(an_open_state(signed=signed)) == ("" if signed else "未签名")


def test_rows_facts_and_tabs_carry_what_their_delegates_ask_for():
    state = an_open_state(blocks=(Paragraph(spans=(Span(text="先"), Span(text="<问>", bold=True))),))
    row = shown_rows(())
    assert row == ()
    shown = state.text.rows[0]
    assert shown.markup.endswith("先<b>&lt;问&gt;</b></p>")
    assert 'dir="ltr"' in shown.markup
    assert [tab.label for tab in shown_tabs(state.tabs)] == ["怎么办", "问答"]
    assert shown_facts(()) == ()
