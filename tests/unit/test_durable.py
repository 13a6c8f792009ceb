"""Durable writes: the order of the calls is the promise."""

import errno
import os
from pathlib import Path

import pytest

from content_packs.durable import disk_error, move_into_place, write_in_place
from content_packs.errors import CancelledError, DiskFullError, SiteError
from content_packs.progress import CancelToken, Progress, ignore_progress
from sync import progress as sync_progress


def test_bytes_are_on_the_disk_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        calls.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real_fsync(handle)

    def replace(source: Path, target: Path) -> None:
        calls.append("replace")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a/new").write_text("x")
    move_into_place(tmp_path / "a/new", tmp_path / "b/file")
    assert calls == ["new", "replace", "b", "a"]


def test_a_small_file_is_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "pointer"
    write_in_place(target, b"old")
    write_in_place(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file_and_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "pointer"
    write_in_place(target, b"old")

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="full"):
        write_in_place(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_has_its_own_error(number: int) -> None:
    error = disk_error(OSError(number, os.strerror(number)), Path("/data"))
    assert isinstance(error, DiskFullError)
    assert "/data" in error.why


def test_any_other_trouble_of_the_disk() -> None:
    error = disk_error(PermissionError(errno.EACCES, "denied"), Path("/data"))
    assert type(error) is SiteError


def test_a_token_stops_the_work_at_its_next_step() -> None:
    token = CancelToken()
    token.check()
    assert not token.is_cancelled
    token.cancel()
    assert token.is_cancelled
    with pytest.raises(CancelledError):
        token.check()
    ignore_progress(Progress(1, 2, "安装"))
    assert sync_progress.CancelToken is CancelToken


def test_a_link_under_the_temporary_name_leads_nowhere(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / f".record.{os.getpid()}.new").symlink_to(precious)
    write_in_place(tmp_path / "record", b"new")
    assert precious.read_bytes() == b"precious"
    assert (tmp_path / "record").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["precious", "record"]
