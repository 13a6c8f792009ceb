"""Every system call by which a command changes the disk, killed and failed, one at a time, by strace.

The command runs in a child that strace follows. After each the kiosk must start with the old or the new content of each
pack, whole; success must mean the new; and the same command again must end in the new.
"""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path

from tests.torture.children import CRASHED, HUNG, Child, answer, waiting
from tests.torture.report import Report
from tests.torture.ways import Opened, Way
from tests.torture.world import World, a_world, require, told

CALLS = (
    "write", "pwrite64", "rename", "renameat2", "fsync", "fdatasync", "mkdir", "unlink", "unlinkat", "rmdir", "link",
    "linkat", "openat", "ftruncate",
)  # fmt: skip
KILL, FAILURES = "signal=SIGKILL", ("error=EIO", "error=ENOSPC")
_STANDARD = re.compile(r"write\([12],")
"""Whoever listened has gone: that is no fault of the disk."""

_ATTACH_S = 20


@dataclass(frozen=True)
class Point:
    """One thing that goes wrong.

    Attributes:
        call: Which system call.
        number: Which of them, from 1.
        harm: What happens to it, in strace's words.
    """

    call: str
    number: int
    harm: str

    def __str__(self) -> str:
        return f"{self.call}:{self.harm}:when={self.number}"


def is_possible() -> str:
    """Return why strace cannot follow a process here; empty if it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"ptrace is not allowed here: {tried.stderr.strip()[:200]}"


def sweep(folder: Path, way: Opened, name: str, *, at_most: int) -> Report:
    """Break a command at as many points, evenly taken from all there are.

    Args:
        folder: For everything; empty, on a file system without a disk where there is one: it need not last.
        way: What is done to a kiosk.
        name: Of that way.
        at_most: How many points.
    """
    report = Report(f"system calls killed and failed (strace), {name}", skipped=is_possible())
    if report.skipped:
        return report
    world = a_world(folder / "world")
    with way(world, folder) as opened:
        _sweep(world, folder, opened, at_most, report)
    return report


def _sweep(world: World, folder: Path, way: Way, at_most: int, report: Report) -> None:
    stick = told(world.stick)
    calls = _counted(world, folder / "count", way)
    points = [
        Point(call, number, harm)
        for call in CALLS
        for number in range(1, calls[call] + 1)
        for harm in (KILL, *FAILURES)
    ]
    report.counts["of all points"] = len(points)
    for point in evenly(points, at_most):
        _break(world, folder / "broken", point, way, report)
        shutil.rmtree(folder / "broken")
    if told(world.stick) != stick:
        report.violations.append("what the content comes from was changed")


def evenly(points: list[Point], at_most: int) -> list[Point]:
    """Return so many of them, of every call and harm in turn, spread over each from its first to its last. Pure."""
    groups: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        groups.setdefault((point.call, point.harm), []).append(point)
    spread = [sorted(group, key=lambda point: _halved(point.number - 1)) for group in groups.values()]
    turns = (point for turn in zip_longest(*spread) for point in turn if point)
    return list(islice(turns, at_most))


def _halved(number: int) -> float:
    """Return where a number stands when an interval is halved again and again: 0, 1/2, 1/4, 3/4, 1/8 … Pure."""
    place, step = 0.0, 0.5
    while number:
        place, number, step = place + (number & 1) * step, number >> 1, step / 2
    return place


def _counted(world: World, folder: Path, way: Way) -> Counter[str]:
    """Return how often the command makes each call when nothing goes wrong."""
    folder.mkdir()
    home = world.kiosk(folder / "home")
    child = waiting(partial(way.go, home), folder / "said")
    tracer = traced(child, folder / "trace", "-e", f"trace={','.join(CALLS)}")
    child.begin()
    status = child.wait()
    tracer.wait()
    require(status == 0, f"a command that nobody breaks: {child.said}")
    require(not way.receipts(), "the receipt of a command that nobody breaks")
    names = re.findall(r"^\d+\s+(\w+)\(", (folder / "trace").read_text(errors="replace"), re.MULTILINE)
    shutil.rmtree(folder)
    return Counter(names)


def _break(world: World, folder: Path, point: Point, way: Way, report: Report) -> None:
    folder.mkdir()
    home = world.kiosk(folder / "home")
    child = waiting(partial(way.go, home), folder / "said")
    tracer = traced(
        child,
        folder / "trace",
        "-e",
        f"trace={point.call}",
        "-e",
        f"inject={point.call}:{point.harm}:when={point.number}",
    )
    child.begin()
    status = child.wait()
    tracer.wait()
    seen = (folder / "trace").read_text(errors="replace")
    is_hit = "INJECTED" in seen or (status == -9 and "SIGKILL" in seen)
    where = next((line[:160] for line in seen.splitlines() if "INJECTED" in line), seen[-160:].strip())
    report.done += is_hit
    report.count("died" if status < 0 else "told a failure" if status else "went on all the same")
    if not is_hit:
        report.count("not reached")
    found: list[str] = []
    if status == CRASHED and not _STANDARD.search(where):
        found.append(f"it crashed: {child.said.strip().splitlines()[-1]}")
    if status == HUNG:
        found.append("it hangs")
    try:
        found += answer(partial(_after, home, way, is_done=status == 0), folder / "after")
    except RuntimeError as error:
        found.append(f"a kiosk that does not start: {error}")
    found += way.receipts()
    report.violations += [f"{point}: {each} [{where}]" for each in found]


def _after(home: Path, way: Way, *, is_done: bool) -> list[str]:
    """Return what is wrong after a break, and after the same once more."""
    found = way.once_done(home) if is_done else way.broken_off(home)
    status = way.go(home)
    if status != 0:
        found.append(f"the second time it ended with {status}")
    return found + [f"after the second time: {each}" for each in way.in_the_end(home)]


def traced(child: Child, log: Path, *options: str) -> subprocess.Popen[str]:
    """Let strace follow a child that waits; return once it does."""
    command = ["strace", "-f", "-p", str(child.pid), "-o", str(log), *options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    line = tracer.stderr.readline()
    require("attached" in line, f"strace does not follow: {line}")
    return tracer
