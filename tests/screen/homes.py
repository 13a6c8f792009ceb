"""Homes with real packs in them, made by the command that an administrator uses."""

import subprocess
import sys
from pathlib import Path

from kiosk.home import Home
from kiosk.setup import note_set_up

ROOT = Path(__file__).parent.parent.parent
STARTER = ROOT / "content_packs" / "starter"
LIMIT_S = 300


def cunkou(*arguments: str | Path) -> str:
    """Run the command ``cunkou`` and return what it prints."""
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk.cli.main", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def install(source: Path, home: Path, release: Path) -> None:
    """Build the source of a pack and install it in a home; what is not the program's own is installed unsigned.

    Nobody is asked there how the kiosk is to be set up.
    """
    cunkou("pack", "build", source, release)
    cunkou("install", release, "--home", home, *([] if source == STARTER else ["--unsigned"]))
    note_set_up(Home(Path(home)))
