"""文号 in every form in which people write it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.docno import canonical_doc_no, key_of_query, keys_of_item, parse_doc_no

CANONICAL = "国办发〔2017〕47号"


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2017〕47号",
        "国办发[2017]47号",
        "国办发(2017)47号",
        "国办发（2017）47号",
        "国办发【2017】47号",
        "国办发〈2017〉47号",
        "国办发［２０１７］４７号",
        " 国办发 〔2017〕 47 号 ",
        "国办发\u3000〔2017〕第47号",
        "国办发2017-47",
        "国办发2017年47号",
        "国办发201747号",
        "国办发〔二〇一七〕47号",
        "国办发〔二○一七〕四十七号",
        "国办发二〇一七年四十七号",
        "国办发〔2017〕047号",
    ],
)
def test_every_written_form_has_one_canonical_form_and_finds_the_item(written: str) -> None:
    assert canonical_doc_no(written) == CANONICAL
    assert key_of_query(written) in keys_of_item(CANONICAL)


@pytest.mark.parametrize("part", ["47号", "第47号", "四十七号", "2017-47", "2017年47号", "〔2017〕47号", "国办发47号"])
def test_a_part_finds_the_item_but_is_not_canonical(part: str) -> None:
    assert canonical_doc_no(part) == ""
    assert key_of_query(part) in keys_of_item(CANONICAL)


@pytest.mark.parametrize("part", ["48号", "2018-47", "国发47号", "国发〔2017〕47号"])
def test_another_number_does_not_find_the_item(part: str) -> None:
    assert key_of_query(part) not in keys_of_item(CANONICAL)


@pytest.mark.parametrize(
    "written",
    [
        "国务院令第804号",
        "国务院令804号",
        "国务院第804号令",
        "国务院令第八百零四号",
        "国务院令（第804号）",
        "中华人民共和国国务院令第804号",
        "中华人民共和国国务院令(第804号)",
    ],
)
def test_orders(written: str) -> None:
    assert canonical_doc_no(written) == "国务院令第804号"


@pytest.mark.parametrize("part", ["804号令", "第804号令", "令第804号", "804号", "第八百零四号令"])
def test_a_part_of_an_order_finds_it(part: str) -> None:
    assert key_of_query(part) in keys_of_item("国务院令第804号")


def test_orders_of_two_bodies_and_announcements() -> None:
    assert canonical_doc_no("国务院、中央军事委员会令第788号") == "国务院、中央军事委员会令第788号"
    assert canonical_doc_no("国家税务总局公告2020年第3号") == "国家税务总局公告2020年第3号"
    assert canonical_doc_no("国家税务总局公告〔2020〕3号") == "国家税务总局公告2020年第3号"


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("二十", 20), ("一百零二", 102), ("四七", 47), ("千", 1000)]
)
def test_chinese_serials(numeral: str, value: int) -> None:
    assert canonical_doc_no(f"国发〔2020〕{numeral}号") == f"国发〔2020〕{value}号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "养老金",
        "2024",
        "国发",
        "12345",
        "47",
        "令",
        "国办发〔2017〕0号",
        "〇号令",
        "国务院令第0号",
        "养" * 80 + "1号",
    ],
)
def test_what_is_no_document_number(text: str) -> None:
    assert parse_doc_no(text) is None
    assert key_of_query(text) == ""
    assert keys_of_item(text) == ()
    assert canonical_doc_no(text) == ""


agencies = st.text(st.sampled_from("国办发财税农经京粤人社规"), min_size=1, max_size=6)


@settings(deadline=None)
@given(agency=agencies, year=st.integers(1950, 2099), serial=st.integers(1, 9999))
def test_the_canonical_form_is_its_own_canonical_form(agency: str, year: int, serial: int) -> None:
    number = f"{agency}〔{year}〕{serial}号"
    assert canonical_doc_no(number) == number
    for form in (f"{agency}[{year}]{serial}号", f"{agency}（{year}）{serial}", f"{year}-{serial}", f"{serial}号"):
        assert key_of_query(form) in keys_of_item(number)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_nothing_breaks_it(text: str) -> None:
    found = parse_doc_no(text)
    if found and found.is_whole:
        assert canonical_doc_no(str(found)) == str(found)
