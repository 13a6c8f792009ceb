"""One collected document → one item."""

from datetime import date
from typing import Any

import pytest

from content_packs.findings import Finding
from content_packs.import_record import NOT_WRITTEN, Record, item_file, kind_of, record_of, theme_id
from content_packs.item_source import read_item
from content_packs.model import Item, Kind, PackInfo
from content_packs.text_checks import text_of

DAY = date(2026, 11, 22)
INFO = PackInfo(id="cn.t", version=1, title="包", publisher="某", issued_on=DAY)


def item(**fields: Any) -> tuple[Item, tuple[str, ...]]:
    record = Record(**({"id": "L1", "title": "某法", "body": "第一条 甲。"} | fields))
    converted = item_file(record, verified_on=DAY, publisher="某县")
    loaded, findings = read_item(
        converted.text, "a.md", INFO, picture=lambda path, alt, line: None, recording=lambda path, line: ""
    )
    assert findings == ()
    assert not isinstance(loaded, Finding)
    assert loaded
    return loaded.item, converted.notes


def test_a_law() -> None:
    found, notes = item(
        category="地方法规/山东",
        date="2010-07-30",
        doc_no="国发[2014] 8号",
        issuer="最高人民法院、最高人民检察院",
        source="LawRefBook/Laws:a.md http://www.gov.cn/zhengce/1.htm",
    )
    assert (found.id, found.kind, found.title, found.doc_no) == ("L1", Kind.POLICY, "某法", "国发〔2014〕8号")
    assert found.themes == (theme_id("地方法规"),)
    assert found.issuers == ("最高人民法院", "最高人民检察院")
    assert (found.published_on, found.verified_on) == (date(2010, 7, 30), DAY)
    assert (found.sources[0].title, found.sources[0].url) == ("LawRefBook/Laws:a.md", "http://www.gov.cn/zhengce/1.htm")
    assert notes == ()


def test_what_is_absent_is_left_out() -> None:
    found, notes = item()
    assert (found.themes, found.published_on, found.doc_no, found.issuers) == ((), None, "", ())
    assert found.sources[0].title == "由某县提供"
    assert notes == ()


def test_what_had_to_be_changed_is_told() -> None:
    found, notes = item(
        title="长" * 70 + "，" + "长" * 80,
        doc_no="11440000",
        date="去年",
        body="<!-- TABLE -->\n甲",
        source="http://x.com/",
    )
    assert found.title == "长" * 70 + "，…"
    assert (found.index_no, found.doc_no, found.published_on) == ("11440000", "", None)
    assert found.sources[0].title == "http://x.com/"
    assert notes == ("标题截短", "不是文号，记为索引号", "日期写法不对，没有用", "去掉注释行")
    assert len(item(title="长" * 200)[0].title) == 120


def test_a_guide_takes_its_elements_from_labelled_lines() -> None:
    body = (
        "受理条件：年满60岁\n申请材料：身份证\n承诺办结时限：7(工作日)\n法定办结时限：30(工作日)\n"
        "办理地点：办理地点：东风路305号\n咨询电话：020-34121084；12345\n投诉电话：020-83134173"
    )
    found, notes = item(category="办事指南", body=body)
    assert found.guide
    assert found.guide.conditions == ("年满60岁",)
    assert found.guide.materials == ("身份证",)
    assert (found.guide.time, found.guide.place) == ("7(工作日)", "东风路305号")
    assert (found.guide.fee, found.guide.complaint_phone) == (NOT_WRITTEN, "020-83134173")
    assert [phone.number for phone in found.phones] == ["020-34121084", "12345"]
    assert notes == ("办事指南没有单列 fee",)
    assert "\n".join(map(text_of, found.blocks)) == body


def test_a_guide_without_labels_makes_nothing_up() -> None:
    found, notes = item(category="办事指南", body="带身份证去办。")
    assert found.guide
    assert (found.guide.place, found.guide.conditions) == (NOT_WRITTEN, (NOT_WRITTEN,))
    assert found.phones == ()
    assert len(notes) == 5


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("案例", Kind.CASE),
        ("政策解读", Kind.INTERPRETATION),
        ("常见问答", Kind.FAQ),
        ("公告", Kind.NOTICE),
        ("", Kind.POLICY),
    ],
)
def test_kinds(category: str, kind: Kind) -> None:
    assert kind_of(category) is kind


def test_words_that_yaml_or_markdown_would_take() -> None:
    title = '关于"养老": #[1] & {x} \\ 的<决定>'
    found, _ = item(title=title, body="《关于<土地管理法>的决定》\n\n3. 第三")
    assert found.title == title
    assert [text_of(block) for block in found.blocks] == ["《关于<土地管理法>的决定》", "3. 第三"]


GOOD = {"id": "L1", "title": "题", "body": "文"}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"id": None}, "id"),
        ({"id": 7}, "id"),
        ({"id": "a/b"}, "id"),
        ({"id": "ab\n"}, "id"),
        ({"id": "中文"}, "id"),
        ({"title": " "}, "title"),
        ({"title": "None"}, "title"),
        ({"body": None}, "body"),
    ],
)
def test_a_line_that_cannot_be_used(changes: dict[str, Any], word: str) -> None:
    found = record_of(GOOD | changes)
    assert isinstance(found, str)
    assert word in found


def test_none_and_empty_are_absent() -> None:
    found = record_of(GOOD | {"doc_no": "None", "date": None, "issuer": "", "category": 3})
    assert found == Record(id="L1", title="题", body="文", category="3")


def test_themes_have_the_same_id_everywhere() -> None:
    assert theme_id("行政法规") == theme_id("行政法规") != theme_id("司法解释")
