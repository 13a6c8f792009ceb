"""From words to paper: what comes out of a real queue is read back."""

import subprocess
from io import BytesIO

import pytest
import qrcode
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont

from kiosk.words import CodeCard
from tests.fakes.print_service import QUEUE, missing, running_print_service
from tests.fakes.slips import PORTAL, a_slip
from ui.printing.pages import sheet_pdf, ticket_image
from ui.printing.queue import cups_ready, send_sheet
from ui.printing.slip_painter import LOST, SlipPainter, line_lengths
from ui.printing.slip_rows import TextRow
from ui.printing.slip_style import TICKET_58, TICKET_DOTS_PER_MM

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


def _matrix(payload: str):
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=0)
    code.add_data(payload)
    code.make()
    return tuple(tuple(row) for row in code.get_matrix())


def _as_pillow(image) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data())))


def _read(picture: Image.Image) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize("width", [384, 576])
def test_the_ticket_is_as_wide_as_the_paper_and_its_code_reads_back(width):
    image = ticket_image(a_slip(), width, _matrix)
    assert image.width() == width
    assert image.depth() == 1
    assert _read(_as_pillow(image)) == [PORTAL.payload]


@pytest.mark.parametrize("width", [384, 576])
def test_nothing_is_drawn_outside_the_paper(width):
    """The outermost dots stay white: what is drawn there would be cut by the printer."""
    picture = _as_pillow(ticket_image(a_slip(answer="带" * 200), width, _matrix)).convert("L")
    for x in (0, width - 1):
        assert picture.crop((x, 0, x + 1, picture.height)).getextrema() == (255, 255)


class _Pen:
    """Writes down what is written, and between which edges."""

    def __init__(self):
        self.font = None
        self.texts = []

    def setPen(self, _colour):  # noqa: N802 - Qt's name
        pass

    def setFont(self, font):  # noqa: N802 - Qt's name
        self.font = font

    def drawText(self, box, _flags, text):  # noqa: N802 - Qt's name
        self.texts.append((text, QFont(self.font), box))


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("letters", range(1, 26))
def test_no_letter_is_lost_on_a_last_line(letters, centred):
    row = TextRow(text="养" * letters, size="title", centred=centred, marker="" if centred else "·")
    painter = SlipPainter(TICKET_58, TICKET_DOTS_PER_MM, _matrix)
    pen = _Pen()
    painter.paint(pen, painter.place((row,)))
    ((text, font, box),) = [written for written in pen.texts if written[0] == row.text]
    lines = line_lengths(text, font, box.width())
    assert sum(lines) == letters
    assert len(lines) == 1 or lines[-1] > LOST
    indent = font.pixelSize() if row.marker else 0
    least = TICKET_58.margin * TICKET_DOTS_PER_MM + indent
    whole = (TICKET_58.width - 2 * TICKET_58.margin) * TICKET_DOTS_PER_MM - indent
    assert len(lines) == len(line_lengths(text, font, whole))
    assert box.left() >= least
    assert box.right() <= least + whole


def test_where_too_many_lines_would_have_to_give_they_stay_as_long_as_they_are():
    pen = _Pen()
    painter = SlipPainter(TICKET_58, TICKET_DOTS_PER_MM, _matrix)
    painter.paint(pen, painter.place((TextRow(text="养" * 50, size="title"),)))
    assert [box.width() for text, _, box in pen.texts if text] == [
        (TICKET_58.width - 2 * TICKET_58.margin) * TICKET_DOTS_PER_MM
    ]


def test_a_module_is_at_least_six_dots_on_paper():
    """The longest payload that a 58 mm slip may carry, at level Q (requirements section 6)."""
    longest = "https://mp.weixin.qq.com/s/" + "a" * 33
    code = CodeCard(caption="公众号文章", payload=longest, host_words="微信")
    picture = _as_pillow(ticket_image(a_slip(codes=(code,)), 384, _matrix))
    found = zxingcpp.read_barcodes(picture)[0]
    assert found.text == longest
    width = found.position.top_right.x - found.position.top_left.x
    assert width / len(_matrix(longest)) >= 5.9


def test_a_sheet_with_much_to_say_goes_on_to_a_second_page():
    short, long = sheet_pdf(a_slip(), _matrix), sheet_pdf(a_slip(answer="要带的东西很多。" * 240), _matrix)
    assert short.count(b"/Type /Page\n") == 1
    assert long.count(b"/Type /Page\n") > 1


@pytest.mark.skipif(bool(missing()), reason=missing() or "present")
def test_the_page_from_a_real_queue_carries_both_codes_and_the_queue_keeps_nothing(monkeypatch, tmp_path):
    second = CodeCard(caption="公众号", payload="http://weixin.qq.com/r/abcdefghijklmnop", host_words="微信")
    with running_print_service() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        assert cups_ready(QUEUE)
        assert not cups_ready("another")
        send_sheet(sheet_pdf(a_slip(codes=(PORTAL, second)), _matrix), QUEUE)
        (page,) = service.printed()
        assert "养老" not in page.name
        subprocess.run(["pdftoppm", "-q", "-r", "150", "-png", str(page), str(tmp_path / "page")], check=True)
        (picture,) = tmp_path.glob("page*.png")
        assert _read(Image.open(picture)) == sorted([PORTAL.payload, second.payload])
        assert service.kept() == []
