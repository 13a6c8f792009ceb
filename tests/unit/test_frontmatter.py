"""Front matter: only what a form needs, each field with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.findings import Finding
from content_packs.frontmatter import FrontMatter, split_front_matter

FILE = "items/a.md"


def split(text: str) -> FrontMatter:
    found = split_front_matter(text, FILE)
    assert isinstance(found, FrontMatter), found
    return found


def refuse(text: str) -> Finding:
    found = split_front_matter(text, FILE)
    assert isinstance(found, Finding), found
    assert found.blocking
    assert found.file == FILE
    return found


def test_fields_with_their_lines_and_the_body() -> None:
    found = split("---\nid: a1\nphones:\n  - number: 12333\n    label: 热线\nlist: [甲, 乙]\n---\n\n正文\n")
    assert found.fields == {"id": "a1", "phones": [{"number": "12333", "label": "热线"}], "list": ["甲", "乙"]}
    assert found.lines["phones[0].label"] == 5
    assert found.lines["list[1]"] == 6
    assert (found.body, found.body_line) == ("\n正文\n", 8)


def test_plain_words_stay_words() -> None:
    text = "---\na: no\nb: 2026-11-22\nc: 12:30\nd: true\ne: 'true'\nf: 1_000\ng: ~\nh:\ni: ''\nj: [~, x]\n---\n"
    assert split(text).fields == {
        "a": "no",
        "b": "2026-11-22",
        "c": "12:30",
        "d": True,
        "e": "true",
        "f": "1_000",
        "i": "",
        "j": ["", "x"],
    }
    assert "g" not in split(text).lines


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    found = split("\ufeff---\r\nid: a1\r\n---\r\n正文\r\n")
    assert (found.fields, found.body) == ({"id": "a1"}, "正文\n")


def test_an_empty_front_matter_has_no_fields() -> None:
    assert split("---\n---\n").fields == {}


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "没有 ---"),
        ("id: a1\n", 1, "没有 ---"),
        ("---\nid: a1\n", 1, "没有结束"),
        ("---\nid: a1\ntitle: [甲\n---\n", 4, "YAML"),
        ("---\nid: a1\ntitle: 甲: 乙\n---\n", 3, "YAML"),
        ("---\nid: a1\n\ttitle: 甲\n---\n", 3, "YAML"),
        ("---\nid: \x01\n---\n", 1, "YAML"),
        ("---\nid: a1\nid: a2\n---\n", 3, "两次"),
        ("---\n- a\n---\n", 2, "名字: 值"),
        ("---\n[a]: b\n---\n", 2, "字段名"),
        ("---\na: &x [1]\nb: *x\n---\n", 2, "引用"),
        ("---\na: !!python/name:os.system x\n---\n", 2, "python/name"),
        ("---\na: !own x\n---\n", 2, "!own"),
        ("---\na: !!binary aGk=\n---\n", 2, "binary"),
        ("---\na: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n---\n", 2, "太深"),
        ("---\na: " + "[" * 500_000 + "\n---\n", 2, "太深"),
        ("---\na: " + "{b: " * 200_000 + "\n---\n", 2, "太深"),
        ("---\na: 1\n--- {}\n---\n", 3, "又开始"),
    ],
)
def test_refusals_name_the_line(text: str, line: int, word: str) -> None:
    found = refuse(text)
    assert word in found.what
    assert found.todo
    assert found.line >= line


def test_a_bomb_of_anchors_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "引用" in refuse("---\n" + "\n".join(lines) + "\n---\n").what


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:[]{}-&*!|> \n'\"#,?%@`~"), max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    found = split_front_matter(f"---\n{text}\n---\n", FILE)
    assert isinstance(found, FrontMatter | Finding)
