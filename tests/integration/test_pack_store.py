"""Packs on disk: staged, activated, kept, rolled back, and found again whatever happened."""

import errno
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from content_packs.errors import DiskFullError, PackError, SiteError
from content_packs.model import PackInfo
from content_packs.origin import UNSIGNED, Origin, OriginKind
from content_packs.pointer import Pointer, write_pointer
from content_packs.store import InstalledPack, PackStore

ID = "cn.test.pack"


SIGNED = Origin(OriginKind.SIGNED, "fujian", "350122", "350122", date(2026, 3, 1))


def put(
    store: PackStore, version: int, digit: str = "a", pack_id: str = ID, origin: Origin = UNSIGNED
) -> InstalledPack:
    info = PackInfo(id=pack_id, version=version, title="包", publisher="某", issued_on=date(2026, 1, 1))
    with store.staging() as staged:
        (staged / "content.db").write_bytes(f"{version}{digit}".encode())
        return store.activate(staged / "content.db", info, digit * 64, manifest=b"{}", origin=origin)


def names(store: PackStore) -> set[str]:
    return {entry.name for entry in (store.root / ID).iterdir()}


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path)


def test_an_empty_home_has_no_packs(store: PackStore) -> None:
    assert store.installed() == ()
    assert store.all_versions() == ()
    assert store.current(ID) is None
    store.clean()
    assert not store.root.exists()


def test_versions_follow_each_other_and_two_are_kept(store: PackStore) -> None:
    first = put(store, 1)
    assert (first.version, first.previous, first.content_db.read_bytes()) == (1, None, b"1a")
    assert put(store, 2).previous == 1
    third = put(store, 3, "b")
    assert (third.version, third.previous, third.digest) == (3, 2, "b" * 16)
    assert names(store) == {f"2-{'a' * 16}", f"3-{'b' * 16}", "pointer.a", "pointer.b"}
    assert [pack.version for pack in store.all_versions()] == [2, 3]
    assert list((store.root / ".staging").iterdir()) == []


def test_rolling_back_and_forth(store: PackStore) -> None:
    put(store, 1)
    put(store, 2)
    assert (store.roll_back(ID).version, store.current(ID).previous) == (1, 2)
    assert store.roll_back(ID).version == 2


def test_a_disk_that_refuses_to_roll_back_is_told_in_words(store: PackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    put(store, 1)
    put(store, 2)
    monkeypatch.setattr("content_packs.slots.write_in_place", full)
    with pytest.raises(DiskFullError):
        store.roll_back(ID)
    assert store.current(ID).version == 2


def test_there_may_be_nothing_to_roll_back_to(store: PackStore) -> None:
    with pytest.raises(PackError, match="没有可以退回"):
        store.roll_back(ID)
    put(store, 1)
    with pytest.raises(PackError, match="没有可以退回"):
        store.roll_back(ID)
    with pytest.raises(PackError, match="没有这个"):
        store.roll_back("../evil")


def test_installing_the_same_again_keeps_the_version_before(store: PackStore) -> None:
    put(store, 1)
    put(store, 2)
    again = put(store, 2)
    assert (again.version, again.previous) == (2, 1)


def test_packs_are_listed_by_id_beside_strangers(store: PackStore) -> None:
    put(store, 1, pack_id="cn.b")
    put(store, 1, pack_id="cn.a")
    (store.root / "notes.txt").write_text("mine")
    (store.root / ".hidden").mkdir()
    (store.root / "cn.empty").mkdir()
    assert [pack.pack_id for pack in store.installed()] == ["cn.a", "cn.b"]


def test_a_pack_says_who_answers_for_it(store: PackStore) -> None:
    assert put(store, 1).origin == UNSIGNED
    signed = put(store, 2, origin=SIGNED)
    assert signed.origin == SIGNED
    assert store.current(ID) == signed
    (signed.folder / "origin.json").write_bytes(b"\0")
    assert store.current(ID).origin == UNSIGNED


def test_no_way_back_leads_from_what_is_signed_to_what_is_not(store: PackStore) -> None:
    put(store, 9)
    assert put(store, 2, origin=SIGNED).previous is None
    assert names(store) == {f"2-{'a' * 16}", "pointer.a", "pointer.b"}
    assert put(store, 3, origin=SIGNED).previous == 2


@pytest.mark.parametrize(
    "slot",
    [b"", b"{", b'{"number":99,"pointer":{"current":"9-0000000000000000"},"sha256":""}'],
)
def test_a_spoilt_slot_leaves_the_record_before_it(store: PackStore, slot: bytes) -> None:
    put(store, 9)
    put(store, 10)
    (store.root / ID / "pointer.b").write_bytes(slot)
    assert store.current(ID).version == 9
    assert put(store, 11).previous == 9


@pytest.mark.parametrize("slot", [b"", b"\xff" * 100])
def test_with_both_slots_spoilt_the_newest_version_is_found(store: PackStore, slot: bytes) -> None:
    put(store, 9)
    put(store, 10)
    for name in ("pointer.a", "pointer.b"):
        (store.root / ID / name).write_bytes(slot)
    assert store.current(ID).version == 10
    assert put(store, 11).previous == 10


def test_a_pointer_never_leads_out_of_the_folder(store: PackStore) -> None:
    put(store, 1)
    write_pointer(store.root / ID, Pointer("../../etc"))
    assert store.current(ID).version == 1


def test_a_version_that_is_gone_falls_back_to_the_one_before(store: PackStore) -> None:
    put(store, 1)
    gone = put(store, 2)
    shutil.rmtree(gone.folder)
    found = store.current(ID)
    assert found
    assert (found.version, found.previous) == (1, None)
    with pytest.raises(PackError):
        store.roll_back(ID)


def test_leftovers_are_removed_and_neighbours_stay(store: PackStore) -> None:
    put(store, 1)
    area = store.root / ".staging"
    (area / "staged-old").mkdir()
    (area / "staged-old/content.db").write_text("half")
    (area / "my-notes").mkdir()
    (area / "staged-link").symlink_to(store.root / ID)
    (store.root / ID / "my-backup").mkdir()
    store.clean()
    assert {entry.name for entry in area.iterdir()} == {"my-notes", "staged-link"}
    put(store, 2)
    put(store, 3)
    assert "my-backup" in names(store)
    assert store.current(ID)


def test_one_installation_at_a_time(store: PackStore, tmp_path: Path) -> None:
    with store.staging() as staged:
        other = PackStore(tmp_path)
        with pytest.raises(SiteError, match="正在安装"), other.staging():
            pass
        other.clean()
        assert staged.is_dir()
    assert not staged.exists()


def test_staging_goes_whatever_happens(store: PackStore) -> None:
    def interrupted() -> None:
        with store.staging() as staged:
            (staged / "half").write_text("x")
            raise ValueError("oops")

    with pytest.raises(ValueError, match="oops"):
        interrupted()
    assert list((store.root / ".staging").iterdir()) == []


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file")
    with pytest.raises(SiteError, match="写不进去"), PackStore(tmp_path).staging():
        pass
