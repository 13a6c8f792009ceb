"""An item under a finger: read, listened to, taken home. The real screen with a real voice on the null device."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize
from PySide6.QtGui import QGuiApplication

from content_packs.model import (
    Callout,
    Guide,
    Heading,
    ItemRef,
    Kind,
    Link,
    ListEntry,
    Paragraph,
    Phone,
    Picture,
    Rel,
    Span,
    Table,
)
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import a_pack, an_item, write_content
from tests.screen.fingers import Finger, Seen
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.places import Page
from ui.shell import Screen

pytestmark = pytest.mark.ui

PACK = "cn.test.pack"
PORTAL = "https://si.12333.gov.cn"
FORMS = {"tall": (1080, 1920, 21.5), "wide": (1920, 1080, 21.5), "small": (1280, 800, 15.6)}


def a_picture() -> bytes:
    store = BytesIO()
    Image.new("RGB", (300, 150), "#B3321F").save(store, "PNG")
    return store.getvalue()


def text(words: str) -> tuple[Span, ...]:
    return (Span(text=words),)


LONG = tuple(Paragraph(spans=text(f"第{number}段。这一段有两句话。")) for number in range(60))
ITEMS = (
    an_item(
        "pension",
        plain_title="养老金怎么领",
        summary="年满60岁就可以领。带上身份证到村里办。",
        guide=Guide(conditions=("年满60岁",), materials=("身份证",), place="村委会", time="当场办", fee="不收钱"),
        phones=(Phone(number="12333", label="人社热线"),),
        portal=Link(name="社保平台", payload=PORTAL),
        wechat=Link(name="人社部"),
        blocks=(
            Heading(text="一步一步来"),
            ListEntry(spans=(Span(text="带上"), Span(text="身份证", bold=True)), marker="1."),
            Callout(spans=text("拿不准就打电话。")),
            Table(header=("年份", "每月最低"), rows=(("2025", "143元"), ("2026", "163元")), align="lr"),
            Picture(sha256="a" * 64, alt="社保卡的样子", width=300, height=150),
        ),
    ),
    an_item("asked", Kind.FAQ, plain_title="别人能代领吗", summary="可以。", relations=((Rel.ANSWERS, "pension"),)),
    an_item("long", plain_title="很长的一篇", summary="很长。", blocks=LONG),
    an_item("old", plain_title="老办法", relations=((Rel.RELATED, "long"),)),
    an_item("new", plain_title="新办法", relations=((Rel.SUPERSEDES, "old"),)),
    an_item(
        "uyghur",
        lang="ug-Arab-CN",
        plain_title="欢迎（维吾尔文）",
        blocks=(
            Paragraph(spans=text("您好。"), lang="zh-Hans-CN"),
            Paragraph(spans=text("ياخشىمۇسىز"), lang="ug-Arab-CN"),
        ),
    ),
)


class Stand:
    """One kiosk with somebody in front of it, at home."""

    def __init__(self, qtbot, kiosk, form, ready=True):
        width, height, inches = FORMS[form]
        panel = panel_of(inches, width, height)
        self.qtbot = qtbot
        self.jobs = ThreadedJobs()
        screen = Screen(panel=panel, size=QSize(width, height), pixels_per_mm=width / panel.width_mm)
        self.shell = shell_over(kiosk, self.jobs, screen)
        self.warnings = []
        self.shell.engine.warnings.connect(self.warnings.extend)
        self.shell.window.show()
        self.shell.warm_up()
        self.finger = Finger(self.shell.window)
        self.shell.navigator.home()
        self.rooms = self.shell.rooms
        self.qtbot.waitUntil(lambda: self.rooms.listening.isAvailable)

    def open(self, name):
        self.shell.navigator.item(PACK, name)
        self.qtbot.waitUntil(lambda: self.rooms.item.isRead)
        self.come_to_rest()

    def see(self, name, *, begins=False) -> Seen:
        self.qtbot.waitUntil(lambda: self.finger.find(name, begins=begins) is not None)
        return self.finger.find(name, begins=begins)

    def touch(self, name, *, begins=False):
        self.see(name, begins=begins)
        self.come_to_rest()
        self.finger.touch(self.see(name, begins=begins).place.center())

    def come_to_rest(self):
        def moved():
            before = [(thing.name, thing.place) for thing in self.finger.seen()]
            self.qtbot.wait(120)
            return before != [(thing.name, thing.place) for thing in self.finger.seen()]

        while moved():
            pass

    def names(self):
        return [thing.name for thing in self.finger.seen()]

    def lit(self) -> list[str]:
        """Return the words that have an amber ground."""
        found = []

        def walk(item):
            for child in item.childItems():
                if child.isVisible():
                    if words := child.property("selectedText"):
                        found.append(words)
                    walk(child)

        walk(self.shell.window.contentItem())
        return found

    def codes(self) -> list[str]:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.shell.window.grabWindow().save(buffer, "PNG")
        return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(bytes(buffer.data().data()))))]

    def close(self):
        self.shell.close()
        self.jobs.close()


@pytest.fixture
def device(tmp_path):
    """A ticket printer: what it gets stands in a file."""
    path = tmp_path / "lp0"
    path.touch()
    return path


@pytest.fixture
def kiosk(tmp_path, device) -> Iterator[Kiosk]:
    home = Home(tmp_path / "home")
    info = a_pack()
    store = PackStore(home.root)
    with store.staging() as folder:
        content = write_content(folder / "content.db", info, ITEMS, [("a" * 64, "image/png", a_picture())])
        store.activate(content, info, "1" * 64)
    settings = Settings(
        village="云溪村", sound="null", printer="escpos", escpos_device=str(device), paper_dots=384, reduced_motion=True
    )
    with Kiosk(home, settings, today=lambda: date(2026, 11, 22)) as made:
        yield made


@pytest.fixture(params=FORMS)
def stand(request, qtbot, kiosk):
    made = Stand(qtbot, kiosk, request.param)
    yield made
    made.close()
    assert [warning.toString() for warning in made.warnings] == []


@pytest.fixture
def tall(qtbot, kiosk):
    made = Stand(qtbot, kiosk, "tall")
    yield made
    made.close()
    assert [warning.toString() for warning in made.warnings] == []


def test_an_item_answers_first_and_offers_to_be_taken_home(stand):
    stand.open("pension")
    title, button = stand.see("养老金怎么领").place, stand.see("带走这张单子").place
    assert title.top() < button.top()
    assert button.height() >= 12 * stand.shell.window.width() / 400
    assert "有效（核对于2026年11月1日）" in stand.names()
    assert any(name.startswith("要满足什么：年满60岁") for name in stand.names())


def test_a_tab_shows_its_own_and_stays_in_sight(tall):
    tall.open("pension")
    assert "一步一步来" in tall.names()
    assert "社保卡的样子" in tall.names()
    tall.touch("问答")
    tall.see("别人能代领吗")
    assert "一步一步来" not in tall.names()
    tall.touch("怎么办")
    tall.see("带上身份证")


def test_facts_lie_flat_and_answer_to_no_touch(tall):
    tall.open("pension")
    tall.touch("去哪里办", begins=True)
    assert tall.shell.navigator.here.page is Page.ITEM
    assert not tall.rooms.listening.isOpen


def test_one_button_reads_aloud_and_the_sentence_is_lit(tall):
    tall.open("pension")
    tall.touch("听一听")
    tall.see("朗读")
    tall.qtbot.waitUntil(lambda: tall.lit() == ["年满60岁就可以领。"])
    tall.touch("停一下")
    tall.qtbot.waitUntil(lambda: not tall.rooms.listening.isMoving)
    assert tall.lit()
    tall.touch("接着听")
    tall.qtbot.waitUntil(lambda: tall.rooms.listening.isMoving)


def test_a_finger_on_a_sentence_starts_there(tall):
    tall.open("pension")
    tall.touch("听一听")
    tall.touch("拿不准就打电话。")
    tall.qtbot.waitUntil(lambda: tall.lit() == ["拿不准就打电话。"])
    tall.touch("慢")
    assert tall.rooms.listening.rate == "slow"


def test_the_lit_sentence_is_kept_in_the_middle(stand):
    stand.open("long")
    stand.touch("听一听")
    stand.rooms.listening.startAt(40, 0)
    stand.qtbot.waitUntil(lambda: stand.rooms.listening.litPart == 40)
    stand.rooms.listening.toggle()
    stand.come_to_rest()
    place = stand.see(f"第{40 - 2}段。", begins=True).place
    height = stand.shell.window.property("height")
    assert height * 0.2 < place.center().y() < height * 0.75


def test_leaving_the_page_is_silent(tall):
    tall.open("pension")
    tall.touch("听一听")
    tall.qtbot.waitUntil(lambda: tall.rooms.listening.isMoving)
    tall.touch("首页")
    tall.qtbot.waitUntil(lambda: not tall.rooms.listening.isMoving)
    assert "朗读" not in tall.names()


def test_the_slip_comes_out_and_its_code_is_read_from_the_screen(stand, device):
    stand.open("pension")
    stand.touch("带走这张单子")
    stand.see("单子的样子：", begins=True)
    stand.qtbot.waitUntil(lambda: PORTAL in stand.codes())
    stand.touch("打印这张单子")
    stand.see("再打印一张")
    assert device.read_bytes().startswith(b"\x1b") or b"\x1dv0" in device.read_bytes()
    stand.touch("下一个", begins=True)
    stand.qtbot.waitUntil(lambda: "人社部" in stand.rooms.take_home.searchWords)
    stand.come_to_rest()
    assert stand.codes() in ([], [PORTAL])  # the paper's own code may be in sight, the screen's is gone
    stand.touch("下一个", begins=True)
    stand.qtbot.waitUntil(lambda: any("12333" in code and "身份证" in code for code in stand.codes()))


def test_without_a_printer_no_paper_is_promised(tall, device):
    device.unlink()
    tall.open("pension")
    tall.touch("带走这张单子")
    tall.see("单子的样子：", begins=True)
    tall.qtbot.waitUntil(lambda: tall.rooms.take_home.stage == "absent")
    assert "打印这张单子" not in tall.names()
    assert tall.rooms.take_home.printWords in tall.names()


def test_back_from_the_slip_is_the_tab_that_was_read(tall):
    tall.open("pension")
    tall.touch("问答")
    tall.see("别人能代领吗")
    tall.touch("带走这张单子")
    tall.see("下一个", begins=True)
    tall.touch("返回")
    tall.see("别人能代领吗")
    assert tall.rooms.listening.canListen


def test_what_was_replaced_leads_to_what_holds(tall):
    tall.open("old")
    tall.touch("已有新的：新办法")
    tall.qtbot.waitUntil(lambda: tall.shell.navigator.here.ref == ItemRef(PACK, "new"))
    tall.see("新办法")


def test_another_item_opens_at_its_beginning(tall):
    tall.open("long")
    for _ in range(3):
        where = tall.shell.window.contentItem().boundingRect().center()
        tall.finger.drag(where, where - where * 0.5)
    tall.come_to_rest()
    assert "很长的一篇" not in tall.names()
    tall.open("pension")
    tall.see("养老金怎么领")


def test_each_paragraph_runs_its_own_way(tall):
    tall.open("uyghur")
    chinese, uyghur = tall.see("您好。").item, tall.see("ياخشىمۇسىز").item
    assert not chinese.property("rightToLeft")
    assert uyghur.property("rightToLeft")


def test_all_words_are_forgotten_when_the_person_has_gone(tall):
    tall.open("pension")
    tall.touch("听一听")
    tall.qtbot.waitUntil(lambda: tall.rooms.listening.isMoving)
    tall.shell.navigator.reset()
    tall.qtbot.waitUntil(lambda: not tall.rooms.listening.isMoving)
    assert tall.rooms.item.title == ""
    assert tall.rooms.item.rows.rowCount() == 0


# --- no way out ------------------------------------------------------------------------------------------------------


HELD_MS = 1_200
"""Longer than any system's idea of a long press."""


def way_out(stand):
    """Return what a gesture has opened beside the page that was there: windows, marked words, copied words."""
    windows = [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
    others = [window for window in windows if window is not stand.shell.window]
    return [*others, *stand.lit(), *filter(None, [QGuiApplication.clipboard().text()])]


def test_a_finger_that_stays_down_finds_no_menu(tall):
    """Where other programs offer to mark, copy, open or share."""
    tall.open("pension")
    before = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    for words in ("养老金怎么领", "去哪里办", "拿不准就打电话。", "社保卡的样子"):
        point = tall.see(words, begins=True).place.center()
        tall.finger.press(point)
        tall.qtbot.wait(HELD_MS)
        assert way_out(tall) == []
        tall.finger.release(point)
    assert tall.shell.navigator.here.page is Page.ITEM
    assert way_out(tall) == []
    QGuiApplication.clipboard().setText(before)


def test_several_fingers_lead_nowhere(stand):
    """No pinch, no swipe of three that other systems take for a command; and a single finger is heard afterwards."""
    stand.open("long")
    width, height = stand.shell.window.width(), stand.shell.window.height()
    state, size = stand.shell.window.windowStates(), stand.shell.appearance.size
    row = [QPointF(width * part, height * 0.55) for part in (0.35, 0.5, 0.65)]
    for way in (QPointF(0, height * 0.3), QPointF(0, -height * 0.3), QPointF(width * 0.3, 0), QPointF(-width * 0.3, 0)):
        stand.finger.together(row, [point + way for point in row])
    apart = [QPointF(width * 0.2, height * 0.4), QPointF(width * 0.8, height * 0.7)]
    stand.finger.together(row[:2], apart)
    stand.finger.together(apart, row[:2])
    stand.come_to_rest()
    assert stand.shell.navigator.here.page is Page.ITEM
    assert (stand.shell.window.windowStates(), stand.shell.appearance.size) == (state, size)
    assert way_out(stand) == []
    stand.touch("首页")
    stand.qtbot.waitUntil(lambda: stand.shell.navigator.here.page is Page.HOME)
