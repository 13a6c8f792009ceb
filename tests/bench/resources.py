"""What the screen takes of a small machine: memory after real use, and processor time while nobody touches it.

Measured is `cunkou-kiosk` as it is installed, touched from outside through its X server: nothing of the bench lives in
its process. Where to touch is learnt first, from another kiosk that a driver runs; that both show the same in the end
is seen on the screen.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.measure import Measure
from tests.bench.start import UNUSUAL
from tests.screen.homes import STARTER, install
from tests.screen.pointer import Pointer
from tests.screen.remote import Villager, kiosk_on
from tests.screen.x_server import running_x_server

SIZE = (1080, 1920)
QUIET_S = 20.0
CALM_S = 4.0
STEP_S = 0.8
"""Between two touches: whoever reads is no faster, and a page has come."""

SETTLED_S = 10.0
"""After a start: voice and search are ready, every page is made, and the kiosk has tidied up."""

SAME_ROWS = 0.98
PATIENCE_S = 20.0
END_LIMIT_S = 20.0
TITLE = "养老金怎么交"
STEPS = ("轻轻点一下屏幕", "想查什么？点这里打字", "y", "l", "j", "养老金", TITLE)

_MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S{4} \S+ \S+ \d+ *(.*)$")
_ONLY_OURS = ("/site-packages/", "/fonts/", "/fontconfig/", "/libcrypto.", "/libsqlite3.")


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody touches, one place after the other, and what the screen shows in the end."""

    places: tuple[tuple[float, float], ...]
    end: bytes


def measure() -> list[Measure]:
    """Return memory on an item after a search, and idle time there and at rest; the speech worker is not counted."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as name:
        scratch = Path(name)
        home = scratch / "home"
        install(STARTER, home, scratch / "release")
        (home / "site.toml").write_text('sound = "null"\nidle_s = 600\n')
        way = _rehearsed(home, scratch)
        with running_x_server(*SIZE) as display, Pointer(display) as pointer, _kiosk(home, display) as screen:
            time.sleep(SETTLED_S)
            at_rest = _share_of_a_core(screen)
            rest_mib = pss_mib(screen)
            _walk(pointer, way)
            time.sleep(CALM_S)
            item_mib, memory = pss_mib(screen), screen.memory_full_info()
            on_item = _share_of_a_core(screen)
    return [
        Measure(
            name="memory on an item after a search, PSS",
            value=item_mib,
            unit="MiB",
            bar=150,
            beside=f"at rest {rest_mib:.0f}; USS {memory.uss / 2**20:.0f}, RSS {memory.rss / 2**20:.0f} MiB",
        ),
        Measure(
            name="idle, of a core",
            value=max(on_item, at_rest) * 100,
            unit="%",
            bar=0.5,
            beside=f"item page {on_item * 100:.2f} %, at rest {at_rest * 100:.2f} %, over {QUIET_S:g} s each",
        ),
    ]


def _rehearsed(home: Path, scratch: Path) -> Way:
    """Let a driven kiosk show where to touch, and how the last page looks."""
    with (
        running_x_server(*SIZE) as display,
        Pointer(display) as pointer,
        kiosk_on(home, scratch, size="{}x{}".format(*SIZE), DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk,
    ):
        places = [_touched(kiosk, name) for name in STEPS]
        kiosk.wait_until("item", "isRead", value=True)
        time.sleep(CALM_S)
        end = pointer.sight()
        kiosk.leave()
    return Way(tuple(places), end)


def _touched(kiosk: Villager, name: str) -> tuple[float, float]:
    """Touch what is called so, or begins so, when nothing moves any more; return its middle."""
    if name == TITLE:
        kiosk.wait_for(lambda: kiosk.ask("answered"), "no answer")
    kiosk.wait_for(lambda: _begins(kiosk, name), f"no {name!r}")
    time.sleep(STEP_S)
    full = _begins(kiosk, name)
    left, top, width, height = kiosk.ask("place", name=full)
    kiosk.touch(full)
    return left + width / 2, top + height / 2


def _begins(kiosk: Villager, name: str) -> str:
    """Return the full name of what is called so, else of what begins so; empty if neither is in sight."""
    names = kiosk.ask("names")
    return name if name in names else next((full for full in names if full.startswith(name)), "")


@contextmanager
def _kiosk(home: Path, display: str) -> Iterator[psutil.Process]:
    """Open the kiosk as its user does, and end it."""
    environment = {name: value for name, value in os.environ.items() if name not in UNUSUAL}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("cunkou-kiosk"), "--home", home, "--size", "{}x{}".format(*SIZE)],
        env={**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(END_LIMIT_S)


def _walk(pointer: Pointer, way: Way) -> None:
    """Touch each place of a way, and see that it led where it should."""
    for x, y in way.places:
        pointer.click(x, y)
        time.sleep(STEP_S)
    deadline = time.monotonic() + PATIENCE_S
    while (share := _same_rows(pointer.sight(), way.end, pointer.width * 4)) < SAME_ROWS:
        assert time.monotonic() < deadline, f"the screen shows something else: {share:.0%} of its rows are as rehearsed"
        time.sleep(STEP_S)


def _same_rows(one: bytes, other: bytes, row_bytes: int) -> float:
    """Return the share of rows that two pictures have in common."""
    begins = range(0, len(one), row_bytes)
    return sum(one[at : at + row_bytes] == other[at : at + row_bytes] for at in begins) / len(begins)


def pss_mib(process: psutil.Process) -> float:
    """Return the PSS of a process in MiB as it is where no other kiosk runs.

    What only such a process maps, libraries of Python and fonts, is counted in full: another kiosk on this machine, a
    test for instance, would take half of it over.
    """
    total, counted = 0, "Pss"
    for line in Path(f"/proc/{process.pid}/smaps").read_text().splitlines():
        mapping = _MAPPING.match(line)
        if mapping:
            counted = "Rss" if any(part in mapping[1] for part in _ONLY_OURS) else "Pss"
        elif line.startswith(f"{counted}:"):
            total += int(line.split()[1])
    return total / 1024


def _share_of_a_core(process: psutil.Process) -> float:
    """Return the share of one core that a process takes while nothing is asked of it."""
    before, begin = process.cpu_times(), time.monotonic()
    time.sleep(QUIET_S)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / (time.monotonic() - begin)
