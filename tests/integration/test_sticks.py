"""Sticks come and go on a bus of the test's own."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.errors import SiteError, SourceError
from sync.sticks.bus import READ_OPTIONS, WRITE_OPTIONS, Sticks
from tests.fakes.udisks import Udisks, running_udisks


@pytest.fixture
def udisks(tmp_path: Path) -> Iterator[Udisks]:
    with running_udisks(tmp_path) as service:
        yield service


@pytest.fixture
def sticks(udisks: Udisks) -> Iterator[Sticks]:
    with Sticks(udisks.address) as connection:
        yield connection


def test_a_stick_is_seen_and_called_what_people_call_it(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    assert sticks.present() == ((), ())
    udisks.plug(tmp_path, label="村里的U盘")
    ((volume,), left_out) = sticks.present()
    assert (volume.name, volume.device, volume.file_system, volume.mounted_at) == (
        "村里的U盘",
        "/dev/sdb1",
        "vfat",
        None,
    )
    assert left_out == ()


def test_one_without_a_label_is_called_after_its_maker(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path)
    assert sticks.present()[0][0].name == "Kingston DataTraveler"


def test_the_machines_own_disk_is_never_a_stick(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path, "sda1", kind="ext4", block={"HintSystem": ("b", True)})
    udisks.plug(tmp_path, "sdc1", drive={"Removable": ("b", False), "ConnectionBus": ("s", "ata")})
    udisks.plug(tmp_path, "sdd1", block={"HintIgnore": ("b", True)})
    assert sticks.present() == ((), ())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"block": {"IdUsage": ("s", "crypto")}}, "加密"),
        ({"block": {"Size": ("t", 0)}}, "没有容量"),
        ({}, "没有格式化"),
    ],
)
def test_why_something_is_no_stick_for_us_is_said(
    udisks: Udisks, sticks: Sticks, tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    udisks.plug(tmp_path, kind="", **changes)
    found, (left_out,) = sticks.present()
    assert found == ()
    assert words in left_out.why


def test_an_empty_card_reader_is_not_worth_a_word(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path, kind="", drive={"MediaAvailable": ("b", False)})
    assert sticks.present() == ((), ())


def test_a_stick_is_mounted_read_only_and_let_go(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path)
    with sticks.mounted(sticks.present()[0][0]) as folder:
        assert folder == tmp_path
        assert sticks.present()[0][0].mounted_at == tmp_path
    assert udisks.calls == [("Mount", READ_OPTIONS), ("Unmount", "")]
    assert READ_OPTIONS == "ro,noexec,nosuid,nodev"


def test_one_that_somebody_has_mounted_is_mounted_anew(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path)
    sticks.mount(sticks.present()[0][0])
    sticks.mount(sticks.present()[0][0], writable=True)
    assert [call[0] for call in udisks.calls] == ["Mount", "Unmount", "Mount"]
    assert udisks.calls[-1][1] == WRITE_OPTIONS
    sticks.let_go(sticks.present()[0][0])
    sticks.let_go(sticks.present()[0][0])


def test_plugging_in_wakes_whoever_waits(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    assert not sticks.wait(0.1)
    threading.Timer(0.2, udisks.plug, (tmp_path,)).start()
    assert sticks.wait(60), "a signal, not the end of the wait"
    assert len(sticks.present()[0]) == 1
    udisks.pull()
    assert sticks.wait(60)
    assert sticks.present()[0] == ()


def test_a_stick_that_was_pulled_is_told_as_such(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path)
    (volume,), _ = sticks.present()
    udisks.pull()
    with pytest.raises(SourceError, match="已经拔出"):
        sticks.mount(volume)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("org.freedesktop.UDisks2.Error.NotAuthorized", SiteError, "不让"),
        ("org.freedesktop.UDisks2.Error.Failed", SourceError, "打不开"),
        ("org.freedesktop.UDisks2.Error.DeviceBusy", SourceError, "打不开"),
    ],
)
def test_what_udisks_refuses_is_told_in_plain_words(
    udisks: Udisks, sticks: Sticks, tmp_path: Path, name: str, kind: type[Exception], words: str
) -> None:
    udisks.plug(tmp_path)
    (volume,), _ = sticks.present()
    udisks.fail["Mount"] = name
    with pytest.raises(kind, match=words):
        sticks.mount(volume)
    udisks.fail["GetManagedObjects"] = name
    with pytest.raises(SiteError):
        sticks.present()


def test_an_error_while_mounted_still_lets_go(udisks: Udisks, sticks: Sticks, tmp_path: Path) -> None:
    udisks.plug(tmp_path)
    with pytest.raises(ZeroDivisionError), sticks.mounted(sticks.present()[0][0]):
        raise ZeroDivisionError
    assert udisks.calls[-1][0] == "Unmount"


def test_without_a_bus_the_administrator_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="udisks2"):
        Sticks(f"unix:path={tmp_path}/nobody")
