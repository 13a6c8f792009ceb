"""What ``pack check`` finds, each with its file and line."""

from datetime import date
from pathlib import Path

import pytest

from content_packs.checks import check_source
from content_packs.errors import PackFormatError
from content_packs.example import write_example
from content_packs.findings import Finding, require_clean
from content_packs.source import read_source
from tests.fakes.publisher import Publisher, a_png, a_publisher

TODAY = date(2026, 11, 22)

GUIDE = """\
---
id: g-1
kind: guide
title: 题
summary: 带身份证到村里办。
themes: [pension]
verified_on: 2026-11-22
guide:
  conditions: [年满60岁]
  materials: []
  place: 村委会
  time: 当天
  fee: 不收钱
sources:
  - title: 社会保险法
---

先到村里登记。
"""


def find(publisher: Publisher, today: date = TODAY) -> tuple[Finding, ...]:
    return check_source(read_source(publisher.source), today)


def guide(tmp_path: Path, *changes: tuple[str, str], today: date = TODAY) -> tuple[Finding, ...]:
    text = GUIDE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    publisher = Publisher(tmp_path).pack().write("items/g.md", text)
    found = find(publisher, today)
    assert all(finding.todo for finding in found)
    return found


def test_a_good_item_and_the_example_pass(tmp_path: Path) -> None:
    assert guide(tmp_path) == ()
    write_example(tmp_path / "new")
    assert check_source(read_source(tmp_path / "new"), TODAY) == ()
    with pytest.raises(PackFormatError, match="已经有东西"):
        write_example(tmp_path / "new")


@pytest.mark.parametrize("name", ["conditions", "materials", "place", "time", "fee"])
def test_every_starred_element_must_be_there(tmp_path: Path, name: str) -> None:
    text = "\n".join(line for line in GUIDE.split("\n") if not line.strip().startswith(f"{name}:"))
    (finding,) = find(Publisher(tmp_path).pack().write("items/g.md", text))
    assert (finding.field, finding.line, finding.blocking, finding.item) == (f"guide.{name}", 8, True, "g-1")


def test_a_guide_without_elements(tmp_path: Path) -> None:
    text = GUIDE.replace(GUIDE[GUIDE.index("guide:\n") : GUIDE.index("sources:")], "")
    assert len(find(Publisher(tmp_path).pack().write("items/g.md", text))) == 5


V = "verified_on: 2026-11-22\n"


@pytest.mark.parametrize(
    ("change", "field", "line", "blocking"),
    [
        ((V, V + "review_by: 2026-11-21\n"), "review_by", 8, True),
        ((V, V + "valid_to: 2026-11-21\n"), "valid_to", 8, False),
        ((V, V + "repealed_on: 2026-11-22\n"), "repealed_on", 8, False),
        ((V, V + "valid_from: 2027-01-02\nvalid_to: 2027-01-01\n"), "valid_to", 9, True),
        ((V, V + "review_by: 2027-01-01\n"), "", 0, False),
        ((V, "verified_on: 2026-11-23\n"), "verified_on", 7, False),
        ((V, "verified_on: 2026-11-20\nreview_by: 2026-11-19\n"), "review_by", 8, True),
        (("  - title: 社会保险法\n", "  - {title: 法, url: 'https://evil.cn/'}\n"), "sources[0].url", 15, True),
        (("  - title: 社会保险法\n", "  - {title: 法, url: 'http://www.gov.cn/'}\n"), "", 0, False),
        (("sources:\n  - title: 社会保险法\n", ""), "sources", 0, True),
        ((V, V + "portal: {name: 平台, payload: 'http://www.gov.cn'}\n"), "portal.payload", 8, True),
        ((V, V + "wechat: {name: 号, payload: 'weixin://dl'}\n"), "wechat.payload", 8, True),
        ((V, V + "wechat: {name: 号, payload: 'https://www.gov.cn/办'}\n"), "wechat.payload", 8, True),
        ((V, V + "wechat: {name: 号}\n"), "", 0, False),
        ((V, V + "wechat: {name: ' '}\n"), "wechat.name", 8, True),
        ((V, V + "doc_no: 国发[2014]8号\n"), "doc_no", 8, True),
        ((V, V + "doc_no: 随便\n"), "doc_no", 8, True),
        ((V, V + "doc_no: 国发〔2014〕8号\n"), "", 0, False),
        (("[pension]", "[pension, cars]"), "themes[1]", 6, True),
        (("themes: [pension]\n", ""), "themes", 0, False),
        ((V, V + "regions: ['35']\n"), "regions[0]", 8, False),
        ((V, V + "keywords: [养老 金]\n"), "keywords", 8, False),
        (("先到村里登记。\n", ""), "body", 0, True),
        (("先到村里登记。", "ياخشىمۇسىز"), "body", 18, True),
        (("先到村里登记。", "{lang=ug-Arab-CN} ياخشىمۇسىز"), "", 0, False),
        (("先到村里登记。", "- བོད་ཡིག"), "body", 18, False),
        (("先到村里登记。", "བོད་ཡིག"), "body", 18, True),
        (("先到村里登记。", "ᠮᠣᠩᠭᠣᠯ"), "body", 18, True),
        (("title: 题", "title: བོད་ཡིག"), "title", 4, True),
        ((V, V + "lang: Chinese\n"), "lang", 8, True),
        (("带身份证到村里办。", "一。二。三。四。"), "summary", 5, False),
        (("summary: 带身份证到村里办。\n", ""), "summary", 0, False),
        (("先到村里登记。", "字" * 31 + "。"), "body", 18, False),
        (("先到村里登记。", "字" * 15 + "，、" + "字" * 15 + "。"), "", 0, False),
        (("带身份证到村里办。", "字" * 31), "summary", 5, False),
        ((V, V + "varies_by_region: true\n"), "varies_by_region", 8, False),
        ((V, V + "varies_by_region: true\nphones: [{number: '12333'}]\n"), "", 0, False),
        ((V, V + "relations: {related: [g-1]}\n"), "relations.related", 8, True),
        ((V, V + "relations: {related: [x-9]}\n"), "relations.related", 8, False),
        ((V, V + "recording: recordings/none.mp3\n"), "", 8, True),
        (("先到村里登记。", "![图](pictures/none.png)"), "", 18, True),
    ],
)
def test_one_thing_that_is_wrong(
    tmp_path: Path, change: tuple[str, str], field: str, line: int, *, blocking: bool
) -> None:
    found = guide(tmp_path, change)
    if not field and not line:
        assert found == ()
        return
    finding = next(finding for finding in found if finding.field == field)
    assert (finding.file, finding.line, finding.blocking) == ("items/g.md", line, blocking)


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    change = (V, V + "review_by: 2027-06-30\n")
    assert guide(tmp_path, change, today=date(2027, 6, 30)) == ()
    assert guide(tmp_path, change, today=date(2027, 7, 1))[0].field == "review_by"


def test_names_of_people_are_protected(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).item(body="张三，身份证 35010219800101123X，低保。")
    (finding,) = find(publisher)
    assert (finding.field, finding.line, finding.blocking) == ("body", 11, True)
    assert find(publisher.item(body="张三，身份证 3501**********123X。")) == ()


def test_relations_between_kinds(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path)
    publisher.write("items/g.md", GUIDE.replace(V, V + "relations: {guide_for: [n-1], interprets: [n-1]}\n"))
    found = find(publisher)
    assert [(finding.field, finding.blocking) for finding in found] == [
        ("relations.guide_for", True),
        ("relations.interprets", True),
    ]


def test_a_policy_wants_an_interpretation(tmp_path: Path) -> None:
    policy = a_publisher(tmp_path).write(
        "items/p.md", (tmp_path / "source/items/n-1.md").read_text().replace("n-1", "p-1").replace("notice", "policy")
    )
    (finding,) = find(policy)
    assert (finding.item, finding.blocking) == ("p-1", False)
    interpretation = GUIDE.replace("g-1", "i-1").replace("kind: guide", "kind: interpretation")
    start, end = interpretation.index("guide:\n"), interpretation.index("sources:")
    policy.write("items/i.md", interpretation[:start] + "relations: {interprets: [p-1]}\n" + interpretation[end:])
    assert find(policy) == ()


def test_pictures(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("pictures/a.png", a_png()).write("pictures/b.png", a_png())
    publisher.item(body="![](pictures/a.png)\n\n![图](../b.png)\n\n![图](/etc/passwd)\n\n![图](pictures/a.gif)")
    found = find(publisher)
    assert [(finding.file, finding.line, finding.blocking) for finding in found] == [
        ("items/n-1.md", 13, True),
        ("items/n-1.md", 15, True),
        ("items/n-1.md", 17, True),
        ("pictures/b.png", 0, False),
        ("items/n-1.md", 11, False),
    ]


def test_a_picture_that_cannot_be_used_is_told_wherever_it_is_shown(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("pictures/a.png", b"no")
    publisher.item(body="![图](pictures/a.png)").item("n-2", "![图](pictures/a.png)")
    found = [finding for finding in find(publisher) if finding.field != "body"]
    assert [finding.file for finding in found] == ["items/n-1.md", "items/n-2.md"]


def test_duplicates_name_both_files(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path)
    publisher.write("items/z/again.md", (publisher.source / "items/n-1.md").read_text())
    (finding,) = find(publisher)
    assert finding.file == "items/z/again.md"
    assert "items/n-1.md" in finding.what


def test_the_pack_itself(tmp_path: Path) -> None:
    more = 'hot = ["x-1"]\nallowed_hosts = ["HTTP://x"]\n[[themes]]\nid = "pension"\ntitle = "太长的栏目名字"\n'
    publisher = Publisher(tmp_path)
    publisher.write("pack.toml", publisher.pack_toml.replace("issued_on", more.partition("[[")[0] + "issued_on"))
    publisher.write("pack.toml", (publisher.source / "pack.toml").read_text() + "[[" + more.partition("[[")[2])
    found = find(publisher)
    assert [(finding.field, finding.blocking) for finding in found] == [
        ("id", True),
        ("hot[0]", True),
        ("allowed_hosts[0]", True),
        ("themes[1].id", True),
        ("themes[1].title", False),
    ]
    assert all(finding.file == "pack.toml" and finding.line for finding in found)


def test_without_a_pack_file_the_items_are_still_read(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path).item(body="<b>坏</b>")
    assert {finding.file for finding in find(publisher)} == {"pack.toml", "items/n-1.md"}


def test_files_that_nobody_uses_and_synonyms(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).write("items/photo.jpg", b"x").write("items/.hidden", b"x")
    publisher.write("synonyms.tsv", "colloquial\tofficial\trelation\n甲\t乙\tcousin\n")
    assert [(finding.file, finding.blocking) for finding in find(publisher)] == [
        ("synonyms.tsv", True),
        ("items/photo.jpg", False),
    ]


def test_text_that_is_not_text_has_its_line(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path)
    publisher.write("items/a.md", b"---\nid: a-1\n\xff\n").write("items/b.md", "---\nid: b\n---\nx\x07\n")
    found = find(publisher)
    assert [(finding.file, finding.line) for finding in found] == [("items/a.md", 3), ("items/b.md", 4)]


def test_requiring_a_clean_source() -> None:
    remark = Finding(what="小事", todo="看看", blocking=False)
    require_clean([remark])
    first = Finding(what="坏了", todo="改", file="items/a.md", line=3, field="fee")
    with pytest.raises(PackFormatError) as refusal:
        require_clean([remark, first, Finding(what="又坏了", todo="改")])
    assert refusal.value.what == "坏了"
    assert refusal.value.why.startswith("items/a.md 第 3 行，字段 fee（还有 1 处")
    assert (remark.place, Finding(what="", todo="", file="a").place) == ("", "a")
