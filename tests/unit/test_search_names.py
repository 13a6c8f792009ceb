"""Names in memory: by a piece, by initials."""

import pytest

from content_packs.reader import PackReader
from kiosk.search.names import Named, NameLines, NameTable
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from tests.fakes.content import a_pack, an_item, write_content

TABLES = Tables()


@pytest.fixture
def reader(tmp_path):
    items = [
        an_item("one", title="基本医疗保险办法", plain_title="医保怎么交", keywords=("新农合", "医保怎么交")),
        an_item("two", title="银行卡", plain_title="", keywords=("HPV疫苗",), summary="合作医疗也在这里。"),
    ]
    with PackReader(write_content(tmp_path / "content.db", a_pack(), items)) as opened:
        yield opened


@pytest.fixture
def table(reader):
    lines = NameLines()
    for number, row in enumerate(reader.rows()):
        lines.add(number, row, TABLES)
    return NameTable(lines.text, lines.items, TABLES)


def test_names_are_found_by_a_piece(table):
    assert list(table.containing("医保")) == [Named(0, "医保怎么交", 0, 2)]
    assert list(table.containing("疗保险")) == [Named(0, "基本医疗保险办法", 3, 6)]
    assert list(table.containing("")) == []
    assert list(table.containing("没有")) == []


def test_a_name_is_told_once_although_it_is_title_and_keyword(table):
    assert len(list(table.containing("怎么交"))) == 1


def test_names_are_found_by_initials(table):
    assert list(table.with_initials("ylbx")) == [Named(0, "基本医疗保险办法", 2, 6)]
    assert [found.name for found in table.with_initials("xnh")] == ["新农合"]
    assert list(table.with_initials("hpv")) == []


def test_a_piece_never_crosses_two_names(table):
    assert list(table.containing("交基")) == []


def test_a_pack_without_index_is_searched_by_its_rows(reader):
    rows = RowsOnly(reader, TABLES, TABLES)
    assert rows.items == 2
    assert rows.row(1).id == "two"
    assert rows.shares(["医疗", "保险"]) == {0: 1.0, 1: 0.25}
    assert rows.shares(["没有"]) == {}
    assert next(rows.names(TABLES).containing("银行")).item == 1


def test_a_line_is_a_whole_name():
    names = NameTable("养老金\n低保\n", [4, 9], Tables())
    assert (names.line(0).item, names.line(0).words, names.line(1).item, names.line(1).name) == (4, "养老金", 9, "低保")
