"""Locks between processes, by a file that is open: gone with whoever held them, however that ended."""

import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FIRST_BYTE = 1


def take(handle: int) -> None:
    """Lock an open file, and wait until nobody else has it.

    Args:
        handle: Of the file, open for writing; closing it gives the lock back.

    Raises:
        OSError: The disk refused.
    """
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_LOCK, _FIRST_BYTE)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX)


def take_if_free(handle: int) -> None:
    """Lock an open file, or refuse at once.

    Args:
        handle: Of the file, open for writing; closing it gives the lock back.

    Raises:
        OSError: Somebody else has it, or the disk refused.
    """
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, _FIRST_BYTE)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
