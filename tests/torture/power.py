"""Power cuts: a file system in a file, whose bytes are copied at random moments while a sync runs on it.

What the copy holds is what a disk would hold after the power went: its journal is replayed when it is mounted, and what
was never made durable is not there. With fsync planted away the same harness must find losses, or it would prove
nothing.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.torture.children import Child, answer, waiting
from tests.torture.report import Report
from tests.torture.world import NEW, World, a_world, leftovers, require, sync_of, violations

_IMAGE_BYTES = 192 * 1024 * 1024
"""Room for a home and the reserve that a sync leaves."""

_CUTS_A_SYNC = 4
_AFTERWARDS_S = 0.05


def is_possible(folder: Path) -> str:
    """Return why no file system can be mounted here; empty if it can."""
    if os.geteuid() != 0:
        return "needs root"
    if not shutil.which("mkfs.ext4"):
        return "mkfs.ext4 is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    image = _an_image(folder / "probe.img")
    try:
        with _mounted(image, folder / "probe"):
            return ""
    except subprocess.CalledProcessError as error:
        return f"mounting is not allowed: {error.stderr.strip()[:200]}"
    finally:
        image.unlink()


def cut(folder: Path, *, at_least: int, is_durable: bool = True, seed: int = 4) -> Report:
    """Cut the power while kiosks sync.

    Args:
        folder: For everything; empty, on a real disk or not.
        at_least: How many cuts.
        is_durable: False plants a fault: fsync does nothing.
        seed: Of the moments.
    """
    name = "power cuts (ext4 on a loop device)" if is_durable else "the same with fsync planted away"
    report = Report(name, skipped=is_possible(folder / "probes"), is_planted=not is_durable)
    if report.skipped:
        return report
    moments = random.Random(seed)
    world = a_world(folder / "world")
    cutting = _Cutting(folder, world, _with_home(world, folder), report, is_durable)
    while report.done < at_least:
        cutting.one_sync([moments.random() for _ in range(_CUTS_A_SYNC)])
    return report


@dataclass
class _Cutting:
    """Syncs from the same state again and again.

    Attributes:
        folder: For everything.
        world: Has the stick.
        blank: Image with the home before the sync.
        report: Receives what is found.
        is_durable: False where fsync does nothing.
        length_s: How long the last sync took.
    """

    folder: Path
    world: World
    blank: Path
    report: Report
    is_durable: bool
    length_s: float = 0.5

    def one_sync(self, moments: list[float]) -> None:
        """Cut one sync at parts of its length, and once more after it has told its success."""
        image = _copied(self.blank, self.folder / "used.img")
        with _mounted(image, self.folder / "used") as used:
            work = partial(_work, used / "home", self.world.stick, is_durable=self.is_durable)
            running = _Running(waiting(work, self.folder / "said"))
            running.child.begin()
            copies = []
            for number, moment in enumerate(sorted(moments)):
                running.go_on_until(moment * self.length_s)
                copies.append((running.paused(image, self.folder / f"cut{number}.img"), running.status == 0))
            self.length_s = running.finish()
            require(running.status == 0, f"a sync before the cut: {running.child.said}")
            time.sleep(_AFTERWARDS_S)
            copies.append((running.paused(image, self.folder / "last.img"), True))
        image.unlink()
        for number, (copy, is_done) in enumerate(copies):
            self._look_at(copy, f"cut {number} of a sync", is_done=is_done)

    def _look_at(self, copy: Path, where: str, *, is_done: bool) -> None:
        self.report.done += 1
        self.report.count("after success" if is_done else "before the end")
        try:
            with _mounted(copy, self.folder / "after") as after:
                work = partial(_after, after / "home", self.world.stick, is_done=is_done)
                found = answer(work, self.folder / "said-after")
        except (RuntimeError, subprocess.CalledProcessError) as error:
            found = [f"a kiosk that does not start: {error}"]
        if found:
            self.report.count("cuts with losses")
        self.report.violations += [f"{where}, {'after' if is_done else 'before'} success: {each}" for each in found]
        copy.unlink()


class _Running:
    """A sync that is stopped while its disk is copied; its time stands still meanwhile."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.status: int | None = None
        self._began = time.monotonic()

    def go_on_until(self, moment_s: float) -> None:
        """Let it work until so many seconds of its own time, or its end."""
        while self.status is None and time.monotonic() - self._began < moment_s:
            time.sleep(0.001)
            self.status = _has_ended(self.child.pid)

    def paused(self, image: Path, to: Path) -> Path:
        """Copy what the disk holds now."""
        stopped = time.monotonic()
        if self.status is None:
            os.kill(self.child.pid, signal.SIGSTOP)
        _copied(image, to)
        if self.status is None:
            os.kill(self.child.pid, signal.SIGCONT)
        self._began += time.monotonic() - stopped
        return to

    def finish(self) -> float:
        """Wait for its end; return the seconds it took."""
        if self.status is None:
            self.status = self.child.wait()
        return max(0.1, time.monotonic() - self._began)


def _after(home: Path, stick: Path, *, is_done: bool) -> list[str]:
    """Return what is wrong after the power has come back, and after another sync."""
    found = violations(home, versions=(NEW,)) if is_done else violations(home)
    status = sync_of(home, stick)
    if status != 0:
        found.append(f"the second sync ended with {status}")
    found += [f"after the second sync: {each}" for each in violations(home, versions=(NEW,), searchable=True)]
    return found + leftovers(home)


def _work(home: Path, stick: Path, *, is_durable: bool) -> int:
    if not is_durable:
        os.fsync = os.fdatasync = lambda _: None
    return sync_of(home, stick)


def _has_ended(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _with_home(world: World, folder: Path) -> Path:
    """Return an image that holds a kiosk's home, all of it on the disk."""
    image = _an_image(folder / "blank.img")
    with _mounted(image, folder / "blank") as place:
        world.kiosk(place / "home")
    return image


def _an_image(path: Path) -> Path:
    with path.open("wb") as opened:
        opened.truncate(_IMAGE_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(path)], check=True, capture_output=True, text=True)
    return path


def _copied(image: Path, to: Path) -> Path:
    subprocess.run(["cp", "--sparse=always", str(image), str(to)], check=True)
    return to


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[Path]:
    """Give a mounted image; it is flushed and unmounted afterwards."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-o", "loop,commit=300", str(image), str(place)]
    subprocess.run(mount, check=True, capture_output=True, text=True)
    try:
        yield place
    finally:
        for _ in range(50):
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["umount", str(place)], check=True, capture_output=True)
                break
            time.sleep(0.1)
