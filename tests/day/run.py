"""A day of a kiosk in less than an hour: ``python -m tests.day.run``, or ``make day``.

Ten hours from eight to six. In every hour people come: they search by pinyin, read, listen, print, tap about as
children do, drag, and leave. Once an hour the county publishes, and the kiosk fetches it over a real web server.
Nothing is emptied for the weighing: after each hour the last person leaves, the kiosk tidies up by itself, and is
weighed from outside. It is weighed in the middle of visits too, for the highest memory of the day.

The first two hours fill what fills once. Of the rest, the second half must not have more handles, threads, processes
and temporary files than the first: an index takes over up to four layers from the versions before it and then begins
anew, so that handles rise and fall with every third fetch. Memory must be at most 200 MB when the day is over, and at
rest must not grow from hour to hour; its highest while somebody reads, prints and taps is told beside it. The process
that is weighed also holds the driver that touches it, which a kiosk has not.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.bench.resources import pss_mib
from tests.day.weighing import Weighing, weigh
from tests.e2e.growth import slope
from tests.fakes.county import REGION, County
from tests.fakes.print_service import QUEUE, PrintService, missing, running_print_service
from tests.fakes.publisher import PACK_TOML, Publisher
from tests.fakes.web import Nginx
from tests.screen.homes import STARTER, install
from tests.screen.remote import Villager, kiosk_on

HOURS = 10
VISITS_AN_HOUR = 12
WARM_UP_HOURS = 2
TAPS_A_VISIT = 40
SEED = 20_261_122
MEMORY_MIB = 200e6 / 2**20
SLOPE_MIB_AN_HOUR = 1.5
STATE_ROOM_KIB = 1_100.0
"""The log may fill its files, the history its two hundred entries; both are bounded."""

LISTENED_S = 1.5
HARMLESS = "QUnifiedTimer::stopAnimationDriver: driver is not running"
"""Said by Qt alone, once in thousands of touches, when it ends an animation that has just ended; nothing follows."""

COUNTS = ("handles", "threads", "processes", "rubbish")
PATIENCE_S = 300.0
TITLES = {"ylj": "养老金", "yb": "医保", "zjd": "宅基地"}
PACK = "cn.test.day"


@dataclass(slots=True)
class Day:
    """What was seen of a day so far."""

    hours: list[Weighing] = field(default_factory=list)
    highest: dict[str, float] = field(default_factory=dict)
    taps: int = 0
    visits: int = 0
    printed: int = 0
    fetched: int = 0
    listened: int = 0

    def weighed(self, while_: str, mib: float) -> None:
        """Note the memory of the screen while somebody does something."""
        self.highest[while_] = max(self.highest.get(while_, 0.0), mib)


class Shop:
    """A county that publishes on a web server of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.county = County(folder, now=datetime.now(UTC))
        self.web = Nginx(folder / "nginx", self.county.folder)
        self.web.start()

    def publish(self, version: int) -> None:
        """Publish another version, of which a part is new."""
        words = PACK_TOML.replace("cn.test.pack", PACK).replace("version = 1", f"version = {version}")
        publisher = Publisher(self._folder / f"v{version}", words).pack()
        for number in range(30):
            changed = version if number < 3 else 0
            publisher.item(f"n-{number}", f"第{number}条，第{changed}次改。" + "请带身份证到村委会办理。" * 20)
        publisher.build()
        self.county.publish(publisher.release)


def main() -> int:
    """Live through the day, tell what was seen, and return 0 if it was a good one."""
    options = _options()
    if why := missing():
        sys.stderr.write(f"A day needs a printer: {why}\n")
        return 2
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cunkou-day-") as name, ExitStack() as stack:
        scratch = Path(name)
        temporary = scratch / "tmp"
        temporary.mkdir()
        shop = Shop(scratch)
        stack.callback(shop.web.stop)
        home = _home(scratch, shop)
        printer = stack.enter_context(running_print_service())
        person = stack.enter_context(_kiosk(home, scratch, printer, temporary))
        day = Day()
        for hour in range(options.hours):
            _hour(person, day, hour, options.visits, shop, printer)
            person.ask("weight", patience_s=PATIENCE_S)  # waits until the kiosk has tidied up by itself
            day.hours.append(weigh(person.process.pid, home, temporary))
            _tell_hour(hour, day)
        warnings = person.ask("warnings")
        status = person.leave()
        said = person.said()
    faults = judged(day)
    faults += [f"warning: {warning}" for warning in warnings if HARMLESS not in warning]
    said = "".join(line for line in said.splitlines(keepends=True) if HARMLESS not in line)
    faults += [f"it ended with {status}: {said}"] if status or said else []
    _report(options.json, day, faults, time.monotonic() - begin)
    return 1 if faults else 0


def judged(day: Day) -> list[str]:
    """Return what was not as it should be; empty after a good day. Pure."""
    hours = day.hours[WARM_UP_HOURS:]
    first, second, after = hours[: len(hours) // 2], hours[len(hours) // 2 :], day.hours[-1]
    found = []
    if after.screen_mib > MEMORY_MIB:
        found.append(f"memory after the day is {after.screen_mib:.0f} MiB, more than {MEMORY_MIB:.0f}")
    for name in COUNTS if first else ():
        early, late = (max(getattr(hour, name) for hour in half) for half in (first, second))
        if late > early:
            found.append(f"{name} grew from {early} to {late}")
    grown_kib = after.state_kib - day.hours[0].state_kib
    if grown_kib > STATE_ROOM_KIB:
        found.append(f"state on the disk grew by {grown_kib:.0f} KiB")
    if len(day.hours) > WARM_UP_HOURS + 1:
        growth = _growth(day)
        if growth > SLOPE_MIB_AN_HOUR:
            found.append(f"memory at rest grew by {growth:.2f} MiB an hour")
    if not (day.taps and day.printed and day.fetched and day.listened):
        found.append("nothing was tapped, printed, fetched or heard")
    return found


def _growth(day: Day) -> float:
    """Return by how many MiB the screen grows at rest in an hour, after the first ones."""
    return slope([hour.screen_mib for hour in day.hours[WARM_UP_HOURS - 1 :]])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--hours", type=int, default=HOURS)
    parser.add_argument("--visits", type=int, default=VISITS_AN_HOUR, help="in an hour")
    parser.add_argument("--json", type=Path, default=Path("build/day.json"))
    return parser.parse_args()


def _home(scratch: Path, shop: Shop) -> Path:
    home = scratch / "home"
    install(STARTER, home, scratch / "release")
    (home / "site.toml").write_text(
        f'village = "云溪村便民服务点"\nregion = "{REGION}"\nsound = "null"\nprinter_queue = "{QUEUE}"\n'
        f'sync_urls = "{shop.web.url}"\nsync_hours = ""\nidle_s = 30\nwarn_s = 5\n'
    )
    shop.county.is_trusted_by(home)
    return home


@contextmanager
def _kiosk(home: Path, scratch: Path, printer: PrintService, temporary: Path) -> Iterator[Villager]:
    with kiosk_on(
        home,
        scratch,
        driver="tests.day.driven",
        QT_QPA_PLATFORM="offscreen",
        TMPDIR=str(temporary),
        **printer.environment,
    ) as person:
        person.ask("see_every_page", patience_s=PATIENCE_S)
        yield person


def _hour(person: Villager, day: Day, hour: int, visits: int, shop: Shop, printer: PrintService) -> None:
    for visit in range(visits):
        letters = list(TITLES)[(hour + visit) % len(TITLES)]
        _visit(person, day, letters, SEED + hour * visits + visit, prints=visit % 2 == 0, printer=printer)
        if visit == visits // 2:
            shop.publish(hour + 1)
            person.ask("fetch")
            person.wait_for(lambda: not person.ask("working"), "the kiosk fetches for ever", patience_s=PATIENCE_S)
            words = f"第{hour + 1}版"
            person.wait_for(lambda: any(title.endswith(words) for title in _titles(person)), f"no {words}")  # noqa: B023
            day.fetched += 1


def _visit(person: Villager, day: Day, letters: str, seed: int, *, prints: bool, printer: PrintService) -> None:
    """Come, find, read, listen, take home, tap about, leave."""
    person.touch("轻轻点一下屏幕")
    person.wait_until("navigator", "page", "home")
    time.sleep(0.6)  # a finger: two touches within half a second are one
    person.touch("想查什么？点这里打字")
    person.wait_until("navigator", "page", "search")
    for letter in letters:
        person.touch(letter)
    person.touch(TITLES[letters])
    person.wait_for(lambda: person.ask("answered"), "no answer")
    title = person.ask("rows", model="search", attribute="found", field="title")[0]
    person.touch(title, begins=True)
    person.wait_until("item", "isRead", value=True)
    person.touch("听一听")
    person.wait_until("listening", "isMoving", value=True)
    time.sleep(LISTENED_S)
    day.listened += person.ask("heard_s") > 0
    day.weighed("reading", _now_mib(person))
    if prints:
        person.touch("带走这张单子")
        person.wait_until("takeHome", "isDrawn", value=True)
        person.touch("打印这张单子")
        person.wait_until("takeHome", "stage", "printed")
        day.printed += 1
        printer.printed(day.printed)
        day.weighed("printing", _now_mib(person))
    person.ask("tap_about", seed=seed, count=TAPS_A_VISIT, patience_s=PATIENCE_S)
    person.ask("drag_about", seed=seed, count=2, patience_s=PATIENCE_S)
    day.weighed("tapping", _now_mib(person))
    day.taps += TAPS_A_VISIT
    day.visits += 1
    person.ask("send_away")
    person.wait_until("navigator", "page", "rest")
    time.sleep(0.6)


def _now_mib(person: Villager) -> float:
    return pss_mib(psutil.Process(person.process.pid))


def _titles(person: Villager) -> list[str]:
    return list(person.ask("rows", model="upkeep", attribute="packs", field="title"))


def _tell_hour(hour: int, day: Day) -> None:
    now = day.hours[-1]
    _say(
        f"{hour + 8:02d}:00 {day.visits} visits, {day.taps} taps, {day.printed} printed, {day.fetched} fetched:"
        f" at rest {now.screen_mib:.1f} MiB, highest {_highest(day)}, beside it {now.voice_mib:.1f};"
        f" {now.handles} handles, {now.threads} threads, {now.processes} processes,"
        f" state {now.state_kib:.0f} KiB, content {now.content_kib:.0f} KiB, {now.rubbish} temporary files",
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _highest(day: Day) -> str:
    return ", ".join(f"{while_} {mib:.0f}" for while_, mib in day.highest.items())


def _report(path: Path, day: Day, faults: list[str], seconds: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {**asdict(day), "seconds": round(seconds), "faults": faults}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    growth = f", {_growth(day):+.2f} MiB an hour" if len(day.hours) > WARM_UP_HOURS else ""
    _say(
        f"a day in {seconds / 60:.0f} minutes: at rest afterwards {day.hours[-1].screen_mib:.0f} MiB"
        f" (bar {MEMORY_MIB:.0f}){growth}, highest {_highest(day)}; load {os.getloadavg()[0]:.1f}"
    )
    for fault in faults:
        _say(f"✘ {fault}")


if __name__ == "__main__":
    sys.exit(main())
