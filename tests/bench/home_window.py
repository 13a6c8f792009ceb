"""The kiosk's own start: prints the moment at which the home page with all its tiles has been painted.

The application rests until somebody touches it. Here it is sent home as soon as its window exists, before anything is
painted: the figure holds all that a start costs, and no time in which it waits for a finger. With ``--settle`` it stays
until the kiosk has kept what it shows first, as a kiosk does that is not switched off within a second.
"""

import sys
import time
from pathlib import Path
from typing import Any

from ui import start  # first, as `cunkou-kiosk` has it: it says how PySide is imported

# isort: split
from PySide6.QtCore import QTimer

from ui.shell import Shell

SETTLE = "--settle"
LOOK_MS = 50


class Watcher:
    """Sends a shell home and looks at its frames until every tile stands in one.

    Args:
        shell: The screen.
        kept: What must be on the disk before the kiosk ends; None ends it with the frame.
    """

    def __init__(self, shell: Shell, kept: Path | None) -> None:
        self._shell = shell
        self._kept = kept
        self._told = False
        shell.window.frameSwapped.connect(self._painted)
        shell.navigator.home()

    def _painted(self) -> None:
        if self._told:
            return
        from tests.screen.fingers import seen_in  # noqa: PLC0415 (only after the frame: looking must cost the start nothing)

        now = time.monotonic()
        names = " ".join(thing.name for thing in seen_in(self._shell.window))
        tiles = [tile.title for tile in self._shell.home.tiles.rows]
        assert len(tiles) >= 6
        if all(tile in names for tile in tiles):
            self._told = True
            print(now, flush=True)
            self._end()

    def _end(self) -> None:
        if self._kept and not self._kept.exists():
            QTimer.singleShot(LOOK_MS, self._end)
        else:
            start.app.QGuiApplication.quit()


def main() -> int:
    """Open the kiosk and watch it."""
    settles = SETTLE in sys.argv
    if settles:
        sys.argv.remove(SETTLE)
    kept = []

    def opened(*arguments: Any) -> Shell:
        shell = Shell(*arguments)
        file = Path(sys.argv[sys.argv.index("--home") + 1]) / "first-sight.json"
        kept.append(Watcher(shell, file if settles else None))
        return shell

    start.app.Shell = opened
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
