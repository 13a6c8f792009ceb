"""A repository in a folder that came from outside: what is opened, what is refused, when it counts as pulled out."""

import os
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from sync.folder import FolderSource
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    (folder / "metadata").mkdir(parents=True)
    (folder / "bundles").mkdir()
    (folder / "metadata" / "timestamp.json").write_bytes(b"{}")
    (folder / "bundles" / "b.bundle").write_bytes(bytes(range(256)) * 20_000)
    return folder


def read(source, start, length, validator=None):
    with source.open_range("bundles/b.bundle", start, length, validator) as reply:
        return reply.start, b"".join(reply.chunks())


def test_files_are_read_whole_and_in_parts(stick):
    source = FolderSource(stick)
    data = (stick / "bundles" / "b.bundle").read_bytes()
    assert source.fetch("metadata/timestamp.json", 2) == b"{}"
    assert read(source, 5, 3_000_000) == (5, data[5:3_000_005])
    assert read(source, len(data) - 3, 10) == (len(data) - 3, data[-3:])
    assert (source.label, source.is_stick) == ("stick", True)
    assert FolderSource(stick, label="杨树村的U盘", is_stick=False).label == "杨树村的U盘"


def test_a_file_that_changed_starts_over_only_for_whoever_cares(stick):
    source = FolderSource(stick)
    with source.open_range("bundles/b.bundle", 5, 10, None) as reply:
        state = reply.validator
    assert read(source, 5, 10, state)[0] == 5
    os.utime(stick / "bundles" / "b.bundle", ns=(1, 1))
    assert read(source, 5, 10, state)[0] == 0
    assert read(source, 5, 10)[0] == 5


def test_a_file_above_its_limit_is_refused(stick):
    (stick / "metadata" / "timestamp.json").write_bytes(bytes(1001))
    with pytest.raises(SourceWrongError) as caught:
        FolderSource(stick).fetch("metadata/timestamp.json", 1000)
    assert caught.value.telephone_code == "S-217"


def test_a_file_that_is_too_short_is_told(stick):
    with pytest.raises(SourceWrongError) as caught:
        read(FolderSource(stick), 10_000_000, 1)
    assert caught.value.telephone_code == "S-218"


def test_a_missing_file_on_a_stick_that_is_there_is_missing(stick):
    source = FolderSource(stick)
    for path in ("metadata/2.root.json", "nowhere/at.all"):
        with pytest.raises(SourceMissingError):
            source.fetch(path, 10)


def test_links_pipes_folders_and_devices_are_not_opened(stick, tmp_path):
    (tmp_path / "secret").write_text("s")
    (stick / "link.json").symlink_to(tmp_path / "secret")
    (stick / "loop").symlink_to(tmp_path)
    os.mkfifo(stick / "pipe.json")
    source = FolderSource(stick)
    for path in ("link.json", "loop/secret", "pipe.json", "metadata", "metadata/timestamp.json/x"):
        with pytest.raises(SourceWrongError) as caught:
            source.fetch(path, 10)
        assert caught.value.telephone_code == "S-216"


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "", ".", "a//b", "metadata/../x", "a\\b", "a\x00b", "a\nb"]
)
def test_a_path_that_leads_out_is_refused(stick, path):
    with pytest.raises(SourceWrongError) as caught:
        FolderSource(stick).fetch(path, 10)
    assert caught.value.telephone_code == "S-216"


def test_a_folder_that_was_never_there_is_gone(tmp_path):
    with pytest.raises(SourceGoneError):
        FolderSource(tmp_path / "nowhere")


def test_a_stick_whose_mount_point_vanished_is_gone_not_missing(stick):
    source = FolderSource(stick)
    shutil.move(stick, stick.with_name("pulled"))
    with pytest.raises(SourceGoneError):
        source.fetch("metadata/timestamp.json", 10)


def test_a_stick_that_was_pulled_and_left_an_empty_folder_is_gone_not_missing(stick):
    """As after the kernel has dropped a device whose mount point stays: nothing is there any more."""
    source = FolderSource(stick)
    for entry in stick.iterdir():
        shutil.rmtree(entry)
    with pytest.raises(SourceGoneError):
        source.fetch("metadata/timestamp.json", 10)


def test_another_stick_in_the_same_place_is_not_the_same_stick(stick):
    source = FolderSource(stick)
    other = stick.with_name("other")
    shutil.copytree(stick, other)
    shutil.move(stick, stick.with_name("pulled"))
    shutil.move(other, stick)
    with pytest.raises(SourceGoneError) as caught:
        source.fetch("metadata/timestamp.json", 10)
    assert "换了" in caught.value.why


@pytest.mark.skipif(not IS_ROOT or shutil.which("mount") is None, reason="needs root to mount over a folder")
def test_a_stick_that_is_covered_by_another_file_system_is_gone(stick):
    source = FolderSource(stick)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(stick)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        with pytest.raises(SourceGoneError):
            source.fetch("metadata/timestamp.json", 10)
    finally:
        subprocess.run(["umount", str(stick)], check=True)


def test_a_device_that_left_the_machine_makes_a_missing_file_a_pulled_stick(stick, tmp_path):
    """The folder still answers from memory; only the device is no longer listed."""
    source = FolderSource(stick)
    source._device, source._has_device = tmp_path / "8:1", True
    with pytest.raises(SourceGoneError):
        source.fetch("metadata/2.root.json", 10)


def test_a_read_that_fails_midway_is_a_pulled_stick(stick, monkeypatch):
    source = FolderSource(stick)
    reads = []
    true_read = os.pread

    def failing(opened, length, position):
        reads.append(position)
        if len(reads) > 2:
            raise OSError(5, "Input/output error")
        return true_read(opened, length, position)

    monkeypatch.setattr("sync.folder.os.pread", failing)
    with pytest.raises(SourceGoneError) as caught:
        read(source, 0, 5_000_000)
    assert "Input/output error" in caught.value.why


def test_no_descriptor_is_left_open(stick):
    source = FolderSource(stick)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for path in ("metadata/timestamp.json", "metadata/none", "metadata", "x/y/z"):
        with pytest.raises((SourceMissingError, SourceWrongError)):
            source.fetch(path, 1)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_folder_that_cannot_be_listed_any_more_is_gone(stick, monkeypatch):
    source = FolderSource(stick)

    def failing(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(SourceGoneError):
        source.fetch("metadata/2.root.json", 10)


def test_a_stick_with_countless_names_costs_no_memory(stick):
    for number in range(5000):
        (stick / f"a rather long name, one of very many {number:06}").touch()
    tracemalloc.start()
    try:
        source = FolderSource(stick)
        with pytest.raises(SourceMissingError):
            source.fetch("metadata/2.root.json", 10)
        assert tracemalloc.get_traced_memory()[1] < 200_000
    finally:
        tracemalloc.stop()


def test_a_name_that_the_stick_cannot_read_is_a_failing_stick(stick, monkeypatch):
    source = FolderSource(stick)
    real = os.open

    def failing(path, *rest, **more):
        if path == "timestamp.json":
            raise OSError(5, "Input/output error")
        return real(path, *rest, **more)

    monkeypatch.setattr("sync.folder.os.open", failing)
    with pytest.raises(SourceGoneError):
        source.fetch("metadata/timestamp.json", 10)
