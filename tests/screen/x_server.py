"""An X server of the test's own, without a monitor."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

START_LIMIT_S = 60


def missing() -> str:
    """Return why no X server can be started here; empty if it can."""
    return "" if which("Xvfb") else "Xvfb is not installed"


@contextmanager
def running_x_server(width: int, height: int) -> Iterator[str]:
    """Start Xvfb on a free display, listening on no network; give the display's name, and end it afterwards."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[writing],
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb ended at once"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=START_LIMIT_S)
