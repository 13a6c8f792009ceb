"""A slip with everything that is drawn of it: its preview, its codes for the screen, its codes for paper."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QImage

from content_packs.errors import KioskError
from kiosk.qr import Matrix, home_words, matrix, paper_matrix, text_matrix
from kiosk.words import CodeCard, Slip
from ui.printing.printer import Printer
from ui.printing.slip_painter import QUIET_MODULES
from ui.viewmodels.take_home_state import CodeView, named_view, scanned_view, text_view

PREVIEW = "slip"
_BRING = "要带什么"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DrawnSlip:
    """What the page 带走 needs.

    Attributes:
        slip: Without the codes that did not pass their check.
        paper_codes: Payload → its modules on paper, for every code of the slip.
        codes: What is offered one at a time.
        pictures: Name → picture, `PREVIEW` and the codes.
    """

    slip: Slip
    paper_codes: Mapping[str, Matrix]
    codes: tuple[CodeView, ...]
    pictures: Mapping[str, QImage]


def drawn_slip(
    slip: Slip, doc_no: str, *, allowed_hosts: Collection[str], printer: Printer, dots_per_mm: float
) -> DrawnSlip:
    """Draw a slip and its codes; takes a tenth of a second.

    Args:
        slip: As words.
        doc_no: 文号 for the code of plain words, may be empty.
        allowed_hosts: The publisher's own hosts.
        printer: On whose paper it will come out.
        dots_per_mm: Resolution of the screen.
    """
    pictures: dict[str, QImage] = {}
    views: list[CodeView] = []
    cards: list[CodeCard] = []
    paper_codes: dict[str, Matrix] = {}
    for card in slip.codes:
        if not card.payload:
            cards.append(card)
            views.append(named_view(card))
            continue
        try:
            shown = matrix(card.payload, allowed_hosts=allowed_hosts)
            paper_codes[card.payload] = paper_matrix(card.payload, allowed_hosts=allowed_hosts)
        except KioskError as error:
            _log.warning("a code is left out: %s", error.telephone_code)
            continue
        cards.append(card)
        views.append(_kept(pictures, shown, card))
    views.append(_text_code(pictures, slip, doc_no))
    honest = replace(slip, codes=tuple(cards))
    pictures[PREVIEW] = printer.preview(honest, paper_codes.__getitem__, dots_per_mm)
    return DrawnSlip(honest, paper_codes, tuple(views), pictures)


def code_image(modules: Matrix) -> QImage:
    """Return a code as black on white, one pixel a module, with its quiet zone."""
    side = len(modules) + 2 * QUIET_MODULES
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    black = QColor("black")
    for y, line in enumerate(modules, QUIET_MODULES):
        for x, dark in enumerate(line, QUIET_MODULES):
            if dark:
                image.setPixelColor(x, y, black)
    return image


def _kept(pictures: dict[str, QImage], shown: Matrix, card: CodeCard) -> CodeView:
    name = f"code{len(pictures)}"
    pictures[name] = code_image(shown)
    return scanned_view(card, name, pictures[name].width())


def _text_code(pictures: dict[str, QImage], slip: Slip, doc_no: str) -> CodeView:
    bring = next((line.entries for line in slip.lines if line.label == _BRING), ())
    phone = slip.phones[0].number if slip.phones else ""
    image = code_image(text_matrix(home_words(slip.title, bring, phone, doc_no)))
    pictures["words"] = image
    return text_view("words", image.width())
