"""A clerk comes with a stick: what it would bring, the PIN, and what villagers read afterwards. In a real window."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kiosk.chores.watching import LOOK_EVERY_S
from kiosk.pin import PinDesk
from tests.fakes.publisher import PACK_TOML, Publisher
from tests.fakes.stick_village import StickVillage
from tests.fakes.udisks import Udisks, running_udisks
from tests.screen.remote import Villager, kiosk_on

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("screen")]

PIN = "407182"
CARD_LIMIT_S = LOOK_EVERY_S / 2
"""So soon only a signal tells of a stick, and not the look that comes now and then: a bound for any machine."""
STEP_S = 0.04
FIRST, LONG, SHORT = "cn.test.0", "cn.test.a", "cn.test.b"
"""In the order in which they are brought. `FIRST` takes seconds to index: so long the others are still to come."""

CHARACTERS = "村里老人看病报销怎么办要带身份证和社会保障卡到镇上办事大厅窗口排队取号交材料等通知领钱打电话问清楚"


class Village(StickVillage):
    """One with a screen and a clerk."""

    def __init__(self, folder: Path, udisks: Udisks) -> None:
        super().__init__(folder, udisks, site='sound = "off"\nprinter = "none"\nidle_s = 30\nwarn_s = 5\n')
        PinDesk(self.home.pin, seed="", now=time.monotonic).set_pin(PIN)

    def publish(self, pack_id: str, title: str, items: int, characters: int) -> None:
        dice = random.Random(pack_id)
        words = PACK_TOML.replace("cn.test.pack", pack_id).replace("测试包", title)
        publisher = Publisher(self.folder / pack_id, words).pack()
        for number in range(items):
            publisher.item(f"n-{number}", "".join(dice.choices(CHARACTERS, k=characters)))
        publisher.build()
        self.fill(publisher.release)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    with running_udisks(tmp_path) as udisks:
        yield Village(tmp_path, udisks)


@contextmanager
def _before_the_screen(village: Village) -> Iterator[Villager]:
    """Stand before a kiosk that watches for sticks."""
    with kiosk_on(
        village.home.root, village.folder, QT_QPA_PLATFORM="offscreen", CUNKOU_BUS=village.udisks.address
    ) as person:
        person.wait_for(lambda: _children(person, "watch"), "nobody watches for sticks")
        person.touch("轻轻点一下屏幕")
        person.wait_until("navigator", "page", "home")
        yield person


def test_a_stick_is_brought_and_read(village: Village) -> None:
    village.publish(SHORT, "修路", items=2, characters=40)
    with _before_the_screen(village) as person:
        assert min(_seconds_to_the_slip(village, person) for _ in range(2)) < CARD_LIMIT_S
        person.touch("工作人员：U盘里有新内容")
        person.wait_until("navigator", "page", "clerk")
        assert person.read("stick", "startWords") == "装进来"
        assert person.ask("rows", model="stick", attribute="rows", field="title") == ["《修路》第1版"]
        person.touch("装进来")
        person.wait_until("navigator", "page", "pin")
        _type(person, "118273")
        person.wait_until("pin", "message", "PIN 不对。")
        assert village.version(SHORT) is None
        _type(person, PIN)
        person.wait_until("navigator", "page", "clerk")
        person.wait_until("stick", "heading", "可以拔出U盘了")
        assert village.version(SHORT) == 1
        assert list((village.stick / "cunkou-receipts").iterdir())
        person.touch("首页")
        assert "可以拔出U盘了" in person.ask("names")
        village.udisks.pull()
        person.wait_until("stick", "slip", "")
        person.touch("养老金", begins=True)
        person.wait_until("navigator", "page", "list")
        person.touch("通知n-1", begins=True)
        person.wait_until("item", "title", "通知n-1")
        assert person.ask("loaded", names=["tuf", "cryptography", "jeepney", "urllib3", "sync.run"]) == []
        _leaves_nothing_of_the_pin(village, person)


def test_what_was_pulled_out_midway_goes_on_by_itself(village: Village) -> None:
    village.publish(FIRST, "先来的一份", items=400, characters=1500)
    village.publish(LONG, "长长的一份", items=120, characters=1500)
    village.publish(SHORT, "修路", items=2, characters=40)
    with _before_the_screen(village) as person:
        village.plug()
        person.touch("工作人员：U盘里有新内容")
        person.touch("装进来")
        person.wait_until("navigator", "page", "pin")
        _type(person, PIN)
        child = _held_midway(person)
        assert village.version(SHORT) is None
        village.pull()
        child.resume()
        person.wait_until("stick", "screen", "broken")
        person.wait_for(lambda: "U盘拔出来了" in person.read("stick", "heading"), "nobody says that it was pulled out")
        at = person.read("stick", "percent")
        assert 0 < at < 100
        assert person.read("stick", "heading") == f"U盘拔出来了，插回后从 {at}% 继续"
        person.touch("首页")
        person.wait_until("navigator", "page", "home")
        assert f"U盘拔出来了，插回后从 {at}% 继续" in person.ask("names")
        village.plug()
        person.wait_until("stick", "slip", "可以拔出U盘了")
        assert (village.version(LONG), village.version(SHORT)) == (1, 1)
        assert person.ask("warnings") == []
        assert person.leave() == 0
        assert person.said() == ""


def test_a_reset_stops_nothing_and_forgets_the_pin(village: Village) -> None:
    village.publish(FIRST, "先来的一份", items=400, characters=1500)
    village.publish(LONG, "长长的一份", items=120, characters=1500)
    with _before_the_screen(village) as person:
        village.plug()
        person.touch("工作人员：U盘里有新内容")
        person.touch("装进来")
        person.wait_until("navigator", "page", "pin")
        _type(person, PIN)
        child = _held_midway(person)
        person.ask("skip", seconds=60)
        time.sleep(1.2)
        assert (person.read("idle", "seconds"), person.read("navigator", "page")) == (0, "clerk")
        person.touch("首页")
        person.wait_until("navigator", "page", "home")
        person.ask("skip", seconds=31)
        person.wait_until("navigator", "page", "rest")
        assert (person.read("pin", "typed"), person.read("pin", "purpose")) == (0, "")
        assert village.version(LONG) is None
        child.resume()
        person.wait_until("stick", "slip", "可以拔出U盘了")
        assert (village.version(LONG), person.read("navigator", "page")) == (1, "rest")
        assert person.ask("warnings") == []


def test_stopped_by_the_clerk_the_stick_is_let_go_and_goes_on_later(village: Village) -> None:
    village.publish(FIRST, "先来的一份", items=400, characters=1500)
    village.publish(LONG, "长长的一份", items=120, characters=1500)
    with _before_the_screen(village) as person:
        village.plug()
        person.touch("工作人员：U盘里有新内容")
        person.touch("装进来")
        person.wait_until("navigator", "page", "pin")
        _type(person, PIN)
        child = _held_midway(person)
        assert village.version(LONG) is None
        person.touch("停下，下次接着装")
        child.resume()
        person.wait_until("stick", "screen", "card")
        person.wait_for(lambda: village.udisks.calls[-1][0] == "Unmount", "the stick is kept")
        assert person.read("stick", "startWords") == f"从 {person.read('stick', 'percent')}% 接着装"
        person.touch("同步记录")
        person.wait_for(
            lambda: person.ask("rows", model="upkeep", attribute="history", field="result") == ["停下了"], "no history"
        )
        person.touch("返回")
        person.touch("从 ", begins=True)
        person.wait_until("navigator", "page", "pin")
        _type(person, PIN)
        person.wait_until("stick", "heading", "可以拔出U盘了")
        assert village.version(LONG) == 1


def _seconds_to_the_slip(village: Village, person: Villager) -> float:
    """Plug the stick in and return how long it took until everybody sees it; the stick stays in the second time."""
    village.udisks.pull()
    person.wait_until("stick", "slip", "")
    began = time.monotonic()
    village.plug()
    person.wait_until("stick", "slip", "工作人员：U盘里有新内容")
    return time.monotonic() - began


def _type(person: Villager, digits: str) -> None:
    for digit in digits:
        person.touch(digit)
    person.touch("确定")


def _leaves_nothing_of_the_pin(village: Village, person: Villager) -> None:
    person.ask("send_away")
    assert person.read("navigator", "page") == "rest"
    assert (person.read("pin", "typed"), person.read("pin", "purpose")) == (0, "")
    assert person.ask("warnings") == []
    assert person.leave() == 0
    assert person.said() == ""
    files = [path for path in village.home.root.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert [path for path in files if PIN.encode() in path.read_bytes() and path.suffix in {".log", ".json"}] == []


def _held_midway(person: Villager) -> psutil.Process:
    """Hold whatever syncs as soon as the screen tells of it, in steps far shorter than `FIRST` takes to index."""
    child: psutil.Process = person.wait_for(lambda: _children(person, "sync"), "nothing begins")[0]
    child.suspend()

    def told() -> bool:
        if person.read("stick", "percent") > 0:
            return True
        child.resume()
        time.sleep(STEP_S)
        child.suspend()
        return False

    person.wait_for(told, "nothing is told of the stick")
    return child


def _children(person: Villager, what: str) -> list[psutil.Process]:
    """Return the processes beside the screen that watch, or that sync."""
    children = psutil.Process(person.process.pid).children()
    return [child for child in children if {"stick", what} <= set(_words_of(child))]


def _words_of(process: psutil.Process) -> list[str]:
    """Return how a process was started; nothing where it has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
