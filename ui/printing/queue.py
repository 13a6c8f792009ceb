"""Sends what was drawn to a printer: CUPS for sheets, ESC/POS for tickets. No page ever touches the disk here."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from content_packs.errors import PrinterError
from ui.printing.slip_style import DOCUMENT_TITLE

COMMAND_TIMEOUT_S = 20
TICKET_TIMEOUT_S = 60
ASK_CLERK = "请村里工作人员看看打印机；也可以用手机扫码带走。"


def cups_ready(queue: str) -> bool:
    """Whether CUPS knows the queue and it is neither stopped nor refusing jobs."""
    if which("lpstat") is None:
        return False
    answer = _run(["lpstat", "-p", queue, "-a", queue])
    return answer.returncode == 0 and b"disabled" not in answer.stdout and b"not accepting" not in answer.stdout


def default_queue() -> str:
    """Return the name of the queue that CUPS uses when none is named; empty if there is none."""
    if which("lpstat") is None:
        return ""
    answer = _run(["lpstat", "-d"])
    _, _, name = answer.stdout.decode(errors="replace").strip().partition(": ")
    return "" if answer.returncode else name


def send_sheet(pdf: bytes, queue: str) -> None:
    """Hand PDF pages to a CUPS queue, over a pipe and under a title that says nothing.

    Raises:
        PrinterError: CUPS is absent or did not take the job.
    """
    if which("lp") is None:
        raise PrinterError("没有打印成。", why="cups-client is not installed", todo=ASK_CLERK, code="M-331")
    answer = _run(["lp", "-d", queue, "-t", DOCUMENT_TITLE, "-o", "job-sheets=none,none"], pages=pdf)
    if answer.returncode:
        why = answer.stderr.decode(errors="replace").strip()
        raise PrinterError("没有打印成。", why=why, todo=ASK_CLERK, code="M-332")


def ticket_ready(device: Path) -> bool:
    """Whether the device of the ticket printer is there and may be written."""
    return device.exists() and os.access(device, os.W_OK)


def send_ticket(png: bytes, device: Path) -> None:
    """Send a picture to an ESC/POS printer and cut the paper.

    The driver leaves a cache in the temporary folder, so it runs in a process of its own with a private one.

    Raises:
        PrinterError: the device is gone or did not take the picture.
    """
    with tempfile.TemporaryDirectory(prefix="cunkou-ticket-") as private:
        environment = {**os.environ, "TMPDIR": private, "HOME": private}
        command = [sys.executable, "-m", "ui.printing.ticket_worker", str(device)]
        answer = _run(command, pages=png, timeout_s=TICKET_TIMEOUT_S, environment=environment)
    if answer.returncode:
        why = answer.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PrinterError("没有打印成。", why=" ".join(why), todo=ASK_CLERK, code="M-333")


def _run(
    command: list[str],
    *,
    pages: bytes = b"",
    timeout_s: float = COMMAND_TIMEOUT_S,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a printing command, with pages on its standard input.

    Raises:
        PrinterError: it did not end in time.
    """
    english = {**(environment if environment is not None else os.environ), "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603
            command, input=pages, capture_output=True, timeout=timeout_s, check=False, env=english
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterError("打印机没有回应。", why=f"{command[0]} timed out", todo=ASK_CLERK, code="M-334") from error
