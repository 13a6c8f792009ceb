"""The way a person takes through the pages, and back."""

from content_packs.model import ItemRef, Kind
from kiosk.words import ItemFilter
from ui.places import AT_HOME, AT_REST, DEPTH_LIMIT, Page, Place, gone_back, gone_to, left_at

LIST = Place(page=Page.LIST, theme="pension")


def _item(number: int) -> Place:
    return Place(page=Page.ITEM, ref=ItemRef("cn.test", f"i{number}"))


def test_back_undoes_one_step_at_a_time():
    trail = gone_to(gone_to(AT_HOME, LIST), _item(1))
    assert gone_back(trail).here == LIST
    assert gone_back(gone_back(trail)) == AT_HOME


def test_at_home_and_at_rest_there_is_nothing_to_undo():
    assert gone_back(AT_HOME) == AT_HOME
    assert not AT_REST.can_go_back


def test_a_step_to_where_one_is_does_not_count():
    trail = gone_to(AT_HOME, LIST)
    assert gone_to(trail, LIST) == trail


def test_whoever_comes_back_finds_the_page_as_it_was_left():
    trail = left_at(gone_to(AT_HOME, _item(1)), tab="faq")
    trail = gone_back(gone_to(trail, _item(2)))
    assert trail.here.tab == "faq"
    chosen = ItemFilter(theme="pension", kind=Kind.FAQ)
    trail = left_at(gone_to(AT_HOME, LIST), chosen=chosen)
    assert gone_back(gone_to(trail, _item(1))).here.chosen == chosen


def test_a_day_of_taps_does_not_grow_the_memory_and_home_stays_reachable():
    trail = AT_HOME
    for number in range(1000):
        trail = gone_to(trail, _item(number))
    assert len(trail.places) == DEPTH_LIMIT
    assert trail.here == _item(999)
    assert trail.places[0].page is Page.HOME
