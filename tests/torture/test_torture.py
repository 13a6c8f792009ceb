"""The short form of every torture; ``make torture`` is the long one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.run import KINDS, asked


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.timeout(300)
def test_short(kind: str, tmp_path: Path) -> None:
    """In a process of its own, which may fork: this one has threads."""
    log = tmp_path / "log"
    command = [sys.executable, "-m", "tests.torture.run", "--short", "--log", str(log), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    lines = log.read_text().splitlines()
    skipped = [line for line in lines if "skipped" in line]
    if skipped and lines[-1].startswith("0 in all"):
        pytest.skip(skipped[0])
    assert "violations 0, holds" in lines[-1]


def test_every_kind_is_done_where_none_is_named() -> None:
    assert asked([]).kinds == list(KINDS)
    assert asked(["--short", "fuzz"]).kinds == ["fuzz"]
