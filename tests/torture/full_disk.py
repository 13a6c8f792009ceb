"""A really full disk: file systems in memory of every size from too small to large enough.

Below what a sync asks for, it says how much is missing and touches nothing. Then the same with a neighbour who takes
the room away after the sync has looked: wherever the disk ends, the old content or the new is there, whole.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from content_packs.limits import MIB
from sync.install import RESERVE_BYTES
from tests.torture.children import answer, waiting
from tests.torture.report import Report
from tests.torture.world import NEW, World, a_world, leftovers, require, sync_of, violations

_PAGE = 4096
_ROOM_BYTES = RESERVE_BYTES + 4 * MIB
"""What is made free afterwards."""


def is_possible(folder: Path) -> str:
    """Return why no file system can be mounted here; empty if it can."""
    if os.geteuid() != 0:
        return "needs root"
    try:
        with _mounted(folder, MIB):
            return ""
    except subprocess.CalledProcessError as error:
        return f"mounting is not allowed: {error.stderr.strip()[:200]}"


def fill(folder: Path, *, sizes: int) -> Iterator[Report]:
    """Sync on disks of different sizes.

    Args:
        folder: For everything; empty.
        sizes: How many of each kind.
    """
    disk = folder / "disk"
    told = Report("disks that are too small (tmpfs)", skipped=is_possible(disk))
    ends = Report("disks that end while a sync writes (tmpfs)", skipped=told.skipped)
    if not told.skipped:
        world = a_world(folder / "world")
        least = _used(world, folder)
        for number in range(sizes):
            size = least + _PAGE + number * (RESERVE_BYTES + 8 * MIB) // (sizes - 1)
            _try(world, folder, size, told, is_believed=False)
        most = _needed(world, folder)
        for number in range(sizes):
            size = least + _PAGE * (1 + number * (most - least) // sizes // _PAGE)
            _try(world, folder, size, ends, is_believed=True)
    yield told
    yield ends


def _try(world: World, folder: Path, size: int, report: Report, *, is_believed: bool) -> None:
    report.done += 1
    said = folder / "said"
    found: list[str] = []
    with _mounted(folder / "disk", size) as disk:
        home = world.kiosk(disk / "home")
        child = waiting(partial(_work, home, world.stick, is_believed=is_believed), said)
        child.begin()
        status = child.wait()
        report.count("done" if status == 0 else "told a failure")
        if status not in {0, 1, 5}:
            found.append(f"it ended with {status}: {child.said[-300:]}")
        if status and "M-310" not in child.said:
            found.append(f"no word of a full disk: {child.said[-300:]}")
        if not is_believed and status:
            if re.search(r"还差(大约)? \d+ MiB", child.said):
                report.count("told how much is missing")
            else:
                found.append(f"not told how much is missing: {child.said[-300:]}")
        _resize(disk, size + _ROOM_BYTES)
        try:
            found += answer(partial(_after, home, world.stick, is_done=status == 0), said)
        except RuntimeError as error:
            found.append(f"a kiosk that does not start: {error}")
    report.violations += [f"{size} bytes: {each}" for each in found]


def _work(home: Path, stick: Path, *, is_believed: bool) -> int:
    """Sync; where the room is only believed to be there, a neighbour has taken it after the look."""
    if is_believed:
        shutil.disk_usage = lambda _: SimpleNamespace(total=2**40, used=0, free=2**40)
    return sync_of(home, stick)


def _after(home: Path, stick: Path, *, is_done: bool) -> list[str]:
    """Return what is wrong once there is room again."""
    found = violations(home, versions=(NEW,)) if is_done else violations(home)
    if sync_of(home, stick) != 0:
        found.append("the second sync failed")
    found += [f"after the second sync: {each}" for each in violations(home, versions=(NEW,), searchable=True)]
    return found + leftovers(home)


def _used(world: World, folder: Path) -> int:
    with _mounted(folder / "disk", 64 * MIB) as disk:
        world.kiosk(disk / "home")
        return shutil.disk_usage(disk).used


def _needed(world: World, folder: Path) -> int:
    """Return how large a disk is that a sync just fills, at its end; while it works it takes some more."""
    with _mounted(folder / "disk", 256 * MIB) as disk:
        home = world.kiosk(disk / "home")
        require(answer(partial(sync_of, home, world.stick), folder / "said") == 0, "a sync with room")
        return shutil.disk_usage(disk).used + 64 * _PAGE


def _resize(disk: Path, size: int) -> None:
    command = ["mount", "-o", f"remount,size={size}", str(disk)]
    subprocess.run(command, check=True, capture_output=True, text=True)


@contextmanager
def _mounted(place: Path, size: int) -> Iterator[Path]:
    place.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
