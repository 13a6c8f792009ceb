"""When a stick is looked at, and what is told: sticks that a test plugs in, packs that come and go."""

import pytest

from content_packs.errors import CancelledError
from content_packs.pointer import Pointer, write_pointer
from content_packs.progress import CancelToken
from kiosk.chores.watching import COMPARE_EVERY_S, LOOK_EVERY_S, watch
from kiosk.home import Home
from sync.sticks.words import LeftOut, Volume

STICK = Volume("/block/sdb1", "/dev/sdb1", "COUNTY", "1234-ABCD", "vfat", 8)
OURS, NOT_OURS = {"sources": [{"repository": "fujian"}]}, {"sources": []}


class Day:
    """What happens, one step each time the watch waits: each returns whether there was a signal."""

    def __init__(self, folder, *steps, says=OURS):
        self.home = Home(folder)
        self.steps = list(steps)
        self.says = says
        self.sticks: tuple[Volume, ...] = ()
        self.looks: list[bool] = []
        self.told: list = []
        self.waits: list[float] = []
        self.cancel = CancelToken()
        with pytest.raises(CancelledError):
            watch(self.home, self, self.look, lambda news: self.told.append(news["sticks"]), self.cancel)

    def present(self):
        return self.sticks, (LeftOut("/dev/sdc", "x", "y"),)

    def wait(self, limit_s):
        self.waits.append(limit_s)
        if not self.steps:
            self.cancel.cancel()
            return True
        return self.steps.pop(0)(self)

    def look(self, volume, *, again):
        self.looks.append(again)
        return self.says and self.says | {"number": len(self.looks)}


def plug(day):
    day.sticks = (STICK,)
    return True


def pull(day):
    day.sticks = ()
    return True


def nothing(day):
    return False


def install(day):
    folder = day.home.root / "packs" / "cn.test.pack"
    folder.mkdir(parents=True, exist_ok=True)
    write_pointer(folder, Pointer("1-0000000000000000"))
    return False


def busy(day):
    day.says = None
    return install(day)


def free(day):
    day.says = OURS
    return False


def numbers(day):
    return [[stick["number"] for stick in sticks] for sticks in day.told]


def test_a_stick_is_looked_at_once_however_long_it_stays(tmp_path):
    day = Day(tmp_path, plug, *[nothing] * 20, pull, nothing)
    assert (day.looks, numbers(day)) == ([False], [[], [1], []])
    assert (day.waits[0], set(day.waits[1:-3]), day.waits[-2:]) == (LOOK_EVERY_S, {COMPARE_EVERY_S}, [LOOK_EVERY_S] * 2)


def test_other_packs_are_a_reason_to_look_again_and_to_say_so(tmp_path):
    day = Day(tmp_path, plug, nothing, install, nothing, install, nothing)
    assert (day.looks, numbers(day)) == ([False, True, True], [[], [1], [2], [3]])


def test_without_a_stick_packs_are_no_news(tmp_path):
    day = Day(tmp_path, install, install, plug, nothing)
    assert (day.looks, numbers(day)) == ([False], [[], [1]])


def test_what_is_none_of_ours_is_not_looked_at_again(tmp_path):
    assert Day(tmp_path, plug, install, nothing, says=NOT_OURS).looks == [False]


def test_while_somebody_is_at_the_sticks_what_was_said_stays_until_it_is_free(tmp_path):
    day = Day(tmp_path, plug, busy, nothing, nothing, free, nothing)
    assert (day.looks, numbers(day)) == ([False, True, True, True, True], [[], [1], [5]])


def test_a_stick_that_is_brought_as_soon_as_it_is_in_is_told_of_afterwards(tmp_path):
    day = Day(tmp_path, plug, nothing, free, nothing, says=None)
    assert (day.looks, numbers(day)) == ([False, False, False], [[], [3]])
