"""Sticks that are pulled at any byte, whose reads fail, and that tell their names as FAT does.

Whatever becomes of the stick, the kiosk shows the old or the new content; the next attempt goes on at the byte, so that
no byte of a bundle goes over twice; and nothing is written to the stick.
"""

import random
import shutil
from functools import partial
from pathlib import Path

from kiosk.cli.main import TRY_AGAIN
from tests.fakes.fuse_stick import Faults, Handed, is_possible, plugged
from tests.torture.children import CRASHED, answer, waiting
from tests.torture.report import Report
from tests.torture.world import NEW, World, a_world, leftovers, require, sync_of, violations

_ATTEMPTS = 40
"""More than any stick here is pulled."""


def pull(folder: Path, *, trials: int, seed: int = 4) -> Report:
    """Sync from bad sticks.

    Args:
        folder: For everything; empty.
        trials: How many kiosks sync; each from a stick that goes several times.
        seed: Of the bytes.
    """
    report = Report("sticks pulled at any byte, with failing reads (FUSE)", skipped=is_possible(folder))
    if report.skipped:
        return report
    world = a_world(folder / "world", items=24, pictures=12, changed=24)
    home = world.kiosk(folder / "measured")
    with plugged(world.stick, folder / "whole") as stick:
        require(answer(partial(sync_of, home, stick.place), folder / "said") == 0, "a stick that nobody pulls")
        whole = stick.handed
    total = sum(one.end - one.start for one in whole)
    report.counts["bytes of a whole sync"] = total
    chance = random.Random(seed)
    for number in range(trials):
        _try(world, folder / "trial", total, chance, report)
        if report.violations:
            report.violations[-1] += f" (trial {number})"
        shutil.rmtree(folder / "trial")
    return report


def _try(world: World, folder: Path, total: int, chance: random.Random, report: Report) -> None:
    """Let one kiosk sync from a stick that is bad several times, and then good."""
    folder.mkdir()
    home = world.kiosk(folder / "home")
    handed: list[Handed] = []
    for attempt in range(_ATTEMPTS):
        faults = _faults(chance, total) if attempt < chance.randint(1, 3) else Faults(is_shouting=True)
        report.done += faults.pulled_after is not None or bool(faults.failing_reads)
        status, found = _attempt(world, folder, home, faults, handed)
        report.count("went away" if status == TRY_AGAIN else "done" if status == 0 else "told another failure")
        report.violations += [f"{faults}: {each}" for each in found]
        if status == 0 and faults.pulled_after is None:
            break
    bundles = [one for one in handed if one.path.startswith("bundles/")]
    twice = _bytes_twice(bundles)
    report.count("bytes of bundles", sum(one.end - one.start for one in bundles))
    report.count("bytes fetched twice", twice)
    if twice:
        report.violations.append(f"{twice} bytes of bundles went over twice")
    found = answer(partial(violations, home, versions=(NEW,), searchable=True), folder / "said")
    report.violations += found + leftovers(home)


def _faults(chance: random.Random, total: int) -> Faults:
    if chance.random() < 0.3:
        failing = frozenset(chance.randint(1, 12) for _ in range(chance.randint(1, 2)))
        return Faults(failing_reads=failing, is_shouting=chance.random() < 0.5)
    return Faults(
        pulled_after=chance.randrange(total),
        leaves_mount=chance.random() < 0.5,
        is_shouting=chance.random() < 0.5,
    )


def _attempt(world: World, folder: Path, home: Path, faults: Faults, handed: list[Handed]) -> tuple[int, list[str]]:
    """Return how a sync from this stick ends, and what is wrong after it."""
    with plugged(world.stick, folder / "stick", faults) as stick:
        child = waiting(partial(sync_of, home, stick.place), folder / "said")
        child.begin()
        status = child.wait()
        handed += stick.handed
    found: list[str] = []
    if status == CRASHED:
        found.append(f"it crashed: {child.said.strip().splitlines()[-1]}")
    if status not in {0, TRY_AGAIN, CRASHED} and "代码：S-2" not in child.said:
        found.append(f"it ended with {status}: {child.said[-300:]}")
    try:
        found += answer(partial(violations, home), folder / "after")
    except RuntimeError as error:
        found.append(f"a kiosk that does not start: {error}")
    return status, found


def _bytes_twice(handed: list[Handed]) -> int:
    """Return how many bytes went over more than once. Pure."""
    twice = 0
    for path in {one.path for one in handed}:
        last = 0
        for one in sorted((one for one in handed if one.path == path), key=lambda one: one.start):
            twice += max(0, min(last, one.end) - one.start)
            last = max(last, one.end)
    return twice
