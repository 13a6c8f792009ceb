"""Fetching what is missing, interrupted in every way: what is here stays, what is damaged goes, nothing comes twice."""

import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from content_packs.errors import CancelledError, DiskFullError, PackIntegrityError, SiteError
from content_packs.manifest import MANIFEST_FILE
from content_packs.progress import CancelToken
from sync import folder, parts, transfer
from sync.folder import FolderSource
from sync.line import Patience
from sync.network import HttpSource, Line
from sync.parts import PartFile, layout_for, part_name, parts_of, read_layout, set_aside, tidy_parts
from sync.ranges import bytes_on_the_way, in_order
from sync.source import SourceGoneError, SourceWrongError
from sync.transfer import Transfer
from tests.fakes import web
from tests.fakes.shelf import a_release, shelve
from tests.fakes.sources import Counting, InPieces

NAME = "0" * 16


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("shelf")
    release = a_release(folder / "author", items=300, pictures=20).release
    manifest = shelve(release, folder / "repo")
    return folder / "repo", manifest


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return tmp_path / "parts"


def the_layout(manifest, has=lambda _: False):
    return layout_for(manifest.pack.id, in_order(transfer.missing_blobs(manifest, has)))


def fill(source, manifest, place, *, layout=None, on_bytes=lambda _: None, cancel=None):
    with PartFile.start(place, NAME, layout or the_layout(manifest)) as part:
        had = part.length
        Transfer(source, manifest, place, on_bytes=on_bytes, cancel=cancel or CancelToken()).fill(part)
        for blob in manifest.blobs:
            if part.has(blob.sha256):
                assert sha256(part.read(blob)).hexdigest() == blob.sha256
        assert part.missing == ()
        return had, part.length


def test_all_of_a_release_arrives(shelf, place):
    repo, manifest = shelf
    seen = []
    had, length = fill(FolderSource(repo), manifest, place, on_bytes=seen.append)
    assert (had, length) == (0, sum(blob.stored for blob in manifest.blobs))
    assert seen == sorted(seen)
    assert seen[-1] == length


def test_only_what_is_missing_is_asked_for(shelf, place):
    repo, manifest = shelf
    here = {blob.sha256 for blob in manifest.blobs[::2]}
    layout = the_layout(manifest, here.__contains__)
    source = Counting(FolderSource(repo))
    fill(source, manifest, place, layout=layout)
    missing = in_order(blob for blob in manifest.blobs if blob.sha256 not in here)
    assert sum(end - start for _, start, end in source.handed) == bytes_on_the_way(missing)


def test_a_second_time_nothing_is_asked_for(shelf, place):
    repo, manifest = shelf
    fill(FolderSource(repo), manifest, place)
    source = Counting(FolderSource(repo))
    had, length = fill(source, manifest, place)
    assert had == length
    assert source.handed == []


def test_a_stick_that_is_pulled_and_put_back_goes_on_at_the_byte(shelf, place, tmp_path, monkeypatch):
    repo, manifest = shelf
    stick = tmp_path / "stick"
    shutil.copytree(repo, stick)
    pulled = stick.with_name("pulled")
    dice = random.Random(5)
    left = [0]
    real = os.pread

    def read(opened, length, at):
        if left[0] <= 0:
            if stick.exists():
                stick.rename(pulled)
            raise OSError(5, "Input/output error")
        data = real(opened, min(length, left[0]), at)
        left[0] -= len(data)
        return data

    handed, pulls = [], 0
    while True:
        left[0] = dice.randrange(1, 40_000)
        source = Counting(FolderSource(stick))
        monkeypatch.setattr(folder, "os", _With(os, pread=read))
        try:
            fill(source, manifest, place)
        except SourceGoneError:
            pulls += 1
            pulled.rename(stick)
        else:
            break
        finally:
            handed += source.handed
    assert pulls > 3
    _require_no_byte_twice(handed)


class _With:
    """A module with some of its functions replaced, for one of its users only."""

    def __init__(self, module, **replaced):
        self._module = module
        vars(self).update(replaced)

    def __getattr__(self, name):
        return getattr(self._module, name)


def _require_no_byte_twice(handed):
    by_path = {}
    for path, start, end in handed:
        by_path.setdefault(path, []).append((start, end))
    for spans in by_path.values():
        ordered = sorted(spans)
        for (_, end), (start, _) in itertools.pairwise(ordered):
            assert end <= start, "a byte came twice"


def test_a_line_that_is_cut_goes_on_at_the_byte_in_the_next_attempt(shelf, place):
    repo, manifest = shelf
    (bundle,) = manifest.bundles
    data = (repo / "bundles" / bundle.name).read_bytes()
    patience = Patience(attempts=2, first_s=0.001, silence_s=1)
    received = 0
    with web.scripted(web.serves(data, cut_after=20_000), web.hangs_up, web.hangs_up) as server:
        source = HttpSource(server.url, line=Line(patience=patience))
        with pytest.raises(SourceGoneError):
            fill(source, manifest, place)
        received += source.received
    with web.scripted(web.serves(data, cut_after=50_000)) as server:
        source = HttpSource(server.url, line=Line(patience=patience))
        fill(source, manifest, place)
        received += source.received
    blobs = in_order(manifest.blobs)
    total = sum(blob.stored for blob in blobs)
    assert total <= received <= blobs[-1].offset + blobs[-1].stored - blobs[0].offset


def test_blobs_spoilt_on_the_disk_are_fetched_again_and_only_they_and_what_follows(shelf, place):
    repo, manifest = shelf
    fill(FolderSource(repo), manifest, place)
    part = place / f"{NAME}.part"
    size = part.stat().st_size
    with part.open("r+b") as opened:
        opened.seek(size - 10)
        opened.write(b"spoilt")
    source = Counting(FolderSource(repo))
    had, length = fill(source, manifest, place)
    last = in_order(manifest.blobs)[-1]
    assert (had, length) == (size - last.stored, size)
    assert sum(end - start for _, start, end in source.handed) == last.stored


def test_a_tail_of_zeros_after_a_power_cut_costs_one_blob(shelf, place):
    """The length was on the disk before the bytes were."""
    repo, manifest = shelf
    layout = the_layout(manifest)
    big = max(range(len(layout.blobs)), key=lambda number: layout.blobs[number].stored)
    blob = layout.blobs[big]
    fill(FolderSource(repo), manifest, place)
    with (place / f"{NAME}.part").open("r+b") as opened:
        opened.truncate(blob.offset + blob.stored - 1)
        opened.seek(blob.offset)
        opened.write(bytes(blob.stored - 1))
    source = Counting(FolderSource(repo))
    had, _ = fill(source, manifest, place)
    assert had == blob.offset + blob.stored - 1, "it cannot be told before the blob is whole"
    assert sum(end - start for _, start, end in source.handed if end - start >= 0) > blob.stored


def test_another_bundle_under_the_same_name_is_refused_and_what_came_before_stays(shelf, place, tmp_path):
    repo, manifest = shelf
    stick = tmp_path / "stick"
    shutil.copytree(repo, stick)
    (bundle,) = manifest.bundles
    blobs = in_order(manifest.blobs)
    with (stick / "bundles" / bundle.name).open("r+b") as opened:
        opened.seek(blobs[10].offset)
        opened.write(bytes(blobs[10].stored))
    source = Counting(FolderSource(stick))
    with pytest.raises(PackIntegrityError):
        fill(source, manifest, place)
    with PartFile.start(place, NAME, the_layout(manifest)) as part:
        assert [blob.sha256 for blob in part.missing] == [blob.sha256 for blob in blobs[10:]]
    had, _ = fill(FolderSource(repo), manifest, place)
    assert had == sum(blob.stored for blob in blobs[:10])


def test_a_bundle_that_is_too_short_is_told(shelf, place, tmp_path):
    repo, manifest = shelf
    stick = tmp_path / "stick"
    shutil.copytree(repo, stick)
    (bundle,) = manifest.bundles
    os.truncate(stick / "bundles" / bundle.name, bundle.size // 2)
    for _ in range(2):
        with pytest.raises(SourceWrongError) as caught:
            fill(FolderSource(stick), manifest, place)
        assert caught.value.telephone_code == "S-218"


def test_a_disk_that_takes_few_bytes_at_a_time_gets_them_all(shelf, place, monkeypatch):
    """Quota and FUSE answer a write that does not fit with a short one."""
    repo, manifest = shelf
    real = os.pwrite
    monkeypatch.setattr(parts.os, "pwrite", lambda fd, data, at: real(fd, bytes(data[:777]), at))
    fill(FolderSource(repo), manifest, place)


def test_a_disk_that_takes_nothing_is_full(shelf, place, monkeypatch):
    repo, manifest = shelf
    monkeypatch.setattr(parts.os, "pwrite", lambda fd, data, at: 0)
    with pytest.raises(DiskFullError):
        fill(FolderSource(repo), manifest, place)


def test_a_file_that_may_not_grow_is_a_full_disk_and_what_came_stays(shelf, place):
    repo, manifest = shelf
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit = 64 * 1024
    fitting = the_layout(manifest)
    with PartFile.start(place, NAME, fitting):
        pass
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(DiskFullError):
            fill(FolderSource(repo), manifest, place)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert (place / f"{NAME}.part").stat().st_size == limit
    had, _ = fill(FolderSource(repo), manifest, place)
    assert had == limit


def test_the_reserve_is_kept_while_writing(shelf, place, monkeypatch):
    repo, manifest = shelf
    monkeypatch.setattr(transfer, "ROOM_BYTES", 10_000)
    frees = iter([10**12] * 5 + [transfer.RESERVE_BYTES - 1] * 100)
    monkeypatch.setattr(transfer.shutil, "disk_usage", lambda _: type("Usage", (), {"free": next(frees)})())
    with pytest.raises(DiskFullError) as caught:
        fill(FolderSource(repo), manifest, place)
    assert "1 MiB" in caught.value.todo
    assert 0 < (place / f"{NAME}.part").stat().st_size < sum(blob.stored for blob in manifest.blobs)


def test_on_a_slow_line_bytes_become_durable_every_ten_seconds(shelf, place, monkeypatch):
    repo, manifest = shelf
    real, synced = os.fsync, []
    now = iter(range(10**9))
    with PartFile.start(place, NAME, the_layout(manifest)) as part:
        monkeypatch.setattr(parts.os, "fsync", lambda fd: (synced.append(fd), real(fd))[1])
        job = Transfer(
            FolderSource(repo), manifest, place, on_bytes=lambda _: None, cancel=CancelToken(), clock=lambda: next(now)
        )
        job.fill(part)
    pieces = len(manifest.blobs)
    assert 2 * pieces // 12 <= len(synced) <= 2 * pieces // 9


def test_what_came_before_a_break_is_durable(shelf, place, monkeypatch):
    repo, manifest = shelf
    real, synced = os.fsync, []
    token = CancelToken()
    with PartFile.start(place, NAME, the_layout(manifest)) as part:
        monkeypatch.setattr(parts.os, "fsync", lambda fd: (synced.append(fd), real(fd))[1])
        source = InPieces(FolderSource(repo), 5000)
        job = Transfer(source, manifest, place, on_bytes=lambda _: token.cancel(), cancel=token)
        with pytest.raises(CancelledError):
            job.fill(part)
    assert len(synced) == 2, "the file and its folder"


def test_a_disk_that_fails_to_keep_is_told(shelf, place, monkeypatch):
    repo, manifest = shelf

    def failing(_):
        raise OSError(5, "Input/output error")

    with PartFile.start(place, NAME, the_layout(manifest)) as part:
        monkeypatch.setattr(parts.os, "fsync", failing)
        with pytest.raises(SiteError):
            Transfer(
                FolderSource(repo),
                manifest,
                place,
                on_bytes=lambda _: None,
                cancel=CancelToken(),
                clock=iter(range(10**6)).__next__,
            ).fill(part)


def test_cancelling_keeps_what_came(shelf, place):
    repo, manifest = shelf
    token = CancelToken()
    with pytest.raises(CancelledError):
        fill(InPieces(FolderSource(repo), 5000), manifest, place, on_bytes=lambda _: token.cancel(), cancel=token)
    had, _ = fill(FolderSource(repo), manifest, place)
    assert had > 0


_CHILD = """
import sys
from pathlib import Path
from content_packs.manifest import decode_manifest
from content_packs.progress import CancelToken
from sync.network import HttpSource
from sync.parts import PartFile, layout_for
from sync.ranges import in_order
from sync.transfer import Transfer
url, manifest, place = sys.argv[1:]
manifest = decode_manifest(Path(manifest).read_bytes())
layout = layout_for(manifest.pack.id, in_order(manifest.blobs))
with PartFile.start(Path(place), "0" * 16, layout) as part:
    Transfer(HttpSource(url), manifest, Path(place), on_bytes=lambda _: None, cancel=CancelToken()).fill(part)
"""


def test_a_process_that_is_killed_at_random_bytes_fetches_no_byte_again_that_the_disk_had(shelf, place, tmp_path):
    repo, manifest = shelf
    (bundle,) = manifest.bundles
    data = (repo / "bundles" / bundle.name).read_bytes()
    plain = tmp_path / "manifest.json"
    plain.write_bytes((repo.parent / "author" / "release" / MANIFEST_FILE).read_bytes())
    blobs = in_order(manifest.blobs)
    wanted = len(data)

    def slowly(connection, head):
        first = int(head.split("Range: bytes=")[1].split("-")[0])
        last = int(head.split("Range: bytes=")[1].split("-")[1].split("\r")[0]) + 1
        where = f"Content-Range: bytes {first}-{last - 1}/{wanted}\r\nContent-Length: {last - first}\r\n"
        connection.sendall(f"HTTP/1.1 206 Part\r\n{where}\r\n".encode())
        for at in range(first, last, 3000):
            connection.sendall(data[at : min(at + 3000, last)])
            time.sleep(0.004)

    dice = random.Random(3)
    kills = 0
    total = sum(blob.stored for blob in blobs)
    with web.scripted(slowly) as server:
        for _ in range(12):
            part = place / f"{NAME}.part"
            had = part.stat().st_size if part.exists() else 0
            asked = len(server.heads)
            child = subprocess.Popen([sys.executable, "-c", _CHILD, server.url, str(plain), str(place)])
            goal = had + dice.randrange(1, total // 6)
            while child.poll() is None and kills < 6:
                if part.exists() and part.stat().st_size >= min(goal, total):
                    web.kill_hard(child.pid)
                    kills += 1
                    break
                time.sleep(0.002)
            child.wait(60)
            if len(server.heads) > asked and had:
                first = int(server.heads[asked].split("Range: bytes=")[1].split("-")[0])
                assert first >= _place_of(blobs, had), "it asked for bytes that were here"
            if child.returncode == 0:
                break
    assert kills >= 3
    assert child.returncode == 0
    assert fill(FolderSource(repo), manifest, place)[0] == total


def _place_of(blobs, length):
    """Where in the bundle the byte lies that comes after so many bytes of blobs."""
    for blob in blobs:
        if length < blob.stored:
            return blob.offset + length
        length -= blob.stored
    return blobs[-1].offset + blobs[-1].stored


def test_a_really_full_disk_is_told_and_goes_on_when_there_is_room(shelf, tmp_path):
    repo, manifest = shelf
    disk = tmp_path / "disk"
    disk.mkdir()
    size = 100 * 1024
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transfer, "RESERVE_BYTES", 0)
            with pytest.raises(DiskFullError):
                fill(FolderSource(repo), manifest, disk)
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            had, _ = fill(FolderSource(repo), manifest, disk)
        assert had > 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_part_of_another_layout_is_set_aside_and_can_still_be_read(shelf, place):
    repo, manifest = shelf
    fill(FolderSource(repo), manifest, place)
    set_aside(place, NAME)
    (other,) = parts_of(place, manifest.pack.id)
    assert other != NAME
    layout = read_layout(place, other)
    with PartFile(place, other, layout) as part:
        assert all(part.has(blob.sha256) for blob in manifest.blobs)
    assert parts_of(place, "cn.other") == ()


def test_what_a_crash_left_is_tidied_and_neighbours_stay(shelf, place):
    repo, manifest = shelf
    fill(FolderSource(repo), manifest, place)
    (place / "1111111111111111.part").write_bytes(b"without a list")
    (place / "2222222222222222.json").write_bytes(b"{")
    (place / "notes.json").write_bytes(b"a neighbour's")
    (place / ".3333333333333333.json.77.new").write_bytes(b"was never finished")
    tidy_parts(place)
    assert sorted(path.name for path in place.iterdir()) == [f"{NAME}.json", f"{NAME}.part", "notes.json"]


def test_a_list_that_lies_about_places_is_no_list(place):
    (place / f"{NAME}.json").write_bytes(
        b'{"pack_id":"x1","blobs":[{"sha256":"%s","size":5,"stored":5,"bundle":0,"offset":7}]}' % (b"a" * 64)
    )
    assert read_layout(place, NAME) is None


def test_a_part_is_called_by_the_start_of_its_manifests_hash():
    assert part_name("abcdef0123456789" + "0" * 48) == "abcdef0123456789"
