"""Taking turns at the sticks: one process at a time mounts them, reads them and lets go of them.

Whoever looked at a stick while another process brings it would let go of it under the other's feet, or hold it where
the other wants to write its receipt.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from content_packs import locks
from kiosk.home import Home

_FILE: Final = ".stick-turn"
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def turn_at_the_sticks(home: Home, *, patient: bool) -> Iterator[bool]:
    """Give the turn while the block runs, unless another process of this home has it.

    On a disk that refuses the file there are no turns, and everybody has one: a stick must be readable all the same.

    Args:
        home: Whose sticks.
        patient: Wait for the turn, however long; else it is given only if it is free.

    Yields:
        Whether it is the caller's turn.
    """
    try:
        file = os.open(home.root / _FILE, _FLAGS, 0o600)
    except OSError:
        yield True
        return
    try:
        yield _taken(file, patient=patient)
    finally:
        os.close(file)


def _taken(file: int, *, patient: bool) -> bool:
    if patient:
        with suppress(OSError):
            locks.take(file)
        return True
    try:
        locks.take_if_free(file)
    except OSError:
        return False
    return True
