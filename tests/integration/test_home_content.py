"""What home shows of the packs: settled by the packs alone, so that it can be kept from one day to another."""

from datetime import date

import pytest

from content_packs.model import Kind, LifeStage, Theme
from content_packs.origin import BUILT_IN, UNSIGNED
from kiosk.library import Library, OpenPack
from kiosk.settings import Settings
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from ui.home_content import MOST_ASKED, first_sight, home_content

LATER = date(2027, 3, 1)
"""After everything below has ended or should have been looked at again, if the machine's clock can be believed."""

ITEMS = (
    an_item("guide", themes=("elder",), life_stages=(LifeStage.ELDER,), review_by=date(2026, 12, 1)),
    an_item("brief", themes=("elder",), valid_to=date(2026, 12, 31)),
    an_item("water", Kind.NOTICE, valid_to=date(2026, 11, 30)),
    an_item("road", Kind.NOTICE, valid_from=date(2026, 12, 1), valid_to=date(2027, 1, 31)),
)


@pytest.fixture
def contents(tmp_path):
    """The same pack on the day of its issue and long afterwards."""
    info = a_pack(themes=(Theme(id="elder", title="养老", icon="human-cane"),), hot=("guide", "brief"))
    pack = OpenPack(write_content(tmp_path / "content.db", info, ITEMS))
    yield [home_content("云溪村", Library([pack], region="0", today=lambda day=day: day)) for day in (ISSUED, LATER)]
    pack.reader.close()


def test_the_machines_clock_changes_nothing_on_home(contents):
    on_the_day, later = contents
    assert on_the_day == later
    assert [row.id for row in on_the_day.asked] == ["guide", "brief"]
    assert on_the_day.notice.id == "water"
    assert [tile.title for tile in on_the_day.tiles] == ["养老"]
    assert [person.id for person in on_the_day.people] == ["elder"]
    assert on_the_day.updated == "内容更新于2026年11月22日"


def test_an_empty_kiosk_shows_nothing_and_claims_nothing():
    sight = first_sight(Settings(village="云溪村", text_size="largest"), Library([], region="0", today=lambda: ISSUED))
    assert (sight.content.tiles, sight.content.notice, sight.content.updated) == ((), None, "")
    assert (sight.content.village, sight.appearance.size) == ("云溪村", 2)


def test_what_nobody_answers_for_says_so_on_home(tmp_path):
    signed = write_content(tmp_path / "signed.db", a_pack("cn.a", hot=("a",)), [an_item("a", badge="示例")])
    trial = write_content(
        tmp_path / "trial.db", a_pack("cn.b", hot=("b",)), [an_item("b"), an_item("water", Kind.NOTICE)]
    )
    packs = [OpenPack(signed, origin=BUILT_IN), OpenPack(trial, origin=UNSIGNED, is_isolated=True)]
    alone, both = (
        home_content("云溪村", Library(some, region="0", today=lambda: ISSUED)) for some in (packs[:1], packs)
    )
    assert (alone.remark, [row.badge for row in alone.asked]) == ("", ["示例"])
    assert (both.remark, [row.badge for row in both.asked]) == ("有未签名的内容", ["示例", "未签名"])
    assert both.notice.badge == "未签名"
    for pack in packs:
        pack.reader.close()


def test_home_asks_no_more_than_fits(tmp_path):
    names = [f"q{number}" for number in range(MOST_ASKED + 3)]
    pack = OpenPack(write_content(tmp_path / "content.db", a_pack(hot=tuple(names)), [an_item(name) for name in names]))
    content = home_content("云溪村", Library([pack], region="0", today=lambda: ISSUED))
    assert [row.id for row in content.asked] == names[:MOST_ASKED]
    pack.reader.close()
