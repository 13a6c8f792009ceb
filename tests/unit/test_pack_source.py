"""pack.toml and synonyms.tsv."""

import pytest

from content_packs.errors import PackVersionError
from content_packs.model import Synonym
from content_packs.pack_source import read_pack, read_synonyms
from content_packs.toml_lines import lines_of_fields, nearest_line
from tests.fakes.publisher import PACK_TOML

HEADER = "colloquial\tofficial\trelation\n"


def test_a_pack() -> None:
    info, lines, findings = read_pack(PACK_TOML)
    assert findings == ()
    assert info
    assert (info.id, info.version, info.regions, info.themes[0].id) == ("cn.test.pack", 1, ("0",), "pension")
    assert lines["themes[0].title"] == 10


@pytest.mark.parametrize(
    ("before", "after", "line", "what"),
    [
        ("version = 1", "version = 0", 3, "version"),
        ("version = 1", "version = ", 3, "TOML"),
        ("version = 1", f"version = {'[' * 100_000}", 11, "TOML"),
        ("version = 1\n", "", 1, "缺少 version"),
        ('title = "测试包"', 'titel = "测试包"', 4, "没有 titel"),
        ("2026-11-22", "20261122", 6, "issued_on 的类型不对"),
        ('id = "pension"', 'id = "养老"', 9, "themes[0].id 的写法不对"),
        ('title = "养老金"', 'title = "养老金"\nhue = 13', 11, "themes[0].hue"),
        ("issued_on", "regions = []\nissued_on", 6, "regions 是空的"),
    ],
)
def test_what_is_wrong_has_its_line(before: str, after: str, line: int, what: str) -> None:
    info, _, (finding,) = read_pack(PACK_TOML.replace(before, after))
    assert info is None
    assert what in finding.what
    assert (finding.file, finding.line) == ("pack.toml", line)


def test_a_newer_format_is_another_matter() -> None:
    with pytest.raises(PackVersionError, match="格式比程序新"):
        read_pack(PACK_TOML.replace("format = 1", "format = 2\nnews = true"))


def test_lines_of_toml() -> None:
    lines = lines_of_fields("a = 1\n[t]\nb = 2\n[[x]]\nc = 1\n[[x]]\nc = 2\n# d = 4\n")
    assert lines == {"a": 1, "t": 2, "t.b": 3, "x[0]": 4, "x": 4, "x[0].c": 5, "x[1]": 6, "x[1].c": 7}
    assert nearest_line(lines, "x[1].c.d[3]") == 7
    assert nearest_line(lines, "x[1].z") == 6
    assert nearest_line(lines, "zzz") == 0
    assert nearest_line(lines, "") == 0


def test_synonyms() -> None:
    synonyms, findings = read_synonyms(HEADER + "新农保\t养老保险|城乡居民基本养老保险\told_name\n\n")
    assert findings == ()
    assert synonyms == (
        Synonym(colloquial="新农保", official=("养老保险", "城乡居民基本养老保险"), relation="old_name"),
    )


@pytest.mark.parametrize(
    "row", ["新农保\t养老保险", "新农保\t\told_name", "\t养老\tabbr", "a\tb\tcousin", "a\tb\tabbr\tx"]
)
def test_a_row_that_does_not_fit(row: str) -> None:
    synonyms, (finding,) = read_synonyms(HEADER + f"甲\t乙\tabbr\n{row}\n")
    assert len(synonyms) == 1
    assert finding.line == 3


@pytest.mark.parametrize("text", ["", "甲\t乙\tabbr\n"])
def test_without_a_header(text: str) -> None:
    assert read_synonyms(text)[1][0].line == 1
