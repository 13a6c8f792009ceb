"""What a process takes of memory: plain Python only, since one of them runs under Debian's own."""

from pathlib import Path


def own_mb() -> float:
    """Return what only this process can give back: what it has allocated or written."""
    return _megabytes("Anonymous:")


def mapped_mb() -> float:
    """Return the pages of files that only this process has mapped; the system takes them back when it is short."""
    return _megabytes("Private_Clean:")


def _megabytes(name: str) -> float:
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6
