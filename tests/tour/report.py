"""What a tour found, as a table: the same fault in many looks is one row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table

from tests.tour.shown import Fault

MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One fault in one picture."""

    scene: str
    look: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Row:
    """One fault with the looks in which it is."""

    scene: str
    rule: str
    what: str
    measure: str
    looks: tuple[str, ...]


def rows_of(found: Iterable[Found]) -> list[Row]:
    """Return what was found, by rule and scene, each fault once with its looks and the measure of the first."""
    together: dict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for one in found:
        together[one.fault.rule, one.scene, one.fault.what].append(one)
    rows = [
        Row(scene, rule, what, hits[0].fault.measure, tuple(dict.fromkeys(hit.look for hit in hits)))
        for (rule, scene, what), hits in together.items()
    ]
    return sorted(rows, key=lambda row: (row.rule, row.scene, row.what))


def table_of(rows: Iterable[Row]) -> Table:
    """Return the rows as a table."""
    table = Table("rule", "scene", "what", "measure", "in")
    for row in rows:
        more = len(row.looks) - MOST_LOOKS
        looks = " ".join(row.looks[:MOST_LOOKS]) + (f" and {more} more" if more > 0 else "")
        table.add_row(row.rule, row.scene, row.what, row.measure, looks)
    return table
