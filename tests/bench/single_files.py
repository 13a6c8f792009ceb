"""What the usual way costs: one file for each item and picture, as Kolibri keeps them, beside one file for a pack.

Each is copied under a temporary name, made durable, renamed, and its folder made durable. Kolibri itself makes nothing
durable, which is why a power cut loses what it called complete; this is its way with our promise. Fetched from a server
it is one request for each, over one connection that stays open. Both ways prove every blob by its hash.

Measured on this disk, and on one of its speed but for its flushes (`tests.fakes.slow_disk`): the disks of servers flush
in a fraction of a millisecond because a battery stands behind them; cards, turning disks and cheap flash take several.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

import urllib3

from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import BlobEntry, Manifest
from sync.blobs import ReleaseFolder
from sync.network import HttpSource
from tests.bench.measure import Measure, median
from tests.fakes.county import County, Village
from tests.fakes.slow_disk import slow_disk
from tests.fakes.web import running_nginx

ROUNDS = 3
DISK_BYTES = 5 * 1024**3
FLUSH_MS = 2
BAR = 10
OK = 200


def measure(folder: Path, older: Path, newer: Path) -> list[Measure]:
    """Return how many times longer the usual way takes, for all of a pack and for an update over HTTP.

    Args:
        folder: For everything.
        older: A release.
        newer: The release in which a fiftieth has changed.
    """
    county = County(folder / "county")
    county.publish(older)
    before = decode_manifest((older / MANIFEST_FILE).read_bytes())
    after = decode_manifest((newer / MANIFEST_FILE).read_bytes())
    known = {blob.sha256 for blob in before.blobs}
    changed = [blob for blob in after.blobs if blob.sha256 not in known]
    with _places(folder) as places:
        villages: dict[str, list[Village]] = {}
        measures = []
        for name, place in places.items():
            villages[name] = [Village(place / f"home{number}", county) for number in range(ROUNDS)]
            measures += _all_of_it(name, place, county, villages[name], before)
        county.publish(newer)
        singles = _as_single_files(county, newer, after, changed)
        for name, place in places.items():
            measures += _update(name, place, county, villages[name], changed)
        shutil.rmtree(singles)
    return measures


def _all_of_it(name: str, place: Path, county: County, villages: list[Village], manifest: Manifest) -> list[Measure]:
    ours, theirs = _Way(), _Way()
    for village in villages:
        with ours.run():
            village.sync(county.folder)
        if theirs.took:  # once is enough: it is long
            continue
        with ReleaseFolder(county.folder / "bundles", manifest) as blobs, theirs.run():
            _keep(place / "files", ((blob.sha256, blobs.read(blob)) for blob in manifest.blobs))
        shutil.rmtree(place / "files")
    return _compared("install as one file an item", name, theirs, ours, f"{len(manifest.blobs)} files")


def _update(name: str, place: Path, county: County, villages: list[Village], changed: list[BlobEntry]) -> list[Measure]:
    ours, theirs = _Way(), _Way()
    with running_nginx(place / "nginx", county.folder) as nginx:
        for village in villages:
            with ours.run():
                village.sync(HttpSource(nginx.url))
            with theirs.run():
                _keep(place / "files", _asked_for(nginx.url, changed))
            shutil.rmtree(place / "files")
    return _compared("update of 2 % over HTTP as one file an item", name, theirs, ours, f"{len(changed)} files")


class _Way:
    """What one way took, in seconds of each run."""

    def __init__(self) -> None:
        self.took: list[float] = []

    @contextmanager
    def run(self) -> Iterator[None]:
        """Measure what is done within."""
        begin = time.monotonic()
        yield
        self.took.append(time.monotonic() - begin)


def _compared(what: str, where: str, theirs: _Way, ours: _Way, files: str) -> list[Measure]:
    told, own = (", ".join(f"{seconds:.2f}" for seconds in way.took) for way in (theirs, ours))
    return [
        Measure(
            name=f"{what}, {where}",
            value=median(theirs.took) / median(ours.took),
            unit="×",
            bar=BAR,
            at_least=True,
            beside=f"{files} {told} s; ours {own} s",
        )
    ]


def _keep(folder: Path, blobs: Iterator[tuple[str, bytes]]) -> None:
    """Write each blob into a file of its own: aside, made durable, renamed, its folder made durable."""
    folder.mkdir()
    for name, data in blobs:
        assert sha256(data).hexdigest() == name
        aside = folder / f".{name}"
        aside.write_bytes(data)
        _make_durable(aside)
        aside.rename(folder / name)
        _make_durable(folder)


def _asked_for(url: str, blobs: list[BlobEntry]) -> Iterator[tuple[str, bytes]]:
    """Give each blob, after one request for it."""
    with urllib3.PoolManager(maxsize=1) as pool:
        for blob in blobs:
            answer = pool.request("GET", f"{url}single/{blob.sha256}")
            assert answer.status == OK
            yield blob.sha256, answer.data


def _as_single_files(county: County, release: Path, manifest: Manifest, blobs: list[BlobEntry]) -> Path:
    """Put blobs where a server gives them one by one."""
    folder = county.folder / "single"
    folder.mkdir()
    with ReleaseFolder(release, manifest) as held:
        for blob in blobs:
            (folder / blob.sha256).write_bytes(held.read(blob))
    return folder


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


@contextmanager
def _places(folder: Path) -> Iterator[dict[str, Path]]:
    """Give folders to measure in, by name: on this disk, and on one with slower flushes where one can be had."""
    here = folder / "here"
    here.mkdir()
    places = {"this disk": here}
    with ExitStack() as stack:
        try:
            slow = stack.enter_context(slow_disk(folder / "disk", size=DISK_BYTES, flush_s=FLUSH_MS / 1000))
            places[f"a disk that takes {FLUSH_MS} ms to flush"] = slow
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"no disk with slow flushes here: {error}", file=sys.stderr)
        yield places
