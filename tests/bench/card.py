"""From a stick that is plugged in to the slip on the screen that tells of it, in a kiosk that has just been started."""

import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.measure import Measure, median
from tests.fakes.shelf import a_release
from tests.fakes.stick_village import StickVillage
from tests.fakes.udisks import running_udisks
from tests.screen.homes import STARTER, install
from tests.screen.remote import Villager, kiosk_on

ROUNDS = 5
PACKS = 8
LIMIT_S = 2.0
_SLIP = "工作人员：U盘里有新内容"


def measure() -> list[Measure]:
    """Return the worst of some times; udisks2 is faked on a bus of its own."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as name, running_udisks(Path(name)) as udisks:
        folder = Path(name)
        village = StickVillage(folder, udisks, site='sound = "off"\nprinter = "none"\n')
        install(STARTER, village.home.root, folder / "starter")
        for number in range(PACKS):
            village.fill(a_release(folder / f"v{number}", pack_id=f"cn.test.pack{number}").release)
        with kiosk_on(village.home.root, folder, QT_QPA_PLATFORM="offscreen", CUNKOU_BUS=udisks.address) as person:
            person.wait_for(lambda: _watches(person), "nobody watches for sticks")
            person.touch("轻轻点一下屏幕")
            times = [_seconds_to_the_slip(village, person) for _ in range(ROUNDS)]
            person.leave()
    return [
        Measure(
            name="stick plugged in → the slip that tells of it, worst",
            value=max(times),
            unit="s",
            bar=LIMIT_S,
            beside=f"first {times[0]:.2f} s, median {median(times):.2f} s of {ROUNDS}; {PACKS} packs, udisks2 faked",
        )
    ]


def _watches(person: Villager) -> bool:
    children = psutil.Process(person.process.pid).children()
    return any("watch" in child.cmdline() for child in children)


def _seconds_to_the_slip(village: StickVillage, person: Villager) -> float:
    began = time.monotonic()
    village.plug()
    person.wait_until("stick", "slip", _SLIP)
    seconds = time.monotonic() - began
    village.pull()
    person.wait_until("stick", "slip", "")
    return seconds
