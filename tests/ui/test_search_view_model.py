"""The search page's view model: typing searches, late answers are dropped, a reset forgets."""

import logging

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from content_packs.errors import PackError
from content_packs.model import ItemRef, Kind, Status
from kiosk.words import Candidate, Hit, SearchAnswer, Snippet, ThemeTile
from tests.fakes.manual_jobs import ManualJobs
from ui.jobs import Lane
from ui.keys import KeyKind, Mode
from ui.search_sources import SearchSources
from ui.viewmodels.search import REST_MS, SearchViewModel

pytestmark = pytest.mark.ui


def a_hit(name, title):
    return Hit(
        ref=ItemRef("cn.test.pack", name),
        section=0,
        title=title,
        kind=Kind.GUIDE,
        theme="pension",
        keywords=(),
        facts=(),
        status=Status.IN_FORCE,
        year=None,
        snippet=Snippet(text=title),
        score=1.0,
    )


ANSWERS = {
    "养老金": SearchAnswer(query="养老金", hits=(a_hit("T01", "养老金怎么领"),), meant="城乡居民养老保险"),
    "yanglaojin": SearchAnswer(query="yanglaojin", hits=(a_hit("T01", "养老金怎么领"), a_hit("T02", "养老院"))),
    "着火": SearchAnswer(query="着火", phone="119", phone_label="火警", emergency=True),
    "火星": SearchAnswer(query="火星", phone="12345", themes=("relief",)),
}
THEMES = tuple(
    ThemeTile(id=name, title=title, examples="", icon="school", hue=number, count=1)
    for number, (name, title) in enumerate((("pension", "养老金"), ("relief", "低保救助"), ("school", "上学")), 1)
)


def meaning(letters):
    return (Candidate(text="养老金", used=len(letters)), Candidate(text="养", used=1)) if letters[0] == "y" else ()


class World:
    """What the page asks, and what it was asked."""

    def __init__(self):
        self.asked = []
        self.broken = False

    def find(self, query):
        self.asked.append(query)
        if self.broken:
            raise PackError("资料包读不出来。")
        return ANSWERS.get(query, SearchAnswer(query=query, phone="12345"))


@pytest.fixture
def world():
    return World()


@pytest.fixture
def jobs():
    return ManualJobs()


@pytest.fixture
def page(qtbot, world, jobs):
    sources = SearchSources(
        find=world.find,
        candidates=meaning,
        hot_words=lambda: ("新农合", "讨薪"),
        themes=lambda: THEMES,
        words=lambda: ("养老金", "养老金认证", "养老金停了", "低保"),
        year=lambda: 2026,
    )
    made = SearchViewModel(sources, jobs)
    for model in (made.keys, made.bar, made.found, made.hotWords, made.themes):
        assert isinstance(model, QAbstractItemModel)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    yield made
    made.deleteLater()


def key(page, *, label="", kind=None):
    rows = page.keys.rows
    return next(place for place, row in enumerate(rows) if (row.kind is kind if kind else row.label == label))


def spell(page, letters):
    for letter in letters:
        page.touchKey(key(page, label=letter))


def answer(qtbot, jobs):
    qtbot.waitUntil(lambda: bool(jobs.waiting), timeout=2000)
    jobs.run_all()


def test_letters_are_searched_once_the_finger_rests(qtbot, page, world, jobs):
    spell(page, "yanglaojin")
    assert not jobs.waiting
    assert page.state.busy
    answer(qtbot, jobs)
    assert world.asked == ["yanglaojin"]
    assert [row.title for row in page.found.rows] == ["养老金怎么领", "养老院"]
    assert (page.screen, page.heading, page.busy) == ("found", "找到 2 条", False)


def test_a_candidate_takes_the_place_of_the_letters(qtbot, page, world, jobs):
    spell(page, "yanglaojin")
    assert [row.word for row in page.bar.rows] == ["养老金", "养"]
    page.choose(0)
    assert (page.text, page.letters) == ("养老金", "")
    answer(qtbot, jobs)
    assert world.asked == ["养老金"]
    assert page.meant == "城乡居民养老保险"
    assert page.announcement == "您找的是城乡居民养老保险。找到 1 条"


def test_a_chosen_word_may_go_on(qtbot, page, world, jobs):
    page.arrive()
    jobs.run_all()
    world.asked.clear()
    page.searchFor("养老金")
    jobs.run_all()
    assert [row.word for row in page.bar.rows] == ["养老金停了", "养老金认证"]
    page.choose(1)
    jobs.run_all()
    assert (page.text, world.asked[-1]) == ("养老金认证", "养老金认证")


def test_a_late_answer_is_dropped(page, world, jobs):
    page.searchFor("养老金")
    page.searchFor("火星")
    (_, late_work, late_done), (lane, work, done) = jobs.waiting
    assert lane is Lane.QUERIES
    spy = QSignalSpy(page.answered)
    jobs.waiting.clear()
    jobs.run(lane, work, done)
    jobs.run_next()
    jobs.run(lane, late_work, late_done)
    jobs.run_next()
    assert page.state.answer.query == "火星"
    assert spy.count() == 1


def test_search_does_not_wait_for_the_finger(page, world, jobs):
    spell(page, "y")
    page.touchKey(key(page, kind=KeyKind.SEARCH))
    jobs.run_all()
    assert world.asked == ["y"]
    assert page.asked


def test_resting_after_search_does_not_search_again(qtbot, page, world, jobs):
    spell(page, "y")
    page.touchKey(key(page, kind=KeyKind.SEARCH))
    qtbot.wait(REST_MS * 2)
    jobs.run_all()
    assert world.asked == ["y"]


def test_an_emergency_names_the_number_first(page, jobs):
    page.searchFor("着火")
    jobs.run_all()
    assert (page.screen, page.emergency, page.phone, page.phoneLabel) == ("found", True, "119", "火警")
    assert page.announcement.startswith("火警请打119")


def test_nothing_found_names_the_nearest_themes_or_all(page, jobs):
    page.arrive()
    jobs.run_all()
    page.searchFor("火星")
    jobs.run_all()
    assert (page.screen, page.phone, page.emergency) == ("nothing", "12345", False)
    assert [row.id for row in page.themes.rows] == ["relief"]
    page.searchFor("木星")
    jobs.run_all()
    assert [row.id for row in page.themes.rows] == ["pension", "relief", "school"]


def test_a_failure_is_a_plain_sentence_with_all_themes(page, world, jobs):
    page.arrive()
    jobs.run_all()
    world.broken = True
    page.searchFor("养老金")
    jobs.run_all()
    assert (page.screen, page.heading) == ("failed", "这会儿查不了")
    assert "村里工作人员" in page.nothing
    assert len(page.themes.rows) == len(THEMES)


def test_hot_words_and_their_search(page, world, jobs):
    assert page.screen == "hot"
    page.arrive()
    jobs.run_all()
    assert [row.word for row in page.hotWords.rows] == ["新农合", "讨薪"]
    world.asked.clear()  # arriving opens the index with a question of its own, whose answer nobody sees
    assert page.state.answer is None
    page.searchFor("新农合")
    jobs.run_all()
    assert world.asked == ["新农合"]


def test_coming_back_finishes_what_was_interrupted_and_keeps_what_was_found(page, world, jobs):
    page.searchFor("养老金")
    jobs.waiting.clear()  # overtaken by something newer
    page.arrive()
    jobs.run_all()
    assert (world.asked, page.busy) == (["养老金"], False)
    page.arrive()
    jobs.run_all()
    assert world.asked == ["养老金"]


def test_offers_that_cannot_be_read_leave_the_page_usable(page, world, jobs):
    page._sources = SearchSources(
        find=world.find,
        candidates=meaning,
        hot_words=lambda: 1 / 0,
        themes=lambda: THEMES,
        words=tuple,
        year=lambda: 2026,
    )
    logging.disable(logging.CRITICAL)
    page.arrive()
    jobs.run_all()
    logging.disable(logging.NOTSET)
    assert page.hotWords.rows == ()
    page.searchFor("养老金")
    jobs.run_all()
    assert page.screen == "found"


def test_document_numbers_are_put_together_from_few_touches(page):
    page.touchKey(key(page, label="文号"))
    assert page.mode == Mode.DOC_NO
    page.choose([row.word for row in page.bar.rows].index("国办发"))
    for label in ("2025年", "2", "7", "号"):
        page.touchKey(key(page, label=label))
    assert page.text == "国办发〔2025〕27号"
    page.touchKey(key(page, label="拼音"))
    assert (page.mode, page.text) == (Mode.LETTERS, "国办发〔2025〕27号")


def test_the_keys_keep_their_places_while_one_types(qtbot, page):
    spy = QSignalSpy(page.keys.modelReset)
    changed = QSignalSpy(page.keys.dataChanged)
    spell(page, "ya")
    assert spy.count() == 0
    assert changed.count() == 1
    assert page.keys.rows[key(page, kind=KeyKind.SPACE)].label == "选 养老金"


def test_a_left_hand_gets_its_keys(page):
    page.mirror(mirrored=True)
    assert page.keys.rows[key(page, kind=KeyKind.SEARCH)].column == 0
    page.mirror(mirrored=False)
    assert page.keys.rows[key(page, kind=KeyKind.SEARCH)].column > 5


def test_candidates_unfold(page):
    spell(page, "y")
    page.expand()
    assert page.expanded
    page.choose(1)
    assert not page.expanded


def test_a_plugged_in_keyboard_types(page):
    for character in "yang\x00":
        page.typed(character)
    assert page.letters == "yang"


def test_a_reset_forgets_everything_and_stops_the_search(qtbot, page, world, jobs):
    page.searchFor("养老金")
    jobs.run_all()
    page.touchKey(key(page, label="文号"))
    spell(page, "5")
    page.reset()
    qtbot.wait(REST_MS * 2)
    assert not jobs.waiting
    assert page.state == type(page.state)()
    assert page.found.rows == ()
    assert (page.screen, page.text, page.mode) == ("hot", "", Mode.LETTERS)


def test_an_answer_after_a_reset_is_dropped(page, jobs):
    page.searchFor("养老金")
    page.reset()
    jobs.run_all()
    assert page.state.answer is None


def test_no_query_is_written_down(page, world, jobs, caplog):
    caplog.set_level(logging.DEBUG)
    page.searchFor("我欠了钱")
    jobs.run_all()
    world.broken = True
    page.searchFor("我欠了很多钱")
    jobs.run_all()
    assert world.asked == ["我欠了钱", "我欠了很多钱"]
    assert "欠了" not in caplog.text
