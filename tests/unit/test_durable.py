"""Durable writes: the order of the calls is the promise."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from content_packs.abandoned import remove_abandoned
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


# --- what a kill has left --------------------------------------------------------------------------------------------


def _a_gone_process():
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(ended.stdout)


def test_what_a_killed_writer_has_left_goes_and_nothing_else(tmp_path):
    gone = _a_gone_process()
    deep = tmp_path / "trust" / "fujian" / "metadata"
    deep.mkdir(parents=True)
    left = [tmp_path / f".site.toml.{gone}.new", deep / f".timestamp.json.{gone}.new"]
    stays = [
        tmp_path / f".site.toml.{os.getpid()}.new",
        tmp_path / f"site.toml.{gone}.new",
        tmp_path / ".notes.new",
        tmp_path / f".邻居.{gone}.new",
        tmp_path / ".x.0.new",
        deep / "timestamp.json",
    ]
    for path in (*left, *stays):
        path.write_bytes(b"half")
    link = tmp_path / f".link.{gone}.new"
    link.symlink_to(tmp_path / ".notes.new")
    folder = tmp_path / f".folder.{gone}.new"
    folder.mkdir()
    assert remove_abandoned(tmp_path) == 2
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in (*stays, link, folder))


def test_a_number_that_somebody_else_has_now_protects_no_longer_than_a_day(tmp_path):
    left = tmp_path / f".site.toml.{os.getpid()}.new"
    left.write_bytes(b"half")
    assert remove_abandoned(tmp_path) == 0
    os.utime(left, (1, 1))
    assert remove_abandoned(tmp_path) == 1


def test_a_disk_that_refuses_keeps_it(tmp_path, monkeypatch):
    left = tmp_path / f".site.toml.{_a_gone_process()}.new"
    left.write_bytes(b"half")
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError()))
    assert remove_abandoned(tmp_path) == 0
    assert left.exists()
