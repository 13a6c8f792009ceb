"""Opens the kiosk that this interpreter finds and saves what its home page looks like: ``picture.py HOME PICTURE``.

Runs by itself, with the source tree's interpreter or with an installed one. Tells as JSON how many seconds of processor
time passed from the start of the process to its first frame, and which sockets of its network are there at the end.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.home import Home
from kiosk.setup import note_set_up
from ui import start
from ui.shell import Shell

SIZE = "1080x1920"
SETTLED_MS = 3_000
SOCKETS = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


def main() -> int:
    home, picture = sys.argv[1:]
    note_set_up(Home(Path(home)))  # nobody is there to answer
    sys.argv[1:] = ["--home", home, "--size", SIZE]

    first_frame = []

    def opened(*arguments):
        shell = Shell(*arguments)
        shell.window.frameSwapped.connect(lambda: first_frame.append(time.process_time()))
        shell.navigator.home()
        QTimer.singleShot(SETTLED_MS, lambda: save(shell.window))
        return shell

    def save(window):
        saved = window.grabWindow().save(picture)
        sockets = [line for name in SOCKETS for line in Path("/proc/self/net", name).read_text().splitlines()[1:]]
        sys.stdout.write(json.dumps({"first_frame_s": first_frame[0], "sockets": sockets}) + "\n")
        start.app.QGuiApplication.exit(0 if saved else 1)

    start.app.Shell = opened
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
