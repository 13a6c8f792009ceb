"""What a process that was killed in the middle of `content_packs.durable.write_in_place` has left."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

_ABANDONED = re.compile(r"\.[A-Za-z0-9][\w.-]*\.([1-9]\d{0,9})\.new", re.ASCII)
_DAY_S = 86_400
_DEPTH = 4


def remove_abandoned(root: Path) -> int:
    """Remove what `write_in_place` was kept from finishing, in a folder and a few levels below it; return how much.

    Only files under a name of ours, whose writer is gone or which have lain there for a day. On a disk that refuses
    they stay.
    """
    removed = 0
    for depth in range(_DEPTH):
        for path in root.glob("*/" * depth + ".*.new"):
            with suppress(OSError):
                if _is_abandoned(path):
                    path.unlink()
                    removed += 1
    return removed


def _is_abandoned(path: Path) -> bool:
    named = _ABANDONED.fullmatch(path.name)
    if named is None or path.is_symlink() or not path.is_file():
        return False
    return not _is_running(int(named[1])) or abs(time.time() - path.lstat().st_mtime) > _DAY_S


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's
    return True
