"""Manifests travel compressed where the repository has them so, and never twice."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from sync.manifests import ManifestSource, forget_all_but, packed, packed_path
from sync.source import SourceMissingError, SourceWrongError
from tests.fakes.tuf_repository import MemorySource

DATA = b'{"format":1}' * 500
DIGEST = sha256(DATA).hexdigest()
PATH = f"targets/packs/35/{DIGEST}.news.json"


def a_source(files, *, is_stick=False):
    return MemorySource(files, is_stick=is_stick)


def asked(source):
    return [path for path, _ in source.log]


def test_the_short_way_is_taken_over_the_network(tmp_path: Path):
    source = a_source({packed_path(PATH): packed(DATA), PATH: DATA})
    assert ManifestSource(source, tmp_path / "kept").fetch(PATH, len(DATA)) == DATA
    assert asked(source) == [f"{PATH}.zst"]
    assert source.bytes_fetched < len(DATA) / 20


def test_a_stick_is_read_plainly(tmp_path: Path):
    source = a_source({packed_path(PATH): packed(DATA), PATH: DATA}, is_stick=True)
    assert ManifestSource(source, tmp_path / "kept").fetch(PATH, len(DATA)) == DATA
    assert asked(source) == [PATH]


def test_what_came_before_does_not_come_again(tmp_path: Path):
    source = a_source({PATH: DATA})
    manifests = ManifestSource(source, tmp_path / "kept")
    assert [manifests.fetch(PATH, len(DATA)) for _ in range(3)] == [DATA] * 3
    assert len(source.log) == 2


def test_what_was_kept_and_spoilt_comes_again(tmp_path: Path):
    source = a_source({PATH: DATA})
    manifests = ManifestSource(source, tmp_path / "kept")
    manifests.fetch(PATH, len(DATA))
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(DATA[:-1])
    assert manifests.fetch(PATH, len(DATA)) == DATA
    assert kept.read_bytes() == DATA


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"nonsense",
        packed(bytes(10_000_000)),
        zstandard.ZstdCompressor(write_content_size=False).compress(bytes(10_000_000)),
        packed(DATA)[:-5],
    ],
)
def test_a_short_copy_that_lies_is_passed_over_and_never_unpacked_beyond_what_was_signed(tmp_path: Path, lie):
    source = a_source({packed_path(PATH): lie, PATH: DATA})
    assert ManifestSource(source, tmp_path / "kept").fetch(PATH, len(DATA)) == DATA


def test_other_bytes_are_handed_on_to_whoever_verifies_and_not_kept(tmp_path: Path):
    source = a_source({packed_path(PATH): packed(b"other"), PATH: DATA})
    assert ManifestSource(source, tmp_path / "kept").fetch(PATH, len(DATA)) == b"other"
    assert not (tmp_path / "kept").exists()


def test_all_else_passes_through(tmp_path: Path):
    source = a_source({"metadata/timestamp.json": b"{}", f"bundles/{DIGEST}.bundle": b"b"})
    manifests = ManifestSource(source, tmp_path / "kept")
    assert manifests.fetch("metadata/timestamp.json", 2) == b"{}"
    assert manifests.fetch(f"bundles/{DIGEST}.bundle", 2) == b"b"
    assert (manifests.label, manifests.is_stick) == ("测试U盘", False)
    with pytest.raises(SourceMissingError):
        manifests.fetch(PATH, 10)
    with pytest.raises(SourceWrongError):
        manifests.fetch("metadata/timestamp.json", 1)


def test_only_the_newest_are_kept(tmp_path: Path):
    for number in range(6):
        path = tmp_path / f"{number}.json"
        path.write_bytes(b"x")
        os.utime(path, (number, number))
    forget_all_but(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["4.json", "5.json"]


def test_a_disk_that_refuses_is_no_reason_to_fail(tmp_path: Path):
    (tmp_path / "kept").write_bytes(b"a file where the folder should be")
    assert ManifestSource(a_source({PATH: DATA}), tmp_path / "kept").fetch(PATH, len(DATA)) == DATA


def test_packing_gives_the_same_bytes_every_time():
    assert packed(DATA) == packed(DATA)
