"""A second pair of eyes on something that somebody waits for."""

import threading
from collections.abc import Callable

LOOK_S = 0.5


class Watch:
    """Looks every half a second, on a thread of its own, until it has seen enough or is ended.

    Args:
        look: Returns whether it has seen enough; quick, and raises nothing.
    """

    def __init__(self, look: Callable[[], bool]) -> None:
        self._look = look
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Return once nobody looks any longer."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(LOOK_S) and not self._look():
            pass
