"""A clerk plugs in a stick: from the publisher's repository to the kiosk's shelf, and the receipt back."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from content_packs.errors import KioskError, SourceError
from content_packs.origin import OriginKind
from content_packs.progress import CancelToken
from content_packs.store import PackStore
from kiosk.chores.child import AS_CHILD, CUNKOU, run_chore
from kiosk.chores.stick_turn import turn_at_the_sticks
from kiosk.chores.sticks import StickDesk, find_volume
from kiosk.chores.watching import watch
from kiosk.cli.main import run
from kiosk.cli.stick import look_at
from kiosk.home import Home
from kiosk.settings import Settings
from sync.publish.kiosks import enrol, receipts
from sync.receipt import kiosk_key
from sync.sticks.bus import READ_OPTIONS, WRITE_OPTIONS, Sticks
from tests.fakes.publisher import Publisher
from tests.fakes.stick_village import StickVillage
from tests.fakes.udisks import Udisks, running_udisks

ID = "cn.test.pack"
VILLAGE = "350122001201"
SETTINGS = Settings(village="前村", region=VILLAGE)


class Village(StickVillage):
    """One whose county publishes a pack of notices."""

    def __init__(self, folder: Path, udisks: Udisks) -> None:
        super().__init__(folder, udisks, region=VILLAGE)
        self.publisher = Publisher(folder / "work").pack()

    def publish(self, version: int, *names: str) -> None:
        self.publisher.pack(version=version)
        for name in names:
            self.publisher.item(name, f"{name}的正文，第{version}版。")
        self.publisher.build()
        self.fill(self.publisher.release, "35")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with running_udisks(tmp_path) as udisks:
        yield Village(tmp_path, udisks)


@pytest.fixture
def sticks(village: Village) -> Iterator[Sticks]:
    with Sticks(village.udisks.address) as connection:
        yield connection


@pytest.fixture
def desk(village: Village, sticks: Sticks) -> StickDesk:
    return StickDesk(village.home, SETTINGS, sticks)


def test_what_a_stick_would_bring_is_seen_without_doing_it(village: Village, desk: StickDesk) -> None:
    village.publish(1, "n1", "n2")
    village.plug()
    (seen,), left_out = desk.look()
    assert (seen.is_ours, left_out) == (True, ())
    (step,) = seen.looks[0].plan.steps
    assert (step.title, step.version, step.before) == ("测试包", 1, None)
    assert seen.looks[0].plan.fetch_bytes > 0
    assert village.version(ID) is None
    assert village.udisks.calls == [("Mount", READ_OPTIONS), ("Unmount", "")]


def test_a_stick_is_brought_and_a_receipt_goes_back(village: Village, desk: StickDesk, sticks: Sticks) -> None:
    village.publish(1, "n1", "n2")
    village.udisks.plug(village.stick)
    brought = desk.bring(find_volume(sticks, ""))
    assert (brought.troubles, brought.receipt) == ((), None)
    assert village.version(ID) == 1
    pack = PackStore(village.home.root).current(ID)
    assert pack
    assert (pack.origin.kind, pack.origin.repository, pack.origin.signer) == (OriginKind.SIGNED, "fujian", "targets")
    assert village.udisks.calls == [
        ("Mount", READ_OPTIONS),
        ("Unmount", ""),
        ("Mount", WRITE_OPTIONS),
        ("Unmount", ""),
    ]
    enrol(village.county.folder, kiosk_key(village.home.root).id.public, "前村")
    (returned,) = receipts(village.county.folder, village.stick)
    assert returned.receipt
    assert (returned.kiosk, returned.receipt.village, returned.receipt.result) == ("前村", "前村", "done")
    assert [(line.id, line.version, line.result) for line in returned.receipt.packs] == [(ID, 1, "added")]

    village.publish(2, "n2")
    desk.bring(find_volume(sticks, "/dev/sdb1"))
    assert village.version(ID) == 2
    (returned,) = receipts(village.county.folder, village.stick)
    assert returned.receipt
    assert returned.receipt.packs[0].result == "replaced"


def test_an_index_that_a_power_cut_left_undone_is_made_when_the_stick_is_brought_again(
    village: Village, desk: StickDesk, sticks: Sticks
) -> None:
    """Nothing on the stick is new any more, and the pack could only be browsed."""
    village.publish(1, "first")
    village.udisks.plug(village.stick)
    desk.bring(find_volume(sticks, ""))
    made = {path.name for path in (village.home.indexes / ID).iterdir()}
    assert made
    shutil.rmtree(village.home.indexes / ID)
    assert not any(outcome.changes for _, outcome in desk.bring(find_volume(sticks, "")).done)
    assert {path.name for path in (village.home.indexes / ID).iterdir()} == made


def test_a_stick_of_somebody_else_is_none_of_our_business(village: Village, desk: StickDesk, sticks: Sticks) -> None:
    (village.stick / "photos").mkdir()
    village.udisks.plug(village.stick)
    (seen,), _ = desk.look()
    assert not seen.is_ours
    with pytest.raises(SourceError, match="不是村口的U盘"):
        desk.bring(find_volume(sticks, ""))
    assert [entry.name for entry in village.stick.iterdir()] == ["photos"]


def test_a_tampered_stick_is_refused_and_says_so_on_the_card(village: Village, desk: StickDesk, sticks: Sticks) -> None:
    village.publish(1, "n1")
    targets = village.stick / "cunkou/fujian/metadata/2.targets.json"
    whole = targets.read_bytes()
    targets.write_bytes(whole.replace(b'"items":1', b'"items":9'))
    assert targets.read_bytes() != whole
    village.udisks.plug(village.stick)
    (seen,), _ = desk.look()
    assert seen.is_ours
    assert seen.troubles[0].telephone_code.startswith("T-")
    with pytest.raises(KioskError, match="T-4"):
        desk.bring(find_volume(sticks, ""))
    assert village.version(ID) is None


def test_a_stick_that_cannot_be_written_brings_all_the_same(village: Village, desk: StickDesk, sticks: Sticks) -> None:
    village.publish(1, "n1")
    shutil.rmtree(village.stick / "cunkou-receipts")
    village.udisks.plug(village.stick)
    brought = desk.bring(find_volume(sticks, ""))
    assert village.version(ID) == 1
    assert brought.receipt
    assert brought.receipt.telephone_code == "S-223"


def test_which_stick_is_meant_must_be_clear(village: Village, sticks: Sticks, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有看到"):
        find_volume(sticks, "")
    village.udisks.plug(tmp_path, "sdb1")
    village.udisks.plug(tmp_path, "sdc1")
    with pytest.raises(SourceError, match="好几个"):
        find_volume(sticks, "")
    assert find_volume(sticks, "/dev/sdc1").device == "/dev/sdc1"


def test_whoever_watches_is_told_of_every_change(
    village: Village, sticks: Sticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.chores.watching.LOOK_EVERY_S", 3600.0)  # what is told follows from a signal
    village.publish(1, "n1")
    told: list[list[dict[str, Any]]] = []
    cancel = CancelToken()

    def work() -> None:
        with pytest.raises(KioskError):
            watch(
                village.home,
                sticks,
                partial(look_at, village.home, sticks),
                lambda news: told.append(news["sticks"]),
                cancel,
            )

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    _until(lambda: told == [[]])
    village.udisks.plug(village.stick)
    _until(lambda: len(told) == 2)
    assert told[1][0]["sources"]
    village.udisks.pull()
    _until(lambda: told[-1] == [] and len(told) == 3)
    cancel.cancel()
    village.udisks.plug(village.stick, "sdc1")
    thread.join(60)
    assert not thread.is_alive()


def test_while_a_process_brings_a_stick_nobody_else_touches_it(
    village: Village, desk: StickDesk, sticks: Sticks
) -> None:
    """Who looked at it then would let go of it under the other's feet."""
    village.publish(1, "n1")
    village.plug()
    volume = find_volume(sticks, "")
    with turn_at_the_sticks(village.home, patient=False) as is_ours:
        assert is_ours
        assert (desk.look_in_turn(volume, again=False), desk.look_in_turn(volume, again=True)) == (None, None)
        bringing = threading.Thread(target=partial(_bring, village), daemon=True)
        bringing.start()
        bringing.join(0.2)  # every chance to be wrong; a right one only waits
        assert (village.udisks.calls, village.version(ID)) == ([], None)
    bringing.join(60)
    assert village.version(ID) == 1
    assert desk.look_in_turn(volume, again=False)


def test_a_stick_that_somebody_keeps_mounted_is_looked_at_again_where_it_is(
    village: Village, desk: StickDesk, sticks: Sticks
) -> None:
    village.publish(1, "n1")
    village.plug()
    sticks.mount(find_volume(sticks, ""))
    village.udisks.calls.clear()
    seen = desk.look_in_turn(find_volume(sticks, ""), again=True)
    assert seen
    assert seen.looks[0].plan.steps[0].version == 1
    assert village.udisks.calls == []
    (village.stick / "cunkou/fujian").rename(village.folder / "elsewhere")
    assert desk.look_in_turn(find_volume(sticks, ""), again=True) is None, "what cannot be read is no news"
    village.stick.rename(village.folder / "pulled")
    village.stick.symlink_to(village.stick)  # the system refuses to follow it
    assert desk.look_in_turn(find_volume(sticks, ""), again=True) is None


def test_a_stick_that_cannot_be_mounted_says_why(village: Village, desk: StickDesk, sticks: Sticks) -> None:
    village.publish(1, "n1")
    village.plug()
    village.udisks.fail["Mount"] = "org.freedesktop.UDisks2.Error.Failed"
    for again in (False, True):
        seen = desk.look_in_turn(find_volume(sticks, ""), again=again)
        assert seen
        assert [trouble.telephone_code for trouble in seen.troubles] == ["S-221"]


def test_on_a_disk_that_refuses_everybody_has_a_turn(village: Village) -> None:
    with (
        turn_at_the_sticks(Home(village.folder / "nowhere"), patient=False) as one,
        turn_at_the_sticks(Home(village.folder / "nowhere"), patient=True) as other,
    ):
        assert one
        assert other


def test_on_the_command_line_and_in_a_process_of_its_own(village: Village, capsys: pytest.CaptureFixture[str]) -> None:
    village.publish(1, "n1")
    where = ["--bus", village.udisks.address, "--home", str(village.home.root)]
    assert run(["stick", "list", *where]) == 0
    assert "没有看到" in capsys.readouterr().out
    village.plug()
    assert run(["stick", "list", *where]) == 0
    assert "新增《测试包》第 1 版" in capsys.readouterr().out
    done = run_chore((*CUNKOU, "stick", "sync", *where, *AS_CHILD))
    assert done["sources"][0]["changes"][0]["version"] == 1
    assert done["receipt"] is None
    assert run(["stick", "sync", *where]) == 0
    assert "可以拔出" in capsys.readouterr().out
    assert run(["sync", str(village.stick), "--home", str(village.home.root)]) == 0
    assert "没有新内容" in capsys.readouterr().out


def test_the_watching_process_tells_its_news_and_ends_with_its_parent(village: Village) -> None:
    village.publish(1, "n1")
    where = ["--bus", village.udisks.address, "--home", str(village.home.root)]
    news: list[dict[str, Any]] = []
    cancel = CancelToken()

    def told(line: dict[str, Any]) -> None:
        news.append(line)
        if len(news) == 1:
            village.plug()
        else:
            cancel.cancel()

    with pytest.raises(KioskError):
        run_chore((*CUNKOU, "stick", "watch", "--as-child", *where), on_news=told, cancel=cancel)
    assert news[0]["sticks"] == []
    assert news[1]["sticks"][0]["name"] == "县里的U盘"
    assert news[1]["sticks"][0]["sources"][0]["steps"][0]["title"] == "测试包"
    village.udisks.pull()
    child = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli.main", "stick", "watch", "--as-child", *where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert json.loads(child.stdout.readline())["line"] == "news"
    mapped = Path(f"/proc/{child.pid}/maps").read_text()
    assert "msgspec" in mapped
    heavy = [name for name in ("cryptography", "numpy", "zstandard", "_sqlite3") if name in mapped]
    assert heavy == [], "what looks at a stick is not loaded before there is one: it runs all day"
    child.stdin.close()
    assert child.wait(60) == 3
    child.stdout.close()


def _bring(village: Village) -> None:
    with Sticks(village.udisks.address) as connection:
        StickDesk(village.home, SETTINGS, connection).bring(find_volume(connection, ""))


def _until(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
