"""The clerk's pages of the tour: what is plugged in, asked, running, done and broken off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from content_packs.errors import KioskError
from content_packs.origin import BUILT_IN, UNSIGNED, Origin, OriginKind
from content_packs.progress import Progress
from kiosk.chores.stick_news import (
    BroughtNews,
    ChangeNews,
    Other,
    SourceNews,
    StepNews,
    Stick,
    StickNews,
    SyncedNews,
    TroubleNews,
)
from kiosk.upkeep import PackState, Upkeep
from sync.history import Change, Entry, Result
from tests.tour.scene import Scene, Step
from tests.tour.stage import Stage
from tests.tour.world import TODAY
from ui.jobs import Lane, Ok
from ui.places import Page
from ui.viewmodels.pin_state import PinState, after_digit, after_look, after_refusal, asked
from ui.viewmodels.stick_state import (
    StickState,
    after_done,
    after_failure,
    after_news,
    after_notice,
    after_progress,
    after_start,
)
from ui.viewmodels.upkeep_state import Kind
from ui.viewmodels.upkeep_state import after_progress as after_upkeep_progress
from ui.viewmodels.upkeep_state import after_start as after_upkeep_start

MEDICAL: Final = "城乡居民基本医疗保险政策与办事指南"
PENSION: Final = "城乡居民基本养老保险"
LAND: Final = "承包地和宅基地"

COUNTY: Final = SourceNews(
    repository="minhou-county",
    issued="2026-11-20",
    fetch_bytes=34_500_000,
    room_bytes=220_000_000,
    free_bytes=9_000_000_000,
    expected_s=150,
    steps=(
        StepNews(action="add", pack="a", title=MEDICAL, version=3),
        StepNews(action="replace", pack="b", title=PENSION, version=12, before=11),
        StepNews(action="withdraw", pack="c", title="旧的补贴目录", version=4, before=4, why="发布单位已经撤回"),
        StepNews(action="refuse", pack="d", title=LAND, version=2, before=5, why="比本机的旧"),
        StepNews(action="keep", pack="e", title="村口入门", version=7, before=7),
    ),
)
GOOD: Final = Stick(device="/dev/sdb1", name="县里的U盘", ours=True, sources=(COUNTY,))
OLD: Final = Stick(
    device="/dev/sdb1",
    name="去年的U盘",
    ours=True,
    sources=(
        SourceNews(repository="minhou-county", issued="2025-03-01", stale=True, expected_s=5, steps=COUNTY.steps[:1]),
    ),
)
REFUSED: Final = Stick(
    device="/dev/sdb1",
    name="县里的U盘",
    ours=True,
    troubles=(
        TroubleNews("U盘里的内容被改动过，没有采用。", "目录文件和签名对不上", "请换一个U盘，并告诉发布单位", "T-402"),
    ),
)
FOREIGN: Final = Stick(device="/dev/sdb1", name="Kingston DataTraveler", ours=False)
LOCKED: Final = Other("/dev/sdc1", "办公用的U盘", "加了密，这里打不开。")
GONE: Final = TroubleNews("读到一半，U盘被拔出了。", "", "请插回去", "S-210")
BROUGHT: Final = BroughtNews(
    sources=(
        SyncedNews(
            repository="minhou-county",
            result="done",
            fetched_bytes=34_500_000,
            changes=(ChangeNews(MEDICAL, None, 3), ChangeNews(PENSION, 11, 12), ChangeNews("旧的补贴目录", 4, None)),
        ),
    ),
    receipt=TroubleNews("回执没有写到U盘上。", "U盘是只读的", "内容已经装好，不影响使用", "S-223"),
)
FETCHING: Final = Progress(21_700_000, 34_500_000, f"取《{MEDICAL}》", "bytes", 63.4, 95)


def _state(stick: Stick, *left_out: Other) -> StickState:
    return after_news(after_news(StickState(), StickNews()), StickNews((stick,), left_out))


def _running() -> StickState:
    return after_progress(after_start(_state(GOOD), GOOD), FETCHING)


def _pulled() -> StickState:
    return after_failure(after_news(_running(), StickNews()), GONE)


def _show(state: StickState) -> Step:
    def enter(stage: Stage) -> None:
        stage.shell.rooms.stick.show(state)
        stage.shell.navigator.clerk()
        stage.until(lambda: stage.shell.navigator.here.page is Page.CLERK, "the clerk's page")
        _settle(stage)

    return enter


def _slip(state: StickState, go: Callable[[Stage], object]) -> Step:
    """Go to a page, and only then let the stick say something: whoever leaves forgets what was said before."""

    def enter(stage: Stage) -> None:
        go(stage)
        stage.shell.rooms.stick.show(state)

    return enter


def _unplug(stage: Stage) -> None:
    stage.shell.rooms.stick.show(StickState())


def _pin(state: PinState) -> Step:
    def enter(stage: Stage) -> None:
        stage.shell.navigator.clerk()
        pin = stage.shell.rooms.pin
        pin.ask(state.purpose, lambda: None)
        stage.until(lambda: not pin.state.is_set, "the desk")
        pin._show(state)
        pin._timer.stop()

    return enter


def _typed(count: int) -> PinState:
    state = asked("装U盘里的新内容")
    for digit in "4071823"[:count]:
        state = after_digit(state, digit)
    return state


def _settle(stage: Stage) -> None:
    """Wait until all that a page asked for has come."""
    done: list[object] = []
    stage.shell.rooms.pin._jobs.run(Lane.PAGES, lambda: None, done.append)
    stage.until(lambda: done, "answers")


def _versions(stage: Stage) -> None:
    signed = Origin(OriginKind.SIGNED, "minhou-county", "350121", "350121", TODAY)
    packs = (
        PackState("a", MEDICAL, "闽侯县医疗保障局", 3, TODAY, 128, signed, 2, is_removable=True),
        PackState("b", "村口入门", "村口", 7, TODAY, 24, BUILT_IN, None, is_removable=False),
        PackState("c", "本村公示（试用）", "云溪村村民委员会", 1, TODAY, 6, UNSIGNED, None, is_removable=True),
    )
    stage.shell.navigator.clerk()
    _settle(stage)
    _furnish(stage, packs, ())


def _furnish(stage: Stage, packs: tuple[PackState, ...], history: tuple[Entry, ...]) -> None:
    stage.shell.rooms.upkeep._looked(Ok(Upkeep(packs, history, 41_300_000_000, datetime(2026, 11, 18, tzinfo=UTC))))


def _network(stage: Stage) -> None:
    upkeep = stage.shell.rooms.upkeep
    stage.shell.navigator.clerk()
    _settle(stage)
    state = replace(upkeep.state, next_words="下一次自己去取：2026年11月23日 02:14")
    upkeep.show(after_upkeep_progress(after_upkeep_start(state, Kind.NETWORK), FETCHING))


def _rested(stage: Stage) -> None:
    upkeep = stage.shell.rooms.upkeep
    upkeep.show(replace(upkeep.state, kind=None, notice=""))
    upkeep.show_next(None)
    upkeep.look()


def _noticed(stage: Stage) -> None:
    stage.shell.navigator.clerk()
    _settle(stage)
    upkeep = stage.shell.rooms.upkeep
    words = (
        "设置文件不能用，先照上一份好的设置运行。请告诉管理员（M-322）：/etc/cunkou/site.toml:3：没有叫 regoin 的设置",
        "2026年11月21日，没有答案的问题坏了，收了起来，换上了备份。",
    )
    upkeep.show(replace(upkeep.state, notice="\n".join(words)))


def _history(stage: Stage) -> None:
    stage.shell.navigator.clerk()
    stage.shell.navigator.history()
    _settle(stage)
    entries = (
        Entry(
            ended=datetime(2026, 11, 21, 2, 14, tzinfo=UTC),
            source="https://packs.example.gov.cn/fujian/",
            is_stick=False,
            result=Result.NOTHING_NEW,
        ),
        Entry(
            ended=datetime(2026, 11, 20, 9, 5, tzinfo=UTC),
            source="县里的U盘",
            is_stick=True,
            result=Result.PARTLY,
            changes=(Change("a", MEDICAL, None, 3), Change("b", PENSION, 11, 12), Change("c", "旧的补贴目录", 4, None)),
            refused=(f"《{LAND}》第2版比本机的旧，没有采用。",),
        ),
        Entry(
            ended=datetime(2026, 11, 19, 2, 14, tzinfo=UTC),
            source="https://packs.example.gov.cn/fujian/",
            is_stick=False,
            result=Result.BROKEN_OFF,
            what="线路断了。",
            code="S-201",
        ),
    )
    _furnish(stage, (), entries)


def _home(stage: Stage) -> None:
    stage.shell.navigator.home()


def _rest(stage: Stage) -> None:
    stage.shell.navigator.reset()


def _search(stage: Stage) -> None:
    stage.shell.navigator.search()
    stage.until(lambda: stage.shell.rooms.search._offers.hot_words, "offered words")


_NOT_SET = after_look(asked("装U盘里的新内容"), is_set=False, seconds_left=0)
_WAITING = after_refusal(asked("装U盘里的新内容"), KioskError("PIN 不对。", todo="请等 30 秒再试。"), 27.4)

CLERK_SCENES: Final = (
    Scene(name="stick_slip_home", enter=_slip(_state(GOOD), _home), leave=_unplug),
    Scene(name="stick_slip_rest", enter=_slip(_pulled(), _rest), leave=_unplug),
    Scene(name="stick_slip_search", enter=_slip(_running(), _search), leave=_unplug, to_the_end=False),
    Scene(name="stick_good", enter=_show(_state(GOOD)), leave=_unplug),
    Scene(name="stick_stale", enter=_show(_state(OLD)), leave=_unplug, to_the_end=False),
    Scene(name="stick_refused", enter=_show(_state(REFUSED)), leave=_unplug, to_the_end=False),
    Scene(name="stick_foreign", enter=_show(after_notice(_state(FOREIGN, LOCKED))), leave=_unplug, to_the_end=False),
    Scene(name="stick_running", enter=_show(_running()), leave=_unplug, to_the_end=False),
    Scene(name="stick_done", enter=_show(after_done(_running(), BROUGHT)), leave=_unplug, to_the_end=False),
    Scene(name="stick_pulled", enter=_show(_pulled()), leave=_unplug, to_the_end=False),
    Scene(name="pin", enter=_pin(_typed(7))),
    Scene(name="pin_waiting", enter=_pin(_WAITING)),
    Scene(name="pin_not_set", enter=_pin(_NOT_SET)),
    Scene(name="versions", enter=_versions, leave=_rested),
    Scene(name="network", enter=_network, leave=_rested),
    Scene(name="history", enter=_history, leave=_rested),
    Scene(name="clerk_notice", enter=_noticed, leave=_rested),
)
