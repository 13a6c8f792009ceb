"""An item page as rows and as parts to read: one numbering for both."""

from datetime import date

import pytest

from content_packs.model import (
    Callout,
    Guide,
    Heading,
    Item,
    ItemRef,
    Kind,
    ListEntry,
    Paragraph,
    Phone,
    Picture,
    Source,
    Span,
    Status,
    Table,
)
from kiosk.words import Dossier, ItemCard, Tab, TabItem, TabKind
from ui.article import RowKind, article_of, language_of, lead_of

PACK = "cn.test"


def _entry(item: Item, status: Status = Status.IN_FORCE) -> TabItem:
    return TabItem(ref=ItemRef(PACK, item.id), item=item, status=status)


def _dossier(main: TabItem, *tabs: Tab) -> Dossier:
    return Dossier(
        main=main, tabs=tabs, initial=TabKind.GUIDE, pack_title="测试包", publisher="测试", signed=False, successor=None
    )


def _guide(*blocks, **changes) -> Item:
    words = {
        "id": "g1",
        "kind": Kind.GUIDE,
        "title": "城乡居民基本养老保险待遇领取",
        "plain_title": "养老金怎么领",
        "summary": "年满60岁就可以领。",
        "guide": Guide(conditions=("年满60岁", "缴费满15年"), place="村委会", time="当场", fee="不收钱"),
        "phones": (Phone(number="12333"),),
        "sources": (Source(title="社会保险法", article="第十六条"),),
        "verified_on": date(2026, 11, 22),
        "blocks": blocks,
    }
    return Item(**{**words, **changes})


def _open(item: Item, *, status: Status = Status.IN_FORCE):
    entry = _entry(item, status)
    tab = Tab(kind=TabKind.GUIDE, items=(entry,))
    dossier = _dossier(entry, tab)
    lead = lead_of(dossier)
    return lead, article_of(tab, dossier, first_part=len(lead.parts))


def test_every_part_number_leads_to_the_text_that_is_shown_there():
    lead, article = _open(
        _guide(
            Heading(text="一步一步来"),
            ListEntry(spans=(Span(text="带上"), Span(text="身份证", bold=True)), marker="1."),
            Paragraph(spans=(Span(text="不会办的，请村里帮忙。"),)),
        )
    )
    parts = (*lead.parts, *article.parts)
    assert parts[0].text == "养老金怎么领"
    for fact in lead.facts:
        assert parts[fact.part].text == f"{fact.label}：{fact.text}"
    shown = [row for row in article.rows if row.part >= 0]
    assert [parts[row.part].text for row in shown] == [row.text for row in shown]
    assert len(shown) == 3


def test_the_facts_stand_in_the_order_in_which_people_ask():
    lead, _ = _open(_guide())
    assert [fact.label for fact in lead.facts] == [
        "要满足什么",
        "要带什么",
        "去哪里办",
        "多久办好",
        "多少钱",
        "打哪个电话",
    ]
    assert lead.facts[1].text == "什么都不用带"


def test_an_item_that_is_no_guide_shows_only_whom_to_call():
    lead, _ = _open(_guide(kind=Kind.NOTICE, guide=None))
    assert [fact.label for fact in lead.facts] == ["打哪个电话"]


def test_bold_becomes_markup_and_whatever_looks_like_markup_does_not():
    _, article = _open(_guide(Paragraph(spans=(Span(text="3<5 & "), Span(text="重要", bold=True)))))
    row = article.rows[0]
    assert row.text == "3<5 & 重要"
    assert row.html == "3&lt;5 &amp; <b>重要</b>"
    _, plain = _open(_guide(Paragraph(spans=(Span(text="3<5"),))))
    assert plain.rows[0].html == ""


def test_a_table_is_one_row_to_see_and_one_part_a_line_to_hear():
    _, article = _open(
        _guide(
            Table(header=("缴费", "每月"), rows=(("15年", "100元"), ("20年", "150元")), align="lr"), Heading(text="后")
        )
    )
    table, heading = article.rows[0], article.rows[1]
    assert table.cells == ("缴费", "每月", "15年", "100元", "20年", "150元")
    assert table.columns == 2
    assert [part.text for part in article.parts[:2]] == ["15年，每月100元", "20年，每月150元"]
    assert heading.part == table.part + 2


@pytest.mark.parametrize(
    ("lang", "right_to_left", "tall"),
    [("ug-Arab-CN", True, False), ("kk-Arab-CN", True, False), ("kk-Cyrl-KZ", False, False), ("bo-CN", False, True)],
)
def test_each_language_runs_its_own_way(lang, right_to_left, tall):
    _, article = _open(_guide(Paragraph(spans=(Span(text="x"),), lang=lang)))
    assert (article.rows[0].right_to_left, article.rows[0].tall) == (right_to_left, tall)
    assert article.parts[0].lang == lang


def test_pictures_are_shown_and_not_read():
    _, article = _open(_guide(Picture(sha256="a" * 64, alt="社保卡", width=800, height=400)))
    row = article.rows[0]
    assert (row.kind, row.pack, row.ratio, row.part) == (RowKind.PICTURE, PACK, 0.5, -1)
    assert article.parts == ()


def test_the_source_and_the_day_of_checking_close_the_opened_item():
    _, article = _open(_guide())
    assert [row.text for row in article.rows] == ["来源：社会保险法 第十六条", "核对于2026年11月22日"]


def test_an_expired_item_of_the_matter_says_so_above_its_text():
    """Of the opened item itself the badge below the title says it."""
    main = _entry(_guide(), Status.EXPIRED)
    other = _entry(_guide(id="g2", plain_title="老办法", valid_to=date(2025, 12, 31)), Status.EXPIRED)
    tab = Tab(kind=TabKind.GUIDE, items=(main, other))
    rows = article_of(tab, _dossier(main, tab), first_part=0).rows
    assert [row.text for row in rows if row.text.startswith("已过期")] == ["已过期（到2025年12月31日为止）"]


def test_questions_of_a_matter_stand_below_each_other_with_their_answers():
    guide = _entry(_guide())
    faqs = tuple(
        _entry(Item(id=f"q{n}", kind=Kind.FAQ, title=f"问题{n}？", summary=f"回答{n}。", sources=(Source(title="法"),)))
        for n in range(2)
    )
    tab = Tab(kind=TabKind.FAQ, items=faqs)
    article = article_of(tab, _dossier(guide, tab), first_part=8)
    assert [(row.kind, row.text, row.part) for row in article.rows] == [
        (RowKind.QUESTION, "问题0？", 8),
        (RowKind.PARAGRAPH, "回答0。", 9),
        (RowKind.QUESTION, "问题1？", 10),
        (RowKind.PARAGRAPH, "回答1。", 11),
    ]


def test_a_policy_tells_number_issuers_and_date_in_one_line():
    policy = Item(
        id="p1",
        kind=Kind.POLICY,
        title="国务院关于某事的意见",
        plain_title="某事的意见",
        doc_no="国发〔2014〕8号",
        issuers=("国务院",),
        made_on=date(2014, 2, 21),
    )
    _, article = _open(policy)
    assert [row.text for row in article.rows] == ["国务院关于某事的意见", "国发〔2014〕8号 · 国务院 · 2014年2月21日"]


def test_related_items_are_cards():
    guide = _entry(_guide())
    card = ItemCard(
        ref=ItemRef(PACK, "r1"),
        title="社保卡怎么办",
        summary="到银行办。",
        kind=Kind.GUIDE,
        status=Status.IN_FORCE,
        year=None,
        theme="",
        badge="",
    )
    tab = Tab(kind=TabKind.RELATED, cards=(card,))
    article = article_of(tab, _dossier(guide, tab), first_part=0)
    assert [(row.kind, row.text, row.card) for row in article.rows] == [(RowKind.CARD, "社保卡怎么办", card)]
    assert article.parts == ()


def test_a_recording_stands_for_its_item_and_for_nothing_else():
    recorded = _guide(Paragraph(spans=(Span(text="说。"),)), recording="b" * 64)
    lead, article = _open(recorded)
    assert {part.recording for part in (*lead.parts, *article.parts)} == {"b" * 64}
    other = _entry(Item(id="q1", kind=Kind.FAQ, title="问？", summary="答。"))
    tab = Tab(kind=TabKind.FAQ, items=(other,))
    faq = article_of(tab, _dossier(_entry(recorded), tab), first_part=0)
    assert {part.recording for part in faq.parts} == {""}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("欢迎使用村口（维吾尔文）", "zh-Hans-CN"),
        ("«字大小» كۇنۇپكا", "ug-Arab-CN"),
        ("ياخشىمۇسىز", "ug-Arab-CN"),
        ("12345", "ug-Arab-CN"),
    ],
)
def test_chinese_words_of_a_bilingual_item_are_read_and_run_as_chinese(text, lang):
    assert language_of(text, "ug-Arab-CN") == lang
    lead, _ = _open(_guide(lang="ug-Arab-CN", plain_title=text, summary="", guide=None, phones=()))
    assert lead.parts[0].lang == lang
    assert lead.right_to_left is (lang != "zh-Hans-CN")


def test_things_to_bring_that_are_sentences_are_kept_apart():
    lead, _ = _open(_guide(guide=Guide(materials=("身份证", "别的材料，先打电话问"), place="村委会")))
    assert next(fact.text for fact in lead.facts if fact.label == "要带什么") == "身份证；别的材料，先打电话问"
    lead, _ = _open(_guide(guide=Guide(materials=("身份证", "社保卡"), place="村委会")))
    assert next(fact.text for fact in lead.facts if fact.label == "要带什么") == "身份证、社保卡"


def test_facts_that_were_written_as_sentences_have_no_stop_in_their_midst():
    written = Guide(conditions=("满16岁。", "丢了，要补。", "。"), materials=("户口簿。", "旧身份证。"), place="派出所")
    lead, _ = _open(_guide(guide=written))
    said = {fact.label: fact.text for fact in lead.facts}
    assert (said["要满足什么"], said["要带什么"]) == ("满16岁；丢了，要补", "户口簿、旧身份证")


def test_whom_to_call_says_who_answers():
    lead, _ = _open(_guide(phones=(Phone(number="12333", label="人社热线"), Phone(number="12345"))))
    assert lead.facts[-1].text == "12333 人社热线；12345"


def test_a_boxed_remark_is_read_like_any_text():
    _, article = _open(_guide(Callout(spans=(Span(text="拿不准就问。"),))))
    assert (article.rows[0].kind, article.rows[0].text) == (RowKind.CALLOUT, "拿不准就问。")
    assert article.parts[0].text == "拿不准就问。"


def test_an_interpretation_beside_its_guide_begins_with_its_own_title_and_facts():
    entry = _entry(_guide(id="g2", plain_title="外地怎么领", summary="", phones=()))
    main = _entry(_guide())
    tab = Tab(kind=TabKind.GUIDE, items=(main, entry))
    rows = article_of(tab, _dossier(main, tab), first_part=0).rows
    at = next(number for number, row in enumerate(rows) if row.kind is RowKind.HEADING and row.text == "外地怎么领")
    assert rows[at + 1].text == "要满足什么：年满60岁；缴费满15年"
    assert rows[at + 1].html.startswith("<b>要满足什么：</b>")
