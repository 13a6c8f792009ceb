"""Dossier → the words of the slip that a villager takes home: pure."""

from collections.abc import Iterable, Iterator
from datetime import date

from content_packs.hosts import host_in_words
from content_packs.model import Guide, Item, Link, Phone, Source
from kiosk.clock import day_words
from kiosk.labels import pack_words, verified_words
from kiosk.words import CodeCard, Dossier, Slip, SlipLine, TabItem, TabKind

NOTHING_TO_BRING = "不用带材料"
MOST_PHONES = 3


def slip_for(dossier: Dossier, tab: TabKind | None = None, *, printed: date, village: str, pack_version: int) -> Slip:
    """Return the slip of what a person is reading.

    On 怎么办 that is the guide, elsewhere the item that was opened. What to bring and where to go always come from the
    guide of the matter, and so do telephone numbers and codes that the item itself lacks.

    Args:
        dossier: The matter.
        tab: The open tab; None means the one on which the matter was opened.
        printed: Shown as the day of printing.
        village: Name of the village or service point.
        pack_version: Version of the pack of the opened item.
    """
    on_guide = _first_on(dossier, TabKind.GUIDE) if tab is TabKind.GUIDE else None
    read = on_guide or dossier.main
    guide = _guide_item(dossier, read)
    policy = _first_on(dossier, TabKind.ORIGINAL)
    rank = (read.item, *([guide] if guide else []))
    return Slip(
        title=read.item.shown_title,
        answer=read.item.summary or (guide.summary if guide else ""),
        lines=tuple(_lines(guide.guide)) if guide and guide.guide else (),
        phones=_phones(rank),
        codes=codes_of(rank),
        source=_source(rank, policy.item.doc_no if policy else ""),
        verified=verified_words(read.item.verified_on),
        status=read.status,
        printed=day_words(printed),
        village=village,
        pack=pack_words(dossier.pack_title, pack_version, signed=dossier.signed),
    )


def codes_of(items: Iterable[Item]) -> tuple[CodeCard, ...]:
    """Return what can be scanned or looked for by name: the first portal, then the first WeChat account."""
    found = tuple(items)
    portal = next((item.portal for item in found if item.portal), None)
    wechat = next((item.wechat for item in found if item.wechat), None)
    cards = []
    if portal:
        cards.append(_code(portal, f"网上搜：{portal.name}"))
    if wechat:
        cards.append(_code(wechat, f"微信搜一搜：{wechat.name}"))
    return tuple(cards)


def _code(link: Link, search_words: str) -> CodeCard:
    if not link.payload:
        return CodeCard(caption=link.name, search_words=search_words, checked_on=link.checked_on)
    return CodeCard(
        caption=link.name, payload=link.payload, host_words=host_in_words(link.payload), checked_on=link.checked_on
    )


def _first_on(dossier: Dossier, tab: TabKind) -> TabItem | None:
    return next((held.items[0] for held in dossier.tabs if held.kind is tab and held.items), None)


def _guide_item(dossier: Dossier, read: TabItem) -> Item | None:
    """Return the item whose facts are printed: what is read if it is a guide, else the first guide of the matter."""
    held = [read, *(item for tab in dossier.tabs if tab.kind is TabKind.GUIDE for item in tab.items)]
    return next((entry.item for entry in held if entry.item.guide), None)


def _lines(guide: Guide) -> Iterator[SlipLine]:
    """Give the parts of a guide in the order in which they are asked, without those that say nothing."""
    where = tuple(filter(None, (guide.place, guide.hours and f"办理时间：{guide.hours}")))
    for label, entries in (
        ("要满足什么", guide.conditions),
        ("要带什么", guide.materials or (NOTHING_TO_BRING,)),
        ("去哪里办", where),
        ("多久", tuple(filter(None, (guide.time,)))),
        ("多少钱", tuple(filter(None, (guide.fee,)))),
        ("能不能代办", tuple(filter(None, (guide.proxy,)))),
    ):
        if entries:
            yield SlipLine(label=label, entries=entries)


def _phones(items: Iterable[Item]) -> tuple[Phone, ...]:
    """Return the telephone numbers, those of the first item first, each number once."""
    numbers: dict[str, Phone] = {}
    for item in items:
        for phone in item.phones:
            numbers.setdefault(phone.number, phone)
    return tuple(numbers.values())[:MOST_PHONES]


def _source(items: Iterable[Item], policy_no: str) -> str:
    found = tuple(items)
    source = next((source for item in found for source in item.sources), None)
    number = next((item.doc_no for item in found if item.doc_no), policy_no)
    words = _named(source) if source else ""
    if number and number not in words:
        words = f"{words} {number}".strip()
    return f"来源：{words}" if words else ""


def _named(source: Source) -> str:
    return f"{source.title}{source.article}"
