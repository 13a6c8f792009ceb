"""The clerk's pages in the whole screen: what is asked, shown over other pages, and wiped when the clerk has gone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize

from content_packs.errors import SiteError
from content_packs.progress import CancelToken
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.pin import PinDesk
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.places import Page
from ui.shell import Screen
from ui.trial import VOICE_TEST, trial_slip

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

PIN = "407182"
STICK = {
    "device": "/dev/sdb1",
    "name": "县里的U盘",
    "ours": True,
    "sources": [
        {
            "repository": "fujian",
            "issued": "2026-11-20",
            "steps": [{"action": "add", "pack": "b", "title": "医保", "version": 1}],
        }
    ],
}


class Village:
    """A whole kiosk with its screen, two versions of a pack and a clerk who has a PIN."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.home = Home(folder)
        self.home.create()
        store = PackStore(self.home.root)
        for version in (1, 2):
            info = a_pack(version=version)
            with store.staging() as staged:
                store.activate(write_content(staged / "content.db", info, [an_item("a")]), info, f"{version:064x}")
        PinDesk(self.home.pin, seed="", now=lambda: 0.0).set_pin(PIN)
        self.kiosk = Kiosk(self.home, Settings(sound="off", printer="none"), today=lambda: ISSUED)
        self.jobs = ThreadedJobs()
        panel = panel_of(21.5, 1080, 1920)
        screen = Screen(panel=panel, size=QSize(1080, 1920), pixels_per_mm=1080 / panel.width_mm)
        self.shell = shell_over(self.kiosk, self.jobs, screen)
        self.shell.window.show()
        self.rooms = self.shell.rooms

    @property
    def page(self):
        return self.shell.navigator.here.page

    @property
    def version(self):
        return PackStore(self.home.root).installed()[0].version

    def types(self, digits):
        for digit in digits:
            self.rooms.pin.type(digit)
        self.rooms.pin.submit()

    def close(self):
        self.shell.close()
        self.jobs.close()
        self.kiosk.close()


@pytest.fixture
def village(qtbot, tmp_path):
    made = Village(qtbot, tmp_path)
    yield made
    made.close()


def test_the_version_before_comes_back_with_one_touch_and_the_pin(village):
    village.shell.navigator.clerk()
    upkeep = village.rooms.upkeep
    village.qtbot.waitUntil(lambda: bool(upkeep.packs.rows))
    (row,) = upkeep.packs.rows
    upkeep.rollBack(row.id, row.back)
    assert village.page is Page.PIN
    village.types(PIN)
    village.qtbot.waitUntil(lambda: village.version == 1)
    assert village.page is Page.CLERK
    village.qtbot.waitUntil(lambda: upkeep.packs.rows[0].back == "换回第2版")
    assert upkeep.told.startswith("换好了")


def test_a_stick_is_told_over_every_page_but_the_clerks_and_the_strip_gives_way(village):
    slip = village.rooms._slip
    village.shell.navigator.home()
    assert not slip.isVisible()
    village.rooms.stick.hear({"sticks": [], "left_out": []})
    village.rooms.stick.hear({"sticks": [STICK], "left_out": []})
    assert slip.isVisible()
    assert village.shell.window.property("stripNeeded") is True
    village.shell.navigator.clerk()
    assert not slip.isVisible()
    village.shell.navigator.home()
    assert not slip.isVisible(), "the clerk has seen it"
    assert village.shell.window.property("stripNeeded") is False


def test_back_from_the_pin_forgets_what_was_typed(village):
    village.shell.navigator.clerk()
    village.rooms.pin.ask("x", lambda: None)
    village.rooms.pin.type("4")
    village.shell.navigator.back()
    assert (village.page, village.rooms.pin.typed, village.rooms.pin.purpose) == (Page.CLERK, 0, "")


def test_the_reset_forgets_the_pin_and_what_was_told(village):
    village.shell.navigator.clerk()
    village.rooms.upkeep.testVoice()
    assert "念不出声" in village.rooms.upkeep.told
    village.rooms.pin.ask("x", lambda: None)
    village.rooms.pin.type("4")
    village.shell.navigator.reset()
    assert (village.rooms.pin.typed, village.rooms.pin.purpose, village.rooms.upkeep.told) == (0, "", "")


def test_nobody_is_sent_away_from_the_clerks_page_while_work_goes_on(village):
    stick = village.rooms.stick
    stick.hear({"sticks": [], "left_out": []})
    stick.hear({"sticks": [STICK], "left_out": []})
    stick._runner.run = lambda *_, **__: CancelToken()
    stick._start(stick.state.stick)
    village.shell.navigator.home()
    assert not village.rooms.busy
    village.shell.navigator.clerk()
    assert village.rooms.busy
    village.shell.navigator.history()
    assert village.rooms.busy
    stick.cancel()


def test_how_long_nobody_was_here_counts_from_the_last_reset(village):
    office = village.rooms.office
    assert office._rested_s() >= 0
    village.shell.navigator.home()
    assert office._rested_s() is None
    village.shell.navigator.reset()
    assert 0 <= office._rested_s() < 60


def test_what_keeps_sticks_from_being_seen_is_told_and_logged(village):
    village.rooms.office._cannot_see(SiteError("看不到U盘。", todo="请重启。", code="S-220"))
    assert "S-220" in village.rooms.stick.trouble
    assert "S-220" in (village.home.log / "kiosk.log").read_text()


def test_a_trial_page_without_a_printer_says_so(village):
    assert trial_slip("云溪村", "2026年11月22日").title == "试打一张"
    village.rooms.upkeep.testPrint()
    village.qtbot.waitUntil(lambda: "M-335" in village.rooms.upkeep.told)


def test_the_voice_says_a_sentence_that_the_next_page_forgets(village):
    listening = village.rooms.listening
    spoken = []
    listening._show(replace(listening.state, available=True))
    listening.show_page = lambda parts, _: spoken.append([part.text for part in parts])
    listening.play = lambda _: None
    village.shell.navigator.clerk()
    village.rooms.upkeep.testVoice()
    village.shell.navigator.home()
    assert spoken == [[VOICE_TEST], []]


def test_some_time_after_the_start_the_waiting_of_before_begins_and_the_night_is_kept(village, monkeypatch):
    office = village.rooms.office
    monkeypatch.setattr("ui.clerk_office.has_bus", lambda _: False)
    office.start()
    assert office._start.isActive()
    office._begin()
    village.qtbot.waitUntil(lambda: office.pin._desk is not None)
    village.qtbot.waitUntil(office._night._timer.isActive)
    assert not village.rooms.busy
    office.pin.ask("x", lambda: None)
    village.qtbot.waitUntil(lambda: office.pin.state.is_set and office.pin.canType)
