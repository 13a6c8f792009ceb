"""Sentences that have been spoken to files: bounded, private to this user, and gone when the person goes.

They lie in memory where the machine has such a folder, so that a power cut leaves nothing; what a killed process has
left is removed by the next one.
"""

import os
import shutil
import tempfile
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path

LIMIT_BYTES = 16 * 1024 * 1024
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 (the folder below it is made by mkdtemp)
_PREFIX = "cunkou-voice-"


class SpokenFiles:
    """A folder of files, one for each text that was spoken; the least recently used goes first.

    Args:
        parent: Where the folder is made.
        limit_bytes: How much may lie there; the newest file stays even if it alone is larger.
    """

    def __init__(self, parent: Path | None = None, *, limit_bytes: int = LIMIT_BYTES) -> None:
        parent = parent or (_IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else Path(tempfile.gettempdir()))
        _remove_orphans(parent)
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
        self._limit_bytes = limit_bytes
        self._sizes: OrderedDict[Path, int] = OrderedDict()

    @property
    def size_bytes(self) -> int:
        """What lies there now."""
        return sum(self._sizes.values())

    def path(self, *what: str) -> Path:
        """Return where the file for this lies or would lie. Its name tells nothing about what is said."""
        key = sha256("\0".join(what).encode()).hexdigest()
        return self._folder / f"{key}.wav"

    def holds(self, path: Path) -> bool:
        """Return whether a complete file lies there, and count this as a use of it."""
        if path not in self._sizes:
            return False
        self._sizes.move_to_end(path)
        return True

    def add(self, path: Path) -> None:
        """Count a file that has just been written, and remove the least recently used ones beyond the limit."""
        self._sizes[path] = path.stat().st_size
        self._sizes.move_to_end(path)
        while self.size_bytes > self._limit_bytes and len(self._sizes) > 1:
            oldest, _ = self._sizes.popitem(last=False)
            oldest.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove every file, half-written ones too."""
        self._sizes.clear()
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder itself."""
        self._sizes.clear()
        shutil.rmtree(self._folder, ignore_errors=True)


def _remove_orphans(parent: Path) -> None:
    """Remove the folders of processes that are no more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    import psutil  # noqa: PLC0415 (a megabyte, for what a killed process has left)

    return psutil.pid_exists(process)
