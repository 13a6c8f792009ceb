"""Which items belong together, and on which tab each is read: pure.

A *matter* is a guide with the policies it carries out, what explains them and what is asked about them. Whichever of
these is opened, the same matter opens, on the tab of the opened item and with that item first. Items that help by
themselves (tutorials, notices, village affairs, contacts, cases) stand alone, with their relations under 相关.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from content_packs.model import Kind, Rel
from kiosk.catalogue import Catalogue, Entry
from kiosk.words import TabKind

WHOLE_LIMIT: Final = 12
"""Whole items on one tab; what is beyond stands under 相关."""

RELATED_LIMIT: Final = 24

TAB_OF_KIND: Final[Mapping[Kind, TabKind]] = MappingProxyType(
    {
        Kind.GUIDE: TabKind.GUIDE,
        Kind.INTERPRETATION: TabKind.INTERPRETATION,
        Kind.FAQ: TabKind.FAQ,
        Kind.POLICY: TabKind.ORIGINAL,
        Kind.TUTORIAL: TabKind.GUIDE,
        Kind.CONTACT: TabKind.GUIDE,
        Kind.NOTICE: TabKind.ORIGINAL,
        Kind.VILLAGE_DISCLOSURE: TabKind.ORIGINAL,
        Kind.CASE: TabKind.ORIGINAL,
    }
)
"""Where an item of each kind is read."""

_READING: Final = (TabKind.GUIDE, TabKind.INTERPRETATION, TabKind.FAQ, TabKind.ORIGINAL)
_UP: Final = MappingProxyType({Kind.GUIDE: Rel.GUIDE_FOR, Kind.INTERPRETATION: Rel.INTERPRETS, Kind.FAQ: Rel.ANSWERS})
_RELATED_ORDER: Final = (
    Rel.TRANSLATION_OF,
    Rel.TUTORIAL_FOR,
    Rel.GUIDE_FOR,
    Rel.INTERPRETS,
    Rel.ANSWERS,
    Rel.IMPLEMENTS,
    Rel.BASED_ON,
    Rel.AMENDS,
    Rel.SUPERSEDES,
    Rel.REPEALS,
    Rel.RELATED,
)
_RELATED_RANK: Final = MappingProxyType({rel: rank for rank, rel in enumerate(_RELATED_ORDER)})


class Matter(Struct, frozen=True):
    """What a dossier holds, before anything is read from disk.

    Attributes:
        tabs: Items to read, by tab, in the order of `TabKind`; none is empty.
        initial: The tab that holds the opened item; it stands first there.
        related: Items to open from here, nearest relation first.
    """

    tabs: tuple[tuple[TabKind, tuple[Entry, ...]], ...]
    initial: TabKind
    related: tuple[Entry, ...]


def matter_of(main: Entry, catalogue: Catalogue) -> Matter:
    """Return everything that belongs to the item that was opened.

    Items that do not hold here, or that a nearer item replaces, are left out; ``main`` is always in.
    """
    found: dict[TabKind, list[Entry]] = {tab: [] for tab in _READING}
    found[TAB_OF_KIND[main.row.kind]].append(main)
    if main.row.kind is Kind.POLICY or main.row.kind in _UP:
        _gather(main, catalogue, found)
    initial = TAB_OF_KIND[main.row.kind]
    read = {tab: tuple(entries[:WHOLE_LIMIT]) for tab, entries in found.items() if entries}
    beyond = [entry for entries in found.values() for entry in entries[WHOLE_LIMIT:]]
    return Matter(tuple(read.items()), initial, _related(main, read, beyond, catalogue))


def _gather(main: Entry, catalogue: Catalogue, found: dict[TabKind, list[Entry]]) -> None:
    """Fill the tabs of a matter, starting from one of its items."""
    guides, policies = _hubs(main, catalogue)
    for policy in policies:
        _put(found[TabKind.ORIGINAL], policy, catalogue)
    for guide in guides:
        _put(found[TabKind.GUIDE], guide, catalogue)
    hubs = (*guides, *policies)
    for rel, tab in ((Rel.INTERPRETS, TabKind.INTERPRETATION), (Rel.ANSWERS, TabKind.FAQ)):
        for entry in _below(hubs, rel, catalogue):
            _put(found[tab], entry, catalogue)


def _hubs(main: Entry, catalogue: Catalogue) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the guides and the policies of a matter."""
    above = _UP.get(main.row.kind)
    named = tuple(catalogue.related(main.ref, above, stated=True)) if above else (main,)
    policies = _unique(entry for entry in named if entry.row.kind is Kind.POLICY)
    if main.row.kind is Kind.GUIDE:
        return (main,), policies
    guides = _unique(entry for entry in named if entry.row.kind is Kind.GUIDE)
    if guides:
        return guides, _unique((*policies, *_above(guides, catalogue)))
    return _below(policies, Rel.GUIDE_FOR, catalogue), policies


def _above(guides: Iterable[Entry], catalogue: Catalogue) -> Iterator[Entry]:
    for guide in guides:
        for entry in catalogue.related(guide.ref, Rel.GUIDE_FOR, stated=True):
            if entry.row.kind is Kind.POLICY:
                yield entry


def _below(hubs: Iterable[Entry], rel: Rel, catalogue: Catalogue) -> tuple[Entry, ...]:
    return _unique(entry for hub in hubs for entry in catalogue.related(hub.ref, rel, stated=False))


def _put(tab: list[Entry], entry: Entry, catalogue: Catalogue) -> None:
    if catalogue.is_shown(entry) and entry not in tab:
        tab.append(entry)


def _related(
    main: Entry, read: Mapping[TabKind, tuple[Entry, ...]], beyond: Iterable[Entry], catalogue: Catalogue
) -> tuple[Entry, ...]:
    """Return what stands under 相关: relations of the opened item first, then of the others on the tabs."""
    whole = _unique((main, *(entry for entries in read.values() for entry in entries)))
    successor = catalogue.successor(main.ref)
    left_out = {entry.ref for entry in whole} | ({successor.ref} if successor else set())
    near = [
        link.other
        for entry in whole
        for link in sorted(catalogue.links(entry.ref), key=lambda link: _RELATED_RANK[link.rel])
    ]
    found = _unique(entry for entry in (*near, *beyond) if entry.ref not in left_out and catalogue.is_shown(entry))
    return found[:RELATED_LIMIT]


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.ref: entry for entry in entries}.values())
