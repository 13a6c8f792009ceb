"""The short form of `make tour`: a fault of layout or contrast fails the tests, not only the next long tour."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tour.run import SHORT

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
THEMES = 2


def test_the_pages_that_everybody_sees_keep_the_rules(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tour.run", str(tmp_path), "--short"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ})
    assert answer.returncode == 0, answer.stdout + answer.stderr
    seen = {path.stem.partition("_portrait_")[0] for path in tmp_path.glob("*.png")}
    assert seen == set(SHORT)
    assert len(list(tmp_path.glob("*.png"))) >= THEMES * len(SHORT)
