"""What results can be narrowed to."""

import pytest

from content_packs.model import Kind, Status
from kiosk.words import Facets, ItemFilter
from ui.search_filters import MOST_OF_A_SORT, filter_rows, narrowed

TITLES = {"pension": "养老金", "medical": "看病报销", "0": "全国", "3305": "湖州市"}
FACETS = Facets(
    kinds=((Kind.GUIDE, 3), (Kind.FAQ, 2)),
    years=((2026, 1), (2024, 3)),
    issuers=(("民政部", 3), ("财政部", 1)),
    themes=(("pension", 4), ("medical", 1), ("unknown", 1)),
    regions=(("3305", 1), ("0", 5), ("99", 1)),
    statuses=((Status.IN_FORCE, 4), (Status.EXPIRED, 1)),
)


def test_every_sort_with_a_choice_is_asked_in_words():
    rows = {row.facet: row for row in filter_rows(FACETS, ItemFilter(), TITLES)}
    assert {facet: row.labels for facet, row in rows.items()} == {
        "kind": ("办事指南", "问答"),
        "theme": ("养老金", "看病报销"),
        "region": ("湖州市", "全国"),
        "status": ("有效", "已过期"),
        "year": ("2026年", "2024年"),
        "issuer": ("民政部", "财政部"),
    }
    assert all(row.chosen == -1 and row.title for row in rows.values())


def test_where_all_are_alike_nothing_is_asked():
    alike = Facets(kinds=((Kind.GUIDE, 9),), years=((2026, 9),), themes=(("pension", 9), ("unknown", 1)))
    assert filter_rows(alike, ItemFilter(), TITLES) == ()
    assert filter_rows(Facets(), ItemFilter(), TITLES) == ()


def test_there_are_never_many_of_a_sort():
    many = Facets(years=tuple((2026 - number, 1) for number in range(20)))
    (row,) = filter_rows(many, ItemFilter(), TITLES)
    assert len(row.values) == len(row.labels) == MOST_OF_A_SORT


@pytest.mark.parametrize(
    ("facet", "value", "chosen"),
    [
        ("kind", "faq", ItemFilter(kind=Kind.FAQ)),
        ("theme", "medical", ItemFilter(theme="medical")),
        ("region", "0", ItemFilter(region="0")),
        ("status", "expired", ItemFilter(status=Status.EXPIRED)),
        ("year", "2024", ItemFilter(year=2024)),
        ("issuer", "财政部", ItemFilter(issuer="财政部")),
    ],
)
def test_a_touch_narrows_and_another_takes_it_off(facet, value, chosen):
    assert narrowed(ItemFilter(), facet, value) == chosen
    assert narrowed(chosen, facet, value) == ItemFilter()
    row = next(row for row in filter_rows(FACETS, chosen, TITLES) if row.facet == facet)
    assert row.values[row.chosen] == value


def test_several_things_narrow_together():
    both = narrowed(narrowed(ItemFilter(), "kind", "guide"), "year", "2026")
    assert both == ItemFilter(kind=Kind.GUIDE, year=2026)
