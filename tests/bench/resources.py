"""What the screen takes of a small machine: memory after real use, and processor time while nobody touches it."""

import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.measure import Measure
from tests.screen.homes import STARTER, install
from tests.screen.remote import Villager, kiosk_on
from tests.screen.x_server import running_x_server

QUIET_S = 20.0
CALM_S = 4.0
TITLE = "养老金怎么交"


def measure() -> list[Measure]:
    """Return memory on an item after a search, and idle time there and at rest; the speech worker is not counted."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as name:
        scratch = Path(name)
        home = scratch / "home"
        install(STARTER, home, scratch / "release")
        (home / "site.toml").write_text('sound = "null"\nidle_s = 600\n')
        with (
            running_x_server(1080, 1920) as display,
            kiosk_on(home, scratch, DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk,
        ):
            screen = psutil.Process(kiosk.process.pid)
            _search_and_open(kiosk)
            time.sleep(CALM_S)
            memory = screen.memory_full_info()
            on_item = _share_of_a_core(screen)
            kiosk.leave()
        with (
            running_x_server(1080, 1920) as display,
            kiosk_on(home, scratch, DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk,
        ):
            kiosk.ask("names")
            time.sleep(CALM_S)
            at_rest = _share_of_a_core(psutil.Process(kiosk.process.pid))
            kiosk.leave()
    return [
        Measure(
            name="memory on an item after a search, PSS",
            value=memory.pss / 2**20,
            unit="MiB",
            bar=150,
            beside=f"USS {memory.uss / 2**20:.0f} MiB, RSS {memory.rss / 2**20:.0f} MiB; with what drives the test",
        ),
        Measure(
            name="idle, of a core",
            value=max(on_item, at_rest) * 100,
            unit="%",
            bar=0.5,
            beside=f"item page {on_item * 100:.2f} %, at rest {at_rest * 100:.2f} %, over {QUIET_S:g} s each",
        ),
    ]


def _search_and_open(kiosk: Villager) -> None:
    kiosk.touch("轻轻点一下屏幕")
    kiosk.touch("想查什么？点这里打字")
    for letter in "ylj":
        kiosk.touch(letter)
    kiosk.touch("养老金")
    kiosk.wait_for(lambda: kiosk.ask("answered"), "no answer")
    kiosk.touch(TITLE, begins=True)
    kiosk.wait_until("item", "isRead", value=True)


def _share_of_a_core(process: psutil.Process) -> float:
    """Return the share of one core that a process takes while nothing is asked of it."""
    before, begin = process.cpu_times(), time.monotonic()
    time.sleep(QUIET_S)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / (time.monotonic() - begin)
