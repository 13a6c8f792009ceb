"""While nobody is here, gives back the memory that only the start or the last person needed."""

import ctypes
import gc
import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

QUIET_MS = 3_000
"""So long after the last person has gone, or after the start, jobs have ended and pages are made."""

REDRAWN_MS = 400
"""So long after it was asked for, a frame has been drawn."""

_MAPS = Path("/proc/self/maps")
_MAPPED = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (r\S{3}) \S+ \S+ \d+ +(/.*)$", re.MULTILINE)
_CODE = "r-xp"
_LIBRARY = re.compile(r"\.so(?:\.\d+)*$")
_READ = {"r--p", "r--s"}
_FONT = re.compile(r"\.(?:tt[cf]|otf|cache-\d+)$")
_MADV_DONTNEED = 4

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # of GNU's mallopt
_LARGE_BYTES = 512 * 1024


class Housekeeping(QObject):
    """Tidies up once it has been quiet for a while. `close` before what it tidies.

    Args:
        is_quiet: Whether nobody is here.
        forget: Lets QML forget what nothing refers to.
        redraw: Has the window drawn once more.
        parent: Owner.
    """

    def __init__(
        self,
        is_quiet: Callable[[], bool],
        forget: Callable[[], None],
        redraw: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        keep_large_apart()
        self._is_quiet = is_quiet
        self._forget = forget
        self._redraw = redraw
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._tidy)
        self._redrawn = QTimer(self, singleShot=True, interval=REDRAWN_MS)
        self._redrawn.timeout.connect(self._collect)
        self._is_closed = False

    def soon(self) -> None:
        """Tidy up after a while, unless somebody comes or it is closed."""
        if not self._is_closed:
            self._timer.start()

    def close(self) -> None:
        """Leave everything as it is from now on."""
        self._is_closed = True
        self._timer.stop()
        self._redrawn.stop()

    def _tidy(self) -> None:
        if self._is_quiet():
            self._forget()
            let_go_of_letters()
            self._redraw()
            self._redrawn.start()

    def _collect(self) -> None:
        if self._is_quiet():
            gc.collect()
            give_back()


def keep_large_apart() -> None:
    """Let everything large go back to the system as soon as it is free, pictures above all.

    GNU's library starts so, but learns from the first large picture that is let go: from then on it puts pictures of
    that size between small things and keeps the holes, in one heap for each thread. Two thousand touches left 20 MiB of
    holes.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        libc.mallopt(_M_TRIM_THRESHOLD, _LARGE_BYTES)
        libc.mallopt(_M_ARENA_MAX, 1)


def let_go_of_letters() -> None:
    """Let every window forget the letters that it has drawn, with its next frame.

    Qt keeps a picture of each letter in each size and weight for as long as one text uses that font, and our pages
    stay: with every item that somebody reads there are more. Told that there are other fonts, each text looks up its
    font again, and the old one goes with all its letters. Nothing has to be read again, as it would be if a font really
    came and went.
    """
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        application.fontDatabaseChanged.emit()


def give_back() -> None:
    """Give the system what the C library keeps of freed memory, and what can be read from a file again.

    Most code of a start runs once, and a letter that has been drawn is not looked up in its font again; yet what was
    read stays mapped. Where it is needed after all, the system still has it, or reads it from its file.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):  # GNU's library
        libc.malloc_trim(0)
    if _MAPS.exists():
        for start, size in rereadable(_MAPS.read_text()):
            libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_DONTNEED)


def rereadable(maps: str) -> tuple[tuple[int, int], ...]:
    """Return start and bytes of each mapping that is the same as its file: code of libraries, fonts, lists of fonts.

    Nothing else. What looks read-only may have been written before it was locked, as tables of addresses are; and code
    that QML made while it ran lies in a file that has a path in this list, but no content.

    Args:
        maps: As in ``/proc/self/maps``.
    """
    return tuple(
        (int(start, 16), int(end, 16) - int(start, 16))
        for start, end, rights, path in _MAPPED.findall(maps)
        if (rights == _CODE and _LIBRARY.search(path)) or (rights in _READ and _FONT.search(path))
    )
