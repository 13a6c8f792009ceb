"""What the usual way costs: one file for each item and picture, as Kolibri keeps them, beside one file for a pack.

Each is copied under a temporary name, made durable, renamed, and its folder made durable. Kolibri itself makes nothing
durable, which is why a power cut loses what it called complete; this is its way with our promise. Fetched from a server
it is one request for each, over one connection that stays open. Both ways prove every blob by its hash.

Measured on this disk and on an ext4 of its own whose flushes go through to it. Both flush in a fraction of a
millisecond; a card or a hard disk takes several. So each way's flushes are counted, and rows without a bar reckon what
both ways would take where every one of them took longer: the time that was measured, and as much again for each flush.
All flushes of both ways go through `os.fsync`, one after another: SQLite is told to leave them to us.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import urllib3

from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import BlobEntry, Manifest
from sync.blobs import ReleaseFolder
from sync.network import HttpSource
from tests.bench.measure import Measure, median
from tests.fakes.county import County, Village
from tests.fakes.web import running_nginx

ROUNDS = 3
IMAGE_BYTES = 5 * 1024**3
BAR = 10
FLUSHES_MS = 5, 10
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
    """What one way took.

    Attributes:
        took: Seconds of each run.
        flushes: How often the last run asked the disk to make something durable.
    """

    def __init__(self) -> None:
        self.took: list[float] = []
        self.flushes = 0

    @contextmanager
    def run(self) -> Iterator[None]:
        """Measure what is done within."""
        self.flushes = 0
        with patch.object(os, "fsync", self._counted(os.fsync)):
            begin = time.monotonic()
            yield
            self.took.append(time.monotonic() - begin)

    def seconds(self, flush_s: float = 0.0) -> float:
        """Return the median, where each flush takes so much longer."""
        return median(self.took) + self.flushes * flush_s

    def _counted(self, flush: Callable[[int], None]) -> Callable[[int], None]:
        def counted(descriptor: int) -> None:
            self.flushes += 1
            flush(descriptor)

        return counted


def _compared(what: str, where: str, theirs: _Way, ours: _Way, files: str) -> list[Measure]:
    told = ", ".join(f"{seconds:.2f}" for seconds in theirs.took)
    own = ", ".join(f"{seconds:.2f}" for seconds in ours.took)
    measured = Measure(
        name=f"{what}, {where}",
        value=theirs.seconds() / ours.seconds(),
        unit="×",
        bar=BAR,
        at_least=True,
        beside=f"{files} {told} s; ours {own} s",
    )
    return [measured, *(_reckoned(what, where, theirs, ours, flush_ms) for flush_ms in FLUSHES_MS)]


def _reckoned(what: str, where: str, theirs: _Way, ours: _Way, flush_ms: int) -> Measure:
    usual_s, own_s = theirs.seconds(flush_ms / 1000), ours.seconds(flush_ms / 1000)
    return Measure(
        name=f"{what}, reckoned from {where}: each flush {flush_ms} ms longer",
        value=usual_s / own_s,
        unit="×",
        bar=None,
        beside=f"{theirs.flushes} flushes, {usual_s:.1f} s; ours {ours.flushes}, {own_s:.2f} s",
    )


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
    """Give folders to measure in, by name: on this disk, and on a file system of its own where one may be mounted."""
    here, image, apart = folder / "here", folder / "image", folder / "apart"
    here.mkdir()
    apart.mkdir()
    with image.open("wb") as opened:
        opened.truncate(IMAGE_BYTES)
    places = {"this disk": here}
    made = subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=False, capture_output=True).returncode == 0
    mount = ["mount", "-o", "loop", str(image), str(apart)]
    is_mounted = made and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield {**places, "ext4 of its own": apart} if is_mounted else places
    finally:
        if is_mounted:
            subprocess.run(["umount", str(apart)], check=True)
        image.unlink()
