"""The search page's view model: typing searches, late answers are dropped, a reset forgets."""

import gc
import logging
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from content_packs.errors import PackError
from content_packs.model import ItemRef, Kind, Status
from kiosk.words import Candidate, Facets, Hit, ItemFilter, SearchAnswer, Snippet, ThemeTile
from tests.fakes.manual_jobs import ManualJobs
from ui.jobs import Failed, Lane, Ok
from ui.keys import KeyKind, Mode
from ui.search_rest import REST_MS
from ui.search_sources import SearchSources
from ui.viewmodels.search import SearchViewModel

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
        badge="",
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


NOTHING_CHOSEN = ItemFilter()


class World:
    """What the page asks, and what it was asked."""

    def __init__(self):
        self.asked = []
        self.narrowed = []
        self.suggested = []
        self.noted = []
        self.forgotten = 0
        self.broken = False

    def find(self, query, chosen=NOTHING_CHOSEN):
        self.asked.append(query)
        self.narrowed.append(chosen)
        if self.broken:
            raise PackError("资料包读不出来。")
        return ANSWERS.get(query, SearchAnswer(query=query, phone="12345"))

    def suggest(self, typed):
        self.suggested.append(typed)
        return tuple(Snippet(text=text, marks=((0, 1),)) for text in ("养老金", f"{typed}怎么办"))

    def forget(self):
        self.forgotten += 1

    @property
    def sources(self):
        return SearchSources(
            find=self.find,
            choices=lambda answer: Facets(kinds=((Kind.GUIDE, 4), (Kind.FAQ, 1))),
            suggest=self.suggest,
            candidates=meaning,
            hot_words=lambda: ("新农合", "讨薪"),
            themes=lambda: THEMES,
            titles=lambda: {"pension": "养老金"},
            year=lambda: 2026,
            note=self.noted.append,
            forget=self.forget,
        )


@pytest.fixture
def world():
    return World()


@pytest.fixture
def jobs():
    return ManualJobs()


@pytest.fixture
def page(qtbot, world, jobs):
    made = SearchViewModel(world.sources, jobs)
    for model in (made.keys, made.bar, made.found, made.hotWords, made.themes, made.suggestions, made.filters):
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


def answer(qtbot, jobs, page):
    """Let the finger rest, and everything be answered."""
    qtbot.waitUntil(lambda: not page._alarm.isActive())
    jobs.run_all()


def test_letters_are_searched_once_the_finger_rests(qtbot, page, world, jobs):
    spell(page, "yanglaojin")
    jobs.run_all()
    assert world.asked == []
    assert page.state.busy
    answer(qtbot, jobs, page)
    assert world.asked == ["yanglaojin"]
    assert [row.title for row in page.found.rows] == ["养老金怎么领", "养老院"]
    assert (page.screen, page.heading, page.busy) == ("found", "找到 2 条", False)


def test_a_candidate_takes_the_place_of_the_letters(qtbot, page, world, jobs):
    spell(page, "yanglaojin")
    assert [row.word for row in page.bar.rows] == ["养老金", "养"]
    page.choose(0)
    assert (page.text, page.letters) == ("养老金", "")
    answer(qtbot, jobs, page)
    assert world.asked == ["养老金"]
    assert page.meant == "城乡居民养老保险"
    assert page.announcement == "您找的是城乡居民养老保险。找到 1 条"


def test_each_key_brings_suggestions_before_the_finger_rests(page, world, jobs):
    spell(page, "ya")
    jobs.run_all()
    assert (world.suggested, world.asked) == (["y", "ya"], [])
    assert [row.text for row in page.suggestions.rows] == ["养老金", "ya怎么办"]
    assert page.suggestions.rows[0].markup == "<b>养</b>老金"
    assert page.held == 2


def test_a_touched_suggestion_is_searched_for(page, world, jobs):
    spell(page, "ya")
    jobs.run_all()
    page.takeSuggestion(0)
    assert (page.text, page.letters, page.asked, page.held, page.suggestions.rows) == ("养老金", "", True, 0, ())
    jobs.run_all()
    assert world.asked == ["养老金"]
    page.takeSuggestion(7)
    assert page.text == "养老金"


def test_late_suggestions_are_dropped(page, jobs):
    spell(page, "ya")
    (_, _, late), _ = jobs.waiting
    jobs.waiting.clear()
    late(Ok((Snippet(text="太晚了"),)))
    assert page.suggestions.rows == ()
    page.reset()
    late(Ok((Snippet(text="太晚了"),)))
    assert (page.suggestions.rows, page.state.suggestions.query) == ((), "")


def test_suggestions_that_were_pushed_out_of_the_lane_come_with_the_answer(qtbot, page, world, jobs):
    spell(page, "y")
    jobs.waiting.clear()
    answer(qtbot, jobs, page)
    assert world.suggested == ["y"]
    assert (page.held, len(page.suggestions.rows)) == (2, 2)


def test_suggestions_that_cannot_be_made_leave_the_results(qtbot, page, world, jobs):
    spell(page, "y")
    (_, _, done) = jobs.waiting.pop()
    done(Failed(PackError("资料包读不出来。")))
    assert page.suggestions.rows == ()


def test_a_small_page_is_offered_less(page, jobs):
    page.makeRoom(1, 3)
    spell(page, "ya")
    jobs.run_all()
    assert [row.text for row in page.suggestions.rows] == ["养老金"]


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
    assert not page._alarm.isActive()
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
    page._sources = replace(world.sources, hot_words=lambda: 1 / 0)
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
    jobs.run_all()
    assert world.asked == ["养老金"]
    assert world.forgotten == 1
    assert page.state == type(page.state)()
    assert (page.suggestions.rows, page.bar.rows, page.filters.rows) == ((), (), ())
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


# --- narrowing -------------------------------------------------------------------------------------------------------


def test_results_that_were_asked_for_are_narrowed_and_widened_again(page, world, jobs):
    ANSWERS["很多"] = SearchAnswer(query="很多", hits=tuple(a_hit(f"T{number}", "养老金") for number in range(9)))
    page.arrive()
    page.searchFor("很多")
    jobs.run_all()
    assert page.canFilter
    assert not page.filtering
    page.toggleFilters()
    assert page.filtering
    assert [row.labels for row in page.filters.rows] == [("办事指南", "问答")]
    page.narrow("kind", "faq")
    assert page.busy
    jobs.run_all()
    assert world.narrowed[-1] == ItemFilter(kind=Kind.FAQ)
    assert page.filters.rows[0].chosen == 1
    page.narrow("kind", "faq")
    jobs.run_all()
    assert world.narrowed[-1] == NOTHING_CHOSEN
    spell(page, "y")
    assert (page.canFilter, page.filters.rows) == (False, ())


def test_few_results_offer_nothing_to_narrow(page, jobs):
    page.searchFor("养老金")
    jobs.run_all()
    assert not page.canFilter


# --- what is missing -------------------------------------------------------------------------------------------------


def test_what_was_asked_and_not_found_is_counted(page, world, jobs):
    page.searchFor("火星")
    jobs.run_all()
    assert world.noted == ["火星"]


def test_what_is_left_behind_unfound_is_counted_once_it_is_cleared_or_left(qtbot, page, world, jobs):
    for leave in (lambda: page.touchKey(key(page, kind=KeyKind.CLEAR)), page.reset):
        page.typed("挖")
        page.typed("塘")
        answer(qtbot, jobs, page)
        assert world.noted == []
        leave()
        jobs.run_all()
        assert world.noted == ["挖塘"]
        world.noted.clear()


def test_nothing_else_is_counted(qtbot, page, world, jobs):
    spell(page, "zzz")  # in the middle of a word
    answer(qtbot, jobs, page)
    page.reset()
    page.searchFor("养老金")
    jobs.run_all()
    page.searchFor("着火")
    jobs.run_all()
    world.broken = True
    page.searchFor("火星")
    jobs.run_all()
    page.reset()
    jobs.run_all()
    assert world.noted == []


def test_nothing_of_a_person_is_left_in_the_page_after_a_reset(qtbot, page, world, jobs):
    secret = "欠债" + "不还"
    page.searchFor(secret)
    jobs.run_all()
    spell(page, "ya")
    answer(qtbot, jobs, page)
    page.reset()
    jobs.run_all()
    world.asked.clear()
    world.suggested.clear()
    world.noted.clear()
    assert secret not in _texts_within(page)


def _texts_within(root):
    """Return all texts that can be reached from an object of ours."""
    seen, texts, waiting = set(), set(), [vars(root)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            texts.add(one)
        elif id(one) not in seen and not isinstance(one, type):
            seen.add(id(one))
            waiting += [
                each for each in gc.get_referents(one) if isinstance(each, (str, list, tuple, dict)) or _ours(each)
            ]
            waiting += [getattr(one, name) for name in getattr(type(one), "__slots__", ()) if hasattr(one, name)]
            waiting += [vars(one)] if hasattr(one, "__dict__") else []
    assert len(texts) > 50
    return texts


def _ours(each):
    return type(each).__module__.startswith(("ui.", "kiosk."))
