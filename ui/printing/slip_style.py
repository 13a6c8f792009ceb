"""How large things are on a slip, for each kind of paper. All sizes in millimetres."""

from dataclasses import dataclass, replace

DOCUMENT_TITLE = "Cunkou"
"""The same for every slip: a print queue must not tell what somebody looked up."""

TICKET_DOTS_PER_MM = 8
"""Thermal ticket printers have 203 dpi: 8 dots per millimetre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipStyle:
    """Sizes of one kind of slip.

    Attributes:
        width: Printable width.
        margin: Left and right of the text.
        title, body, small: Em sizes.
        code: Side of a QR code without its quiet zone.
        columns: How many codes stand side by side.
        gap: Between two parts.
    """

    width: float
    margin: float
    title: float
    body: float
    small: float
    code: float
    columns: int
    gap: float


# Codes: at least 6 dots a module on paper; 36 mm holds 84 bytes at level M on 58 mm paper
# (requirements section 6). Letters: 3 mm is what receipts use; old eyes get 4.
TICKET_58 = SlipStyle(width=48, margin=1, title=6.5, body=4.2, small=3.2, code=36, columns=1, gap=2.5)
TICKET_80 = SlipStyle(width=72, margin=2, title=7.5, body=4.6, small=3.4, code=56, columns=1, gap=3)
SHEET_A4 = SlipStyle(width=170, margin=0, title=10, body=5.6, small=4, code=40, columns=3, gap=3.5)


def ticket_style(width_dots: int) -> SlipStyle:
    """Return the style for a ticket printer of 384 (58 mm paper) or 576 dots (80 mm paper)."""
    return TICKET_58 if width_dots <= TICKET_58.width * TICKET_DOTS_PER_MM else TICKET_80


def shrunk(style: SlipStyle, factor: float) -> SlipStyle:
    """Return the style with smaller letters and gaps; codes keep their size, or they would not be read."""
    return replace(
        style,
        title=style.title * factor,
        body=style.body * factor,
        small=style.small * factor,
        gap=style.gap * factor,
    )
