"""The whole screen under a finger: the real shell over an installed pack, real touches, a clock to put forward."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

import ui.shell
from content_packs.model import Kind, Theme
from content_packs.store import PackStore
from kiosk.chores.stick_news import Stick, StickNews
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import a_pack, an_item, write_content
from tests.screen.fingers import Finger
from tests.tour.tree import is_button
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.places import Page, Place
from ui.shell import Screen
from ui.viewmodels.stick_state import StickState, after_news

pytestmark = pytest.mark.ui

DAY = date(2026, 11, 22)
FORMS = {"tall": (1080, 1920, 21.5), "wide": (1920, 1080, 21.5), "small": (1280, 800, 15.6)}
THEMES = tuple(
    Theme(id=f"theme-{number}", title=f"第{number}类", examples="办事 问答", icon="barley", hue=number)
    for number in range(1, 11)
)
ITEMS = (
    *(an_item(f"a{number:02}", plain_title=f"第{number}件事怎么办", themes=("theme-1",)) for number in range(24)),
    *(
        an_item(f"q{number:02}", Kind.FAQ, plain_title=f"第{number}个问题", themes=("theme-1", theme.id))
        for number, theme in enumerate(THEMES)
    ),
    an_item("notice", Kind.NOTICE, plain_title="明天停水", themes=("theme-2",)),
    an_item("lesson", Kind.TUTORIAL, plain_title="怎么用这台机器", themes=("theme-2",)),
)
SETTINGS = Settings(village="云溪村便民服务点", sound="off", printer="none")


class Clock:
    """Seconds and day of the machine."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.day = DAY

    def monotonic(self) -> float:
        return self.now


class Stand:
    """One kiosk with somebody in front of it."""

    def __init__(self, qtbot, kiosk, clock, form):
        width, height, inches = FORMS[form]
        panel = panel_of(inches, width, height)
        self.qtbot, self.clock = qtbot, clock
        self.jobs = ThreadedJobs()
        screen = Screen(panel=panel, size=QSize(width, height), pixels_per_mm=width / panel.width_mm)
        self.shell = shell_over(kiosk, self.jobs, screen)
        self.warnings = []
        self.shell.engine.warnings.connect(self.warnings.extend)
        self.shell.window.show()
        self.finger = Finger(self.shell.window)
        self.see("轻轻点一下屏幕")

    @property
    def page(self):
        return self.shell.navigator.here.page

    def see(self, name, *, begins=False):
        """Return the place of what is called so, as soon as it is in sight."""
        self.qtbot.waitUntil(lambda: self.finger.find(name, begins=begins) is not None)
        return self.finger.find(name, begins=begins).place

    def touch(self, name, *, begins=False):
        self.qtbot.waitUntil(lambda: self.finger.find(name, begins=begins) is not None)
        self.qtbot.wait(180)  # pages slide in; a finger waits for that
        self.finger.touch(self.see(name, begins=begins).center())

    def arrive(self, page):
        self.qtbot.waitUntil(lambda: self.page is page)

    def come_to_rest(self):
        """Wait until nothing in sight moves any more."""

        def moved():
            before = [(thing.name, thing.place) for thing in self.finger.seen()]
            self.qtbot.wait(150)
            return before != [(thing.name, thing.place) for thing in self.finger.seen()]

        while moved():
            pass

    def names(self):
        return [thing.name for thing in self.finger.seen()]

    def close(self):
        self.shell.close()
        self.jobs.close()


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(ui.shell, "time", made)
    return made


@pytest.fixture
def kiosk(tmp_path, clock) -> Iterator[Kiosk]:
    home = Home(tmp_path / "home")
    info = a_pack(themes=THEMES, hot=("q01", "a01", "q02"))
    store = PackStore(home.root)
    with store.staging() as folder:
        store.activate(write_content(folder / "content.db", info, ITEMS), info, "1" * 64)
    with Kiosk(home, SETTINGS, today=lambda: clock.day) as made:
        yield made


@pytest.fixture(params=FORMS)
def stand(request, qtbot, kiosk, clock):
    made = Stand(qtbot, kiosk, clock, request.param)
    yield made
    made.close()
    assert [warning.toString() for warning in made.warnings] == []


@pytest.fixture
def tall(qtbot, kiosk, clock):
    made = Stand(qtbot, kiosk, clock, "tall")
    yield made
    made.close()
    assert [warning.toString() for warning in made.warnings] == []


def test_a_touch_wakes_the_screen_and_home_has_seven_themes_and_the_door_to_the_others(stand):
    stand.touch("轻轻点一下屏幕")
    stand.arrive(Page.HOME)
    stand.see("第1类", begins=True)
    stand.see("第7类", begins=True)
    assert not any(name.startswith("第8类") for name in stand.names())
    stand.touch("更多", begins=True)
    stand.arrive(Page.THEMES)
    stand.see("第8类", begins=True)
    stand.touch("返回")
    stand.arrive(Page.HOME)


def test_every_page_says_that_nobody_answers_for_something_here(stand):
    here = stand.shell.navigator
    ways = {
        Page.REST: here.reset,
        Page.HOME: here.home,
        Page.THEMES: here.themes,
        Page.LIST: lambda: here.theme("theme-1"),
        Page.ITEM: lambda: here.item("cn.test.pack", "q01"),
        Page.TAKE_HOME: here.takeHome,
        Page.SEARCH: here.search,
        Page.HELP: here.help,
        Page.SIZE: here.size,
        Page.CLERK: here.clerk,
        Page.PIN: lambda: here.go(Place(page=Page.PIN)),
        Page.HISTORY: here.history,
    }
    assert set(ways) == set(Page)
    for page, go in ways.items():
        go()
        stand.arrive(page)
        stand.come_to_rest()
        assert "有未签名的内容" in stand.names(), page
    plugged = StickNews((Stick(device="/dev/sdb1", name="Kingston", ours=False),))
    stand.shell.rooms.stick.show(after_news(after_news(StickState(), StickNews()), plugged))
    here.home()
    stand.arrive(Page.HOME)
    stand.come_to_rest()
    assert any(name.endswith("，有未签名的内容") for name in stand.names()), "what covers the strip says it too"


def _list_view(item):
    """Return the list that is in sight."""
    if item.inherits("QQuickListView"):
        return item
    return next((found for child in item.childItems() if child.isVisible() and (found := _list_view(child))), None)


def test_a_list_begins_with_its_name_and_its_chips(stand):
    stand.touch("轻轻点一下屏幕")
    stand.touch("第1类", begins=True)
    stand.arrive(Page.LIST)
    stand.see("办事指南 24")
    stand.come_to_rest()
    view = _list_view(stand.shell.window.contentItem())
    assert view.property("contentY") == view.property("originY")
    chip, first = stand.see("办事指南 24"), stand.see("第0件事怎么办", begins=True)
    assert chip.bottom() < first.top() or chip.right() < first.left(), "above what it narrows, or beside it"


def test_the_five_buttons_never_move(stand):
    stand.touch("轻轻点一下屏幕")
    stand.arrive(Page.HOME)
    bar = ("首页", "字大小", "帮助")
    places = {name: stand.see(name) for name in bar}
    for step, page in (("第1类", Page.LIST), ("字大小", Page.SIZE), ("帮助", Page.HELP), ("村里工作人员", Page.CLERK)):
        if page is Page.CLERK:
            stand.shell.navigator.clerk()
        else:
            stand.touch(step, begins=True)
        stand.arrive(page)
        assert {name: stand.see(name) for name in bar} == places
    for page in (Page.HELP, Page.SIZE, Page.LIST, Page.HOME):
        stand.touch("返回")
        stand.arrive(page)


def test_what_cannot_be_read_aloud_or_undone_is_grey(tall):
    tall.touch("轻轻点一下屏幕")
    tall.arrive(Page.HOME)
    for name in ("返回", "听一听"):
        assert not any(thing.enabled for thing in tall.finger.seen() if thing.name == name)


def test_coming_back_to_a_list_finds_chips_and_place_as_they_were(tall):
    tall.touch("轻轻点一下屏幕")
    tall.touch("第1类", begins=True)
    tall.arrive(Page.LIST)
    tall.touch("办事指南 24")
    tall.qtbot.waitUntil(lambda: tall.shell.rooms.browse.count == 24)
    first = tall.see("第0件事怎么办", begins=True)
    low = first.translated(0, 900).center()
    tall.finger.drag(low, first.translated(0, -500).center())
    tall.qtbot.waitUntil(lambda: not any(name.startswith("第0件事") for name in tall.names()))
    tall.come_to_rest()
    seen = [name for name in tall.names() if "件事怎么办" in name]
    tall.touch(seen[2])
    tall.arrive(Page.ITEM)
    tall.touch("返回")
    tall.arrive(Page.LIST)
    assert [name for name in tall.names() if "件事怎么办" in name] == seen
    tall.touch("首页")
    tall.touch("第1类", begins=True)
    tall.arrive(Page.LIST)
    tall.qtbot.waitUntil(lambda: tall.shell.rooms.browse.count == 34)
    tall.see("第0件事怎么办", begins=True)


def test_a_chosen_chip_is_dark_and_ticked(tall):
    tall.touch("轻轻点一下屏幕")
    tall.touch("第1类", begins=True)
    tall.arrive(Page.LIST)
    tall.see("办事指南 24")
    before = _chosen_chips(tall)
    tall.touch("办事指南 24")
    tall.qtbot.waitUntil(lambda: tall.shell.rooms.browse.count == 24)
    assert (before, _chosen_chips(tall)) == ([], ["办事指南 24"])


def _chosen_chips(stand):
    return [thing.name for thing in stand.finger.seen() if thing.item.property("chosen") is True]


def test_the_second_half_of_a_double_touch_opens_nothing(stand):
    for first, page in (("轻轻点一下屏幕", Page.HOME), ("第1类", Page.LIST), ("第0件事", Page.ITEM)):
        place = stand.see(first, begins=True).center()
        stand.qtbot.wait(550)
        stand.finger.touch(place)
        stand.qtbot.wait(60)
        stand.finger.touch(place)
        stand.arrive(page)
        stand.qtbot.wait(100)
        assert stand.page is page
        assert not stand.shell.rooms.browse.narrowed


def test_touching_back_twice_goes_back_two_steps(tall):
    tall.touch("轻轻点一下屏幕")
    for step, page in (("第1类", Page.LIST), ("第0件事", Page.ITEM)):
        tall.touch(step, begins=True)
        tall.arrive(page)
    back = tall.see("返回").center()
    tall.finger.touch(back)
    tall.finger.touch(back)
    tall.arrive(Page.HOME)


def test_the_same_place_answers_again_after_a_moment(tall):
    place = tall.see("轻轻点一下屏幕").center()
    tall.finger.touch(place)
    tall.arrive(Page.HOME)
    tile = tall.see("第1类", begins=True).center()
    tall.finger.touch(tile)
    tall.arrive(Page.LIST)
    tall.shell.navigator.home()
    tall.qtbot.wait(550)
    tall.finger.touch(tile)
    tall.arrive(Page.LIST)


def test_a_kiosk_without_content_says_whom_to_ask(qtbot, tmp_path, clock):
    with Kiosk(Home(tmp_path / "empty"), SETTINGS, today=lambda: clock.day) as kiosk:
        stand = Stand(qtbot, kiosk, clock, "small")
        stand.touch("轻轻点一下屏幕")
        stand.arrive(Page.HOME)
        texts = _texts(stand)
        assert any("12345" in text for text in texts)
        assert not {"按人找", "大家都在问"} & texts
        assert stand.shell.home.updated == ""
        stand.touch("帮助")
        stand.arrive(Page.HELP)
        stand.see("需要帮忙吗？")
        assert "学一学" not in _texts(stand)
        stand.close()
        assert stand.warnings == []


def _texts(stand):
    """Return every text in sight, whether a screen reader has a name for it or not."""
    found, waiting = set(), [stand.shell.window.contentItem()]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            found.add(item.property("text"))
            waiting += item.childItems()
    return found - {None, ""}


def _until_the_countdown(stand):
    stand.touch("轻轻点一下屏幕")
    stand.touch("第1类", begins=True)
    stand.arrive(Page.LIST)
    stand.qtbot.wait(200)
    stand.clock.now += SETTINGS.idle_s
    stand.shell.idle.tick()
    stand.see("我还在看")


def test_the_countdown_answers_the_finger_and_nothing_beneath_it_does(stand):
    _until_the_countdown(stand)
    stand.touch("我还在看")
    stand.qtbot.waitUntil(lambda: stand.shell.idle.seconds == 0)
    assert stand.page is Page.LIST


def test_whoever_is_done_leaves_nothing_behind(stand):
    _until_the_countdown(stand)
    stand.shell.rooms.browse.toggle("kind", Kind.FAQ.value)
    stand.shell.appearance.chooseSize(2)
    stand.touch("看完了")
    stand.arrive(Page.REST)
    assert stand.shell.appearance.size == 0
    assert stand.shell.rooms.browse.cards.rows == ()
    stand.clock.now += 3600
    stand.shell.idle.tick()
    assert stand.shell.idle.seconds == 0, "nobody is asked whether they are still there at rest"


def test_nobody_answers_and_the_screen_rests(tall):
    _until_the_countdown(tall)
    tall.clock.now += SETTINGS.warn_s
    tall.shell.idle.tick()
    tall.arrive(Page.REST)
    tall.see("轻轻点一下屏幕")


def test_a_key_pressed_at_rest_is_no_visit_and_nobody_is_asked_whether_they_still_look(tall):
    QTest.keyClick(tall.shell.window, Qt.Key.Key_Q)
    tall.clock.now += SETTINGS.idle_s
    tall.shell.idle.tick()
    assert tall.page is Page.REST
    assert tall.shell.idle.seconds == 0
    _until_the_countdown(tall)


def test_sizes_and_colours_change_at_once_and_for_every_page(stand):
    stand.touch("轻轻点一下屏幕")
    stand.touch("字大小")
    stand.arrive(Page.SIZE)
    before = stand.see("帮助").height()
    stand.touch("最大")
    stand.qtbot.waitUntil(lambda: stand.shell.appearance.size == 2)
    assert stand.see("帮助").height() >= before
    stand.shell.appearance.chooseContrast(True)
    colour = stand.shell.window.grabWindow().pixelColor(4, stand.shell.window.height() // 2)
    assert colour.name() == "#000000"
    stand.touch("首页")
    stand.arrive(Page.HOME)
    colour = stand.shell.window.grabWindow().pixelColor(2, stand.shell.window.height() - 4)
    assert colour.name() == "#000000"


def test_the_left_hand_finds_the_bar_mirrored(tall):
    tall.touch("轻轻点一下屏幕")
    tall.arrive(Page.HOME)
    right = tall.see("帮助").center().x()
    tall.shell.appearance.chooseLeftHanded(True)
    tall.qtbot.waitUntil(lambda: tall.see("帮助").center().x() < right)


def test_a_new_day_is_shown_without_a_touch(tall):
    assert tall.shell.home.today.startswith("2026年11月22日")
    tall.clock.day = DAY + timedelta(days=1)
    tall.shell._look_for_packs()
    assert tall.shell.home.today.startswith("2026年11月23日")


def test_what_can_be_touched_is_large_enough(stand):
    stand.touch("轻轻点一下屏幕")
    stand.arrive(Page.HOME)
    for door, page in (
        (None, Page.HOME),
        (stand.shell.navigator.size, Page.SIZE),
        (stand.shell.navigator.help, Page.HELP),
    ):
        if door:
            door()
            stand.arrive(page)
        stand.qtbot.wait(250)
        target = stand.shell.engine.singletonInstance("Kiosk.Theme", "Theme").property("touchTarget")
        buttons = [thing for thing in stand.finger.seen() if is_button(thing.item)]
        assert len(buttons) > 5
        bottom = stand.see("首页").top()
        small = {
            thing.name: (thing.place.width(), thing.place.height())
            for thing in buttons
            if min(thing.item.width(), thing.item.height()) < target - 1 and thing.place.bottom() <= bottom
        }
        assert small == {}
