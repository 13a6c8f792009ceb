"""Names in memory: by characters, sounds and initials; likelier ones first; articles of laws last."""

import pytest

from kiosk.search.offers import By, Offers, Spot
from kiosk.search.pattern import initial, patterns, sound
from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter, UnitKind
from kiosk.words import KnownName, NameSource

TABLES = Tables()
CUTTER = Cutter(TABLES.syllables)


def offers(*names):
    return Offers(
        [KnownName(*name) if isinstance(name, tuple) else KnownName(name, NameSource.TITLE) for name in names], TABLES
    )


def found(table, piece, by=By.CHARACTERS, *, begins=False, articles=True):
    return [(table.name(spot.line), spot.start) for spot in table.spots(piece, by, begins=begins, articles=articles)]


def test_a_piece_is_found_in_each_name_and_never_across_two():
    table = offers("养老金领取", "敬老院", "老来乐")
    assert sorted(found(table, "老")) == [("养老金领取", 1), ("敬老院", 1), ("老来乐", 0)]
    assert found(table, "老", begins=True) == [("老来乐", 0)]
    assert found(table, "院老") == []
    assert found(table, "院\n") == [("敬老院", 2)]


def test_sounds_and_initials_stand_for_characters():
    table = offers("养老金", "HPV疫苗", "《办法》")
    assert found(table, "ylj", By.INITIALS) == [("养老金", 0)]
    assert found(table, "".join(sound(each, TABLES) for each in "养老"), By.SOUNDS) == [("养老金", 0)]
    assert found(table, "hpv", By.INITIALS) == []
    assert (initial("《", TABLES), initial("h", TABLES), initial("5", TABLES)) == ("-", "-", "5")


def test_what_is_asked_and_said_comes_before_titles_and_laws():
    table = offers(
        ("老年人优待办法", NameSource.FULL_TITLE),
        ("老人怎么办", NameSource.TITLE),
        ("老人钱", NameSource.SAID),
        ("老了领钱", NameSource.TITLE, 1.0),
        ("老年卡", NameSource.KEYWORD),
        ("老龄津贴", NameSource.OFFICIAL),
    )
    assert [name for name, _ in found(table, "老")] == [
        "老了领钱",
        "老人钱",
        "老年卡",
        "老人怎么办",
        "老龄津贴",
        "老年人优待办法",
    ]


def test_a_name_for_many_things_is_likelier():
    table = offers(
        ("低保条件", NameSource.KEYWORD), *[("低保", NameSource.KEYWORD)] * 9, ("低保钱", NameSource.KEYWORD)
    )
    assert next(name for name, _ in found(table, "低保")) == "低保"
    assert len(table) == 3


def test_of_an_article_its_law_is_a_name_and_articles_are_looked_at_only_on_request():
    table = offers("土地管理法 第二条", "土地管理法 第十条之一", "第三条", "土地证")
    assert {name for name, _ in found(table, "土地", articles=False)} == {"土地证", "土地管理法"}
    assert [name for name, _ in found(table, "第")] == ["第三条", "土地管理法 第二条", "土地管理法 第十条之一"]
    line = next(table.spots("第二", By.CHARACTERS, begins=False, articles=True)).line
    assert table.law_length(line) == len("土地管理法")
    assert table.worth(line) < 0
    assert table.law_length(0) == 0


def test_names_are_kept_as_they_are_shown():
    table = offers("養老金  領取", "ＡＴＭ")
    assert found(table, "养老金 领") == [("養老金 領取", 0)]
    assert found(table, "atm") == [("ＡＴＭ", 0)]


def test_the_end_of_a_name_ends_what_can_be_read():
    table = offers("低保")
    assert table.folded(Spot(0, 1), 5) == "保"
    assert table.folded(Spot(0, 0), 1) == "低"


def test_thousands_of_names_stand_in_several_blocks():
    table = offers(*(f"第{number}号通知" for number in range(3000)))
    assert found(table, "2999号") == [("第2999号通知", 1)]
    assert len(found(table, "号通知")) == 3000


def test_no_names_offer_nothing():
    assert found(offers(), "老") == []
    assert len(offers("", "  ")) == 0


def read(text):
    return [pattern.places for pattern in patterns(text, CUTTER, TABLES)]


def test_text_without_letters_has_no_sounds_to_look_for():
    assert read("养老金") == []


def test_characters_and_letters_mix():
    ways = patterns("yang老jin", CUTTER, TABLES)
    assert ways[0].places[1] == "老"
    assert [unit.text for unit in (ways[0].places[0], ways[0].places[2])] == ["yang", "jin"]
    assert ways[0].fits("养老金")
    assert not ways[0].fits("养劳金")
    assert not ways[0].fits("养老")


def test_letters_are_also_read_one_by_one():
    assert any([place.text for place in way] == ["l", "a"] for way in read("la"))
    assert all(place.kind is UnitKind.INITIAL for place in read("ylj")[0])


def test_a_begun_syllable_fits_what_goes_on():
    assert any(pattern.fits("养老") for pattern in patterns("yangl", CUTTER, TABLES))
    assert any(pattern.fits("中介") for pattern in patterns("zhj", CUTTER, TABLES))
    assert not any(
        pattern.fits("姿介") and pattern.places[0].text == "zh" for pattern in patterns("zhj", CUTTER, TABLES)
    )


@pytest.mark.parametrize(("text", "at", "length"), [("yanglaoj", 0, 2), ("y老jin", 1, 2), ("ylj", -1, 0)])
def test_the_longest_run_of_whole_sounds_is_where_to_look_first(text, at, length):
    first = patterns(text, CUTTER, TABLES)[0]
    assert first.exact[0] == at
    assert len(first.exact[1]) == length
    assert len(first.initials) == len(first.places)
