"""An item page as rows to show and parts to read aloud, from one numbering: pure, no Qt.

Parts are counted over the whole page: first the lead (title, answer, facts), then the rows of the open tab. A row knows
its first part, so that the sentence that is being read can be lit wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape

from content_packs.model import (
    Block,
    Callout,
    Heading,
    Item,
    Kind,
    ListEntry,
    Paragraph,
    Picture,
    Source,
    Span,
    Status,
    Table,
)
from kiosk.clock import date_words
from kiosk.labels import status_sentence, verified_words
from kiosk.speech.script import Part
from kiosk.words import Dossier, ItemCard, Tab, TabItem, TabKind

RIGHT_TO_LEFT = frozenset({"ug", "kk", "ky", "ar"})
"""Primary tags of languages that are written from right to left in the scripts used in China."""

TALL = frozenset({"bo", "dz"})
"""Primary tags of languages whose letters stack: line height at least 1.8 (requirements section 2)."""

CHINESE = "zh-Hans-CN"

_HAN = re.compile(r"[\u3400-\u9fff]")
_FOREIGN = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf\ufb50-\ufdff\ufe70-\ufeff]")
"""Letters of Arabic, Tibetan, Mongolian and Yi script."""


class RowKind(StrEnum):
    """How a row looks."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ENTRY = "entry"
    TABLE = "table"
    PICTURE = "picture"
    CALLOUT = "callout"
    QUESTION = "question"
    META = "meta"
    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One row of an article.

    Attributes:
        kind: How it looks.
        text: Plain text; the alternative text of a picture; the title of a card.
        html: The same with bold runs as markup; empty where nothing is bold.
        level: Of a heading, 1 to 3.
        marker: What stands before a list entry.
        depth: Of a list entry, from 0.
        cells: Of a table, row by row, the header first.
        columns: Of a table.
        align: Of a table, one of l, c, r per column.
        pack: Pack of the picture.
        id: Hash of the picture.
        ratio: Height of the picture as a share of its width.
        pixels: Width of the stored picture.
        card: Of another item that can be opened from here.
        right_to_left: Of the text.
        tall: Letters stack and lines need more room.
        part: Number of its first part that can be read; -1 if it is not read.
    """

    kind: RowKind
    text: str = ""
    html: str = ""
    level: int = 2
    marker: str = ""
    depth: int = 0
    cells: tuple[str, ...] = ()
    columns: int = 0
    align: str = ""
    pack: str = ""
    id: str = ""
    ratio: float = 1.0
    pixels: int = 0
    card: ItemCard | None = None
    right_to_left: bool = False
    tall: bool = False
    part: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One of the facts of a guide, such as 要带什么. ``icon`` is a Material Design Icons name."""

    icon: str
    label: str
    text: str
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What stands above the tabs: parts 0 (title), 1 (answer, if there is one), then the facts.

    ``right_to_left`` and ``tall`` are those of the item's language, as in `ArticleRow`.
    """

    title: str
    answer: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    right_to_left: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """The rows of one tab and, in the same order, what of them can be read."""

    rows: tuple[ArticleRow, ...]
    parts: tuple[Part, ...]


def lead_of(dossier: Dossier) -> Lead:
    """Return what stands above the tabs of a dossier."""
    item = dossier.main.item
    lead = _LeadParts(item, dossier.main.ref.pack)
    lead.add(item.shown_title)
    if item.summary:
        lead.add(item.summary)
    facts = tuple(
        Fact(icon=icon, label=label, text=text, part=lead.add(f"{label}：{text}")) for icon, label, text in _facts(item)
    )
    right_to_left, tall = _direction(language_of(item.shown_title + item.summary, item.lang))
    return Lead(
        title=item.shown_title,
        answer=item.summary,
        facts=facts,
        parts=tuple(lead.parts),
        right_to_left=right_to_left,
        tall=tall,
    )


def article_of(tab: Tab, dossier: Dossier, *, first_part: int) -> Article:
    """Return the rows of one tab, whose parts are numbered from ``first_part``."""
    writer = _Writer(first_part)
    if tab.kind is TabKind.RELATED:
        for card in tab.cards:
            writer.row(ArticleRow(kind=RowKind.CARD, text=card.title, card=card))
    for entry in tab.items:
        _write_item(writer, entry, opened=entry.ref == dossier.main.ref, alone=len(tab.items) == 1)
    return Article(tuple(writer.rows), tuple(writer.parts))


def language_of(text: str, lang: str) -> str:
    """Return the language of a text in an item of another one: Chinese if it has Chinese letters and no foreign ones.

    Titles, answers and facts of a bilingual item stay Chinese; they are read and run as such.
    """
    return CHINESE if _HAN.search(text) and not _FOREIGN.search(text) else lang


def _facts(item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield icon, label and text of the facts that villagers ask for, in their order."""
    phones = "；".join(f"{phone.number} {phone.label}".strip() for phone in item.phones)
    guide = item.guide
    if guide:
        yield from (
            ("account-check-outline", "要满足什么", _listed(guide.conditions, "；")),
            ("card-account-details-outline", "要带什么", _listed(guide.materials) or "什么都不用带"),
            ("map-marker-outline", "去哪里办", guide.place),
            ("clock-outline", "多久办好", guide.time),
            ("cash", "多少钱", guide.fee),
        )
    if phones:
        yield "phone", "打哪个电话", phones


def _listed(things: tuple[str, ...], between: str = "、") -> str:
    """Return things after each other, their own stops left out; what is a sentence is kept apart more strongly."""
    bare = [thing.strip().rstrip("。；，、") for thing in things]
    strongly = any(set("，、：") & set(thing) for thing in bare)
    return ("；" if strongly else between).join(thing for thing in bare if thing)


class _LeadParts:
    """Collects the parts of the lead and hands out their numbers."""

    def __init__(self, item: Item, pack: str) -> None:
        self.parts: list[Part] = []
        self._whole = Part(text="", lang=item.lang, recording=item.recording, pack=pack if item.recording else "")

    def add(self, text: str) -> int:
        self.parts.append(replace(self._whole, text=text, lang=language_of(text, self._whole.lang)))
        return len(self.parts) - 1


class _Writer:
    """Collects rows; those that are read get the number of their part."""

    def __init__(self, first_part: int) -> None:
        self.rows: list[ArticleRow] = []
        self.parts: list[Part] = []
        self._next = first_part
        self.voice = Part(text="")

    def row(self, row: ArticleRow, *spoken: str, lang: str = "") -> None:
        """Add a row and the parts that are read for it; the row carries the number of the first."""
        self.rows.append(replace(row, part=self._next) if spoken else row)
        for text in spoken:
            self.parts.append(replace(self.voice, text=text, lang=language_of(text, lang or self.voice.lang)))
            self._next += 1


def _write_item(writer: _Writer, entry: TabItem, *, opened: bool, alone: bool) -> None:
    item = entry.item
    writer.voice = Part(
        text="", lang=item.lang, recording=item.recording, pack=entry.ref.pack if item.recording else ""
    )
    if not opened:
        kind = RowKind.QUESTION if item.kind is Kind.FAQ else RowKind.HEADING
        writer.row(_directed(ArticleRow(kind=kind, text=item.shown_title, level=1), item.lang), item.shown_title)
    if item.kind is Kind.POLICY:
        for line in _official(item):
            writer.row(ArticleRow(kind=RowKind.META, text=line))
    if not opened and entry.status is not Status.IN_FORCE:
        words = status_sentence(
            entry.status, valid_from=item.valid_from, valid_to=item.valid_to, repealed_on=item.repealed_on
        )
        writer.row(ArticleRow(kind=RowKind.META, text=words))
    if not opened and item.summary:
        writer.row(_directed(ArticleRow(kind=RowKind.PARAGRAPH, text=item.summary), item.lang), item.summary)
    if not opened:
        for _, label, text in _facts(item) if item.guide else ():
            spans = (Span(text=f"{label}：", bold=True), Span(text=text))
            writer.row(_text_row(RowKind.PARAGRAPH, spans, item.lang), f"{label}：{text}")
    for block in item.blocks:
        _write_block(writer, block, item, entry.ref.pack)
    for line in _provenance(item, opened=opened or alone):
        writer.row(ArticleRow(kind=RowKind.META, text=line))


def _write_block(writer: _Writer, block: Block, item: Item, pack: str) -> None:
    match block:
        case Heading():
            row = ArticleRow(kind=RowKind.HEADING, text=block.text, level=block.level)
            writer.row(_directed(row, item.lang), block.text)
        case Paragraph():
            lang = block.lang or item.lang
            writer.row(_text_row(RowKind.PARAGRAPH, block.spans, lang), _plain(block.spans), lang=lang)
        case Callout():
            writer.row(_text_row(RowKind.CALLOUT, block.spans, item.lang), _plain(block.spans))
        case ListEntry():
            row = _text_row(RowKind.ENTRY, block.spans, item.lang)
            writer.row(replace(row, marker=block.marker, depth=block.depth), _plain(block.spans))
        case Table():
            cells = tuple(cell for line in (block.header, *block.rows) for cell in line)
            row = ArticleRow(kind=RowKind.TABLE, cells=cells, columns=len(block.header), align=block.align)
            writer.row(row, *_table_parts(block))
        case Picture():
            row = ArticleRow(
                kind=RowKind.PICTURE,
                text=block.alt,
                pack=pack,
                id=block.sha256,
                ratio=block.height / block.width,
                pixels=block.width,
            )
            writer.row(row)


def _table_parts(table: Table) -> tuple[str, ...]:
    """Return one part per row: each cell after the name of its column, as somebody would read it to you."""
    return tuple(
        "，".join(
            f"{name}{cell}" if number else cell
            for number, (name, cell) in enumerate(zip(table.header, line, strict=True))
        )
        for line in table.rows
    )


def _text_row(kind: RowKind, spans: tuple[Span, ...], lang: str) -> ArticleRow:
    return _directed(ArticleRow(kind=kind, text=_plain(spans), html=_markup(spans)), lang)


def _directed(row: ArticleRow, lang: str) -> ArticleRow:
    right_to_left, tall = _direction(language_of(row.text, lang))
    return replace(row, right_to_left=right_to_left, tall=tall)


def _direction(lang: str) -> tuple[bool, bool]:
    """Return whether a language runs from right to left, and whether its letters stack."""
    primary = lang.split("-", maxsplit=1)[0].lower()
    return primary in RIGHT_TO_LEFT and "Cyrl" not in lang, primary in TALL


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _markup(spans: tuple[Span, ...]) -> str:
    """Return the spans as markup of one paragraph; empty where plain text says the same."""
    if not any(span.bold for span in spans):
        return ""
    return "".join(f"<b>{escape(span.text)}</b>" if span.bold else escape(span.text) for span in spans)


def _official(item: Item) -> Iterator[str]:
    """Yield what an official document says of itself: number, issuers, dates."""
    if item.plain_title:
        yield item.title
    made = date_words(item.made_on) if item.made_on else ""
    if line := " · ".join(part for part in (item.doc_no, "、".join(item.issuers), made) if part):
        yield line


def _provenance(item: Item, *, opened: bool) -> Iterable[str]:
    """Return where it is from and when somebody last checked."""
    if not opened:
        return ()
    sources = "；".join(_source_words(source) for source in item.sources)
    lines = (f"来源：{sources}" if sources else "", verified_words(item.verified_on))
    return tuple(line for line in lines if line)


def _source_words(source: Source) -> str:
    return f"{source.title} {source.article}".strip()
