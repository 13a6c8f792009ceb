"""The kiosk's own start: prints the moment at which the home page with all its tiles has been painted.

The application rests until somebody touches it. Here it is sent home as soon as its window exists, before anything is
painted: the figure holds all that a start costs, and no time in which it waits for a finger.
"""

import sys
import time
from typing import Any

from ui import start
from ui.shell import Shell


class Watcher:
    """Sends a shell home and looks at its frames until every tile stands in one."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        shell.window.frameSwapped.connect(self._painted)
        shell.navigator.home()

    def _painted(self) -> None:
        from tests.screen.fingers import seen_in  # noqa: PLC0415 (only after the frame: looking must cost the start nothing)

        now = time.monotonic()
        names = " ".join(thing.name for thing in seen_in(self._shell.window))
        tiles = [tile.title for tile in self._shell.home.tiles.rows]
        assert len(tiles) >= 6
        if all(tile in names for tile in tiles):
            print(now, flush=True)
            start.app.QGuiApplication.quit()


def main() -> int:
    """Open the kiosk and watch it."""
    kept = []

    def opened(*arguments: Any) -> Shell:
        shell = Shell(*arguments)
        kept.append(Watcher(shell))
        return shell

    start.app.Shell = opened
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
