"""Process start → the home page with all its tiles painted, beside an empty QML window of the same PySide6.

A kiosk keeps what it shows first for its next start (`ui.kept_sight`). Both starts are measured: the usual one, and the
first one after an installation, which reads the packs before it paints.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Measure, median
from tests.screen.homes import STARTER, install
from tests.screen.x_server import running_x_server
from ui.kept_sight import FILE

TURNS = 9
LIMIT_S = 60
SIZE = (1080, 1920)
SETTLE = "--settle"
"""Tells `tests.bench.home_window` to stay until the kiosk has kept what it shows first."""

UNUSUAL = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Some build machines set these; on a kiosk, Python compiles each file once."""


def measure() -> list[Measure]:
    """Return the ratios, measured in turns under one X server; the first turn only fills the caches."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as scratch, running_x_server(*SIZE) as display:
        home = Path(scratch) / "home"
        install(STARTER, home, Path(scratch) / "release")
        kiosk = ["-m", "tests.bench.home_window", "--home", str(home), "--size", "{}x{}".format(*SIZE)]
        empty = ["-m", "tests.bench.empty_window"]
        turns = []
        for _ in range(TURNS + 1):
            (home / FILE).unlink(missing_ok=True)
            first = _first_frame_s(kiosk, display)
            _first_frame_s([*kiosk, SETTLE], display)
            assert (home / FILE).exists(), "a kiosk that is up keeps what it shows first"
            turns.append((_first_frame_s(empty, display), _first_frame_s(kiosk, display), first))
    floors, usual, first = ([turn[column] for turn in turns[1:]] for column in range(3))
    return [
        _ratio("start → home painted, to an empty window", usual, floors, bar=1.5),
        _ratio("first start after an installation, likewise", first, floors, bar=2.2),
    ]


def _ratio(name: str, ours: list[float], floors: list[float], *, bar: float) -> Measure:
    ratios = [mine / floor for mine, floor in zip(ours, floors, strict=True)]
    return Measure(
        name=name,
        value=median(ratios),
        unit="×",
        bar=bar,
        beside=f"{median(ours) * 1000:.0f} ms to {median(floors) * 1000:.0f} ms, {len(ratios)} turns, "
        f"{min(ratios):.2f}–{max(ratios):.2f}",
    )


def _first_frame_s(arguments: list[str], display: str) -> float:
    """Return the seconds from before a process is made to the moment that it prints."""
    usual = {name: value for name, value in os.environ.items() if name not in UNUSUAL}
    environment = {**usual, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    begin = time.monotonic()
    answer = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=True
    )
    return float(answer.stdout.split()[0]) - begin
