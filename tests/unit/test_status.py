"""What may be said about an item on a day that is only known to be at least so late."""

from datetime import date

import pytest

from content_packs.model import Item, Kind, Status
from content_packs.status import status_of

TRUSTED = date(2026, 6, 15)
BEFORE, SAME, AFTER, LATER = date(2026, 6, 14), TRUSTED, date(2026, 6, 16), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("fields", "machine", "wanted"),
    [
        ({}, None, Status.IN_FORCE),
        ({}, LATER, Status.IN_FORCE),
        ({"valid_to": BEFORE}, None, Status.EXPIRED),
        ({"valid_to": SAME}, None, Status.IN_FORCE),
        ({"valid_to": AFTER}, None, Status.IN_FORCE),
        ({"valid_to": AFTER}, LATER, Status.REVIEW),
        ({"valid_to": AFTER}, BEFORE, Status.IN_FORCE),
        ({"valid_to": BEFORE}, date(2020, 1, 1), Status.EXPIRED),
        ({"valid_from": AFTER}, None, Status.NOT_YET),
        ({"valid_from": AFTER}, BEFORE, Status.NOT_YET),
        ({"valid_from": AFTER}, LATER, Status.REVIEW),
        ({"valid_from": SAME}, None, Status.IN_FORCE),
        ({"review_by": BEFORE}, None, Status.REVIEW),
        ({"review_by": SAME}, None, Status.IN_FORCE),
        ({"review_by": AFTER}, LATER, Status.REVIEW),
        ({"repealed_on": SAME}, None, Status.REPEALED),
        ({"repealed_on": AFTER}, None, Status.IN_FORCE),
        ({"repealed_on": AFTER}, AFTER, Status.REVIEW),
    ],
)
def test_one_item(fields: dict[str, date], machine: date | None, wanted: Status) -> None:
    item = Item(id="ab", kind=Kind.POLICY, title="题", **fields)
    assert status_of(item, TRUSTED, machine, superseded=False, repealed=False) is wanted


def test_other_items_come_first() -> None:
    item = Item(id="ab", kind=Kind.POLICY, title="题", valid_to=BEFORE)
    assert status_of(item, TRUSTED, None, superseded=True, repealed=False) is Status.SUPERSEDED
    assert status_of(item, TRUSTED, None, superseded=True, repealed=True) is Status.REPEALED
