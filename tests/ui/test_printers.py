"""The printers of a kiosk: which one it has, what comes out, and how that looks before."""

import re
from pathlib import Path

import pytest

from content_packs.errors import PrinterError
from kiosk.qr import matrix, paper_matrix
from kiosk.settings import Settings
from tests.fakes.slips import PORTAL, a_slip
from ui.printing.pages import sheet_pdf
from ui.printing.printer import NoPrinter, SheetPrinter, TicketPrinter, printer_of

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


@pytest.mark.parametrize(
    ("settings", "printer"),
    [
        (Settings(printer="cups", printer_queue="village"), SheetPrinter("village")),
        (Settings(printer="escpos", paper_dots=384), TicketPrinter(Path("/dev/usb/lp0"), 384)),
        (Settings(printer="none", paper_dots=576), NoPrinter(576)),
    ],
)
def test_the_settings_name_the_printer(settings, printer):
    assert printer_of(settings) == printer


def stand_in(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_the_default_queue_is_asked_for_when_none_is_named(monkeypatch, tmp_path):
    log = tmp_path / "log"
    stand_in(tmp_path, "lpstat", f'echo "$@" >> {log}\ncase "$1" in -d) echo "system default destination: hall";; esac')
    stand_in(tmp_path, "lp", f'echo "lp $@" >> {log}\ncat > {tmp_path}/page.pdf')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    printer = SheetPrinter("")
    assert printer.is_ready()
    printer.send(a_slip(), paper_matrix)
    assert "-p hall" in log.read_text()
    assert "lp -d hall" in log.read_text()
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_what_printing_read_of_the_fonts_does_not_stay_in_memory(monkeypatch, tmp_path):
    stand_in(tmp_path, "lp", "cat > /dev/null")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert sheet_pdf(a_slip(), paper_matrix)
    read = fonts_kib()
    assert read > 4_000
    SheetPrinter("hall").send(a_slip(), paper_matrix)
    assert fonts_kib() < read / 4


def fonts_kib() -> int:
    """Return how much of fonts this process holds in memory."""
    mappings = re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text(), flags=re.MULTILINE)
    fonts = [mapping for mapping in mappings if re.search(r"\.(?:ttc|ttf|otf)$", mapping.partition("\n")[0])]
    return sum(int(size) for mapping in fonts for size in re.findall(r"^Rss: +(\d+) kB$", mapping, re.MULTILINE))


def test_without_a_default_queue_no_printer_is_ready(monkeypatch, tmp_path):
    stand_in(tmp_path, "lpstat", "echo no system default destination")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not SheetPrinter("").is_ready()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert not SheetPrinter("").is_ready()


def test_a_ticket_leaves_as_raster_lines(tmp_path):
    device = tmp_path / "lp0"
    printer = TicketPrinter(device, 384)
    assert not printer.is_ready()
    device.touch()
    assert printer.is_ready()
    printer.send(a_slip(), paper_matrix)
    assert b"\x1dv0\x00" in device.read_bytes()


def test_nobody_prints_without_a_printer():
    printer = NoPrinter(384)
    assert not printer.is_ready()
    with pytest.raises(PrinterError) as caught:
        printer.send(a_slip(), paper_matrix)
    assert caught.value.telephone_code == "M-335"


@pytest.mark.parametrize(
    ("printer", "width_mm"),
    [(TicketPrinter(Path("/dev/null"), 384), 48), (NoPrinter(576), 72), (SheetPrinter(""), 210)],
)
def test_previews_are_as_wide_as_the_paper(printer, width_mm):
    image = printer.preview(a_slip(), paper_matrix, 4.0)
    assert image.width() == width_mm * 4
    assert image.height() > 100
    assert image.pixelColor(0, 0).lightness() == 255
    assert any(image.pixelColor(x, y).lightness() < 128 for x in range(0, image.width(), 3) for y in range(20, 260, 2))


def test_a_slip_of_two_sheets_is_shown_as_two():
    one = SheetPrinter("").preview(a_slip(), paper_matrix, 2.0)
    two = SheetPrinter("").preview(a_slip(answer="要带的东西很多。" * 240), paper_matrix, 2.0)
    assert two.height() > one.height() == 297 * 2


def test_codes_on_paper_bear_folding_unless_they_are_too_long_for_it():
    assert paper_matrix(PORTAL.payload) != matrix(PORTAL.payload)
    long = "https://si.12333.gov.cn/" + "a" * 50
    assert paper_matrix(long) == matrix(long)
