"""The clerk's work together: sticks, the PIN, upkeep and the night, with processes that speak as ours do."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content_packs.errors import PackError, SiteError
from content_packs.origin import UNSIGNED
from kiosk.chores.nightly import Duty
from kiosk.home import Home
from kiosk.log import EventLog
from kiosk.pin import PinDesk, PinError
from kiosk.upkeep import PackState, Upkeep, checked_at, note_checked
from sync.schedule import night_from
from tests.fakes.manual_jobs import ManualJobs
from ui.chore_runner import ChoreRunner
from ui.jobs import Lane
from ui.night_shift import Clocks, NightShift
from ui.stick_watch import FIRST_PAUSE_MS, StickWatch, bus_options, has_bus
from ui.viewmodels.pin import PinViewModel
from ui.viewmodels.stick import StickViewModel, trouble_of
from ui.viewmodels.upkeep import Hands, UpkeepViewModel
from ui.viewmodels.upkeep_state import Kind

SPEAKS = """
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
(folder / "asked").open("a").write(" ".join(sys.argv[2:]) + "\\n")
print((folder / sys.argv[2]).read_text(), flush=True)
"""
"""A program that answers each command with what a test has written for it."""

STICK = {
    "device": "/dev/sdb1",
    "name": "县里的U盘",
    "size": 8,
    "ours": True,
    "sources": [
        {
            "repository": "fujian",
            "issued": "2026-11-20",
            "steps": [{"action": "add", "pack": "a", "title": "医保", "version": 3}],
        }
    ],
    "troubles": [],
}
PIN = "407182"
NIGHT = night_from("01:00-05:00")


class Office:
    """Parts of an office over programs that a test speaks for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "home")
        self.home.create()
        self.jobs = ManualJobs()
        self.runner = ChoreRunner(self.jobs, self.home, (sys.executable, "-c", SPEAKS, str(folder)))
        self.deeds: list = []

    def says(self, command: str, *lines: dict) -> None:
        (self.folder / command).write_text("\n".join(json.dumps(line) for line in lines))

    def guard(self, purpose: str, deed) -> None:
        self.deeds.append((purpose, deed))

    @property
    def asked(self) -> list[str]:
        path = self.folder / "asked"
        return [line.split(" --json")[0] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def office(tmp_path, qapp) -> Office:
    return Office(tmp_path)


def done(**result):
    return {"line": "done", "result": result}


FAILED = {"line": "failed", "what": "读不到U盘。", "why": "拔出了", "todo": "请插回去", "code": "S-210"}
PROGRESS = {"line": "progress", "done": 1, "total": 2, "phase": "取", "unit": "bytes", "percent": 63.0}


# --- sticks ----------------------------------------------------------------------------------------------------------


def stick_model(office, bus=("--bus", "x")):
    model = StickViewModel(office.runner, office.guard, bus=bus)
    model.hear({"sticks": [], "left_out": []})
    return model


def test_a_stick_is_brought_only_after_the_pin(office):
    office.says("stick", PROGRESS, done(sources=[], failed=[]))
    model = stick_model(office)
    model.begin()
    assert office.deeds == []
    model.hear({"sticks": [STICK], "left_out": []})
    assert (model.screen, model.startWords, model.slip) == ("card", "装进来", "工作人员：U盘里有新内容")
    assert [row.title for row in model.rows.rows] == ["《医保》第3版"]
    model.begin()
    ((purpose, deed),) = office.deeds
    assert (purpose, office.jobs.waiting) == ("装U盘里的新内容", [])
    deed()
    deed()
    assert [lane for lane, _, _ in office.jobs.waiting] == [Lane.CHORES]
    assert (model.screen, model.progress) == ("running", "正在准备……")
    office.jobs.run_all()
    assert (model.screen, model.heading, model.slipTone, model.percent) == ("done", "可以拔出U盘了", "good", 100)
    assert office.asked == ["stick sync /dev/sdb1 --bus x"]


def test_a_stick_that_comes_back_goes_on_without_a_second_pin(office):
    office.says("stick", PROGRESS, FAILED)
    model = stick_model(office)
    model.hear({"sticks": [STICK], "left_out": []})
    model.begin()
    office.deeds[0][1]()
    model.hear({"sticks": [], "left_out": []})
    office.jobs.run_all()
    assert (model.screen, model.heading) == ("broken", "U盘拔出来了，插回后从 63% 继续")
    office.says("stick", done(sources=[], failed=[]))
    model.hear({"sticks": [STICK], "left_out": []})
    assert model.screen == "running"
    office.jobs.run_all()
    assert (model.screen, len(office.deeds)) == ("done", 1)


def test_after_the_reset_a_stick_that_comes_back_needs_the_pin_again(office):
    office.says("stick", FAILED)
    model = stick_model(office)
    model.hear({"sticks": [STICK], "left_out": []})
    model.begin()
    office.deeds[0][1]()
    model.forget()
    model.hear({"sticks": [], "left_out": []})
    office.jobs.run_all()
    model.hear({"sticks": [STICK], "left_out": []})
    assert (model.screen, office.jobs.waiting) == ("card", [])


def test_the_clerk_may_stop(office):
    model = stick_model(office)
    model.hear({"sticks": [STICK], "left_out": []})
    model.begin()
    office.deeds[0][1]()
    model.cancel()
    office.jobs.run_all()
    assert (model.screen, office.asked) == ("card", [])


def test_what_cannot_be_understood_or_seen_does_no_harm(office):
    model = stick_model(office)
    model.hear({"sticks": 7})
    assert model.screen == "none"
    model.fail(SiteError("看不到U盘。", todo="请重启。", code="S-220"))
    assert model.trouble == "看不到U盘。请重启。（S-220）"
    assert trouble_of(ValueError("x")).code == "K-000"
    model.notice()
    assert model.state.is_noticed


# --- watching --------------------------------------------------------------------------------------------------------


def test_the_watching_process_tells_its_news_and_is_started_again_when_it_ends(office):
    office.says("stick", {"line": "news", "news": {"sticks": [], "left_out": []}}, FAILED)
    news, troubles = [], []
    watch = StickWatch(office.runner, (), tell=news.append, fail=troubles.append)
    watch.start()
    assert [lane for lane, _, _ in office.jobs.waiting] == [Lane.STICKS]
    office.jobs.run_all()
    assert news == [{"sticks": [], "left_out": []}]
    assert troubles[0].code == "S-210" or troubles[0].telephone_code == "S-210"
    assert (watch._again.isActive(), watch._again.interval()) == (True, FIRST_PAUSE_MS)
    office.says("stick", FAILED)
    watch.start()
    office.jobs.run_all()
    assert watch._again.interval() == 2 * FIRST_PAUSE_MS
    watch.close()
    assert not watch._again.isActive()
    watch.start()
    office.runner.close()
    office.jobs.run_all()
    assert not watch._again.isActive()


def test_where_there_is_no_bus_nobody_watches(tmp_path):
    assert not has_bus({}, tmp_path / "no socket")
    assert has_bus({}, tmp_path)
    assert has_bus({"CUNKOU_BUS": "unix:path=/x"}, tmp_path / "no socket")
    assert bus_options({"CUNKOU_BUS": "unix:path=/x"}) == ("--bus", "unix:path=/x")
    assert bus_options({}) == ()


# --- the PIN ---------------------------------------------------------------------------------------------------------


class Pinned:
    """The page of the PIN over a real desk."""

    def __init__(self, office: Office, *, is_set: bool = True) -> None:
        self.jobs, self.moves, self.done = office.jobs, [], []
        self.now = 0.0
        self.desk = PinDesk(office.home.pin, seed="", now=lambda: self.now)
        if is_set:
            self.desk.set_pin(PIN)
        self.model = PinViewModel(
            office.jobs, lambda: self.desk, go=lambda: self.moves.append("go"), back=self._back, parent=None
        )

    def _back(self) -> None:
        self.moves.append("back")
        self.model.forget()

    def ask(self) -> None:
        self.model.ask("装U盘里的新内容", lambda: self.done.append(1))
        self.jobs.run_all()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.model.type(digit)
        self.model.submit()


def test_the_right_pin_does_the_deed_once_and_is_judged_off_the_ui_thread(office):
    pinned = Pinned(office)
    pinned.model.prepare()
    pinned.ask()
    pinned.type(PIN[:4])
    pinned.model.erase()
    pinned.type(PIN[3:])
    assert (pinned.model.isJudging, pinned.model.typed, pinned.done) == (True, 0, [])
    assert [lane for lane, _, _ in office.jobs.waiting] == [Lane.QUERIES]
    office.jobs.run_all()
    assert (pinned.done, pinned.moves) == ([1], ["go", "back"])
    assert (pinned.model.purpose, pinned.model.state.digits) == ("", "")


def test_whoever_types_before_the_desk_is_there_is_judged_all_the_same(office):
    pinned = Pinned(office)
    pinned.model.ask("x", lambda: pinned.done.append(1))
    pinned.type(PIN)
    office.jobs.run_all()
    assert pinned.done == [1]


def test_wrong_pins_are_waited_out_with_a_countdown(office):
    pinned = Pinned(office)
    pinned.ask()
    for _ in range(3):
        pinned.type("118273")
        office.jobs.run_all()
    assert (pinned.model.message, pinned.model.waitSeconds, pinned.model.canType) == ("PIN 不对。", 30, False)
    assert pinned.model._timer.isActive()
    pinned.now = 20.0
    pinned.model.tick()
    assert pinned.model.waitSeconds == 10
    pinned.now = 31.0
    pinned.model.tick()
    assert (pinned.model.waitSeconds, pinned.model.canType, pinned.model._timer.isActive()) == (0, True, False)
    assert pinned.done == []


def test_whoever_leaves_the_page_leaves_nothing_there(office):
    pinned = Pinned(office)
    pinned.ask()
    pinned.type(PIN)
    pinned.model.forget()
    office.jobs.run_all()
    assert (pinned.done, pinned.model.purpose, pinned.model.canSubmit) == ([], "", False)


def test_without_a_pin_it_says_who_must_set_one(office):
    pinned = Pinned(office, is_set=False)
    pinned.ask()
    assert not pinned.model.isSet
    assert "cunkou pin set" in pinned.model.todo
    with pytest.raises(PinError):
        pinned.desk.check(PIN)


def test_a_desk_that_cannot_work_says_so(office):
    def broken():
        raise SiteError("PIN 记不下来。", todo="请检查磁盘。", code="M-352")

    model = PinViewModel(office.jobs, broken, go=lambda: None, back=lambda: None)
    model.prepare()
    model.ask("x", lambda: None)
    office.jobs.run_all()
    assert (model.message, model.canSubmit) == ("PIN 记不下来。", False)
    model.tick()

    def buggy():
        raise ValueError

    other = PinViewModel(office.jobs, buggy, go=lambda: None, back=lambda: None)
    other.ask("x", lambda: None)
    office.jobs.run_all()
    assert other.message == "现在核对不了 PIN。"


# --- upkeep ----------------------------------------------------------------------------------------------------------

PACK = PackState("a", "医保", "医保局", 3, None, 9, UNSIGNED, 2, is_removable=True)


def upkeep_model(office, **changes):
    deeds = []
    hands = {
        "look": lambda: Upkeep((PACK,), (), 41_300_000_000, None),
        "roll_back": lambda pack: deeds.append(("back", pack)),
        "remove": lambda pack: f"《{pack}》拿掉了",
        "note_checked": lambda: deeds.append("checked"),
        "print_test": lambda: deeds.append("printed"),
        "speak_test": lambda: True,
        "has_urls": True,
        "has_night": True,
    }
    model = UpkeepViewModel(office.jobs, office.runner, office.guard, Hands(**(hands | changes)))
    return model, deeds


def test_how_things_stand_is_read_off_the_ui_thread(office):
    model, _ = upkeep_model(office)
    model.look()
    assert model.packs.rows == ()
    office.jobs.run_all()
    assert [row.back for row in model.packs.rows] == ["换回第2版"]
    assert (model.freeWords, model.checkedWords, model.history.rows) == ("磁盘还剩 41.3 GB", "还没有核对过", ())
    model.show_next(datetime(2026, 11, 23, 2, 14, tzinfo=UTC))
    assert model.nextWords.startswith("下一次")


def test_the_way_back_needs_the_pin(office):
    model, deeds = upkeep_model(office)
    model.rollBack("a", "医保，换回第2版")
    assert (deeds, office.deeds[0][0]) == ([], "医保，换回第2版")
    office.deeds[0][1]()
    office.jobs.run_all()
    assert deeds == [("back", "a")]
    assert model.told.startswith("换好了")


def test_taking_a_pack_away_needs_the_pin_and_says_what_came_of_it(office):
    model, _ = upkeep_model(office)
    model.look()
    office.jobs.run_all()
    (row,) = model.packs.rows
    model.remove(row.id, f"{row.title}，{row.removal}")
    assert model.told == ""
    assert office.deeds[0][0] == "医保 第3版，拿掉"
    office.deeds[0][1]()
    assert model.told == "正在拿掉……"
    office.jobs.run_all()
    assert model.told == "《a》拿掉了"


def test_a_pack_that_cannot_be_taken_away_says_why(office):
    def refused(pack):
        raise PackError("这份资料是随程序来的，不能拿掉。", todo="请升级程序。", code="P-105")

    model, _ = upkeep_model(office, remove=refused)
    model.remove("a", "医保，拿掉")
    office.deeds[0][1]()
    office.jobs.run_all()
    assert model.told == "这份资料是随程序来的，不能拿掉。请升级程序。（P-105）"


def test_the_network_is_asked_after_the_pin_and_one_thing_at_a_time(office):
    office.says("sync", PROGRESS, done(sources=[], failed=[]))
    model, _ = upkeep_model(office)
    model.syncNow()
    office.deeds[0][1]()
    assert model.isWorking
    model.syncNow()
    model.verify()
    assert (len(office.deeds), len(office.jobs.waiting)) == (1, 1)
    office.jobs.run_all()
    assert (model.isWorking, model.heading, model.tone) == (False, "联网看过了，没有新内容", "good")
    assert office.asked == ["sync"]
    offline, _ = upkeep_model(office, has_urls=False)
    offline.syncNow()
    assert (offline.hasUrls, len(office.deeds)) == (False, 1)


def test_content_is_checked_without_a_pin_and_noted(office):
    office.says("verify", done(packs=[{"pack": "a", "sound": True, "mended": False}]))
    model, deeds = upkeep_model(office)
    model.verify()
    office.jobs.run_all()
    assert (model.heading, deeds) == ("核对过了，1 份都完好", ["checked"])


def test_work_that_fails_or_is_stopped_says_so(office):
    office.says("sync", FAILED)
    model, _ = upkeep_model(office)
    model._start(Kind.NETWORK)
    office.jobs.run_all()
    assert model.detail == "拔出了。请插回去。（S-210）"
    model._start(Kind.NETWORK)
    assert model.runningWords.startswith("正在联网")
    model.cancel()
    office.jobs.run_all()
    assert model.heading == "停下了，下次接着做"
    model.forget()
    assert model.heading == ""


def test_printer_and_voice_are_tried(office):
    model, deeds = upkeep_model(office)
    model.testPrint()
    assert model.told == "正在试打……"
    office.jobs.run_all()
    assert (deeds, model.told) == (["printed"], "试打的单子送出去了，看看打出来没有。")
    model.testVoice()
    assert "正在念" in model.told

    def jammed():
        raise SiteError("卡纸了。", todo="请打开盖子。", code="M-330")

    def blind():
        raise SiteError("看不到磁盘。", todo="请检查。", code="M-311")

    other, _ = upkeep_model(office, print_test=jammed, speak_test=lambda: False, look=blind)
    other.testPrint()
    office.jobs.run_all()
    assert other.told == "卡纸了。请打开盖子。（M-330）"
    other.testVoice()
    assert "念不出声" in other.told
    other.look()
    office.jobs.run_all()
    assert "M-311" in other.told


# --- the night -------------------------------------------------------------------------------------------------------


class Night:
    """A night shift with clocks that a test turns."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
        self.rested: float | None = None
        self.steady = 0.0
        self.due: list = []
        self.shift = NightShift(
            office.jobs,
            office.runner,
            office.home,
            EventLog(office.home),
            night=NIGHT,
            rested_s=lambda: self.rested,
            clocks=Clocks(wall=lambda: self.now, steady=lambda: self.steady),
        )
        self.shift.due_told.connect(self.due.append)


def test_a_night_of_a_kiosk(office):
    due = datetime(2026, 11, 23, 2, 14, tzinfo=UTC)
    office.says("sync", done(next=due.isoformat()))
    note_checked(office.home, due - timedelta(days=2))
    night = Night(office)
    night.shift.tick()
    assert office.jobs.waiting == []
    night.shift.start()
    office.jobs.run_all()
    assert (night.due, office.asked) == ([due], ["sync --when"])
    night.now = due
    night.shift.tick()
    assert office.jobs.waiting == []
    night.rested = 30.0
    night.shift.tick()
    office.says("sync", done(sources=[], failed=[]))
    office.jobs.run_all()
    assert office.asked[1:] == ["sync --at-night"]
    office.says("sync", done(next=(due + timedelta(days=1)).isoformat()))
    night.shift.tick()
    office.jobs.run_all()
    assert night.due[1:] == [due + timedelta(days=1)]
    night.shift.close()


def test_the_clerk_comes_first_and_the_night_goes_on_afterwards(office):
    note_checked(office.home, datetime(2026, 11, 22, tzinfo=UTC))
    night = Night(office)
    night.shift.start()
    office.jobs.run_next()
    night.shift.hold()
    office.jobs.run_all()
    assert (office.asked, night.due) == ([], [None])
    night.shift.tick()
    assert office.jobs.waiting == []
    night.shift.release()
    office.says("sync", FAILED)
    night.shift.tick()
    office.jobs.run_all()
    assert (office.asked, night.shift.shift.due) == (["sync --when"], None)


def test_once_a_week_everything_is_looked_through_and_noted(office):
    office.says("sync", done(next=None))
    office.says("verify", done(packs=[{"pack": "a", "sound": False, "mended": False}]))
    office.says("backup now", done(backup="000001_2026-11-22", damaged=[]))
    night = Night(office)
    night.rested = 700.0
    night.shift.start()
    office.jobs.run_all()
    night.shift.tick()
    office.jobs.run_all()
    assert office.asked[-1] == "backup now"
    assert night.shift.shift.backed_up == night.now
    night.shift.tick()
    office.jobs.run_all()
    assert office.asked[-1] == "verify"
    assert checked_at(office.home) == night.now
    assert "content-checked packs=1 damaged=1" in (office.home.log / "kiosk.log").read_text()
    night.shift.tick()
    assert office.jobs.waiting == []
    assert night.shift.shift.scrubbed == night.now
    assert Duty.SCRUB.value == "scrub"


def test_a_note_that_cannot_be_read_counts_as_none(office):
    note_checked(office.home, datetime(2026, 11, 22, tzinfo=UTC))
    file = office.home.root / "clerk" / "checked"
    for damage in (b"", b"\xff\xfe", b"2026-11-22T00:00:00", b"never"):
        file.write_bytes(damage)
        assert checked_at(office.home) is None
