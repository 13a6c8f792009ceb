"""What a kiosk takes at one moment of its day: memory, handles, threads, processes, room on the disk."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.resources import pss_mib

GROWS_BY_CONTENT = ("packs", "index")
"""What a sync brings is meant to stay; all other folders of a home must not grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """One weighing.

    Attributes:
        screen_mib: Memory of the screen's process as a user has it alone; see `tests.bench.resources`.
        voice_mib: The same of the processes beside it, of which the voice is the largest.
        handles: Open files, sockets and pipes of the screen.
        threads: Of the screen.
        processes: Beside the screen.
        state_kib: Of the home, without packs and their indexes.
        content_kib: Of packs and their indexes.
        rubbish: Files that the kiosk has in the folder for temporary files.
    """

    screen_mib: float
    voice_mib: float
    handles: int
    threads: int
    processes: int
    state_kib: float
    content_kib: float
    rubbish: int


def weigh(pid: int, home: Path, temporary: Path) -> Weighing:
    """Return what a kiosk takes now."""
    screen = psutil.Process(pid)
    beside = screen.children(recursive=True)
    return Weighing(
        screen_mib=pss_mib(screen),
        voice_mib=sum(_mib_if_alive(process) for process in beside),
        handles=screen.num_fds(),
        threads=screen.num_threads(),
        processes=len(beside),
        state_kib=sum(_kib(entry) for entry in home.iterdir() if entry.name not in GROWS_BY_CONTENT),
        content_kib=sum(_kib(home / name) for name in GROWS_BY_CONTENT),
        rubbish=sum(1 for _ in temporary.rglob("*")),
    )


def _mib_if_alive(process: psutil.Process) -> float:
    try:
        return pss_mib(process)
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return 0.0


def _kib(path: Path) -> float:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_blocks for each in files) / 2
