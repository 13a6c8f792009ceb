"""The search page under a finger: real keys, real keyboard tables, real search over a small pack."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QSignalSpy, QTest

from content_packs.model import Kind, Theme
from content_packs.origin import BUILT_IN
from kiosk.library import Library, OpenPack
from kiosk.search.searcher import Searcher
from kiosk.tables.read import Tables
from kiosk.typing import Keyboard
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from ui.fonts import register_icon_font
from ui.jobs import ThreadedJobs
from ui.keys import Mode
from ui.search_sources import SearchSources, hot_words_of
from ui.search_suggestions import ASKED_FOR
from ui.viewmodels.navigator import Navigator
from ui.viewmodels.search import SearchViewModel

pytestmark = pytest.mark.ui

QML = Path(__file__).parents[2] / "ui" / "qml"
FORMS = {"tall": (1080, 1700, 4.034), "wide": (1920, 880, 4.034), "small": (1280, 620, 3.81)}
"""The middle of the window, without strip and bar, with pixels per millimetre."""

TINY = {"tiny": (1280, 530, 5.94)}

ITEMS = (
    an_item("pension", plain_title="养老金怎么领", keywords=("养老金", "养老钱"), summary="年满六十岁，到村里办。"),
    an_item("medical", plain_title="医保怎么交", keywords=("新农合", "医保"), themes=("medical",)),
    an_item("school", Kind.FAQ, plain_title="上学要交学费吗", keywords=("学费",), themes=("school",)),
    *(an_item(f"how{number}", Kind.FAQ, plain_title=f"修路第{number}问") for number in range(4)),
    *(an_item(f"guide{number}", plain_title=f"修路第{number}步") for number in range(3)),
)
THEMES = (
    Theme(id="pension", title="养老金", examples="领多少", icon="human-cane", hue=1),
    Theme(id="medical", title="看病报销", examples="医保", icon="stethoscope", hue=2),
    Theme(id="school", title="上学", examples="学费", icon="school", hue=3),
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Iterator[SearchSources]:
    folder = tmp_path_factory.mktemp("search-page")
    info = a_pack(themes=THEMES, hot=("medical", "pension"))
    pack = OpenPack(write_content(folder / "content.db", info, ITEMS), origin=BUILT_IN)
    library = Library([pack], region="0", today=lambda: ISSUED)
    tables = Tables()
    keyboard = Keyboard(tables, library.words())
    searcher = Searcher([pack.reader], library, folder / "index", tables=tables)
    yield SearchSources(
        find=lambda query, chosen: searcher.search(query, limit=30, item_filter=chosen),
        choices=lambda answer: library.facets_among(hit.ref for hit in answer.hits),
        suggest=lambda typed: searcher.suggest(typed, limit=ASKED_FOR),
        candidates=keyboard.candidates,
        hot_words=lambda: hot_words_of(library),
        themes=library.themes,
        titles=library.titles,
        year=lambda: 2026,
        note=lambda _: None,
        forget=keyboard.forget,
    )
    searcher.close()
    pack.reader.close()


class Desk:
    """A window with nothing in it but the search page, and a finger."""

    def __init__(self, qtbot, sources):
        self.qtbot = qtbot
        self.jobs = ThreadedJobs()
        self.navigator = Navigator()
        self.search = SearchViewModel(sources, self.jobs)
        self.view = QQuickView()
        self.view.engine().addImportPath(str(QML))
        self.view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.theme = self.view.engine().singletonInstance("Kiosk.Theme", "Theme")
        self.theme.setProperty("iconFamily", register_icon_font())
        self.device = QTest.createTouchDevice()
        self.view.setInitialProperties({"navigator": self.navigator, "viewModel": self.search})

    def open(self, form="tall", *, size=0, left=False, contrast=False):
        width, height, pixels_per_mm = (FORMS | TINY)[form]
        for name, value in (
            ("pixelsPerMm", pixels_per_mm),
            ("portrait", height > width),
            ("size", size),
            ("leftHanded", left),
            ("highContrast", contrast),
        ):
            self.theme.setProperty(name, value)
        self.view.resize(width, height)
        if self.view.source().isEmpty():
            self.view.setSource(QUrl.fromLocalFile(str(QML / "Kiosk" / "Pages" / "SearchPage.qml")))
            assert self.view.status() is QQuickView.Status.Ready, self.view.errors()
            self.view.show()
            self.qtbot.waitExposed(self.view)
        self.search.arrive()
        self.qtbot.waitUntil(lambda: self.search.hotWords.rowCount() > 0)
        self.settle()

    def settle(self):
        self.qtbot.wait(20)
        self.view.grabWindow()

    def close(self):
        self.jobs.close()
        self.view.setSource(QUrl())
        self.view.deleteLater()
        self.search.deleteLater()

    # --- what is seen ---

    def items(self, item=None, clip=None) -> Iterator[tuple[QQuickItem, QRectF]]:
        """Give every item in sight with its whole place in the window."""
        item = item or self.view.contentItem()
        clip = clip or QRectF(0, 0, self.view.width(), self.view.height())
        for child in item.childItems():
            if not child.isVisible() or child.opacity() == 0:
                continue
            place = child.mapRectToScene(QRectF(0, 0, child.width(), child.height()))
            inner = clip.intersected(place) if child.clip() else clip
            if clip.intersects(place) or not child.width():
                yield child, place
                yield from self.items(child, inner)

    def named(self, role):
        for item, place in self.items():
            known = QAccessible.queryAccessibleInterface(item)
            if known and known.role() == role:
                yield known.text(QAccessible.Text.Name), item, place

    def buttons(self):
        return {name: place for name, _, place in self.named(QAccessible.Role.Button)}

    def chips(self):
        return {name: place for name, _, place in self.named(QAccessible.Role.CheckBox)}

    def button(self, name):
        self.qtbot.waitUntil(lambda: name in self.buttons())
        return self.buttons()[name]

    def result(self, title):
        self.qtbot.waitUntil(lambda: any(name.startswith(f"{title}，") for name in self.buttons()))
        return next(place for name, place in self.buttons().items() if name.startswith(f"{title}，"))

    def texts(self):
        return [(item, place) for item, place in self.items() if item.inherits("QQuickText")]

    # --- what is done ---

    def touch(self, where, *, hold_ms=0):
        point = (where.center() if isinstance(where, QRectF) else where).toPoint()
        QTest.touchEvent(self.view, self.device).press(0, point, self.view).commit()
        if hold_ms:
            self.qtbot.wait(hold_ms)
        QTest.touchEvent(self.view, self.device).release(0, point, self.view).commit()
        self.settle()

    def spell(self, letters):
        for letter in letters:
            self.touch(self.button(letter))

    def found(self, query):
        self.search.searchFor(query)
        self.qtbot.waitUntil(lambda: not self.search.busy)
        self.settle()


@pytest.fixture
def desk(qtbot, sources):
    made = Desk(qtbot, sources)
    yield made
    made.close()


def test_pinyin_candidate_result_item(desk):
    desk.open()
    desk.spell("yanglaojin")
    assert desk.search.letters == "yanglaojin"
    desk.touch(desk.button("养老金"))
    assert (desk.search.text, desk.search.letters) == ("养老金", "")
    desk.qtbot.waitUntil(lambda: not desk.search.busy)
    arrived = QSignalSpy(desk.navigator.arrived)
    desk.touch(desk.result("养老金怎么领"))
    assert arrived.count() == 1
    assert desk.navigator.here.ref.id == "pension"


def test_who_never_picks_a_candidate_finds_too(desk):
    desk.open("wide")
    desk.spell("xnh")
    desk.result("医保怎么交")
    assert desk.search.letters == "xnh"


def test_the_space_bar_takes_the_first_candidate(desk):
    desk.open()
    desk.spell("yibao")
    desk.touch(desk.button("选医保"))
    assert desk.search.text == "医保"


def test_more_candidates_stand_where_the_keys_stood(desk):
    desk.open("small", size=2)
    desk.spell("yi")
    desk.touch(desk.button("更多"))
    assert desk.search.expanded
    assert "q" not in desk.buttons()
    last = desk.search.bar.rows[-1].word
    desk.touch(desk.button(last))
    assert desk.search.text == last
    assert "q" in desk.buttons()


def test_a_finger_between_two_keys_types_one_of_them(desk):
    desk.open()
    left, right = desk.button("f"), desk.button("g")
    middle = QPointF((left.right() + right.left()) / 2, left.center().y())
    assert right.left() - left.right() >= 2 * 4
    desk.touch(QPointF(middle.x() - 3, middle.y()))
    desk.touch(QPointF(middle.x() + 3, middle.y()))
    assert desk.search.letters == "fg"


def test_letters_come_when_touched_and_leading_keys_when_let_go(desk):
    desk.open()
    for name, before in (("w", "w"), ("清空，重新输入", "w")):
        point = desk.button(name).center().toPoint()
        QTest.touchEvent(desk.view, desk.device).press(0, point, desk.view).commit()
        desk.settle()
        assert desk.search.letters == before
        QTest.touchEvent(desk.view, desk.device).release(0, point, desk.view).commit()
        desk.settle()
    assert desk.search.letters == ""


def test_holding_delete_goes_on(desk):
    desk.open()
    desk.spell("abcdefgh")
    desk.touch(desk.button("删除一个字"), hold_ms=1000)
    assert len(desk.search.letters) < 6


def test_a_document_number_by_touch(desk):
    desk.open()
    for name in ("换成文号键盘", "国办发", "2025年", "2", "7", "号"):
        desk.touch(desk.button(name))
    assert desk.search.text == "国办发〔2025〕27号"
    desk.touch(desk.button("换成数字键盘"))
    desk.touch(desk.button("换成拼音键盘"))
    assert desk.search.mode == Mode.LETTERS


def test_a_plugged_in_keyboard_types(desk):
    desk.open()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_B):
        QTest.keyClick(desk.view, key)
    QTest.keyClick(desk.view, Qt.Key.Key_Backspace)
    assert desk.search.letters == "y"
    QTest.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.search.letters == ""


def test_hot_words_search(desk):
    desk.open()
    desk.touch(desk.button("新农合"))
    desk.result("医保怎么交")


def suggestions(desk):
    return {name: place for name, place in desk.buttons().items() if name.startswith("查：")}


@pytest.mark.parametrize("form", FORMS)
def test_a_suggestion_is_marked_touched_and_searched_for(desk, form):
    desk.open(form)
    desk.spell("ylj")
    place = desk.button("查：养老金怎么领")
    markup = next(
        item.property("text") for item, at in desk.texts() if place.contains(at) and "怎么领" in item.property("text")
    )
    assert markup.startswith("<b>")
    assert "养老金</font></b>怎么领" in markup
    desk.touch(place)
    assert desk.search.text == "养老金怎么领"
    assert suggestions(desk) == {}
    desk.result("养老金怎么领")


def test_results_keep_their_places_whatever_is_suggested(desk):
    desk.open()
    desk.spell("yl")
    desk.result("养老金怎么领")
    desk.settle()
    before = desk.result("养老金怎么领")
    assert suggestions(desk)
    keys = desk.button("q")
    for letter in "jz":
        desk.touch(desk.button(letter))
        desk.qtbot.waitUntil(lambda: not desk.search.busy)
        desk.settle()
        assert desk.result("养老金怎么领") == before
        assert desk.button("q") == keys
    assert suggestions(desk)
    desk.touch(desk.button("查"))
    desk.settle()
    assert suggestions(desk) == {}
    assert desk.result("养老金怎么领").top() == before.top()


def test_the_second_half_of_a_double_touch_on_a_suggestion_opens_nothing(desk):
    desk.open()
    desk.spell("xl")
    desk.qtbot.waitUntil(lambda: not desk.search.busy)
    desk.settle()
    arrived = QSignalSpy(desk.navigator.arrived)
    place = max(suggestions(desk).values(), key=lambda each: -each.top())
    desk.touch(place)
    desk.qtbot.waitUntil(lambda: not desk.search.busy)
    desk.settle()
    desk.touch(place)
    assert arrived.count() == 0
    desk.qtbot.wait(600)
    desk.touch(place)
    assert arrived.count() == 1, "a result stands there"


def test_results_are_narrowed_by_touch(desk):
    desk.open()
    desk.found("修路")
    assert desk.search.canFilter
    assert "问答" not in desk.chips()
    desk.touch(desk.button("挑一挑"))
    desk.touch(desk.chips()["问答"])
    desk.qtbot.waitUntil(lambda: not desk.search.busy)
    desk.settle()
    assert desk.search.heading.startswith("挑出")
    assert all("问答" in name for name in desk.buttons() if name.endswith("有效"))
    desk.touch(desk.chips()["问答"])
    desk.touch(desk.button("收起"))
    assert "问答" not in desk.chips()


def test_an_emergency_names_the_number_above_everything(desk):
    desk.open()
    desk.found("着火了")
    (name, _, place) = next(desk.named(QAccessible.Role.AlertMessage))
    assert "119" in name
    results = [place.top() for name, place in desk.buttons().items() if name.startswith(("养老", "医保", "上学"))]
    assert all(place.bottom() <= top for top in results)
    assert max(item.height() for item, _ in desk.texts() if item.property("text") == "119") > 60


def test_nothing_found_says_whom_to_ask_and_where_to_look(desk):
    desk.open()
    desk.found("宇宙飞船发动机")
    assert desk.search.screen == "nothing"
    texts = [item.property("text") for item, _ in desk.texts()]
    assert {"没有找到", "12345"} <= set(texts)
    desk.touch(desk.result("上学"))
    assert desk.navigator.here.theme == "school"


def test_a_reset_leaves_nothing_of_the_person_in_sight(desk):
    desk.open()
    desk.found("养老金")
    desk.spell("qxz")
    desk.search.reset()
    desk.settle()
    shown = "".join(str(item.property("text")) for item, _ in desk.texts())
    assert "怎么领" not in shown
    assert "qxz" not in shown
    assert desk.search.screen == "hot"


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("form", ["wide", "small"])
def test_on_a_wide_screen_the_keyboard_stands_beside_the_results(desk, form, left):
    desk.open(form, left=left)
    desk.found("养老金")
    keys = [desk.button(name) for name in ("q", "p", "a", "查")]
    result = desk.result("养老金怎么领")
    if left:
        assert max(key.right() for key in keys) < result.left()
        assert desk.button("查").left() < desk.button("空格").left()
    else:
        assert result.right() < min(key.left() for key in keys)


def test_on_a_panel_that_is_too_small_everything_shrinks_and_nothing_leaves_the_page(desk):
    desk.theme.setProperty("targetMm", 12)
    desk.open("tiny")
    desk.found("养老金")
    places = desk.buttons()
    assert min(place.top() for place in places.values()) >= 0
    assert places["查"].bottom() <= desk.view.height()
    assert desk.result("养老金怎么领").right() < places["q"].left()


SCENES = {
    "empty": lambda desk: None,
    "letters": lambda desk: desk.spell("yl"),
    "digits": lambda desk: desk.touch(desk.button("换成数字键盘")),
    "doc_no": lambda desk: desk.touch(desk.button("换成文号键盘")),
    "suggested": lambda desk: (desk.spell("y"), desk.qtbot.waitUntil(lambda: not desk.search.busy), desk.settle()),
    "results": lambda desk: desk.found("新农合"),
    "narrowed": lambda desk: (desk.found("修路"), desk.search.toggleFilters(), desk.settle()),
    "nothing": lambda desk: desk.found("宇宙飞船发动机"),
    "emergency": lambda desk: desk.found("着火了"),
}


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("form", FORMS)
def test_targets_are_large_and_apart_and_no_text_is_cut(desk, form, size):
    desk.open(form, size=size, contrast=size == 1)
    mm = FORMS[form][2]
    for name, scene in SCENES.items():
        scene(desk)
        buttons = list(desk.buttons().items())
        assert len(buttons) > 10
        for label, place in buttons:
            assert label
            assert place.height() >= 15 * mm - 1, (name, label, place)
            assert place.left() >= 0
            assert place.right() <= desk.view.width()
        for (one, first), (two, second) in combinations(buttons, 2):
            apart = first.adjusted(-1 * mm, -1 * mm, 1 * mm, 1 * mm)
            near = second.adjusted(-1 * mm + 1, -1 * mm + 1, 1 * mm - 1, 1 * mm - 1)
            assert not apart.intersects(near), (name, one, two)
        for item, place in desk.texts():
            wraps = item.property("maximumLineCount") == 2  # a snippet may end with …
            assert wraps or not item.property("truncated"), (name, item.property("text"))
            assert place.right() <= desk.view.width() + 1, (name, item.property("text"))
            assert item.property("contentWidth") <= item.width() + 2 or item.property("text") == "", (
                name,
                item.property("text"),
            )
        desk.search.reset()
        desk.settle()
