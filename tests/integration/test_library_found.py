"""What the library says about items that were found: what tells them apart, and under which names they can be asked."""

from datetime import date

import pytest

from content_packs.model import ItemRef, Kind, Region, Status, Synonym, Theme
from kiosk.library import Library, OpenPack
from kiosk.words import Facets, ItemFilter, NameSource
from tests.fakes.content import ISSUED, a_pack, an_item, write_content

PACK = "cn.test.pack"
THEMES = (
    Theme(id="pension", title="养老金", examples="", icon="human-cane", hue=1),
    Theme(id="medical", title="看病报销", examples="", icon="stethoscope", hue=2),
)
ITEMS = (
    an_item("guide", plain_title="养老金怎么领", keywords=("养老钱",), themes=("pension", "medical")),
    an_item("county", Kind.FAQ, regions=("3305",), plain_title="湖州的养老金"),
    an_item(
        "old",
        Kind.POLICY,
        title="养老保险办法",
        plain_title="",
        made_on=date(2009, 9, 1),
        valid_to=date(2014, 1, 1),
        issuers=("国务院",),
        doc_no="国发〔2009〕32号",
    ),
    an_item("far", regions=("11",), plain_title="北京的养老金"),
)


@pytest.fixture
def library(tmp_path):
    info = a_pack(
        themes=THEMES,
        hot=("guide", "old"),
        regions=("0",),
        region_names=(Region(code="3305", name="湖州市"),),
        synonyms=(Synonym(colloquial="老人钱", official=("养老金",), relation="colloquial"),),
    )
    pack = OpenPack(write_content(tmp_path / "content.db", info, ITEMS))
    yield Library([pack], region="330521", today=lambda: ISSUED)
    pack.reader.close()


def refs(*names):
    return [ItemRef(PACK, name) for name in names]


def test_what_was_found_is_told_apart_by_what_differs(library):
    assert library.facets_among(refs("old", "county", "guide", "gone")) == Facets(
        kinds=((Kind.GUIDE, 1), (Kind.FAQ, 1), (Kind.POLICY, 1)),
        years=((2009, 1),),
        issuers=(("国务院", 1),),
        themes=(("pension", 3), ("medical", 1)),
        regions=(("3305", 1), ("0", 2)),
        statuses=((Status.IN_FORCE, 2), (Status.EXPIRED, 1)),
    )
    assert library.facets_among([]) == Facets()


def test_lists_are_narrowed_by_region(library):
    assert [card.ref.id for card in library.cards(ItemFilter(region="3305"))] == ["county"]
    assert library.cards(ItemFilter(region="99")) == ()


def test_themes_and_regions_have_names(library):
    assert library.titles() == {"0": "全国", "3305": "湖州市", "pension": "养老金", "medical": "看病报销"}


def test_names_are_those_of_what_holds_here_with_what_they_are(library):
    names = {(known.text, known.source, known.asked) for known in library.names()}
    assert {
        ("看病报销", NameSource.KEYWORD, 0.0),
        ("老人钱", NameSource.SAID, 0.0),
        ("养老金", NameSource.OFFICIAL, 0.0),
        ("养老金怎么领", NameSource.TITLE, 1.0),
        ("养老钱", NameSource.KEYWORD, 1.0),
        ("养老保险办法", NameSource.FULL_TITLE, 0.5),
        ("湖州的养老金", NameSource.TITLE, 0.0),
    } <= names
    assert not any("北京" in text for text, _, _ in names)
