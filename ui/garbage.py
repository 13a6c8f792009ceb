"""Cyclic garbage is collected on the UI thread only.

Python collects it in whichever thread allocates. A QObject that is taken down in a worker leaves its timers behind in
the UI thread, and the next one that fires ends the process.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class UiThreadGarbage(QObject):
    """From its making until `close`, no other thread collects. Made on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what Python would have collected by itself."""
        generation = due(gc.get_count(), gc.get_threshold())
        if generation >= 0:
            gc.collect(generation)

    def close(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()


def due(counts: tuple[int, int, int], thresholds: tuple[int, int, int]) -> int:
    """Return the oldest generation that is due for collection, -1 if none is."""
    if counts[0] <= thresholds[0]:
        return -1
    if counts[1] <= thresholds[1]:
        return 0
    return 1 if counts[2] <= thresholds[2] else 2
