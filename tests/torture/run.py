"""``make torture``: everything that can happen to a sync, and a log of what it did to the kiosk.

The short form of each kind is part of ``make test``.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from tests.torture import broken, full_disk, fuzz, order, power, sticks, sweep, ways
from tests.torture.report import Report

_MEMORY = Path("/dev/shm")
_SCRATCH_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Size:
    """How much is done.

    Attributes:
        points: System calls that are killed or failed while a sync comes from a folder.
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


LONG = Size(points=600, other_points=350, cuts=80, lossy_cuts=20, disks=60, sticks=60, fuzz_s=600)
SHORT = Size(points=42, other_points=21, cuts=6, lossy_cuts=5, disks=6, sticks=6, fuzz_s=10)


def strace(size: Size, folder: Path) -> Iterator[Report]:
    yield order.audit(folder / "order")
    yield order.audit(folder / "planted", is_durable=False)
    for number, (way, name, points) in enumerate(
        (
            (ways.from_a_folder, "from a folder", size.points),
            (ways.over_http, "from a server", size.other_points),
            (ways.from_a_stick, "from a stick that is plugged in", size.other_points),
        )
    ):
        place = folder / f"sweep{number}"
        place.mkdir()
        yield sweep.sweep(place, way, name, at_most=points)


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


KINDS = {
    "broken": broken_by_hand,
    "strace": strace,
    "power": power_cuts,
    "full": full,
    "sticks": pulled_sticks,
    "fuzz": strange_bytes,
}


def asked(words: list[str]) -> argparse.Namespace:
    """Return what a command line asks for: every kind, where none is named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--short", action="store_true")
    arguments.add_argument("--log", type=Path, default=Path("build/torture.log"))
    arguments.add_argument("--fuzz-seconds", type=float, default=0, help="of made-up bytes, over all parsers")
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
    reports: list[Report] = []
    with options.log.open("w") as log, _scratch() as scratch:
        for kind in options.kinds:
            (scratch / kind).mkdir()
            began = time.monotonic()
            for report in KINDS[kind](size, scratch / kind):
                reports.append(report)
                text = "\n".join(report.lines()) + f"\n    {time.monotonic() - began:.0f} s"
                _tell(text, log)
            shutil.rmtree(scratch / kind)
        violations = sum(len(report.violations) for report in reports if not report.is_planted)
        holds = all(report.holds for report in reports)
        last = (
            f"{sum(report.done for report in reports)} in all, violations {violations}, {'holds' if holds else 'FAILS'}"
        )
        _tell(last, log)
    return 0 if holds else 1


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
