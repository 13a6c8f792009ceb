"""What results can be narrowed to: only where there is a choice, and a few of each sort. Pure, no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from content_packs.model import Kind, Status
from kiosk.labels import KIND_LABELS, STATUS_LABELS
from kiosk.words import Facets, ItemFilter

LEAST_HITS: Final = 4
"""Fewer are read sooner than narrowed."""

MOST_OF_A_SORT: Final = 6

_TITLES: Final = {
    "kind": "哪一种",
    "theme": "哪方面",
    "region": "哪里的",
    "status": "有没有效",
    "year": "哪一年",
    "issuer": "谁发的",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """One sort of things to narrow by.

    Attributes:
        facet: Which field of a filter it sets.
        title: What is asked.
        values: What can be chosen.
        labels: The same in words.
        chosen: Which of them is, as a place; -1 if none.
    """

    facet: str
    title: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    chosen: int


def filter_rows(facets: Facets, chosen: ItemFilter, titles: Mapping[str, str]) -> tuple[FilterRow, ...]:
    """Return what results can be narrowed to; a sort that would leave all of them, or has no name, is left out.

    Args:
        facets: What stands among the results.
        chosen: What they are narrowed to.
        titles: Themes and regions in words.
    """
    sorts: dict[str, list[tuple[str, str]]] = {
        "kind": [(kind.value, KIND_LABELS[kind]) for kind, _ in facets.kinds],
        "theme": [(theme, titles[theme]) for theme, _ in facets.themes if theme in titles],
        "region": [(code, titles[code]) for code, _ in facets.regions if code in titles],
        "status": [(status.value, STATUS_LABELS[status]) for status, _ in facets.statuses],
        "year": [(str(year), f"{year}年") for year, _ in facets.years],
        "issuer": [(issuer, issuer) for issuer, _ in facets.issuers],
    }
    taken = _taken(chosen)
    return tuple(
        FilterRow(
            facet=facet,
            title=_TITLES[facet],
            values=tuple(value for value, _ in offered[:MOST_OF_A_SORT]),
            labels=tuple(label for _, label in offered[:MOST_OF_A_SORT]),
            chosen=next((place for place, (value, _) in enumerate(offered) if value == taken[facet]), -1),
        )
        for facet, offered in sorts.items()
        if len(offered) > 1
    )


def narrowed(chosen: ItemFilter, facet: str, value: str) -> ItemFilter:
    """Return the filter after one thing to narrow by was touched; touched again, it is taken off."""
    off = _taken(chosen)[facet] == value
    match facet:
        case "kind":
            return replace(chosen, kind=None if off else Kind(value))
        case "status":
            return replace(chosen, status=None if off else Status(value))
        case "year":
            return replace(chosen, year=None if off else int(value))
        case "theme":
            return replace(chosen, theme="" if off else value)
        case "region":
            return replace(chosen, region="" if off else value)
        case _:
            return replace(chosen, issuer="" if off else value)


def _taken(chosen: ItemFilter) -> Mapping[str, str]:
    return {
        "kind": chosen.kind.value if chosen.kind else "",
        "theme": chosen.theme,
        "region": chosen.region,
        "status": chosen.status.value if chosen.status else "",
        "year": str(chosen.year) if chosen.year is not None else "",
        "issuer": chosen.issuer,
    }
