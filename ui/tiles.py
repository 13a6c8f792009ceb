"""What a tile and a card show: pure, apart from asking the icon font for a character."""

from dataclasses import dataclass

from content_packs.model import Status
from kiosk.labels import KIND_LABELS, STATUS_LABELS
from kiosk.words import ItemCard, PersonTile, ThemeTile
from ui.fonts import glyph
from ui.sight import TileRow as TileRow  # noqa: PLC0414 (given on)

STATUS_TONES = {
    Status.IN_FORCE: "good",
    Status.NOT_YET: "review",
    Status.REVIEW: "review",
    Status.EXPIRED: "ended",
    Status.REPEALED: "ended",
    Status.SUPERSEDED: "ended",
}
"""Which of three looks a status badge has; the word on it says the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One item in a list."""

    pack: str
    id: str
    title: str
    detail: str
    kind: str
    status: str
    tone: str
    year: str
    badge: str


def theme_row(theme: ThemeTile) -> TileRow:
    """Return a theme as a tile."""
    return TileRow(id=theme.id, title=theme.title, detail=theme.examples, glyph=glyph(theme.icon), hue=theme.hue)


def person_row(person: PersonTile) -> TileRow:
    """Return a life stage as a tile."""
    return TileRow(id=person.stage.value, title=person.title, detail="", glyph=glyph(person.icon), hue=12)


def card_row(card: ItemCard) -> CardRow:
    """Return an item as a row of a list."""
    return CardRow(
        pack=card.ref.pack,
        id=card.ref.id,
        title=card.title,
        detail=card.summary,
        kind=KIND_LABELS[card.kind],
        status=STATUS_LABELS[card.status],
        tone=STATUS_TONES[card.status],
        year=f"{card.year}年" if card.year else "",
        badge=card.badge,
    )
