"""Process start → the home page with all its tiles painted, beside an empty QML window of the same PySide6."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Measure, median
from tests.screen.homes import STARTER, install
from tests.screen.x_server import running_x_server

PAIRS = 9
LIMIT_S = 60
SIZE = (1080, 1920)
UNUSUAL = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Some build machines set these; on a kiosk, Python compiles each file once."""


def measure() -> list[Measure]:
    """Return the ratio, measured in turns under one X server; the first pair only fills the caches."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as scratch, running_x_server(*SIZE) as display:
        home = Path(scratch) / "home"
        install(STARTER, home, Path(scratch) / "release")
        kiosk = ["-m", "tests.bench.home_window", "--home", str(home), "--size", "{}x{}".format(*SIZE)]
        empty = ["-m", "tests.bench.empty_window"]
        pairs = [(_first_frame_s(empty, display), _first_frame_s(kiosk, display)) for _ in range(PAIRS + 1)][1:]
    ratios = [ours / floor for floor, ours in pairs]
    floor, ours = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
    return [
        Measure(
            name="start → home painted, to an empty window",
            value=median(ratios),
            unit="×",
            bar=1.5,
            beside=f"{ours * 1000:.0f} ms to {floor * 1000:.0f} ms, {PAIRS} pairs, {min(ratios):.2f}–{max(ratios):.2f}",
        )
    ]


def _first_frame_s(arguments: list[str], display: str) -> float:
    """Return the seconds from before a process is made to the moment that it prints."""
    usual = {name: value for name, value in os.environ.items() if name not in UNUSUAL}
    environment = {**usual, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    begin = time.monotonic()
    answer = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=True
    )
    return float(answer.stdout.split()[0]) - begin
