"""Opens the kiosk that this interpreter finds and saves what its home page looks like: ``picture.py HOME PICTURE``.

Runs by itself, with the source tree's interpreter or with an installed one.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.home import Home
from kiosk.setup import note_set_up
from ui import start
from ui.shell import Shell

SIZE = "1080x1920"
SETTLED_MS = 3_000


def main() -> int:
    home, picture = sys.argv[1:]
    note_set_up(Home(Path(home)))  # nobody is there to answer
    sys.argv[1:] = ["--home", home, "--size", SIZE]

    def opened(*arguments):
        shell = Shell(*arguments)
        shell.navigator.home()
        QTimer.singleShot(SETTLED_MS, lambda: save(shell.window))
        return shell

    def save(window):
        saved = window.grabWindow().save(picture)
        start.app.QGuiApplication.exit(0 if saved else 1)

    start.app.Shell = opened
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
