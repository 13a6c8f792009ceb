"""Sticks that lack something or go away, and files of ours that a power cut or a disk has spoilt."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from content_packs.errors import SiteError, TrustError
from sync.folder import FolderSource
from sync.source import SourceGoneError
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.fakes.trusting_kiosk import ALL, DAY, Kiosk
from tests.fakes.tuf_repository import (
    NOW,
    REGION,
    TODAY,
    MemorySource,
    TufRepository,
    a_repository,
    at,
)


@pytest.fixture
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def kiosk(tmp_path: Path, repository: TufRepository) -> Kiosk:
    return Kiosk(tmp_path / "home", repository)


def test_older_complete_stick_after_newer_incomplete_one(kiosk: Kiosk, repository: TufRepository) -> None:
    """The newer stick lacks a manifest, so that nothing of it was installed: the older one must still be welcome."""
    complete = repository.stick()
    newer = repository.add("nation", 2).publish().stick()
    newer.files = {path: data for path, data in newer.files.items() if not path.startswith("targets/")}
    refreshed = kiosk.look(newer)
    with pytest.raises(TrustError):
        refreshed.manifest(refreshed.offers[0])
    assert kiosk.sync(complete) == ALL


@pytest.mark.parametrize("names", [("timestamp", "snapshot"), ("timestamp", "snapshot", "targets", "35")])
def test_metadata_emptied_by_a_power_cut(kiosk: Kiosk, repository: TufRepository, names: tuple[str, ...]) -> None:
    """python-tuf alone would now accept an old stick; our own record of the highest versions does not."""
    old = repository.stick()
    newer = repository.add("nation", 2).publish().stick()
    kiosk.sync(newer)
    for name in names:
        path = kiosk.home / f"trust/cn.test.fujian/metadata/{name}.json"
        path.write_bytes(bytes(path.stat().st_size))
    kiosk.refuses(old, "T-401")
    assert kiosk.sync(newer)[0] == "nation 2"


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_disk_that_fails_anywhere_while_promoting(
    tmp_path: Path, repository: TufRepository, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call fails once in turn: the next sync succeeds, and what was seen before is never forgotten."""
    original = dict(repository.files)
    older = repository.add("nation", 2).publish().stick()
    newer = repository.add("nation", 3).new_root(without="timestamp").publish().stick()
    real, left = getattr(os, call), 0

    def failing(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.EIO, "EIO")
        return real(*arguments, **named)

    failures = 0
    for number in range(1, 200):
        kiosk = Kiosk(tmp_path / f"home{number}", repository)
        kiosk.sync(older)
        refreshed = kiosk.look(newer)
        monkeypatch.setattr(os, call, failing)
        left = number
        try:
            refreshed.promote()
        except SiteError:
            failures += 1
        monkeypatch.undo()
        kiosk.refuses(MemorySource(original), "T-401")
        assert kiosk.sync(newer)[0] == "nation 3"
        if left > 0:
            break
    assert failures >= {"fsync": 10, "replace": 5, "open": 10}[call]
    assert left > 0


def test_a_spoilt_slot_of_the_record_leaves_the_one_before(kiosk: Kiosk, repository: TufRepository) -> None:
    old = repository.stick()
    kiosk.sync(repository.add("nation", 2).publish().stick())
    newest = max((kiosk.home / "trust").glob("floor.*.json"), key=lambda path: path.stat().st_mtime_ns)
    kiosk.sync(repository.add("nation", 3).publish().stick())
    written = max((kiosk.home / "trust").glob("floor.*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert written != newest
    written.write_bytes(b"\0" * 100)
    for path in (kiosk.home / "trust/cn.test.fujian/metadata").iterdir():
        path.unlink()
    kiosk.refuses(old, "T-401")


def test_a_record_that_is_lost_altogether_is_found_again_in_the_roots(tmp_path: Path) -> None:
    """Both slots are spoilt, years after the program was made: the floor comes back, and the sync goes on."""
    late = TODAY + 900 * DAY
    repository = a_repository(issued=late)
    store = TrustStore(tmp_path, built=TODAY)
    store.set_root(*repository.anchor(), at(late))
    repository.new_root(issued=late + 300 * DAY).publish(issued=late + 310 * DAY)
    refresh(store, repository.stick(), REGION, NOW).promote()
    for slot in (tmp_path / "trust").glob("floor.*.json"):
        slot.write_bytes(bytes(300))
    assert store.record().floor == TODAY
    refresh(store, repository.stick(), REGION, NOW).promote()
    assert store.record().floor == late + 310 * DAY


def test_a_stick_without_an_old_root_is_no_way_back(kiosk: Kiosk, repository: TufRepository) -> None:
    """Kept roots were lost. A stick with fewer roots than we have seen is refused; with all of them it serves."""
    old = repository.stick()
    repository.new_root(without="timestamp").refresh()
    kiosk.sync(repository.stick())
    (kiosk.home / "trust/cn.test.fujian/roots/2.root.json").unlink()
    assert "根证书" in kiosk.refuses(old, "T-401").why
    assert kiosk.sync(repository.stick()) == ALL


def test_an_old_stick_from_before_a_change_of_keys_is_told_as_old(kiosk: Kiosk, repository: TufRepository) -> None:
    """Its signatures no longer fit, for a harmless reason: nobody should be told to distrust the county."""
    old = repository.stick()
    kiosk.sync(repository.new_root(without="timestamp").refresh().stick())
    kiosk.refuses(old, "T-401")


def test_many_roots_are_taken_over_in_several_syncs(
    kiosk: Kiosk, repository: TufRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attacker who could serve roots for ever would hold a kiosk up; an honest chain goes on next time."""
    monkeypatch.setattr("sync.trust.verifier.ROOT_STEPS", 2)
    for _ in range(3):
        repository.new_root()
    for version in (3, 4, 4):
        assert kiosk.sync(repository.stick()) == ALL
        assert kiosk.store.record().seen[repository.name]["root"] == version


def test_a_pulled_stick_is_no_refusal(kiosk: Kiosk, repository: TufRepository, tmp_path: Path) -> None:
    """A real folder on a real disk, whose base goes away: trying again is what to do, not distrust."""
    folder = repository.write_to(tmp_path / "stick")
    source = FolderSource(folder)
    assert kiosk.sync(source) == ALL
    folder.rename(tmp_path / "pulled")
    with pytest.raises(SourceGoneError):
        kiosk.look(source)


def test_an_incomplete_stick_says_what_is_missing(kiosk: Kiosk, repository: TufRepository) -> None:
    stick = repository.stick()
    del stick.files["metadata/2.snapshot.json"]
    assert "2.snapshot.json" in kiosk.refuses(stick, "T-414").why
    del stick.files["metadata/timestamp.json"]
    kiosk.refuses(stick, "T-415")
