"""Looks at the machine: printer, fonts, disk, screen, voice, service. Decides nothing; `kiosk.doctor` does."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from content_packs.errors import KioskError, PackError, SiteError
from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.doctor import PrinterState, ServiceState, TrustedRoot
from kiosk.home import Home
from kiosk.panel import Panel, panel_of, panel_of_edid, turned
from kiosk.settings import Settings

LANGUAGES: Final = ("zh-cn", "ug", "bo")
"""Of which the screen must be able to draw the script, as fontconfig names them."""

_TIMEOUT_S: Final = 10
SERVICE: Final = Path("/lib/systemd/system/cunkou-kiosk.service")
WANTED: Final = Path("/etc/systemd/system")
_OFF: Final = ("no", "off", "false", "0")
_DEFAULT_MARK: Final = "destination: "

Run = Callable[[Sequence[str]], str | None]
"""Runs a command; its output, or None if there is no such command or it failed."""


def run_command(command: Sequence[str]) -> str | None:
    """Run a command in English and return its output; None if it is not installed, fails, or takes too long."""
    try:
        answer = subprocess.run(  # noqa: S603 (the commands are ours)
            command,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode(errors="replace") if answer.returncode == 0 else None


def queue_of(settings: Settings, run: Run = run_command) -> str:
    """Return the CUPS queue for slips: the one that is set, else the system's default; empty if there is none."""
    if settings.printer_queue:
        return settings.printer_queue
    answer = run(["lpstat", "-d"]) or ""
    return answer.partition(_DEFAULT_MARK)[2].strip()


def printer_of(settings: Settings, run: Run = run_command) -> tuple[PrinterState | None, str]:
    """Return the state of the printer and the queue or device that was looked at; None if there is to be no printer."""
    if settings.printer == "none":
        return None, ""
    if settings.printer == "escpos":
        return _device_state(Path(settings.escpos_device)), settings.escpos_device
    if shutil.which("lpstat") is None:
        return PrinterState.NO_SYSTEM, settings.printer_queue
    queue = queue_of(settings, run)
    answer = run(["lpstat", "-p", queue, "-a", queue]) if queue else None
    if answer is None:
        return PrinterState.NO_QUEUE, queue
    stopped = "disabled" in answer or "not accepting" in answer
    return PrinterState.STOPPED if stopped else PrinterState.READY, queue


def printer_queues(run: Run = run_command) -> tuple[str, ...]:
    """Return the printers that CUPS knows or sees in the network; empty if there are none, or no CUPS."""
    return tuple((run(["lpstat", "-e"]) or "").split())


def ticket_devices(folder: Path = Path("/dev/usb")) -> tuple[str, ...]:
    """Return the device files of printers on USB that may be written to."""
    return tuple(str(path) for path in sorted(folder.glob("lp*")) if os.access(path, os.W_OK))


def languages_without_font(run: Run = run_command) -> tuple[str, ...]:
    """Return those of `LANGUAGES` for which no font is installed; all if nobody can tell."""
    fonts = {language: run(["fc-list", f":lang={language}", "family"]) or "" for language in LANGUAGES}
    return tuple(language for language, families in fonts.items() if not families.strip())


def free_bytes(folder: Path) -> int:
    """Return the room on the volume where a folder is or would be made.

    Raises:
        SiteError: The volume cannot be asked.
    """
    place = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        return shutil.disk_usage(place).free
    except OSError as error:
        raise SiteError("看不到磁盘还有多少空间。", why=str(error), todo="请检查磁盘。", code="M-311") from error


def panel_of_machine(settings: Settings, screens: Path = Path("/sys/class/drm")) -> Panel | None:
    """Return the screen as it hangs: from the settings, else as the first connected one tells; None if it does not.

    Args:
        settings: Diagonal and orientation.
        screens: Where the kernel shows its screens.
    """
    if settings.screen_inches:
        found: Panel | None = panel_of(settings.screen_inches, 16, 9)
    else:
        found = next(filter(None, map(_told_by, sorted(screens.glob("card*-*/edid")))), None)
    return turned(found, settings.orientation) if found else None


def voice_trouble(settings: Settings) -> KioskError | None:
    """Return why nothing can be spoken here; None if all is well. Takes a second."""
    from kiosk.speech.voice import Voice  # noqa: PLC0415 (needs the engine only when it is asked)

    voice = Voice(settings.voice)
    try:
        return voice.trouble()
    finally:
        voice.close()


def sound_trouble(settings: Settings) -> KioskError | None:
    """Return why nothing can be heard here; None if all is well."""
    from kiosk.speech.player import Player  # noqa: PLC0415 (loads the sound library)

    player = Player(settings.sound)
    try:
        return player.trouble()
    finally:
        player.close()


def titles_without_index(home: Home) -> tuple[str, ...]:
    """Return the titles of the active packs whose search index is missing or was made for something else."""
    from kiosk.search.current import is_current  # noqa: PLC0415 (loads numpy)
    from kiosk.search.layout import index_folder  # noqa: PLC0415

    found = []
    for pack in PackStore(home.root).installed():
        with suppress(PackError), PackReader(pack.content_db) as reader:
            folder = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest)
            if not is_current(folder, reader.manifest_digest):
                found.append(reader.info.title)
    return tuple(found)


def tables_trouble() -> KioskError | None:
    """Return why keyboard and search have no tables; None if they have."""
    from kiosk.tables.read import Tables  # noqa: PLC0415 (not every caller wants them)

    try:
        return None if Tables().syllables else SiteError("字表是空的。", todo="请重新安装本程序。", code="M-351")
    except SiteError as error:
        return error


def trusted_roots(home: Home) -> tuple[TrustedRoot, ...]:
    """Return the repositories whose content is accepted, with the end of their newest root as its file says it.

    For showing only: nothing is verified here, and what would verify it is not loaded into the screen.
    """
    found = []
    with suppress(OSError):
        for anchor in sorted((home.root / "trust").glob("*/root.json")):
            newer = sorted((anchor.parent / "roots").glob("*.root.json"))
            ends = [end for path in (anchor, *newer) if (end := _root_end(path))]
            is_whole = _root_end(anchor) is not None
            found.append(TrustedRoot(repository=anchor.parent.name, expires=max(ends) if is_whole else None))
    return tuple(found)


def _root_end(path: Path) -> date | None:
    try:
        signed = json.loads(path.read_bytes())["signed"]
        return datetime.fromisoformat(signed["expires"]).date() if signed["_type"] == "root" else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def keeps_print_jobs(settings: Settings, conf: Path = Path("/etc/cups/cupsd.conf")) -> bool | None:
    """Return whether CUPS keeps pages or a history of jobs; None where it is not used, or nobody may read its file."""
    if settings.printer != "cups":
        return None
    try:
        lines = conf.read_text(errors="replace").splitlines()
    except OSError:
        return None
    words = [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    said = {each[0].lower(): each[1].lower() for each in words if len(each) > 1}
    # cupsd.conf(5): left out, a history is kept, and pages for a day
    return not all(said.get(name) in _OFF for name in ("preservejobhistory", "preservejobfiles"))


def service_state(unit: Path = SERVICE, wanted: Path = WANTED) -> ServiceState:
    """Return whether the system starts the screen and watches it."""
    if not unit.exists():
        return ServiceState.NOT_INSTALLED
    if not any(wanted.glob(f"*.wants/{unit.name}")):
        return ServiceState.NOT_ENABLED
    try:
        is_watched = "\nWatchdogSec=" in unit.read_text()
    except OSError:
        is_watched = False
    return ServiceState.READY if is_watched else ServiceState.NO_WATCHDOG


def has_stick_service(services: Path = Path("/usr/share/dbus-1/system-services")) -> bool:
    """Return whether the system has what looks after sticks."""
    return (services / "org.freedesktop.UDisks2.service").exists()


def _device_state(device: Path) -> PrinterState:
    if not device.exists():
        return PrinterState.NO_DEVICE
    return PrinterState.READY if os.access(device, os.W_OK) else PrinterState.LOCKED


def _told_by(edid: Path) -> Panel | None:
    try:
        return panel_of_edid(edid.read_bytes())
    except OSError:
        return None
