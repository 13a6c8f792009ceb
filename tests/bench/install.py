"""Installing a county's pack, beside copying, hashing and syncing the same bytes; and what a villager notices of it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from content_packs.build import build_release
from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from content_packs.store import PackStore
from kiosk.chores.child import AS_CHILD, CUNKOU, run_chore
from sync.install import install_release
from tests.bench.big_pack import write_source
from tests.bench.measure import Measure, median, percentile
from tests.fakes.county import County
from tests.screen.homes import ROOT, STARTER
from tests.screen.homes import install as install_pack
from tests.screen.remote import Villager, kiosk_on
from tests.screen.x_server import running_x_server

ROUNDS = 3
QUERIES = ("养老金", "ylj", "医保报销", "宅基地怎么申请", "国发〔2014〕8号", "dibao", "孩子上学没钱", "残疾补贴多少钱")
SEARCH_ROUNDS = 10
PAGE_ROUNDS = 5
PATIENCE_S = 240.0


def measure() -> list[Measure]:
    """Return install time against the plain copy, in turns on the same volume."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-", dir=_bench_folder()) as scratch:
        folder = Path(scratch)
        begin = time.monotonic()
        write_source(folder / "source")
        written = time.monotonic()
        build_release(folder / "source", folder / "release")
        built = time.monotonic() - written
        size = sum(path.stat().st_size for path in (folder / "release").iterdir())
        print(f"source {written - begin:.1f} s, build {built:.1f} s, release {size / 1e6:.0f} MB", file=sys.stderr)
        copies, installs = [], []
        for number in range(ROUNDS):
            copies.append(_copy(folder / "release", folder / f"copy{number}"))
            installs.append(_install(folder / "release", folder / f"home{number}"))
        noticed = _noticed(folder)
    return [
        Measure(
            name="install 203 MB, to browsable",
            value=median(installs) / median(copies),
            unit="×",
            bar=3,
            beside=f"{median(installs):.2f} s; cp + sha256sum + fsync {median(copies):.2f} s; build {built:.1f} s",
        ),
        *noticed,
    ]


def _bench_folder() -> Path:
    folder = Path("build").resolve()
    folder.mkdir(exist_ok=True)
    return folder


def _copy(release: Path, target: Path) -> float:
    begin = time.monotonic()
    subprocess.run(["cp", "-r", str(release), str(target)], check=True)
    files = [str(path) for path in target.iterdir()]
    subprocess.run(["sha256sum", *files], check=True, stdout=subprocess.DEVNULL)
    for name in files:
        descriptor = os.open(name, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    seconds = time.monotonic() - begin
    shutil.rmtree(target)
    return seconds


def _install(release: Path, home: Path) -> float:
    begin = time.monotonic()
    install_release(release, PackStore(home))
    seconds = time.monotonic() - begin
    shutil.rmtree(home)
    return seconds


def _noticed(folder: Path) -> list[Measure]:
    """Return how much slower search and page changes are while the pack is installed, or synced, again and again."""
    home = folder / "home"
    county = County(folder / "county", now=datetime.now(UTC))
    county.publish(folder / "release")
    install_pack(STARTER, home, folder / "starter")
    with (
        running_x_server(1080, 1920) as display,
        kiosk_on(home, folder, driver="tests.bench.probe", DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk,
    ):
        kiosk.touch("轻轻点一下屏幕")
        kiosk.ask("settled")
        before = _waits(kiosk)
        elsewhere = folder / "elsewhere"
        with _over_and_over(elsewhere, lambda _: _install_it(folder / "release", elsewhere)) as installs:
            installing = _waits(kiosk)
        between = _waits(kiosk)
        with _over_and_over(elsewhere, lambda over: _sync_it(county, elsewhere, over)) as syncs:
            syncing = _waits(kiosk)
        after = _waits(kiosk)
        kiosk.leave()
    assert installs, "no installation ended while it was measured"
    names = ("search", "page change")
    measures = []
    for during, quiet, what in (
        (installing, (before, between), f"203 MB are installed, {len(installs)} times"),
        (syncing, (between, after), f"203 MB are synced, {len(syncs)} times to the end"),
    ):
        for name, busy, *still in zip(names, during, *quiet, strict=True):
            measures.append(_slower(name, [wait for waits in still for wait in waits], busy, what))
    return measures


def _waits(kiosk: Villager) -> tuple[list[float], list[float]]:
    """Return milliseconds of searches and of page changes."""
    return (
        kiosk.ask("searches", queries=list(QUERIES), rounds=SEARCH_ROUNDS, patience_s=PATIENCE_S),
        kiosk.ask("changes", rounds=PAGE_ROUNDS, patience_s=PATIENCE_S),
    )


def _slower(what: str, still: list[float], busy: list[float], meanwhile: str) -> Measure:
    idle, loaded = percentile(still, 0.95), percentile(busy, 0.95)
    return Measure(
        name=f"{what} while {meanwhile.partition(',')[0]}, p95",
        value=loaded / idle,
        unit="×",
        bar=2,
        beside=f"{loaded:.1f} ms, idle {idle:.1f} ms; median {median(busy):.1f}, {median(still):.1f}; {meanwhile}",
    )


def _sync_it(county: County, home: Path, over: CancelToken) -> None:
    """Sync as the screen does: in a child at low priority that also builds the index."""
    county.is_trusted_by(home)
    run_chore([*CUNKOU, "sync", str(county.folder), "--home", str(home), *AS_CHILD], cancel=over)


def _install_it(release: Path, home: Path) -> None:
    command = [*CUNKOU, "install", str(release), "--unsigned", "--home", str(home)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def _over_and_over(home: Path, work: Callable[[CancelToken], object]) -> Iterator[list[object]]:
    """Do something again and again, each time with a new home; give what came of those times that have ended."""
    ended: list[object] = []
    over = CancelToken()

    def again() -> None:
        with suppress(CancelledError):
            while not over.is_cancelled:
                shutil.rmtree(home, ignore_errors=True)
                ended.append(work(over))

    worker = Thread(target=again)
    worker.start()
    try:
        yield ended
    finally:
        over.cancel()
        worker.join()
        shutil.rmtree(home, ignore_errors=True)
