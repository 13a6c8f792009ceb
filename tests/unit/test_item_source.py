"""One item's file → an item, or every finding with its line."""

from datetime import date

import pytest

from content_packs.findings import Finding
from content_packs.item_source import read_item
from content_packs.model import Item, Kind, LifeStage, PackInfo, Paragraph, Picture, Rel, Relation, Span
from content_packs.source_words import LoadedItem

INFO = PackInfo(
    id="cn.t", version=1, title="包", publisher="某", issued_on=date(2026, 1, 1), lang="bo-CN", regions=("35",)
)
HEAD = "id: a-1\nkind: guide\ntitle: 题\nverified_on: 2026-11-22\n"


def read(front: str, body: str = "正文") -> tuple[LoadedItem | None, tuple[Finding, ...]]:
    def picture(path: str, alt: str, line: int) -> Picture:
        return Picture(sha256="1" * 64, alt=alt, width=1, height=1)

    return read_item(
        f"---\n{front}---\n{body}\n",
        "items/a.md",
        INFO,
        picture=picture,
        recording=lambda path, line: f"{line}-{path}",
    )


def item(front: str, body: str = "正文") -> Item:
    loaded, findings = read(front, body)
    assert findings == ()
    assert loaded
    return loaded.item


def test_a_full_item() -> None:
    found = item(
        HEAD + "life_stages: [elder]\nvaries_by_region: true\nmade_on: 2014-02-21\n"
        "relations:\n  guide_for: [p-1, p-2]\n  related: [x-1]\nrecording: recordings/a.mp3\n"
        "guide: {materials: [], fee: 不收钱}\nregions: ['350122']\nlang: zh-Hans-CN\n"
    )
    assert found.kind is Kind.GUIDE
    assert found.made_on == date(2014, 2, 21)
    assert found.life_stages == (LifeStage.ELDER,)
    assert found.varies_by_region is True
    assert found.relations == (
        Relation(rel=Rel.GUIDE_FOR, to="p-1"),
        Relation(rel=Rel.GUIDE_FOR, to="p-2"),
        Relation(rel=Rel.RELATED, to="x-1"),
    )
    assert found.recording == "12-recordings/a.mp3"
    assert found.guide
    assert found.guide.materials == ()
    assert found.regions == ("350122",)
    assert found.lang == "zh-Hans-CN"
    assert found.blocks == (Paragraph(spans=(Span(text="正文"),)),)


def test_language_and_regions_come_from_the_pack() -> None:
    found = item(HEAD)
    assert (found.lang, found.regions) == ("bo-CN", ("35",))


@pytest.mark.parametrize(
    ("line", "field", "what"),
    [
        ("colour: red\n", "colour", "没有 colour 这个字段"),
        ("guide: {prices: 1}\n", "guide.prices", "没有 guide.prices 这个字段"),
        ("made_on: 2014-02-30\n", "made_on", "made_on 不是日期"),
        ("made_on: 二〇一四年\n", "made_on", "made_on 不是日期"),
        ("keywords: 养老\n", "keywords", "keywords 的类型不对"),
        ("varies_by_region: 是\n", "varies_by_region", "varies_by_region 的类型不对"),
        ("life_stages: [old]\n", "life_stages[0]", "life_stages[0] 的值 'old' 不认识"),
        ("regions: ['123']\n", "regions[0]", "regions[0] 的写法不对"),
        ("phones: [{number: 打电话}]\n", "phones[0].number", "phones[0].number 的写法不对"),
        ("sources: [{url: x}]\n", "sources[0].title", "缺少 sources[0].title"),
        (f"plain_title: {'长' * 25}\n", "plain_title", "plain_title 太长"),
        ("relations: {likes: [a-2]}\n", "relations", "不认识"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_line(line: str, field: str, what: str) -> None:
    loaded, findings = read(HEAD + line)
    assert loaded, "the rest of the item can still be checked"
    (finding,) = findings
    assert finding.field.startswith(field) or field in finding.what
    assert what in finding.what
    assert (finding.file, finding.line, finding.item) == ("items/a.md", 6, "a-1")
    assert finding.todo


@pytest.mark.parametrize(
    ("front", "line", "what"),
    [
        ("kind: guide\ntitle: 题\nverified_on: 2026-11-22\n", 1, "缺少 id"),
        (HEAD.replace("a-1", "'-'"), 2, "id 的写法不对"),
        (HEAD.replace("guide", "poem"), 3, "kind 的值 'poem' 不认识"),
        (HEAD.replace("题", "题" * 121), 4, "title 太长"),
        (HEAD.replace("题", "''"), 4, "title 是空的"),
        (HEAD.replace("2026-11-22", "soon"), 5, "verified_on 不是日期"),
        ("a\n", 2, "名字: 值"),
    ],
)
def test_without_the_required_fields_there_is_no_item(front: str, line: int, what: str) -> None:
    loaded, findings = read(front)
    assert loaded is None
    assert (findings[-1].line, what in findings[-1].what) == (line, True)


def test_every_wrong_field_is_named() -> None:
    _, findings = read(HEAD + "colour: red\nsize: 3\nmade_on: x\n")
    assert [finding.line for finding in findings] == [6, 7, 8]


def test_complaints_about_the_body_carry_the_item() -> None:
    loaded, findings = read(HEAD, "好\n\n<b>坏</b>")
    assert loaded
    assert [(finding.item, finding.line) for finding in findings] == [("a-1", 9), ("a-1", 9)]
