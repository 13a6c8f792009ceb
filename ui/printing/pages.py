"""A slip as a picture for the ticket printer and for the preview, and as PDF for a sheet printer."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from kiosk.words import Slip
from ui.printing.slip_painter import Matrix, PlacedRow, SlipPainter
from ui.printing.slip_rows import rows_of
from ui.printing.slip_style import DOCUMENT_TITLE, SHEET_A4, TICKET_DOTS_PER_MM, shrunk, ticket_style

SHEET_DPI = 600
SHEET_WIDTH_MM = 210
SHEET_HEIGHT_MM = 297
SHEET_MARGIN_MM = 20
MM_PER_INCH = 25.4
SHEET_SHRINKS = (1.0, 0.9, 0.8)
TEAR_MM = 8
"""White below the last line, so that the paper can be torn off without losing it."""


def ticket_image(slip: Slip, width_dots: int, matrix_of: Callable[[str], Matrix]) -> QImage:
    """Return the slip as the ticket printer will burn it: black on white, width_dots wide, one bit a dot."""
    style = ticket_style(width_dots)
    painter_of = SlipPainter(style, TICKET_DOTS_PER_MM, matrix_of)
    placed = painter_of.place(rows_of(slip, columns=style.columns))
    height = sum(entry.height for entry in placed) + TEAR_MM * TICKET_DOTS_PER_MM
    image = QImage(width_dots, round(height), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter_of.paint(painter, placed)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def ticket_preview(slip: Slip, width_dots: int, dots_per_mm: float, matrix_of: Callable[[str], Matrix]) -> QImage:
    """Return the ticket as it will come out, at the resolution of a screen, the white of the paper around its print."""
    burnt = ticket_image(slip, width_dots, matrix_of).convertToFormat(QImage.Format.Format_Grayscale8)
    width = round(width_dots / TICKET_DOTS_PER_MM * dots_per_mm)
    return burnt.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def sheet_preview(slip: Slip, dots_per_mm: float, matrix_of: Callable[[str], Matrix]) -> QImage:
    """Return the sheets as they will come out, below each other, at the resolution of a screen."""
    width, height = round(SHEET_WIDTH_MM * dots_per_mm), round(SHEET_HEIGHT_MM * dots_per_mm)
    printed_dots_per_mm = SHEET_DPI / MM_PER_INCH
    printed_height = (SHEET_HEIGHT_MM - 2 * SHEET_MARGIN_MM) * printed_dots_per_mm
    painter_of, pages = _fitted(slip, matrix_of, height=printed_height)
    image = QImage(width, height * len(pages), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    scale = dots_per_mm / printed_dots_per_mm
    for number, page in enumerate(pages):
        painter.resetTransform()
        painter.translate(SHEET_MARGIN_MM * dots_per_mm, number * height + SHEET_MARGIN_MM * dots_per_mm)
        painter.scale(scale, scale)
        painter_of.paint(painter, page)
    painter.end()
    return image


def sheet_pdf(slip: Slip, matrix_of: Callable[[str], Matrix]) -> bytes:
    """Return the slip as PDF pages of A4, with embedded letters."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(DOCUMENT_TITLE)
    writer.setCreator(DOCUMENT_TITLE)
    writer.setResolution(SHEET_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(SHEET_MARGIN_MM, SHEET_MARGIN_MM, SHEET_MARGIN_MM, SHEET_MARGIN_MM))
    painter_of, pages = _fitted(slip, matrix_of, height=writer.height())
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        painter_of.paint(painter, page)
    painter.end()
    buffer.close()
    return bytes(store.data())


def _fitted(
    slip: Slip, matrix_of: Callable[[str], Matrix], *, height: float
) -> tuple[SlipPainter, list[tuple[PlacedRow, ...]]]:
    """Return painter and pages, with letters a little smaller where that saves a second sheet."""
    rows = rows_of(slip, columns=SHEET_A4.columns)
    tried = []
    for shrink in SHEET_SHRINKS:
        painter_of = SlipPainter(shrunk(SHEET_A4, shrink), SHEET_DPI / MM_PER_INCH, matrix_of)
        tried.append((painter_of, _paginate(painter_of.place(rows), height=height)))
        if len(tried[-1][1]) == 1:
            return tried[-1]
    return tried[0]


def _paginate(placed: tuple[PlacedRow, ...], *, height: float) -> list[tuple[PlacedRow, ...]]:
    """Fill pages from the top; a row is never split, and a page holds at least one."""
    pages: list[list[PlacedRow]] = [[]]
    used = 0.0
    for entry in placed:
        if pages[-1] and used + entry.height > height:
            pages.append([])
            used = 0.0
        pages[-1].append(entry)
        used += entry.height
    return [tuple(page) for page in pages]
