"""A printer that is not there is said so in a sentence with a code, never with a traceback."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from content_packs.errors import PrinterError
from ui.printing.queue import cups_ready, send_sheet, send_ticket, ticket_ready


def _picture(width: int = 384, height: int = 1200) -> bytes:
    store = BytesIO()
    Image.new("1", (width, height), 1).save(store, "PNG")
    return store.getvalue()


def test_without_a_print_service_the_sheet_is_refused_with_three_parts(monkeypatch, tmp_path):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    assert not cups_ready("village")
    with pytest.raises(PrinterError) as caught:
        send_sheet(b"%PDF-1.4", "village")
    assert caught.value.telephone_code == "M-332"
    assert caught.value.todo


def test_a_machine_without_cups_is_refused_too(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not cups_ready("village")
    with pytest.raises(PrinterError) as caught:
        send_sheet(b"%PDF-1.4", "village")
    assert caught.value.telephone_code == "M-331"


def test_the_ticket_printer_gets_raster_lines_of_its_width_and_a_cut(tmp_path):
    device = tmp_path / "lp0"
    device.touch()
    assert ticket_ready(device)
    send_ticket(_picture(), device)
    job = device.read_bytes()
    raster = b"\x1dv0\x00" + (384 // 8).to_bytes(2, "little")
    assert job.count(raster) == 3  # 1,200 lines in pieces of 512, so that small printers keep up
    assert b"\x1dV" in job


def test_a_ticket_printer_that_is_gone_is_said_so(tmp_path):
    device = tmp_path / "gone" / "lp0"
    assert not ticket_ready(device)
    with pytest.raises(PrinterError) as caught:
        send_ticket(_picture(), device)
    assert caught.value.telephone_code == "M-333"
    assert "No such file" in caught.value.why


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_device_that_may_not_be_written_is_not_ready(tmp_path: Path):
    device = tmp_path / "lp0"
    device.touch()
    device.chmod(stat.S_IRUSR)
    assert not ticket_ready(device)
