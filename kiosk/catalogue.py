"""Every item of the active packs as one catalogue: who is related to whom, what holds here, in which order.

Built from catalogue columns only: no body is read, so that thousands of items cost milliseconds. Frozen after building,
free of clocks; dates come in as arguments.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from content_packs.model import ItemRef, Kind, PackInfo, Rel, Status
from content_packs.reader import ItemRow, StoredRelation
from content_packs.status import status_of
from kiosk.regions import nearness
from sync.layout import region_chain

KIND_ORDER: Final[tuple[Kind, ...]] = (
    Kind.GUIDE,
    Kind.FAQ,
    Kind.INTERPRETATION,
    Kind.POLICY,
    Kind.NOTICE,
    Kind.VILLAGE_DISCLOSURE,
    Kind.TUTORIAL,
    Kind.CASE,
    Kind.CONTACT,
)
"""In a list, what helps at once comes first."""

ENDED: Final = frozenset({Status.EXPIRED, Status.REPEALED, Status.SUPERSEDED})
"""Kept, found, and listed last."""

_REPLACING: Final = frozenset({Rel.IMPLEMENTS, Rel.BASED_ON})
_ENDING: Final = frozenset({Rel.SUPERSEDES, Rel.REPEALS})
_REPLACEABLE: Final = frozenset({Kind.GUIDE, Kind.FAQ, Kind.INTERPRETATION, Kind.CONTACT})
KIND_RANK: Final = MappingProxyType({kind: rank for rank, kind in enumerate(KIND_ORDER)})


class PackRows(Struct, frozen=True):
    """What the catalogue needs of one active pack.

    Attributes:
        info: What it says about itself.
        rows: Its items.
        relations: Between them and others.
        is_isolated: Nobody answers for it, and others stand beside it: no other pack's item gives way to one of its.
        answers_for: Region whose signature it bears; ``0`` for what is built in, and where nobody signs anything.
    """

    info: PackInfo
    rows: tuple[ItemRow, ...]
    relations: tuple[StoredRelation, ...]
    is_isolated: bool = False
    answers_for: str = "0"


class Entry(Struct, frozen=True, eq=False, gc=False):
    """One item in the catalogue.

    Attributes:
        ref: Which item.
        row: Its columns.
        place: Position over all packs, from 0.
        near: Digits of the region by which it holds here; None if it holds elsewhere only.
    """

    ref: ItemRef
    row: ItemRow
    place: int
    near: int | None


class Link(Struct, frozen=True, gc=False):
    """A relation as seen from one of its two ends.

    Attributes:
        rel: What the item that states it says.
        other: The item at the other end.
        stated: True at the end that states it (``a guide_for b`` seen from a), False at the other.
    """

    rel: Rel
    other: Entry
    stated: bool


class Catalogue:
    """All items of the active packs.

    Args:
        packs: In the order in which their themes stand on the screen.
        region: Code of this kiosk.
    """

    def __init__(self, packs: Sequence[PackRows], region: str) -> None:
        self._by_ref: dict[ItemRef, Entry] = {}
        self._by_id: defaultdict[str, list[Entry]] = defaultdict(list)
        for pack in packs:
            self._add(pack, region)
        self._packs = tuple(packs)
        self._answers_for = {pack.info.id: pack.answers_for for pack in packs}
        self._ended_by: defaultdict[ItemRef, dict[Rel, date]] = defaultdict(dict)
        decisive = tuple(self._pairs(_ENDING | _REPLACING))
        for rel, source, target in decisive:
            if rel in _ENDING and source.near is not None:
                begins = self._ended_by[target.ref].get(rel, date.max)
                self._ended_by[target.ref][rel] = min(begins, source.row.valid_from or date.min)
        self._replaced = self._find_replaced((target, source) for rel, source, target in decisive if rel in _REPLACING)
        self._shown = tuple(
            entry for entry in self._by_ref.values() if entry.near is not None and entry.ref not in self._replaced
        )

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Items that hold here, each matter by its nearest item only, in the order of the packs."""
        return self._shown

    @property
    def elsewhere(self) -> int:
        """Number of items that hold in other regions only."""
        return sum(entry.near is None for entry in self._by_ref.values())

    def is_shown(self, entry: Entry) -> bool:
        """Whether an item belongs in a list of this kiosk."""
        return entry.near is not None and entry.ref not in self._replaced

    def find(self, ref: ItemRef) -> Entry | None:
        """Return an item, shown or not; None if no active pack holds it."""
        return self._by_ref.get(ref)

    def links(self, ref: ItemRef) -> Sequence[Link]:
        """Return the relations of an item, those that it states and those that others state, in stored order."""
        return self._links.get(ref, ())

    def related(self, ref: ItemRef, rel: Rel, *, stated: bool) -> tuple[Entry, ...]:
        """Return the items at the other end of one kind of relation, seen from ``ref``; see `Link.stated`."""
        return tuple(link.other for link in self.links(ref) if link.rel is rel and link.stated == stated)

    def successor(self, ref: ItemRef) -> Entry | None:
        """Return the item that supersedes, else the one that repeals this one here; None if there is none."""
        for rel in (Rel.SUPERSEDES, Rel.REPEALS):
            found = [entry for entry in self.related(ref, rel, stated=False) if entry.near is not None]
            if found:
                return found[-1]
        return None

    def status(self, entry: Entry, trusted: date, machine: date) -> Status:
        """Return what may be said about an item.

        Args:
            entry: Of this catalogue.
            trusted: Today is this day or later.
            machine: What the machine's clock says.
        """
        ended_by = self._ended_by.get(entry.ref)
        if not ended_by:
            return status_of(entry.row, trusted, machine, superseded=False, repealed=False)
        status = status_of(
            entry.row,
            trusted,
            machine,
            superseded=ended_by.get(Rel.SUPERSEDES, date.max) <= trusted,
            repealed=ended_by.get(Rel.REPEALS, date.max) <= trusted,
        )
        may_have_ended = any(begins <= machine for begins in ended_by.values())
        return Status.REVIEW if status is Status.IN_FORCE and may_have_ended else status

    def _add(self, pack: PackRows, region: str) -> None:
        name = pack.info.id
        seen: dict[tuple[str, ...], int | None] = {}
        for row in pack.rows:
            if row.regions not in seen:
                seen[row.regions] = nearness(row.regions, region)
            entry = Entry(ItemRef(name, row.id), row, len(self._by_ref), seen[row.regions])
            self._by_ref[entry.ref] = entry
            if not pack.is_isolated:
                self._by_id[row.id].append(entry)

    @cached_property
    def _links(self) -> dict[ItemRef, list[Link]]:
        """Both ends of every relation: made when the first item is opened, because lists do not need it."""
        links: defaultdict[ItemRef, list[Link]] = defaultdict(list)
        for rel, source, target in self._pairs(frozenset(Rel)):
            links[source.ref].append(Link(rel, target, stated=True))
            links[target.ref].append(Link(rel, source, stated=False))
        return dict(links)

    def _pairs(self, wanted: frozenset[Rel]) -> Iterator[tuple[Rel, Entry, Entry]]:
        """Give source and target of every wanted relation whose both ends are here; its own pack answers first."""
        for pack in self._packs:
            name = pack.info.id
            for relation in pack.relations:
                if relation.rel not in wanted:
                    continue
                source = self._by_ref.get(ItemRef(name, relation.item))
                target = self._by_ref.get(ItemRef(name, relation.target)) or self._elsewhere(relation.target)
                if source and target and source is not target and self._may_say(relation.rel, source, target):
                    yield relation.rel, source, target

    def _may_say(self, rel: Rel, source: Entry, target: Entry) -> bool:
        """Whether one pack may say this of another's item: a township cannot repeal what its county has published."""
        own, other = (self._answers_for[entry.ref.pack] for entry in (source, target))
        return rel not in _ENDING or source.ref.pack == target.ref.pack or own in region_chain(other)

    def _elsewhere(self, name: str) -> Entry | None:
        """Return the item of that id in the first pack that has one."""
        return next(iter(self._by_id.get(name, ())), None)

    def _find_replaced(self, rivals: Iterable[tuple[Entry, Entry]]) -> frozenset[ItemRef]:
        """Return the items for which a nearer one about the same matter exists, among these pairs and equal ids."""
        same_id = ((far, near) for same in self._by_id.values() if len(same) > 1 for far in same for near in same)
        return frozenset(far.ref for far, near in (*same_id, *rivals) if _replaces(near, far))


def _replaces(near: Entry, far: Entry) -> bool:
    """Whether two items about one matter are so alike that a villager should see the nearer one only."""
    if near.near is None or far.near is None or near.near <= far.near:
        return False
    alike = (
        near.row.kind is far.row.kind and near.row.themes[:1] == far.row.themes[:1] and near.row.lang == far.row.lang
    )
    return alike and near.row.kind in _REPLACEABLE
