"""The item page: the title at once, the rest when it was read and the title was seen."""

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from content_packs.errors import PackError
from content_packs.model import ItemRef, Kind, Phone, Picture, Rel, Table
from kiosk.library import Library, OpenPack
from kiosk.words import Dossier
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from tests.fakes.manual_jobs import ManualJobs
from ui.jobs import Lane
from ui.viewmodels.item import ItemViewModel

pytestmark = pytest.mark.ui

PACK = "cn.test.pack"
GUIDE, FAQ, OLD = ItemRef(PACK, "g1"), ItemRef(PACK, "q1"), ItemRef(PACK, "old")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    items = (
        an_item(
            "g1",
            plain_title="养老金怎么领",
            phones=(Phone(number="12333", label="人社热线"),),
            blocks=(
                Table(header=("年份", "每月最低"), rows=(("2026", "163元"),), align="lr"),
                Picture(sha256="a" * 64, alt="社保卡", width=800, height=400),
            ),
        ),
        an_item("q1", Kind.FAQ, plain_title="能代领吗", relations=((Rel.ANSWERS, "g1"),)),
        an_item("old", plain_title="老办法", relations=((Rel.RELATED, "q1"),)),
        an_item("new", plain_title="新办法", relations=((Rel.SUPERSEDES, "old"),)),
    )
    pack = OpenPack(write_content(tmp_path_factory.mktemp("item") / "content.db", a_pack(), items))
    yield Library([pack], region="0", today=lambda: ISSUED)
    pack.reader.close()


class Page:
    """The view model with jobs and frames driven by hand."""

    def __init__(self, dossier_of) -> None:
        self.jobs = ManualJobs()
        self.frames = []
        self.heard = []
        self.item = ItemViewModel(
            self.jobs, dossier_of, lambda parts, first: self.heard.append((parts, first)), self.frames.append
        )

    def draw(self) -> None:
        frames, self.frames[:] = list(self.frames), []
        for action in frames:
            action()

    def finish(self) -> None:
        self.jobs.run_all()
        self.draw()
        self.jobs.run_all()


@pytest.fixture
def page(qapp, library):
    return Page(library.dossier)


def names(item: ItemViewModel) -> list[str]:
    return [tab.key for tab in item.tabs.rows]


def test_the_title_is_shown_before_anything_is_read(page):
    told = QSignalSpy(page.item.opened)
    page.item.open(GUIDE, "养老金怎么领")
    assert told.count() == 1
    assert (page.item.title, page.item.isLoading, page.item.isRead) == ("养老金怎么领", True, False)
    assert [lane for lane, *_ in page.jobs.waiting] == [Lane.PAGES]


def test_the_article_waits_for_the_frame_with_the_title(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.jobs.run_all()
    assert page.item.isLoading
    page.draw()
    assert page.item.isRead
    assert names(page.item) == ["guide", "faq", "related"][: len(names(page.item))]
    assert page.item.openTab == "guide"
    assert page.item.status == "有效"
    assert page.item.tone == "good"
    assert page.item.answer == "带上身份证到村里办。"
    assert page.item.answerMarkup.endswith("带上身份证到村里办。</p>")
    assert not page.item.rightToLeft
    assert not page.item.tall


def test_what_can_be_read_aloud_is_told_with_its_beginning(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    parts, first = page.heard[-1]
    assert [part.text for part in parts][:2] == ["养老金怎么领", "带上身份证到村里办。"]
    assert first == 0
    page.item.choose("faq")
    page.finish()
    parts, first = page.heard[-1]
    assert parts[first].text == "能代领吗"


def test_rows_are_found_by_their_parts(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    table = page.item.rows.rows[0]
    assert table.kind == "table"
    assert page.item.rowOf(table.part) == 0
    assert page.item.rowOf(0) == -1
    assert page.item.rowOf(99) == -1
    assert page.item.rows.rows[1].source == f"image://media/{PACK}/{'a' * 64}"


def test_a_tab_is_dark_at_once_and_its_rows_follow(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    page.item.choose("faq")
    assert page.item.openTab == "faq"
    assert page.item.rows.rows == ()
    page.finish()
    assert page.item.rows.rows[0].text == "能代领吗"


def test_coming_back_to_what_is_open_reads_nothing_but_can_be_heard_again(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    page.heard.clear()
    page.item.open(GUIDE, "养老金怎么领", tab="guide")
    assert page.jobs.waiting == []
    assert len(page.heard) == 1


def test_an_item_is_opened_again_on_the_tab_where_it_was_left(page):
    page.item.open(GUIDE, "养老金怎么领", tab="faq")
    page.finish()
    assert page.item.openTab == "faq"
    assert page.item.rows.rows[0].text == "能代领吗"


def test_whoever_opens_the_last_item_anew_begins_at_its_first_tab(page):
    page.item.open(GUIDE, "养老金怎么领", tab="faq")
    page.finish()
    told = QSignalSpy(page.item.opened)
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    assert told.count() == 1, "the page goes to its beginning"
    assert page.item.openTab == "guide"


def test_a_late_answer_does_not_open_what_was_left(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.item.open(OLD, "老办法")
    page.finish()
    assert page.item.title == "老办法"
    page.item.open(GUIDE, "养老金怎么领", tab="faq")
    page.item.close()
    page.finish()
    assert (page.item.title, page.item.isLoading, page.item.rows.rows) == ("", False, ())


def test_what_took_its_place_is_one_touch_away(page):
    page.item.open(OLD, "老办法")
    page.finish()
    assert page.item.status == "已被替代"
    assert page.item.tone == "ended"
    assert (page.item.successorTitle, page.item.successorPack, page.item.successorId) == ("新办法", PACK, "new")
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    assert page.item.successorTitle == ""


def test_what_cannot_be_read_is_said_in_plain_words(qapp):
    def broken(ref: ItemRef) -> Dossier:
        raise PackError("这条内容已经不在了。", why="no such row", code="P-103")

    page = Page(broken)
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    assert page.item.trouble
    assert page.item.todo
    assert "row" not in page.item.trouble
    assert not page.item.isLoading


def test_nothing_of_the_last_item_stays_after_closing(page):
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    page.item.close()
    assert page.item.facts.rows == page.item.tabs.rows == page.item.rows.rows == ()
    assert (page.item.title, page.item.answer, page.item.answerMarkup, page.item.badge, page.item.status) == ("",) * 5
    assert (page.item.tone, page.item.statusWords, page.item.publisher, page.item.openTab) == ("",) * 4
    assert page.heard[-1] == ((), 0)


def test_a_tab_that_is_chosen_before_there_is_an_item_changes_nothing(page):
    page.item.choose("faq")
    assert page.jobs.waiting == []


@pytest.mark.parametrize("name", ["rows", "facts", "tabs"])
def test_the_lists_keep_the_promises_of_a_model(page, name):
    model = getattr(page.item, name)
    assert isinstance(model, QAbstractItemModel)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.item.open(GUIDE, "养老金怎么领")
    page.finish()
    page.item.choose("faq")
    page.finish()
    page.item.close()
    assert tester.model() is model


def test_cards_of_other_items_can_be_opened(page):
    page.item.open(ItemRef(PACK, "q1"), "能代领吗")
    page.finish()
    page.item.choose("related")
    page.finish()
    card = page.item.rows.rows[0]
    assert (card.kind, card.item_id, card.pack, card.text, card.label) == ("card", "old", PACK, "老办法", "办事指南")
    assert card.tone == "ended"


def test_an_item_in_another_script_runs_its_own_way(qapp, tmp_path):
    item = an_item("ug", lang="ug-Arab-CN", plain_title="سالام", summary="ياخشى", blocks=())
    pack = OpenPack(write_content(tmp_path / "content.db", a_pack(), (item,)))
    page = Page(Library([pack], region="0", today=lambda: ISSUED).dossier)
    page.item.open(ItemRef(PACK, "ug"), "سالام")
    page.finish()
    pack.reader.close()
    assert page.item.rightToLeft
    assert 'dir="rtl"' in page.item.answerMarkup
