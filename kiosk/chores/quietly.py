"""How a process that works beside the screen behaves: it steps back, and it does not outlive its parent."""

import os
import threading
from contextlib import suppress
from typing import Final

import psutil

NICENESS: Final = 19
_ORPHANED: Final = 3
_STDIN: Final = 0


def step_back() -> None:
    """Give way to whoever stands before the screen: last for the processor, and for the disk where it can be idle."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    with suppress(AttributeError, OSError, psutil.Error):  # not every system knows idle disks
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)


def end_with_parent() -> None:
    """End this process at once when its standard input ends: whoever started it is gone.

    What it was doing must bear being killed at any moment.
    """
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    with suppress(OSError):
        while os.read(_STDIN, 1):
            pass
    os._exit(_ORPHANED)
