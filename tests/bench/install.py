"""Installing a county's pack, beside copying, hashing and syncing the same bytes."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from content_packs.build import build_release
from content_packs.store import PackStore
from sync.install import install_release
from tests.bench.big_pack import write_source
from tests.bench.measure import Measure, median

ROUNDS = 3


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
    return [
        Measure(
            name="install 203 MB, to browsable",
            value=median(installs) / median(copies),
            unit="×",
            bar=3,
            beside=f"{median(installs):.2f} s; cp + sha256sum + fsync {median(copies):.2f} s; build {built:.1f} s",
        )
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
