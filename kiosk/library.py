"""What there is to read: themes, life stages, lists with their filters, and dossiers, over all active packs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from content_packs.errors import PackError, PackIntegrityError
from content_packs.model import ItemRef, Kind, LifeStage, Status, Theme
from content_packs.origin import UNSIGNED, Origin
from content_packs.reader import ItemRow, PackReader
from kiosk.catalogue import ENDED, KIND_ORDER, KIND_RANK, Catalogue, Entry, PackRows
from kiosk.clock import BUILT_ON
from kiosk.dossier import matter_of
from kiosk.labels import STAGE_LABELS, badge_words
from kiosk.regions import COUNTRY
from kiosk.words import (
    Dossier,
    Facets,
    ItemCard,
    ItemFilter,
    KnownName,
    NameSource,
    PackCard,
    PersonTile,
    Tab,
    TabItem,
    TabKind,
    ThemeTile,
)

EVERYTHING = ItemFilter()


class OpenPack:
    """An active pack, open for reading, its catalogue read.

    Args:
        content_db: File of the installed version.
        origin: Who answers for it.
        is_isolated: See `content_packs.reader.PackReader`.

    Raises:
        PackError: The file is missing, damaged, or of another layout.
    """

    def __init__(self, content_db: Path, *, origin: Origin = UNSIGNED, is_isolated: bool = False) -> None:
        self.reader = PackReader(content_db, is_isolated=is_isolated)
        self.origin = origin
        try:
            self.rows = PackRows(
                self.reader.info, self.reader.rows(), self.reader.relations(), is_isolated, origin.region or COUNTRY
            )
        except PackError:
            self.reader.close()
            raise


class _Made:
    """What was made on one day: statuses change with the date, so cards do."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.cards: dict[ItemRef, ItemCard] = {}
        self.lists: dict[tuple[str, LifeStage | None], tuple[ItemCard, ...]] = {}


class Library:
    """The content of the active packs, as it is today.

    Reads items and media when they are asked for. May be used from several threads.

    Args:
        packs: The active packs, in the order in which their themes stand on the screen. The caller closes them.
        region: Code of this kiosk.
        today: Asks the machine's clock.
        floor: A day that is sure to have passed, as far as somebody has signed for it; the release of the program at
            least. What packs say of themselves proves no date.
    """

    def __init__(
        self, packs: Sequence[OpenPack], *, region: str, today: Callable[[], date], floor: date = BUILT_ON
    ) -> None:
        self._packs = tuple(pack.rows for pack in packs)
        self._readers = {pack.rows.info.id: pack.reader for pack in packs}
        self._catalogue = Catalogue(self._packs, region)
        self._today = today
        self._trusted = max(floor, BUILT_ON)
        self._vouched = frozenset(pack.rows.info.id for pack in packs if pack.origin.is_vouched_for)
        self._made = _Made(date.min)

    # --- the home page -----------------------------------------------------------------------------------------------

    def themes(self) -> tuple[ThemeTile, ...]:
        """Return the themes that hold something here, in the order of the packs."""
        return self._themes

    @property
    def is_signed(self) -> bool:
        """Whether somebody answers for everything that is shown here."""
        return len(self._vouched) == len(self._packs)

    @cached_property
    def _themes(self) -> tuple[ThemeTile, ...]:
        counts = Counter(theme for entry in self._catalogue.shown for theme in set(entry.row.themes))
        known: dict[str, Theme] = {}
        for pack in self._packs:
            for theme in pack.info.themes:
                known.setdefault(theme.id, theme)
        return tuple(
            ThemeTile(
                id=theme.id,
                title=theme.title,
                examples=theme.examples,
                icon=theme.icon,
                hue=theme.hue,
                count=counts[theme.id],
            )
            for theme in known.values()
            if counts[theme.id]
        )

    def people(self) -> tuple[PersonTile, ...]:
        """Return the row 按人找: life stages that hold something here."""
        counts = Counter(stage for entry in self._catalogue.shown for stage in set(entry.row.life_stages))
        return tuple(
            PersonTile(stage=stage, title=label.title, icon=label.icon, count=counts[stage])
            for stage, label in STAGE_LABELS.items()
            if counts[stage]
        )

    def hot(self) -> tuple[ItemCard, ...]:
        """Return the row 大家都在问, most asked first, without what has ended."""
        refs = (ItemRef(pack.info.id, name) for pack in self._packs for name in pack.info.hot)
        entries = (self._catalogue.find(ref) for ref in dict.fromkeys(refs))
        cards = (self._card(entry) for entry in entries if entry and self._catalogue.is_shown(entry))
        return tuple(card for card in cards if card.status not in ENDED)

    def notices(self) -> tuple[ItemCard, ...]:
        """Return the notices that have not ended, newest first; of one day, what holds for the shortest time first.

        What nobody answers for stands last: it must not take the place of a notice that somebody has signed.
        """
        notices = [entry for entry in self._catalogue.shown if entry.row.kind is Kind.NOTICE]
        notices.sort(key=lambda entry: entry.row.valid_to or date.max)
        notices.sort(key=lambda entry: entry.row.published_on or entry.row.made_on or date.min, reverse=True)
        notices.sort(key=lambda entry: entry.ref.pack not in self._vouched)
        return tuple(card for card in map(self._card, notices) if card.status not in ENDED)

    def tutorials(self) -> tuple[ItemCard, ...]:
        """Return how this kiosk, portals and telephones are used, in the order of the packs."""
        return tuple(self._card(entry) for entry in self._catalogue.shown if entry.row.kind is Kind.TUTORIAL)

    def updated_on(self) -> date:
        """Return when the newest active pack was issued; the program's own date if there is none.

        A pack that claims to be from a day that is not sure to have come does not count, nor, beside others, one that
        nobody answers for.
        """
        issued = (pack.info.issued_on for pack in self._packs if not pack.is_isolated)
        return max((day for day in issued if day <= self._trusted), default=BUILT_ON)

    # --- lists -------------------------------------------------------------------------------------------------------

    def cards(self, chosen: ItemFilter = EVERYTHING) -> tuple[ItemCard, ...]:
        """Return the items that a filter lets through.

        What has ended stands last. Within that: guides, questions, interpretations, policies, the rest; the nearest
        region first; then the order of the packs. The same content gives the same order.
        """
        wide = self._list(chosen.theme, chosen.stage)
        return tuple(card for card in wide if self._passes(card, chosen))

    def facets(self, chosen: ItemFilter = EVERYTHING) -> Facets:
        """Return what a list can be narrowed to, or switched to where a choice of the same sort is already made.

        Kinds stand in the order of lists, years newest first, issuers by number of items.
        """
        kinds = Counter(card.kind for card in self.cards(replace(chosen, kind=None)))
        years = Counter(card.year for card in self.cards(replace(chosen, year=None)) if card.year is not None)
        issuers = Counter(
            issuer
            for card in self.cards(replace(chosen, issuer=""))
            for issuer in set(self._entry(card.ref).row.issuers)
        )
        return Facets(
            kinds=tuple((kind, kinds[kind]) for kind in KIND_ORDER if kinds[kind]),
            years=tuple(sorted(years.items(), reverse=True)),
            issuers=_most_first(issuers),
        )

    def facets_among(self, refs: Iterable[ItemRef]) -> Facets:
        """Return what can be told apart among some items, such as those that were found; unknown ones are left out.

        Kinds and statuses stand in the order of lists, years newest first, regions nearest first, issuers and themes by
        number of items.
        """
        entries = [entry for entry in map(self._catalogue.find, refs) if entry]
        cards = [self._card(entry) for entry in entries]
        kinds, statuses = Counter(card.kind for card in cards), Counter(card.status for card in cards)
        years = Counter(card.year for card in cards if card.year is not None)
        issuers, themes, regions = (
            Counter(name for entry in entries for name in set(names(entry.row)))
            for names in (_issuers_of, _themes_of, _regions_of)
        )
        return Facets(
            kinds=tuple((kind, kinds[kind]) for kind in KIND_ORDER if kinds[kind]),
            years=tuple(sorted(years.items(), reverse=True)),
            issuers=_most_first(issuers),
            themes=_most_first(themes),
            regions=tuple(sorted(regions.items(), key=lambda pair: (pair[0] == COUNTRY, -len(pair[0]), pair[0]))),
            statuses=tuple((status, statuses[status]) for status in Status if statuses[status]),
        )

    def titles(self) -> dict[str, str]:
        """Return themes and regions in words, by their ids and codes."""
        regions = {region.code: region.name for pack in self._packs for region in pack.info.region_names}
        return {COUNTRY: "全国", **regions, **{theme.id: theme.title for theme in self.themes()}}

    def issuers(self) -> tuple[tuple[str, int], ...]:
        """Return every 发文机关 with its number of items, most first."""
        return self.facets().issuers

    def by_doc_no(self, written: str) -> tuple[ItemCard, ...]:
        """Return the items with this 文号, however it was written, in the order of lists; empty if it is none."""
        from content_packs.docno import key_of_query, keys_of_item  # noqa: PLC0415 (six patterns that no list needs)

        key = key_of_query(written)
        if not key:
            return ()
        return tuple(card for card in self._list("", None) if key in keys_of_item(self._entry(card.ref).row.doc_no))

    def card(self, ref: ItemRef) -> ItemCard:
        """Return one item as a card, also where it does not hold here.

        Raises:
            PackError: No active pack holds it.
        """
        return self._card(self._entry(ref))

    @cached_property
    def has_local(self) -> bool:
        """Whether something is made for this place, and not for the whole country."""
        return any(entry.near for entry in self._catalogue.shown)

    def nearness(self, ref: ItemRef) -> int:
        """Return how near to this place an item holds: digits of its region, 0 for the whole country or elsewhere.

        Raises:
            PackError: No active pack holds it.
        """
        return self._entry(ref).near or 0

    def holds_here(self, ref: ItemRef) -> bool:
        """Whether an item belongs in lists of this kiosk: its region fits and no nearer item replaces it."""
        entry = self._catalogue.find(ref)
        return entry is not None and self._catalogue.is_shown(entry)

    # --- one item ----------------------------------------------------------------------------------------------------

    def dossier(self, ref: ItemRef) -> Dossier:
        """Return everything about the matter of one item.

        Raises:
            PackError: No active pack holds it.
            PackIntegrityError: The pack cannot be read.
        """
        main = self._entry(ref)
        matter = matter_of(main, self._catalogue)
        tabs = [Tab(kind=kind, items=tuple(map(self._tab_item, entries))) for kind, entries in matter.tabs]
        if matter.related:
            tabs.append(Tab(kind=TabKind.RELATED, cards=tuple(map(self._card, matter.related))))
        successor = self._catalogue.successor(ref)
        info = self._readers[ref.pack].info
        return Dossier(
            main=next(tab for tab in tabs if tab.kind is matter.initial).items[0],
            tabs=tuple(tabs),
            initial=matter.initial,
            pack_title=info.title,
            publisher=info.publisher,
            signed=ref.pack in self._vouched,
            successor=self._card(successor) if successor else None,
        )

    def media(self, pack: str, sha256: str) -> bytes:
        """Return a picture or a recording.

        Raises:
            PackIntegrityError: The pack is not active, does not hold it, or cannot be read.
        """
        reader = self._readers.get(pack)
        found = reader.media(sha256) if reader else None
        if found is None:
            raise PackIntegrityError("图片或录音不在资料包里。", why=f"{pack} {sha256[:16]}", todo="请重新安装资料包。")
        return found.data

    # --- the clerk ---------------------------------------------------------------------------------------------------

    def packs(self) -> tuple[PackCard, ...]:
        """Return the active packs."""
        return tuple(
            PackCard(
                id=pack.info.id,
                version=pack.info.version,
                title=pack.info.title,
                publisher=pack.info.publisher,
                issued_on=pack.info.issued_on,
                items=len(pack.rows),
                signed=pack.info.id in self._vouched,
            )
            for pack in self._packs
        )

    def allowed_hosts(self, pack: str) -> tuple[str, ...]:
        """Return the publisher's own hosts that codes of a pack may name; empty if it is not active."""
        return next((known.info.allowed_hosts for known in self._packs if known.info.id == pack), ())

    def words(self) -> Iterator[str]:
        """Give what is looked for here: titles, keywords, and what villagers say; may repeat."""
        for pack in self._packs:
            for synonym in pack.info.synonyms:
                yield synonym.colloquial
                yield from synonym.official
            for row in pack.rows:
                yield row.shown_title
                yield from row.keywords

    def names(self) -> Iterator[KnownName]:
        """Give the names that may be offered to somebody who types: of what holds here only; may repeat.

        Themes, what villagers say and its official words, then of each item its title, its keywords and its full title.
        """
        yield from (KnownName(theme.title, NameSource.KEYWORD) for theme in self.themes())
        for pack in self._packs:
            for synonym in pack.info.synonyms:
                yield KnownName(synonym.colloquial, NameSource.SAID)
                yield from (KnownName(official, NameSource.OFFICIAL) for official in synonym.official)
        asked = self._asked()
        for entry in self._catalogue.shown:
            row, worth = entry.row, asked.get(entry.ref, 0.0)
            plain = row.plain_title or row.kind is not Kind.POLICY
            yield KnownName(row.shown_title, NameSource.TITLE if plain else NameSource.FULL_TITLE, worth)
            yield from (KnownName(keyword, NameSource.KEYWORD, worth) for keyword in row.keywords)
            if row.plain_title:
                yield KnownName(row.title, NameSource.FULL_TITLE)

    def _asked(self) -> dict[ItemRef, float]:
        """Return how much everybody asks for the items of 大家都在问: 1 for the first of each pack."""
        return {
            ItemRef(pack.info.id, name): 1 - place / len(pack.info.hot)
            for pack in self._packs
            for place, name in enumerate(pack.info.hot)
        }

    @property
    def trusted_on(self) -> date:
        """The latest date that is sure to have passed."""
        return self._trusted

    @property
    def elsewhere(self) -> int:
        """Number of items that hold in other regions only and are therefore not listed."""
        return self._catalogue.elsewhere

    def _entry(self, ref: ItemRef) -> Entry:
        entry = self._catalogue.find(ref)
        if entry is None:
            raise PackError(
                "这条内容已经不在了。", why=f"{ref.pack}/{ref.id}", todo="请回到首页再找一次。", code="P-103"
            )
        return entry

    def _tab_item(self, entry: Entry) -> TabItem:
        item = self._readers[entry.ref.pack].item(entry.ref.id)
        if item is None:
            raise PackIntegrityError("已装的资料包坏了。", why=f"{entry.ref}", todo="请重新安装资料包。")
        return TabItem(ref=entry.ref, item=item, status=self._card(entry).status)

    def _list(self, theme: str, stage: LifeStage | None) -> tuple[ItemCard, ...]:
        """Return a whole list in order; made once a day."""
        made = self._made_today()
        found = made.lists.get((theme, stage))
        if found is None:
            chosen = (
                (entry, self._made_card(entry, made))
                for entry in self._catalogue.shown
                if (not theme or theme in entry.row.themes) and (stage is None or stage in entry.row.life_stages)
            )
            found = made.lists[theme, stage] = tuple(card for _, card in sorted(chosen, key=_list_order))
        return found

    def _card(self, entry: Entry) -> ItemCard:
        return self._made_card(entry, self._made_today())

    def _made_card(self, entry: Entry, made: _Made) -> ItemCard:
        card = made.cards.get(entry.ref)
        if card is None:
            card = made.cards[entry.ref] = _card_of(
                entry,
                self._catalogue.status(entry, self._trusted, made.day),
                signed=entry.ref.pack in self._vouched,
            )
        return card

    def _made_today(self) -> _Made:
        today = self._today()
        if self._made.day != today:
            self._made = _Made(today)
        return self._made

    def _passes(self, card: ItemCard, chosen: ItemFilter) -> bool:
        return (
            (chosen.kind is None or chosen.kind is card.kind)
            and (chosen.year is None or chosen.year == card.year)
            and (chosen.status is None or chosen.status is card.status)
            and (not chosen.issuer or chosen.issuer in self._entry(card.ref).row.issuers)
            and (not chosen.region or chosen.region in self._entry(card.ref).row.regions)
        )


def _issuers_of(row: ItemRow) -> tuple[str, ...]:
    return row.issuers


def _themes_of(row: ItemRow) -> tuple[str, ...]:
    return row.themes


def _regions_of(row: ItemRow) -> tuple[str, ...]:
    return row.regions


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _list_order(pair: tuple[Entry, ItemCard]) -> tuple[bool, int, int, int]:
    """Return where an item stands in a list: ended last, then by kind, nearest first, in the packs' order."""
    entry, card = pair
    return (card.status in ENDED, KIND_RANK[card.kind], -(entry.near or 0), entry.place)


def _card_of(entry: Entry, status: Status, *, signed: bool) -> ItemCard:
    row = entry.row
    return ItemCard(
        ref=entry.ref,
        title=row.shown_title,
        summary=row.summary,
        kind=row.kind,
        status=status,
        year=row.year,
        theme=row.themes[0] if row.themes else "",
        badge=badge_words(row.badge, signed=signed),
    )
