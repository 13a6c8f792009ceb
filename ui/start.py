"""What ``cunkou-kiosk`` runs first: makes the way to the first frame short, then opens the screen.

Nothing is rubbish while the screen is being made, so nobody looks for any: Python's collector would go through all that
is imported a dozen times. Afterwards `ui.garbage` collects, on the UI thread only; nobody switches it on again.

PySide comes without what it can tell about its own functions (`ui.light_pyside`).

All threads take their memory from one heap. GNU's library would give most of them a heap of their own, which grows page
by page, each by a system call, and keeps the holes that the thread leaves.

Of the ten thousand functions that PySide's libraries call, a start calls a few hundred: each is looked up when it is
called first. And the fonts of the machine are looked through on another core: when Qt asks for them, they are known.
"""

import ctypes
import gc
import os
import sys
from _thread import start_new_thread
from contextlib import suppress
from pathlib import Path

from ui import light_pyside

FONTS = Path(__file__).with_name("fonts.conf")
_FONTCONFIG = "libfontconfig.so.1"
_M_ARENA_MAX = -8  # of GNU's mallopt


def _share_one_heap() -> None:
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)


def _know_fonts() -> None:
    """Let fontconfig read what it knows of the machine's fonts: Qt would wait 9 ms for it."""
    with suppress(OSError):  # without this library, Qt has its own ways
        ctypes.CDLL(_FONTCONFIG).FcInit()


gc.disable()
sys.setdlopenflags(os.RTLD_LAZY)
os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
_share_one_heap()
start_new_thread(_know_fonts, ())
light_pyside.import_light()

from ui import app  # noqa: E402 (what it imports is what all of this is for)


def main() -> int:
    """Open the kiosk and stay until it is closed; see `ui.app.main`."""
    return app.main()
