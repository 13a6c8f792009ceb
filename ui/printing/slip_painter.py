"""Draws a slip: one column of text and codes, the same for ticket, sheet and preview."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from ui.printing.slip_rows import CodesRow, RuleRow, SlipRow, TextRow
from ui.printing.slip_style import SlipStyle

FAMILY = "Noto Sans CJK SC"
QUIET_MODULES = 4
"""ISO/IEC 18004 asks for four light modules around a QR code."""

WRAP = Qt.TextFlag.TextWordWrap
"""Breaks between any two Chinese characters but never before ，。 or after （ (UAX 14, as clreq asks)."""

LOST = 2
"""So few letters on a last line look lost: with lines a letter or two shorter, others keep them company."""

MOST_SHORTER = 2
"""Letters by which lines may become shorter for that."""

Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and the height that it needs, in dots, the gap below it included."""

    row: SlipRow
    height: float


class SlipPainter:
    """Places and draws the rows of a slip at one resolution.

    Args:
        style: Sizes in millimetres.
        dots_per_mm: Resolution of what is painted on.
        matrix_of: Payload → modules of its code; whatever it raises passes through.
    """

    def __init__(self, style: SlipStyle, dots_per_mm: float, matrix_of: Callable[[str], Matrix]) -> None:
        self._style = style
        self._dots = dots_per_mm
        self._matrix_of = matrix_of

    def place(self, rows: tuple[SlipRow, ...]) -> tuple[PlacedRow, ...]:
        """Return the rows with their heights."""
        return tuple(PlacedRow(row, self._height(row)) for row in rows)

    def paint(self, painter: QPainter, placed: tuple[PlacedRow, ...]) -> None:
        """Draw the rows below each other in black, from the painter's origin."""
        painter.setPen(QColor(Qt.GlobalColor.black))
        y = 0.0
        for entry in placed:
            self._draw(painter, entry.row, y)
            y += entry.height

    @property
    def _width(self) -> float:
        return (self._style.width - 2 * self._style.margin) * self._dots

    @property
    def _left(self) -> float:
        return self._style.margin * self._dots

    def _font(self, row: TextRow) -> QFont:
        sizes = {"title": self._style.title, "body": self._style.body, "small": self._style.small}
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(sizes[row.size] * self._dots)))
        font.setBold(row.bold)
        return font

    def _text_height(self, row: TextRow, width: float) -> float:
        metrics = QFontMetricsF(self._font(row))
        return metrics.boundingRect(QRectF(0, 0, self._room(row, width), 1e6), self._flags(row), row.text).height()

    def _room(self, row: TextRow, width: float) -> float:
        """Return how long the lines of a text are: so that its last one is not lost, and it needs no line more."""
        font, room = self._font(row), width - self._indent(row)
        lines = line_lengths(row.text, font, room)
        for letters in range(MOST_SHORTER + 1):
            shorter = room - letters * font.pixelSize()
            tried = line_lengths(row.text, font, shorter)
            if len(tried) == len(lines) and (len(tried) == 1 or tried[-1] > LOST):
                return shorter
        return room

    def _indent(self, row: TextRow) -> float:
        """Return the room that the marker takes: one letter."""
        return float(self._font(row).pixelSize()) if row.marker else 0.0

    def _flags(self, row: TextRow) -> int:
        align = Qt.AlignmentFlag.AlignHCenter if row.centred else Qt.AlignmentFlag.AlignLeft
        return int(align | Qt.AlignmentFlag.AlignTop) | int(WRAP)

    def _height(self, row: SlipRow) -> float:
        gap = row.gap * self._style.gap * self._dots
        match row:
            case TextRow():
                return self._text_height(row, self._width) + gap
            case RuleRow():
                return self._dots * 0.5 + gap
            case CodesRow():
                return max(self._code_height(row, caption) for caption in row.captions) + gap

    def _code_height(self, row: CodesRow, caption: TextRow) -> float:
        if self._beside(row):
            return self._column
        return self._column + self._text_height(caption, self._column)

    def _beside(self, row: CodesRow) -> bool:
        """Whether a lone code has its caption beside it: on a sheet, where that saves half a page."""
        return self._style.columns > 1 and len(row.payloads) == 1

    @property
    def _column(self) -> float:
        """Width of one code with its quiet zone, and of its caption."""
        columns = self._style.columns
        return min(self._style.code * self._dots * 1.25, self._width / columns)

    def _draw(self, painter: QPainter, row: SlipRow, y: float) -> None:
        match row:
            case TextRow():
                self._draw_text(painter, row, QPointF(self._left, y), self._width)
            case RuleRow():
                pen = QPen(QColor(Qt.GlobalColor.black), max(1.0, self._dots * 0.25), Qt.PenStyle.DashLine)
                painter.save()
                painter.setPen(pen)
                line = y + self._dots * 0.25
                painter.drawLine(QPointF(self._left, line), QPointF(self._left + self._width, line))
                painter.restore()
            case CodesRow():
                self._draw_codes(painter, row, y)

    def _draw_text(self, painter: QPainter, row: TextRow, origin: QPointF, width: float) -> None:
        font = self._font(row)
        indent = self._indent(row)
        painter.setFont(font)
        painter.drawText(QRectF(origin.x(), origin.y(), indent, 1e6), self._flags(row), row.marker)
        room = self._room(row, width)
        left = origin.x() + indent + ((width - indent - room) / 2 if row.centred else 0)
        painter.drawText(QRectF(left, origin.y(), room, 1e6), self._flags(row), row.text)

    def _draw_codes(self, painter: QPainter, row: CodesRow, y: float) -> None:
        column = self._column
        if self._beside(row):
            self._draw_code(painter, self._matrix_of(row.payloads[0]), QPointF(self._left, y), column)
            words = replace(row.captions[0], centred=False, size="body")
            spare = self._width - column
            top = y + (column - self._text_height(words, spare)) / 2
            self._draw_text(painter, words, QPointF(self._left + column, top), spare)
            return
        x = self._left + (self._width - column * len(row.payloads)) / 2
        for payload, caption in zip(row.payloads, row.captions, strict=True):
            self._draw_code(painter, self._matrix_of(payload), QPointF(x, y), column)
            self._draw_text(painter, caption, QPointF(x, y + column), column)
            x += column

    def _draw_code(self, painter: QPainter, matrix: Matrix, origin: QPointF, side: float) -> None:
        """Draw modules as whole dots: a module of 6.4 dots would blur into its neighbours on paper."""
        count = len(matrix) + 2 * QUIET_MODULES
        module = max(1, int(side // count))
        inset = (side - module * len(matrix)) / 2
        left, top = round(origin.x() + inset), round(origin.y() + inset)
        black = QColor(Qt.GlobalColor.black)
        for line, cells in enumerate(matrix):
            for place, dark in enumerate(cells):
                if dark:
                    painter.fillRect(left + place * module, top + line * module, module, module, black)


def line_lengths(text: str, font: QFont, width: float) -> tuple[int, ...]:
    """Return how many letters stand on each line of a text that is broken as on a slip."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setTextOption(QTextOption())  # which wraps at words, as `WRAP` does
    layout.beginLayout()
    lengths = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lengths.append(len(text[line.textStart() : line.textStart() + line.textLength()].strip()))
    layout.endLayout()
    return tuple(lengths)
