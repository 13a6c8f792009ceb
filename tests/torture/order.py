"""Is every file durable before its name changes, and every name afterwards? Read from the system calls of a whole sync.

A file system may well keep the order by itself, as ext4 mostly does, so that no power cut ever shows what is missing.
With the fsync of files planted away the same reading must find it.
"""

import re
from functools import partial
from pathlib import Path

from content_packs import durable
from kiosk.search.layout import BUILDING
from tests.torture.children import waiting
from tests.torture.report import Report
from tests.torture.sweep import is_possible, traced
from tests.torture.world import World, a_world, require, sync_of

_CALLS = "write,pwrite64,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2"
_ON_A_FILE = re.compile(r"^\d+\s+(\w+)\(\d+<(?P<path>/[^>]*)>")
_ASIDE = f"/{BUILDING}"
"""What happens in a folder that is not in use yet counts only when that folder takes its name."""

_RENAME = re.compile(r'^\d+\s+rename\w*\((?:[^"]*, )?"(?P<old>[^"]+)", (?:[^"]*, )?"(?P<new>[^"]+)".* = 0$')


def audit(folder: Path, *, is_durable: bool = True) -> Report:
    """Follow one sync.

    Args:
        folder: For everything; empty.
        is_durable: False plants a fault: the fsync of files does nothing.
    """
    name = "order of writes, fsyncs and renames" if is_durable else "the same with the fsync of files planted away"
    report = Report(name, skipped=is_possible(), is_planted=not is_durable)
    if report.skipped:
        return report
    world = a_world(folder / "world")
    home = world.kiosk(folder / "home")
    child = waiting(partial(_work, home, world, is_durable=is_durable), folder / "said")
    tracer = traced(child, folder / "trace", "-y", "-e", f"trace={_CALLS}")
    child.begin()
    require(child.wait() == 0, f"a sync that is followed: {child.said}")
    tracer.wait()
    lines = (folder / "trace").read_text(errors="replace").splitlines()
    report.done, report.violations = unordered(lines, str(home))
    require(report.done > 10, "a sync renames")
    return report


def unordered(lines: list[str], home: str) -> tuple[int, list[str]]:
    """Return how many renames there were below a folder, and what was not made durable in time. Pure.

    Args:
        lines: Of strace, with the paths of descriptors.
        home: The folder.
    """
    renames, found = 0, list[str]()
    written: set[str] = set()
    named: dict[str, str] = {}
    for line in lines:
        if on_file := _ON_A_FILE.match(line):
            path = on_file["path"]
            if on_file[1] in {"fsync", "fdatasync"}:
                written.discard(path)
                named.pop(path, None)
            elif path.startswith(home):
                written.add(path)
        elif (renamed := _RENAME.match(line)) and renamed["new"].startswith(home):
            renames += 1
            old, new = renamed["old"], renamed["new"]
            if _ASIDE not in new:
                found += [f"renamed before it was durable: {path}" for path in sorted(written) if _is_within(path, old)]
                named[str(Path(new).parent)] = new
            written = {new + path[len(old) :] if _is_within(path, old) else path for path in written}
    return renames, found + [f"its name was never made durable: {name}" for name in named.values()]


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _work(home: Path, world: World, *, is_durable: bool) -> int:
    if not is_durable:
        durable.fsync_file = lambda path: None  # type: ignore[assignment]  # the planted fault
    return sync_of(home, world.stick)
