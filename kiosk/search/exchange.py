"""Puts a folder where another one stands, in one step that a power cut cannot part."""

import ctypes
import os
from pathlib import Path
from typing import Final

from content_packs.durable import fsync_folder

_HERE: Final = -100
_EXCHANGE: Final = 2


def put_into_place(aside: Path, target: Path) -> None:
    """Move a complete folder to where it is looked for, and return once that is on the disk.

    What stood there is found under the name ``aside`` afterwards; whoever has it open keeps reading it. Where the
    system cannot exchange two folders there is a moment without any: then nothing is lost but time.

    Args:
        aside: Durable already; beside ``target``.
        target: May exist.

    Raises:
        OSError: The disk refused; nothing has changed.
    """
    if not target.exists():
        os.replace(aside, target)  # noqa: PTH105 - the call whose promise this rests on
    elif not _exchanged(aside, target):
        old = aside.with_name(f"{aside.name}-old")
        os.replace(target, old)  # noqa: PTH105 - as above
        os.replace(aside, target)  # noqa: PTH105 - as above
        os.replace(old, aside)  # noqa: PTH105 - as above
    fsync_folder(target.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False if system or volume cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
