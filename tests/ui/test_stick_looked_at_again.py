"""A stick stays in while its content comes and goes by other ways: what the clerk is told of it stays true.

The real watch, desk, sync and view model; the stick, the bus and the county are of the tests.
"""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from kiosk.chores.child import CUNKOU
from kiosk.chores.watching import watch
from kiosk.cli.stick import look_at
from sync.publish.preview import preview_server
from sync.sticks.bus import Sticks
from tests.fakes.manual_jobs import ManualJobs
from tests.fakes.publisher import Publisher
from tests.fakes.stick_village import StickVillage
from tests.fakes.udisks import running_udisks
from ui.chore_runner import ChoreRunner
from ui.viewmodels.stick import StickViewModel
from ui.viewmodels.stick_state import brings_something

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

ID = "cn.test.pack"
NEW, NOTHING_NEW = "工作人员：U盘里有新内容", "工作人员：U盘里没有新内容"
PATIENCE_S = 60.0


class Counter:
    """A village whose kiosk watches for sticks, and what its clerk reads."""

    def __init__(self, folder: Path, udisks) -> None:
        self.village = StickVillage(folder, udisks)
        self.publisher = Publisher(folder / "work").pack()
        self.jobs = ManualJobs()
        runner = ChoreRunner(self.jobs, self.village.home)
        self.model = StickViewModel(runner, lambda _, deed: deed(), bus=("--bus", udisks.address))
        self._told: list[str] = []
        self._cancel = CancelToken()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def publish(self, version: int) -> None:
        self.publisher.pack(version=version).item("n-1", f"第{version}版。").build()
        self.village.fill(self.publisher.release)

    def cunkou(self, *command: str) -> None:
        """Let an administrator type a command, or the night begin one."""
        whole = (*CUNKOU, *command, "--home", str(self.village.home.root))
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve what the county offers."""
        with preview_server(self.village.county.folder) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()
            thread.join(PATIENCE_S)

    def waits(self, is_so) -> None:
        """Hand over what the watch tells until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end, (self.model.slip, self.model.heading, self.lines)
            while self._told:
                self.model.hear(json.loads(self._told.pop(0)))
            time.sleep(0.01)

    def reads(self, slip: str) -> None:
        """Wait until that is over every page."""
        self.waits(lambda: self.model.slip == slip)

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(line.mark, line.title) for line in self.model.rows.rows]

    def close(self) -> None:
        self._cancel.cancel()
        self.village.udisks.pull()  # wakes it
        self._watching.join(PATIENCE_S)
        assert not self._watching.is_alive()

    def _tell(self, news) -> None:
        self._told.append(json.dumps(news))  # as one process to another

    def _watch(self) -> None:
        home = self.village.home
        with Sticks(self.village.udisks.address) as sticks, pytest.raises(CancelledError):
            watch(home, sticks, partial(look_at, home, sticks), self._tell, self._cancel)


@pytest.fixture
def counter(tmp_path, monkeypatch):
    monkeypatch.setattr("kiosk.chores.watching.LOOK_EVERY_S", 360.0)  # what is told follows from what is installed
    monkeypatch.setattr("kiosk.chores.watching.COMPARE_EVERY_S", 0.1)
    with running_udisks(tmp_path) as udisks:
        made = Counter(tmp_path, udisks)
        yield made
        made.close()


def test_what_was_installed_from_the_command_line_is_no_news_any_more(counter):
    counter.publish(1)
    counter.village.plug()
    counter.reads(NEW)
    assert counter.model.startWords == "装进来"
    counter.cunkou("sync", str(counter.village.stick))
    counter.reads(NOTHING_NEW)
    assert (counter.model.heading, counter.model.startWords, counter.lines) == ("U盘里没有新内容", "", [])
    counter.cunkou("remove", ID)
    counter.reads(NEW)
    assert counter.lines == [("新增", "《测试包》第1版")]


def test_what_the_network_has_brought_at_night_is_no_news_to_a_clerk_who_saw_the_card(counter):
    counter.publish(1)
    counter.village.plug()
    counter.reads(NEW)
    counter.model.notice()
    with counter.served() as address:
        counter.cunkou("sync", address)
    counter.waits(lambda: counter.model.heading == "U盘里没有新内容")
    assert counter.model.slip == ""
    counter.cunkou("remove", ID)
    counter.reads(NEW)


def test_after_a_roll_back_the_card_says_why_the_newer_version_is_not_taken(counter):
    """Whoever went back from a version has a reason: it is told, and not offered. Forward again it is simply here."""
    for version in (1, 2):
        counter.publish(version)
        counter.cunkou("sync", str(counter.village.stick))
    counter.village.plug()
    counter.reads(NOTHING_NEW)
    assert counter.lines == []
    counter.cunkou("rollback", ID)
    counter.waits(lambda: counter.lines == [("没有采用", "《测试包》第2版")])
    assert "本机从这一版退回过" in counter.model.rows.rows[0].detail
    counter.cunkou("rollback", ID)
    counter.waits(lambda: counter.lines == [])


def test_what_the_clerk_has_brought_and_somebody_takes_away_is_offered_again(counter):
    counter.publish(1)
    counter.village.plug()
    counter.reads(NEW)
    counter.model.begin()
    counter.jobs.run_all()
    assert counter.village.version(ID) == 1
    counter.waits(lambda: not brings_something(counter.model.state.sticks[0]))
    assert counter.model.slip == "可以拔出U盘了"
    counter.cunkou("remove", ID)
    counter.reads(NEW)
    assert counter.model.startWords == "装进来"
