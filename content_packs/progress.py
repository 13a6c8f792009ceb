"""How long work reports where it is, and how it is asked to stop."""

import threading
from collections.abc import Callable

from msgspec import Struct

from content_packs.errors import CancelledError


class Progress(Struct, frozen=True):
    """Where a piece of long work stands.

    Attributes:
        done: Units finished in this phase; never falls within a phase.
        total: Units of this phase, at least 1, known before the phase starts.
        phase: What is being done, a short Chinese phrase such as ``读取条目``.
        unit: What is counted: ``items`` or ``bytes``.
        percent: Of the whole work with all its phases, each weighed by the time it takes; never falls. None where the
            work has one phase only, or nobody knows the others.
        seconds_left: Of the whole work; None where nobody can tell.
    """

    done: int
    total: int
    phase: str
    unit: str = "items"
    percent: float | None = None
    seconds_left: int | None = None


OnProgress = Callable[[Progress], None]
"""Called often, on the thread that works; must return quickly."""


def ignore_progress(progress: Progress) -> None:
    """Take a progress and do nothing with it."""
    del progress


class CancelToken:
    """A flag that one thread raises and a working one asks."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._flag.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._flag.is_set()

    def check(self) -> None:
        """Go on, unless somebody asked to stop.

        Raises:
            CancelledError: `cancel` was called.
        """
        if self._flag.is_set():
            raise CancelledError("已取消。", todo="需要时可以重新开始。")

    def wait(self, seconds: float) -> None:
        """Return after a pause, or as soon as somebody asks to stop.

        Raises:
            CancelledError: `cancel` was called.
        """
        self._flag.wait(seconds)
        self.check()
