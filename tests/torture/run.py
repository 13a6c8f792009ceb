"""``make torture``: everything that can happen to a sync, and a log of what it did to the kiosk.

Kinds run side by side. The short form of each is part of ``make test``.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO

from tests.torture import broken, full_disk, fuzz, order, power, sticks, sweep, ways
from tests.torture.children import stay_in_front
from tests.torture.report import Report

_MEMORY = Path("/dev/shm")
_AT_ONCE = (os.cpu_count() or 1) + 2
"""They often wait: for a tracer, a disk, a server."""

_SCRATCH_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Size:
    """How much is done.

    Attributes:
        points: System calls that are killed or failed while a sync comes from a folder, and while a pack is taken away.
        other_points: The same from a server, and from a stick that a clerk plugs in.
        cuts: Power cuts.
        lossy_cuts: Power cuts without fsync.
        disks: Full disks, of each of two kinds.
        sticks: Kiosks that sync from sticks that are pulled, again and again.
        fuzz_s: Seconds of made-up bytes, over all parsers.
    """

    points: int
    other_points: int
    cuts: int
    lossy_cuts: int
    disks: int
    sticks: int
    fuzz_s: float


LONG = Size(points=400, other_points=300, cuts=80, lossy_cuts=20, disks=60, sticks=60, fuzz_s=600)
SHORT = Size(points=42, other_points=21, cuts=6, lossy_cuts=5, disks=6, sticks=6, fuzz_s=10)


def order_of_writes(size: Size, folder: Path) -> Iterator[Report]:
    del size
    yield order.audit(folder / "order")
    yield order.audit(folder / "planted", is_durable=False)


def many_calls(way: ways.Opened, name: str, size: Size, folder: Path) -> Iterator[Report]:
    yield sweep.sweep(folder, way, name, at_most=size.points)


def calls(way: ways.Opened, name: str, size: Size, folder: Path) -> Iterator[Report]:
    yield sweep.sweep(folder, way, name, at_most=size.other_points)


def power_cuts(size: Size, folder: Path) -> Iterator[Report]:
    yield power.cut(folder / "durable", at_least=size.cuts)
    yield power.cut(folder / "planted", at_least=size.lossy_cuts, is_durable=False)


def broken_by_hand(size: Size, folder: Path) -> Iterator[Report]:
    del size
    yield broken.broken(folder)


def full(size: Size, folder: Path) -> Iterator[Report]:
    yield from full_disk.fill(folder, sizes=size.disks)


def pulled_sticks(size: Size, folder: Path) -> Iterator[Report]:
    yield sticks.pull(folder, trials=size.sticks)


def strange_bytes(size: Size, folder: Path) -> Iterator[Report]:
    yield from fuzz.fuzz(folder, seconds=size.fuzz_s)


KINDS: dict[str, Callable[[Size, Path], Iterator[Report]]] = {
    "fuzz": strange_bytes,
    "calls-folder": partial(many_calls, ways.from_a_folder, "from a folder"),
    "calls-stick": partial(calls, ways.from_a_stick, "from a stick that is plugged in"),
    "calls-server": partial(calls, ways.over_http, "from a server"),
    "calls-removal": partial(many_calls, ways.by_removal, "while a pack is taken away"),
    "sticks": pulled_sticks,
    "power": power_cuts,
    "full": full,
    "order": order_of_writes,
    "broken": broken_by_hand,
}
"""The longest first."""


def asked(words: list[str]) -> argparse.Namespace:
    """Return what a command line asks for: every kind, where none is named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--short", action="store_true")
    arguments.add_argument("--log", type=Path, default=Path("build/torture.log"))
    arguments.add_argument("--fuzz-seconds", type=float, default=0, help="of made-up bytes, over all parsers")
    arguments.add_argument("--at-once", type=int, default=_AT_ONCE, help="kinds side by side")
    arguments.add_argument("kinds", nargs="*", choices=[*KINDS, []])
    options = arguments.parse_args(words)
    options.kinds = options.kinds or list(KINDS)
    return options


def main() -> int:
    """Do the kinds that were asked for; 0 if nothing was violated and every planted fault was found."""
    options = asked(sys.argv[1:])
    size = SHORT if options.short else LONG
    if options.fuzz_seconds:
        size = replace(size, fuzz_s=options.fuzz_seconds)
    options.log.parent.mkdir(parents=True, exist_ok=True)
    stay_in_front()
    reports: list[Report] = []
    pool = ProcessPoolExecutor(options.at_once, mp_context=get_context("fork"))
    with options.log.open("w") as log, _scratch() as scratch, pool:
        for done in as_completed([pool.submit(_done, kind, size, scratch / kind) for kind in options.kinds]):
            found, seconds = done.result()
            reports += found
            _tell("\n".join(line for report in found for line in report.lines()) + f"\n    {seconds:.0f} s", log)
        violations = sum(len(report.violations) for report in reports if not report.is_planted)
        holds = all(report.holds for report in reports)
        last = (
            f"{sum(report.done for report in reports)} in all, violations {violations}, {'holds' if holds else 'FAILS'}"
        )
        _tell(last, log)
    return 0 if holds else 1


def _done(kind: str, size: Size, folder: Path) -> tuple[list[Report], float]:
    """Return what one kind found, and how many seconds it took; a harness that fails ends none of the others."""
    folder.mkdir()
    began = time.monotonic()
    reports: list[Report] = []
    try:
        reports += KINDS[kind](size, folder)
    except Exception as error:  # noqa: BLE001 (whatever it is, it must be told)
        reports.append(Report(kind, violations=[f"the harness failed: {error!r}"]))
    shutil.rmtree(folder, ignore_errors=True)
    return reports, time.monotonic() - began


def _tell(text: str, log: TextIO) -> None:
    for listener in (sys.stdout, log):
        listener.write(text + "\n")
        listener.flush()


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder, in memory where that can be: none of it must last."""
    has_memory = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _SCRATCH_BYTES
    room = _MEMORY if has_memory else None
    with tempfile.TemporaryDirectory(prefix="cunkou-torture-", dir=room) as made:
        yield Path(made)


if __name__ == "__main__":
    sys.exit(main())
