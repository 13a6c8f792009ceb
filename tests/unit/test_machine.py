import sys

import pytest

from content_packs.errors import SiteError
from kiosk import machine
from kiosk.doctor import PrinterState
from kiosk.panel import Panel, panel_of
from kiosk.settings import Settings

EDID = bytes((0, 255, 255, 255, 255, 255, 255, 0)) + bytes(13) + bytes((48, 27)) + bytes(105)


class Commands:
    """Answers commands from a table, as a machine would."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def __call__(self, command):
        self.asked.append(list(command))
        return self.answers.get(" ".join(command[:2]).replace("-", "").replace(" ", "_"))


@pytest.fixture(autouse=True)
def _with_cups(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")


IDLE = "printer Ticket is idle.  enabled since Sun 22 Nov 2026\nTicket accepting requests since Sun 22 Nov 2026\n"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (IDLE, PrinterState.READY),
        ("printer Ticket disabled since Sun\n\treason unknown\nTicket accepting requests\n", PrinterState.STOPPED),
        ("printer Ticket is idle.\nTicket not accepting requests since Sun -\n", PrinterState.STOPPED),
        (None, PrinterState.NO_QUEUE),
    ],
)
def test_the_queue_that_is_set_is_asked(answer, state):
    run = Commands(lpstat_p=answer)
    assert machine.printer_of(Settings(printer_queue="Ticket"), run) == (state, "Ticket")
    assert run.asked == [["lpstat", "-p", "Ticket", "-a", "Ticket"]]


def test_without_a_name_the_default_queue_is_asked():
    run = Commands(lpstat_d="system default destination: Office\n", lpstat_p=IDLE)
    assert machine.printer_of(Settings(), run) == (PrinterState.READY, "Office")


def test_without_a_default_there_is_no_queue():
    run = Commands(lpstat_d="no system default destination\n", lpstat_p=IDLE)
    assert machine.printer_of(Settings(), run) == (PrinterState.NO_QUEUE, "")


def test_without_cups_there_is_no_system(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _: None)
    assert machine.printer_of(Settings(), Commands()) == (PrinterState.NO_SYSTEM, "")


def test_no_printer_is_not_looked_for():
    run = Commands()
    assert machine.printer_of(Settings(printer="none"), run) == (None, "")
    assert run.asked == []


def test_a_ticket_printer_is_its_device(tmp_path, monkeypatch):
    device = tmp_path / "lp0"
    settings = Settings(printer="escpos", escpos_device=str(device))
    assert machine.printer_of(settings) == (PrinterState.NO_DEVICE, str(device))
    device.touch()
    assert machine.printer_of(settings)[0] is PrinterState.READY
    monkeypatch.setattr(machine.os, "access", lambda *_: False)
    assert machine.printer_of(settings)[0] is PrinterState.LOCKED


def test_fonts_are_asked_for_by_language():
    def run(command):
        return {":lang=zh-cn": "Noto Sans CJK SC\n", ":lang=ug": "\n"}.get(command[1])

    assert machine.languages_without_font(run) == ("ug", "bo")
    assert machine.languages_without_font(lambda _: "Noto Sans\n") == ()


def test_room_is_that_of_the_nearest_folder_that_exists(tmp_path):
    assert machine.free_bytes(tmp_path / "not" / "yet") > 0


def test_a_volume_that_cannot_be_asked_is_said_in_words(tmp_path, monkeypatch):
    def gone(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(machine.shutil, "disk_usage", gone)
    with pytest.raises(SiteError, match="M-311"):
        machine.free_bytes(tmp_path)


def test_missing_tables_are_told(tmp_path, monkeypatch):
    assert machine.tables_trouble() is None
    monkeypatch.setattr("kiosk.tables.read.default_folder", lambda: tmp_path)
    assert machine.tables_trouble().telephone_code == "M-350"


def test_the_diagonal_that_is_set_comes_before_what_the_screen_tells(tmp_path):
    tell(tmp_path, "card0-HDMI-A-1", EDID)
    found = machine.panel_of_machine(Settings(screen_inches=15.6, orientation="portrait"), tmp_path)
    wide = panel_of(15.6, 16, 9)
    assert found == Panel(wide.height_mm, wide.width_mm)


def test_the_first_screen_that_tells_its_size_counts(tmp_path):
    tell(tmp_path, "card0-DP-1", b"")
    tell(tmp_path, "card0-HDMI-A-1", EDID)
    assert machine.panel_of_machine(Settings(), tmp_path) == Panel(480, 270)
    assert machine.panel_of_machine(Settings(orientation="portrait"), tmp_path) == Panel(270, 480)


def test_a_machine_without_screens_tells_nothing(tmp_path):
    (tmp_path / "card0-DP-1" / "edid").mkdir(parents=True)
    assert machine.panel_of_machine(Settings(), tmp_path) is None


def tell(screens, name, edid):
    (screens / name).mkdir()
    (screens / name / "edid").write_bytes(edid)


def test_commands_are_run_in_english():
    script = "import os; print(os.environ['LC_ALL'])"
    assert machine.run_command([sys.executable, "-c", script]) == "C\n"


def test_a_command_that_is_missing_fails_or_hangs_answers_nothing(monkeypatch):
    assert machine.run_command(["/nowhere/lpstat"]) is None
    assert machine.run_command([sys.executable, "-c", "raise SystemExit(1)"]) is None
    monkeypatch.setattr(machine, "_TIMEOUT_S", 0.05)
    assert machine.run_command([sys.executable, "-c", "import time; time.sleep(5)"]) is None
