"""Syncing: a county's pack from a folder, an update over HTTP, no news, a bad line; beside what the bytes cost."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

from PIL import Image

from content_packs.build import build_release
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import Manifest
from content_packs.progress import CancelToken
from sync.layout import bundle_path
from sync.mend import check_pack
from sync.network import HttpSource
from sync.parts import PartFile, layout_for
from sync.ranges import bytes_on_the_way, in_order
from sync.transfer import Transfer
from tests.bench import single_files
from tests.bench.big_pack import ITEMS, PICTURES, _photograph, write_source
from tests.bench.measure import Measure, median
from tests.fakes.county import County, Village
from tests.fakes.publisher import Publisher
from tests.fakes.shelf import shelve
from tests.fakes.web import Nginx, running_nginx

ROUNDS = 3
BAD_ROUNDS = 18
CHANGED = 0.02
LINE_BYTES = 300_000
LINE_KBIT_S = 64
LOSS = 0.2
DROP = f"iptables -A INPUT -m statistic --mode random --probability {LOSS} -j DROP"
CUT_EVERY_S = 4.0
REQUESTS, BYTES, SECONDS = 4, 20_000, 1.0


def measure() -> list[Measure]:
    """Return what syncing costs, in turns with what it is compared with, on the same volume."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-", dir=_bench_folder()) as scratch:
        folder = Path(scratch)
        write_source(folder / "source")
        build_release(folder / "source", folder / "v1")
        _change(folder / "source")
        build_release(folder / "source", folder / "v2")
        county = County(folder / "county")
        county.publish(folder / "v1")
        measures = _from_a_folder(county, folder)
        measures += _over_the_network(county, folder)
        (folder / "usual").mkdir()
        measures += single_files.measure(folder / "usual", folder / "v1", folder / "v2")
        shutil.rmtree(folder / "source")
    return [*measures, *_bad_line()]


def _from_a_folder(county: County, folder: Path) -> list[Measure]:
    """Install from a local folder to browsable, beside a copy; verify what is installed, beside its hash."""
    copies, syncs, hashes, verifies = [], [], [], []
    for number in range(ROUNDS):
        copies.append(_copy(county.folder / "bundles", folder / f"copy{number}"))
        village = Village(folder / f"home{number}", county)
        begin = time.monotonic()
        village.sync(county.folder)
        syncs.append(time.monotonic() - begin)
        (pack,) = village.store.installed()
        begin = time.monotonic()
        subprocess.run(["sha256sum", pack.content_db], check=True, stdout=subprocess.DEVNULL)
        hashed = time.monotonic()
        assert check_pack(pack).is_sound
        verifies.append(time.monotonic() - hashed)
        hashes.append(hashed - begin)
        shutil.rmtree(village.home)
    return [
        Measure(
            name="sync 203 MB from a folder, to browsable",
            value=median(syncs) / median(copies),
            unit="×",
            bar=2.5,
            beside=f"{median(syncs):.2f} s; cp + sha256sum + fsync {median(copies):.2f} s",
        ),
        Measure(
            name="verify what is installed, 203 MB",
            value=median(verifies) / median(hashes),
            unit="×",
            bar=1.5,
            beside=f"{median(verifies):.2f} s; sha256sum {median(hashes):.2f} s",
        ),
    ]


def _over_the_network(county: County, folder: Path) -> list[Measure]:
    """Fetch an update of a fiftieth, then ask again when there is no news."""
    before = decode_manifest((folder / "v1" / MANIFEST_FILE).read_bytes())
    after = decode_manifest((folder / "v2" / MANIFEST_FILE).read_bytes())
    changed = _changed_bytes(before, after)
    village = Village(folder / "home", county)
    village.sync(county.folder)
    county.publish(folder / "v2")
    with running_nginx(folder / "nginx", county.folder) as nginx:
        begin = time.monotonic()
        village.sync(HttpSource(nginx.url))
        update_s = time.monotonic() - begin
        wire, requests = _wire(nginx, 0)
        begin = time.monotonic()
        village.sync(HttpSource(nginx.url))
        no_news_s = time.monotonic() - begin
        idle, idle_requests = _wire(nginx, requests)
    return [
        Measure(
            name="update, 2 % changed, over HTTP: bytes on the wire",
            value=wire / changed,
            unit="×",
            bar=1.10,
            beside=f"{wire / 1e6:.2f} MB, {requests} requests; changed blobs {changed / 1e6:.2f} MB; {update_s:.1f} s",
        ),
        Measure(name="no news: requests", value=idle_requests, unit="", bar=REQUESTS),
        Measure(name="no news: bytes on the wire", value=idle, unit="B", bar=BYTES),
        Measure(name="no news: time", value=no_news_s, unit="s", bar=SECONDS),
    ]


def _wire(nginx: Nginx, already: int) -> tuple[int, int]:
    """Return bytes both ways, heads included, and how many requests there were."""
    asked = nginx.requests()[already:]
    return sum(request.sent + request.received for request in asked), len(asked)


def _changed_bytes(before: Manifest, after: Manifest) -> int:
    known = {blob.sha256 for blob in before.blobs}
    return sum(blob.stored for blob in after.blobs if blob.sha256 not in known)


def _change(source: Path) -> None:
    """Change a fiftieth of the items and of the pictures."""
    dice = random.Random(11)
    for number in dice.sample(range(ITEMS), int(ITEMS * CHANGED)):
        item = source / "items" / f"i{number:05}.md"
        item.write_text(item.read_text() + "\n\n改过的一段。\n")
    for number in dice.sample(range(PICTURES), int(PICTURES * CHANGED)):
        (source / "pictures" / f"p{number:04}.jpg").write_bytes(_photograph(10_000 + number))
    pack = source / "pack.toml"
    pack.write_text(pack.read_text().replace("version = 1\n", "version = 2\n"))


def _copy(bundles: Path, target: Path) -> float:
    begin = time.monotonic()
    subprocess.run(["cp", "-r", str(bundles), str(target)], check=True)
    files = [str(path) for path in target.iterdir()]
    subprocess.run(["sha256sum", *files], check=True, stdout=subprocess.DEVNULL)
    for name in files:
        _make_durable(Path(name))
    seconds = time.monotonic() - begin
    shutil.rmtree(target)
    return seconds


def _bench_folder() -> Path:
    folder = Path("build").resolve()
    folder.mkdir(exist_ok=True)
    return folder


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _bad_line() -> list[Measure]:
    """Fetch 300 KB at 64 kbit/s, twice as the line goes and often losing packets, in networks of their own.

    The line's own time is that of one plain request for all of it, or ours, whichever is shorter. A line that loses a
    fifth carries no more than four fifths: even who never waits, and never sends anything twice in vain, takes 1.25 of
    that time.
    """
    line = f"ip link set lo mtu 1500 up && tc qdisc add dev lo root tbf rate {LINE_KBIT_S}kbit burst 4000 latency 3s"
    space = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    runs = [(line, "plain"), (line, "as it is"), *[(f"{line} && {DROP}", "as it is")] * BAD_ROUNDS]
    running = [_child([*space, "sh", "-c", f'{rule} && exec "$@"', "sh"], way) for rule, way in runs]
    told = [child.communicate() for child in running]
    how = f"{LOSS:.0%} of all packets lost, both ways"
    if any(child.returncode for child in running):
        print(f"no network of our own, so the line is cut instead: {told[0][1].strip()[-200:]}", file=sys.stderr)
        running = [_child([], way) for way in ("slow", "slow", *["cut"] * BAD_ROUNDS)]
        told = [child.communicate() for child in running]
        how = f"the server ended every {CUT_EVERY_S:g} s"
    (one_s, _), (other_s, _), *bad = [tuple(map(float, out.split())) for out, _ in told]
    took = ", ".join(f"{seconds:.1f}" for seconds, _ in sorted(bad))
    own_s, bad_s = min(one_s, other_s), median([seconds for seconds, _ in bad])
    return [
        Measure(
            name="300 KB over a bad line of 64 kbit/s",
            value=bad_s / own_s,
            unit="×",
            bar=1.35,
            beside=f"{took} s, the line's own time {own_s:.1f} s (one plain request {one_s:.1f} s); {how}",
        ),
        Measure(name="bytes fetched twice after a break", value=max(twice for _, twice in bad), unit="B", bar=0),
    ]


def _child(space: list[str], way: str) -> "subprocess.Popen[str]":
    command = [*space, sys.executable, "-m", "tests.bench.sync", way]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _on_this_line(way: str) -> None:
    """Fetch over this line; print the time it took and the bytes that came twice."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as scratch:
        folder = Path(scratch)
        manifest = shelve(_noisy_release(folder / "author"), folder / "repo")
        limit = "" if way in {"plain", "as it is"} else "limit_rate 8k; limit_rate_after 0;"
        print(*(_plainly(manifest, folder) if way == "plain" else _fetched(manifest, folder, limit, cuts=way == "cut")))


def _plainly(manifest: Manifest, folder: Path) -> tuple[float, int]:
    """Return how long one request for each bundle takes."""
    with running_nginx(folder / "nginx", folder / "repo") as nginx:
        source = HttpSource(nginx.url)
        begin = time.monotonic()
        for bundle in manifest.bundles:
            source.fetch(bundle_path(bundle.name), bundle.size)
        return time.monotonic() - begin, 0


def _fetched(manifest: Manifest, folder: Path, limit: str, *, cuts: bool) -> tuple[float, int]:
    """Return how long the blobs took, and how many bytes came more than once."""
    blobs = in_order(manifest.blobs)
    place = folder / "parts"
    place.mkdir()
    with running_nginx(folder / "nginx", folder / "repo", server=limit) as nginx, _cutting(nginx, limit, cuts):
        source = HttpSource(nginx.url)
        begin = time.monotonic()
        with PartFile.start(place, "0" * 16, layout_for(manifest.pack.id, blobs)) as part:
            Transfer(source, manifest, place, on_bytes=lambda _: None, cancel=CancelToken()).fill(part)
        return time.monotonic() - begin, max(0, source.received - bytes_on_the_way(blobs))


def _noisy_release(folder: Path) -> Path:
    """Build a release of 300 KB that does not compress further."""
    release = Publisher(folder).pack()
    for number in range(LINE_BYTES // 9_100):
        store = BytesIO()
        Image.frombytes("RGB", (55, 55), random.Random(number).randbytes(55 * 55 * 3)).save(store, "PNG")
        release.write(f"pictures/p{number}.png", store.getvalue())
        release.item(f"n-{number:04}", f"第{number}条。\n\n![图](pictures/p{number}.png)")
    release.build()
    return release.release


@contextmanager
def _cutting(nginx: Nginx, limit: str, cuts: bool) -> Iterator[None]:
    """End the server and start it again, over and over, while something is fetched from it."""
    stop = Event()

    def work() -> None:
        while cuts and not stop.wait(CUT_EVERY_S):
            nginx.restart(limit)

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


if __name__ == "__main__":
    _on_this_line(sys.argv[1])
