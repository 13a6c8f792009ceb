"""The rows of an article, the facts and the tabs, as the delegates of the item page want them: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from kiosk.labels import TAB_LABELS
from kiosk.words import TabKind
from ui.article import ArticleRow, Fact, RowKind
from ui.fonts import glyph
from ui.tiles import CardRow, card_row

LINE_HEIGHT_PERCENT = 104
"""Noto Sans CJK brings 1.45 em of line height; this makes it 1.5. Naskh (1.7) and Tibetan (2.8) bring enough."""

NARROWEST_COLUMN = 2.0
WIDEST_COLUMN = 14.0
"""Widths of table columns in em: a longer cell is wrapped."""

_NO_CARD = CardRow(pack="", id="", title="", detail="", kind="", status="", tone="", year="", badge="")
_RUNNING = frozenset({RowKind.PARAGRAPH, RowKind.ENTRY, RowKind.CALLOUT, RowKind.QUESTION, RowKind.HEADING})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row of an article. What is not said here is as in `ui.article.ArticleRow`.

    Attributes:
        kind: Chooses the delegate.
        text: For those who listen to the screen.
        markup: The text of running rows as rich text, with the same places of its characters; else empty.
        widths: Of a table's columns, as wide as their words, in em; as text, because QML takes no list of numbers here.
        source: Address of a picture, else empty.
        tone: Of the status badge of a card; with ``detail``, ``label``, ``status``, ``year`` and ``badge`` as in
            `ui.tiles.CardRow`.
        item_id: Of a card, else empty; ``pack`` likewise.
        parts: How many parts the row has, from ``part`` on.
    """

    kind: str
    text: str
    markup: str
    level: int
    marker: str
    depth: int
    cells: tuple[str, ...]
    columns: int
    widths: tuple[str, ...]
    align: str
    source: str
    ratio: float
    pixels: int
    detail: str
    label: str
    status: str
    tone: str
    year: str
    badge: str
    pack: str
    item_id: str
    right_to_left: bool
    tall: bool
    part: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One fact: the character of its icon, what it is about, and what it says."""

    glyph: str
    label: str
    text: str
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTab:
    """One tab: its name for the program and its name for people."""

    key: str
    label: str


def shown_rows(rows: Iterable[ArticleRow]) -> tuple[ShownRow, ...]:
    """Return the rows of an article as they are shown."""
    return tuple(map(_shown, rows))


def shown_facts(facts: Iterable[Fact]) -> tuple[ShownFact, ...]:
    """Return the facts as they are shown."""
    return tuple(ShownFact(glyph=glyph(fact.icon), label=fact.label, text=fact.text, part=fact.part) for fact in facts)


def shown_tabs(kinds: Iterable[TabKind]) -> tuple[ShownTab, ...]:
    """Return the tabs as they are shown."""
    return tuple(ShownTab(key=kind.value, label=TAB_LABELS[kind]) for kind in kinds)


def _shown(row: ArticleRow) -> ShownRow:
    card = card_row(row.card) if row.card else _NO_CARD
    return ShownRow(
        kind=row.kind.value,
        text=row.text,
        markup=markup(row.text, html=row.html, right_to_left=row.right_to_left) if row.kind in _RUNNING else "",
        level=row.level,
        marker=row.marker,
        depth=row.depth,
        cells=row.cells,
        columns=row.columns,
        widths=tuple(f"{_width(row.cells[column :: row.columns]):.1f}" for column in range(row.columns)),
        align=row.align,
        source=f"image://media/{row.pack}/{row.id}" if row.kind is RowKind.PICTURE else "",
        ratio=row.ratio,
        pixels=row.pixels,
        detail=card.detail,
        label=card.kind,
        status=card.status,
        tone=card.tone,
        year=card.year,
        badge=card.badge,
        pack=card.pack,
        item_id=card.id,
        right_to_left=row.right_to_left,
        tall=row.tall,
        part=row.part,
        parts=_parts(row),
    )


def _parts(row: ArticleRow) -> int:
    if row.part < 0:
        return 0
    return len(row.cells) // row.columns - 1 if row.kind is RowKind.TABLE else 1


def _width(cells: tuple[str, ...]) -> float:
    """Return how wide a column wants to be: as its longest cell, within bounds that keep a table readable."""
    longest = max((sum(0.6 if character < "\u2000" else 1.0 for character in cell) for cell in cells), default=0.0)
    return min(max(longest, NARROWEST_COLUMN), WIDEST_COLUMN)


def markup(text: str, *, html: str = "", right_to_left: bool = False) -> str:
    """Return a paragraph as rich text with the same places of its characters.

    Args:
        text: Plain.
        html: The same with bold runs as markup; empty where nothing is bold.
        right_to_left: Of the text.
    """
    direction = "rtl" if right_to_left else "ltr"
    style = f"margin:0;white-space:pre-wrap;line-height:{LINE_HEIGHT_PERCENT}%"
    return f'<p dir="{direction}" style="{style}">{html or escape(text)}</p>'
