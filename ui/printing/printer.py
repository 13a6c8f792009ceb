"""The printer of this kiosk: whether it is ready, how a slip will look on its paper, and how it gets there.

All of it may take seconds and runs on the page lane.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from typing_extensions import override

from content_packs.errors import PrinterError
from kiosk.settings import Settings
from kiosk.words import Slip
from ui.housekeeping import give_back
from ui.printing.pages import sheet_pdf, sheet_preview, ticket_image, ticket_preview
from ui.printing.queue import ASK_CLERK, cups_ready, default_queue, send_sheet, send_ticket, ticket_ready
from ui.printing.slip_painter import Matrix

MatrixOf = Callable[[str], Matrix]
"""Payload → modules of its code on paper."""


class Printer(Protocol):
    """What a kiosk can print on."""

    def is_ready(self) -> bool:
        """Whether a slip that is sent now would come out, as far as the printer tells."""

    def preview(self, slip: Slip, matrix_of: MatrixOf, dots_per_mm: float) -> QImage:
        """Return the slip as it will come out, at the resolution of a screen."""

    def send(self, slip: Slip, matrix_of: MatrixOf) -> None:
        """Print a slip.

        Raises:
            PrinterError: It was not taken.
        """


@dataclass(frozen=True, slots=True)
class SheetPrinter(Printer):
    """A printer of sheets behind a CUPS queue; an empty name means the default one."""

    queue: str

    @override
    def is_ready(self) -> bool:
        queue = self.queue or default_queue()
        return bool(queue) and cups_ready(queue)

    @override
    def preview(self, slip: Slip, matrix_of: MatrixOf, dots_per_mm: float) -> QImage:
        return sheet_preview(slip, dots_per_mm, matrix_of)

    @override
    def send(self, slip: Slip, matrix_of: MatrixOf) -> None:
        pages = sheet_pdf(slip, matrix_of)
        give_back()  # to take its letters along, whole fonts were read
        send_sheet(pages, self.queue or default_queue())


@dataclass(frozen=True, slots=True)
class TicketPrinter(Printer):
    """A ticket printer on a device file."""

    device: Path
    width_dots: int

    @override
    def is_ready(self) -> bool:
        return ticket_ready(self.device)

    @override
    def preview(self, slip: Slip, matrix_of: MatrixOf, dots_per_mm: float) -> QImage:
        return ticket_preview(slip, self.width_dots, dots_per_mm, matrix_of)

    @override
    def send(self, slip: Slip, matrix_of: MatrixOf) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(ticket_image(slip, self.width_dots, matrix_of))
        send_ticket(bytes(buffer.data().data()), self.device)


@dataclass(frozen=True, slots=True)
class NoPrinter(Printer):
    """A kiosk without a printer: the slip is there to be read and copied by hand."""

    width_dots: int

    @override
    def is_ready(self) -> bool:
        return False

    @override
    def preview(self, slip: Slip, matrix_of: MatrixOf, dots_per_mm: float) -> QImage:
        return ticket_preview(slip, self.width_dots, dots_per_mm, matrix_of)

    @override
    def send(self, slip: Slip, matrix_of: MatrixOf) -> None:
        raise PrinterError("没有打印机。", why="printer = none", todo=ASK_CLERK, code="M-335")


def printer_of(settings: Settings) -> Printer:
    """Return the printer that the settings name."""
    match settings.printer:
        case "cups":
            return SheetPrinter(settings.printer_queue)
        case "escpos":
            return TicketPrinter(Path(settings.escpos_device), settings.paper_dots)
        case "none":
            return NoPrinter(settings.paper_dots)
