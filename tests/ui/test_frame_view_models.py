"""The frame's view models: what they show, and what they tell."""

from dataclasses import replace
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester

from content_packs.errors import SiteError
from content_packs.model import ItemRef, Kind, LifeStage
from kiosk.doctor import Check, Verdict
from kiosk.session import IdleSession
from kiosk.settings import Settings
from kiosk.words import Facets, ItemFilter, ThemeTile
from tests.fakes.manual_jobs import ManualJobs
from ui.fonts import glyph
from ui.home_content import HOME_TILES, appearance_of, home_tiles
from ui.jobs import Failed, Lane, Ok, ThreadedJobs
from ui.models.row_model import RowModel, camel_case
from ui.places import Page
from ui.sight import TileRow
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.browse import chips_of, toggled
from ui.viewmodels.clerk import ClerkViewModel, check_row
from ui.viewmodels.home import gate_name
from ui.viewmodels.idle import IdleViewModel
from ui.viewmodels.navigator import Navigator

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]


# --- the way through the pages ---------------------------------------------------------------------------------------


def test_the_first_touch_leads_home_and_home_knows_no_way_back_to_rest():
    navigator = Navigator()
    assert navigator.here.page is Page.REST
    navigator.home()
    assert navigator.here.page is Page.HOME
    navigator.back()
    assert navigator.here.page is Page.HOME


def test_a_page_that_is_left_may_note_how_it_stands():
    navigator = Navigator()
    navigator.home()
    navigator.item("cn.test", "a1")
    navigator.leaving.connect(lambda: navigator.note(tab="faq"))
    navigator.help()
    navigator.back()
    assert navigator.here.ref == ItemRef("cn.test", "a1")
    assert navigator.here.tab == "faq"


def test_taking_home_needs_an_item():
    navigator = Navigator()
    navigator.home()
    navigator.takeHome()
    assert navigator.here.page is Page.HOME
    navigator.item("cn.test", "a1")
    navigator.takeHome()
    assert navigator.here.page is Page.TAKE_HOME


def test_a_reset_is_told_before_the_page_changes(qtbot):
    navigator = Navigator()
    navigator.item("cn.test", "a1")
    seen = []
    navigator.resetting.connect(lambda: seen.append(navigator.here.page))
    navigator.reset()
    assert seen == [Page.ITEM]
    assert navigator.here.page is Page.REST
    assert not navigator.canGoBack


def test_each_door_leads_to_its_page():
    navigator = Navigator()
    doors = {
        navigator.search: Page.SEARCH,
        navigator.themes: Page.THEMES,
        navigator.help: Page.HELP,
        navigator.size: Page.SIZE,
        navigator.clerk: Page.CLERK,
    }
    for door, page in doors.items():
        door()
        assert navigator.page == page.value
    navigator.theme("pension")
    assert navigator.here.theme == "pension"
    navigator.person("elder")
    assert navigator.here.stage is LifeStage.ELDER


# --- home ------------------------------------------------------------------------------------------------------------


def _themes(count: int) -> tuple[ThemeTile, ...]:
    return tuple(
        ThemeTile(id=f"t{n}", title=f"类{n}", examples="", icon="barley", hue=1, count=1) for n in range(count)
    )


@pytest.mark.parametrize(("themes", "last"), [(0, None), (1, "t0"), (8, "t7"), (9, ""), (12, "")])
def test_eight_tiles_fit_and_the_eighth_leads_to_the_rest(themes, last):
    tiles = home_tiles(_themes(themes))
    assert len(tiles) == min(themes, HOME_TILES)
    assert (tiles[-1].id if tiles else None) == last


@pytest.mark.parametrize(
    ("village", "board"),
    [("云溪村便民服务点", "云溪村"), ("云溪村", "云溪村"), ("村口便民服务点", "村口"), ("河东社区", "村口")],
)
def test_the_board_over_the_gate_carries_the_village(village, board):
    assert gate_name(village) == board


# --- lists -----------------------------------------------------------------------------------------------------------


def test_a_touch_on_a_chip_chooses_and_a_second_one_takes_it_off():
    for facet, value in (("kind", "faq"), ("year", "2024"), ("issuer", "国务院")):
        chosen = toggled(ItemFilter(theme="t"), facet, value)
        assert chosen != ItemFilter(theme="t")
        assert toggled(chosen, facet, value) == ItemFilter(theme="t")


def test_chips_that_narrow_nothing_are_not_offered():
    facets = Facets(kinds=((Kind.GUIDE, 3),), years=((2025, 2), (2024, 1)), issuers=())
    assert [chip.value for chip in chips_of(facets, ItemFilter())] == ["2025", "2024"]
    chosen = chips_of(facets, ItemFilter(kind=Kind.GUIDE))
    assert [(chip.value, chip.chosen) for chip in chosen if chip.facet == "kind"] == [("guide", True)]


# --- appearance ------------------------------------------------------------------------------------------------------


def test_what_one_person_chose_is_gone_for_the_next(qtbot):
    appearance = AppearanceViewModel(appearance_of(replace(Settings(), text_size="large")))
    appearance.chooseSize(2)
    appearance.chooseContrast(True)
    appearance.chooseLeftHanded(True)
    appearance.chooseReducedMotion(True)
    appearance.chooseSize(7)
    assert (appearance.size, appearance.highContrast, appearance.leftHanded, appearance.reducedMotion) == (2, 1, 1, 1)
    with qtbot.waitSignal(appearance.stateChanged):
        appearance.reset()
    assert (appearance.size, appearance.highContrast) == (1, False)


# --- the countdown ---------------------------------------------------------------------------------------------------


class _Clock:
    def __init__(self):
        self.now = 0.0
        self.busy = False


def _idle(clock: _Clock) -> IdleViewModel:
    session = IdleSession(idle_s=90, warn_s=15)
    return IdleViewModel(session, now=lambda: clock.now, busy=lambda: clock.busy, resting=lambda: False)


def test_nobody_is_sent_away_without_a_countdown(qtbot):
    clock = _Clock()
    idle = _idle(clock)
    gone = []
    idle.gone.connect(lambda: gone.append(clock.now))
    idle.stay()
    for second in range(1, 106):
        clock.now = float(second)
        idle.tick()
        assert (idle.seconds > 0) == (90 <= second < 105)
    assert gone == [105.0]


def _press() -> QMouseEvent:
    point, button, keys = QPointF(1, 1), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QMouseEvent(QEvent.Type.MouseButtonPress, point, point, button, button, keys)


def test_every_touch_of_the_window_counts_and_goes_on_to_what_was_touched(qtbot):
    clock = _Clock()
    idle = _idle(clock)
    window = QObject()
    idle.watch(window)
    for now in (0.0, 80.0, 160.0):
        clock.now = now
        assert idle.eventFilter(window, _press()) is False
        idle.tick()
    assert idle.seconds == 0
    clock.now = 251.0
    idle.tick()
    assert idle.seconds == 15


def test_a_touch_does_not_take_the_countdown_away_from_under_the_finger(qtbot):
    clock = _Clock()
    idle = _idle(clock)
    window = QObject()
    idle.stay()
    clock.now = 95.0
    idle.tick()
    idle.eventFilter(window, _press())
    assert idle.seconds == 15
    idle.stay()
    assert idle.seconds == 0


def test_reading_aloud_and_printing_keep_a_person_here(qtbot):
    clock = _Clock()
    idle = _idle(clock)
    idle.stay()
    clock.now, clock.busy = 300.0, True
    idle.tick()
    assert idle.seconds == 0


def test_whoever_says_that_they_are_done_need_not_wait(qtbot):
    idle = _idle(_Clock())
    idle.stay()
    with qtbot.waitSignal(idle.gone):
        idle.leave()


# --- the clerk -------------------------------------------------------------------------------------------------------


def test_the_doctor_is_called_once_at_a_time_and_off_the_ui_thread():
    jobs = ManualJobs()
    check = Check(name="disk", title="磁盘", verdict=Verdict.WARN, found="快满了", todo="请清理", code="M-310")
    clerk = ClerkViewModel(jobs, lambda: (check,), tuple)
    clerk.examine()
    clerk.examine()
    assert clerk.examining
    assert [lane for lane, _, _ in jobs.waiting] == [Lane.PAGES]
    jobs.run_all()
    assert not clerk.examining
    assert clerk.checks.rows == (check_row(check),)
    assert clerk.checks.rows[0].todo == "请清理（M-310）"


def test_a_doctor_who_falls_ill_leaves_the_page_usable():
    def ill():
        raise SiteError("x")

    jobs = ManualJobs()
    clerk = ClerkViewModel(jobs, ill, tuple)
    clerk.examine()
    jobs.run_all()
    assert not clerk.examining
    assert "M-300" in clerk.trouble
    clerk.examine()
    assert clerk.trouble == ""


# --- lists for QML, icons, jobs --------------------------------------------------------------------------------------


def test_rows_reach_qml_by_the_names_of_their_fields(qtmodeltester):
    model = RowModel(TileRow)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show([TileRow(id="a", title="养老金", detail="", glyph="x", hue=1)])
    model.show([])
    model.show([TileRow(id=str(n), title="", detail="", glyph="", hue=n) for n in range(3)])
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    assert set(roles) == {"id", "title", "detail", "glyph", "hue"}
    assert [model.data(model.index(row), roles["hue"]) for row in range(3)] == [0, 1, 2]
    assert model.data(model.index(0), Qt.ItemDataRole.DisplayRole) is None


def test_names_are_written_as_qml_writes_them():
    assert camel_case("right_to_left") == "rightToLeft"
    assert camel_case("id") == "id"


def test_an_icon_that_the_font_lacks_becomes_a_document():
    assert glyph("barley") != glyph("no-such-icon")
    assert glyph("no-such-icon") == glyph("file-document-outline")


@pytest.fixture
def jobs():
    lanes = ThreadedJobs()
    yield lanes
    lanes.close()


def test_work_runs_elsewhere_and_its_outcome_comes_back_here(qtbot, jobs):
    here, outcomes = get_ident(), []
    jobs.run(Lane.PAGES, get_ident, lambda outcome: outcomes.append((outcome, get_ident())))
    qtbot.waitUntil(lambda: bool(outcomes))
    (outcome, told_in) = outcomes[0]
    assert isinstance(outcome, Ok)
    assert outcome.value != here
    assert told_in == here


def test_an_error_is_an_outcome_and_the_lane_goes_on(qtbot, jobs, caplog):
    outcomes = []

    def broken():
        raise ZeroDivisionError

    jobs.run(Lane.PAGES, broken, outcomes.append)
    jobs.run(Lane.PAGES, lambda: 7, outcomes.append)
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert isinstance(outcomes[0], Failed)
    assert outcomes[1] == Ok(7)


def test_of_queries_that_wait_only_the_newest_is_asked(qtbot, jobs):
    gate, started, outcomes = Event(), Event(), []

    def slow():
        started.set()
        gate.wait(60)
        return "first"

    jobs.run(Lane.QUERIES, slow, outcomes.append)
    assert started.wait(60)
    for query in ("second", "third", "newest"):
        jobs.run(Lane.QUERIES, lambda query=query: query, outcomes.append)
    gate.set()
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert outcomes == [Ok("first"), Ok("newest")]
