"""What ``cunkou-kiosk`` runs first: makes the way to the first frame short, then opens the screen.

Nothing is rubbish while the screen is being made, so nobody looks for any: Python's collector would go through all that
is imported a dozen times. Afterwards `ui.garbage` collects, on the UI thread only; nobody switches it on again.

PySide reads the source of every module that is imported, whether it asks for names in snake_case, and Python keeps what
was read: 2.5 MiB. Nothing here asks for them, so nothing is read.

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
from importlib import import_module
from pathlib import Path
from types import ModuleType

FONTS = Path(__file__).with_name("fonts.conf")
_FONTCONFIG = "libfontconfig.so.1"
_M_ARENA_MAX = -8  # of GNU's mallopt
_ASKS_SOURCES = "_mod_uses_pyside"


def _share_one_heap() -> None:
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)


def _know_fonts() -> None:
    """Let fontconfig read what it knows of the machine's fonts: Qt would wait 9 ms for it."""
    with suppress(OSError):  # without this library, Qt has its own ways
        ctypes.CDLL(_FONTCONFIG).FcInit()


def _read_no_sources() -> None:
    """Let PySide take it that no module uses its optional features. A release that asks otherwise goes on asking."""
    import_module("shiboken6")  # brings what follows
    features = vars(sys.modules.get("shibokensupport.feature", ModuleType("none")))
    if _ASKS_SOURCES in features:
        features[_ASKS_SOURCES] = _uses_no_features


def _uses_no_features(_: ModuleType) -> bool:
    return False


gc.disable()
sys.setdlopenflags(os.RTLD_LAZY)
os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
_share_one_heap()
start_new_thread(_know_fonts, ())
_read_no_sources()

from ui import app  # noqa: E402 (what it imports is what all of this is for)


def main() -> int:
    """Open the kiosk and stay until it is closed; see `ui.app.main`."""
    return app.main()
