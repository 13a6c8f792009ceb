"""The pages of the tour: how each is reached, the way a person would, and what it waits for."""

from collections.abc import Callable
from typing import Final

from content_packs.model import ItemRef
from kiosk.words import SpeechState, TabKind
from tests.tour.clerk_scenes import CLERK_SCENES
from tests.tour.scene import Scene, Step
from tests.tour.setup_scenes import SETUP_SCENES
from tests.tour.stage import Stage
from tests.tour.world import CORNERS_ID, SITE, STARTER_ID
from ui.home_content import SIZES
from ui.keys import Mode
from ui.places import Page
from ui.viewmodels.listening_state import MOVING
from ui.viewmodels.take_home_state import PrintStage

GUIDE: Final = ItemRef(STARTER_ID, "T01-guide")
UYGHUR: Final = ItemRef(STARTER_ID, "K10-kiosk-ug")
TIBETAN: Final = ItemRef(STARTER_ID, "K11-kiosk-bo")
VILLAGE: Final = ItemRef(STARTER_ID, "K20-disclosure")


# --- ways there ------------------------------------------------------------------------------------------------------


def _page(go: Callable[[Stage], object], page: Page) -> Step:
    def enter(stage: Stage) -> None:
        go(stage)
        stage.until(lambda: stage.shell.navigator.here.page is page, f"page {page}")

    return enter


def _theme(theme: str) -> Step:
    return _page(lambda stage: stage.shell.navigator.theme(theme), Page.LIST)


def _narrowed(stage: Stage) -> None:
    _theme("medical")(stage)
    chip = stage.shell.rooms.browse._chips.rows[0]
    stage.shell.rooms.browse.toggle(chip.facet, chip.value)


def _item(ref: ItemRef, tab: TabKind | None = None) -> Step:
    def enter(stage: Stage) -> None:
        item = stage.shell.rooms.item
        stage.shell.navigator.item(ref.pack, ref.id)
        stage.until(lambda: item.state.ref == ref and item.state.dossier, f"item {ref.id}")
        if tab:
            assert tab in item.state.tabs, f"{ref.id} has no tab {tab}"
            item.choose(tab.value)
            stage.until(lambda: item.state.tab is tab and item.state.text.rows, f"tab {tab}")
        stage.until(lambda: stage.shell.rooms.listening.state.is_prepared, "sentences")

    return enter


def _missing(stage: Stage) -> None:
    stage.shell.navigator.item(CORNERS_ID, "not-there")
    stage.until(lambda: stage.shell.rooms.item.state.trouble, "plain sentence")


def _lit_sentence(stage: Stage) -> None:
    """Listen to the title, then to the first sentence below the tabs, and stand still there."""
    listening, item = stage.shell.rooms.listening, stage.shell.rooms.item
    first = len(item.state.lead.parts) if item.state.lead else 0
    below = next(n for n, sentence in enumerate(listening.state.sentences) if sentence.part > first)
    for index in (0, below):
        listening.play(index)
        wanted = listening.state.sentences[index]
        stage.until(lambda wanted=wanted: listening.state.lit == wanted, "a lit sentence")
    listening.toggle()
    stage.until(lambda: listening.state.speech is SpeechState.PAUSED, "pause")


def _silent(stage: Stage) -> None:
    stage.shell.rooms.listening.reset()
    stage.until(lambda: stage.shell.rooms.listening.state.speech not in MOVING, "silence")


def _search(stage: Stage) -> None:
    _page(lambda stage: stage.shell.navigator.search(), Page.SEARCH)(stage)
    stage.until(lambda: stage.shell.rooms.search._offers.hot_words, "offered words")


def _typed(letters: str) -> Step:
    def enter(stage: Stage) -> None:
        _search(stage)
        for letter in letters:
            stage.shell.rooms.search.typed(letter)
        state = stage.shell.rooms.search.state
        assert state.letters == letters, state.letters
        stage.until(
            lambda: not stage.shell.rooms.search.state.busy and stage.shell.rooms.search.state.answer, "an answer"
        )

    return enter


def _candidates(stage: Stage) -> None:
    _typed("bao")(stage)
    stage.shell.rooms.search.expand()


def _mode(mode: Mode) -> Step:
    def enter(stage: Stage) -> None:
        _search(stage)
        keys = stage.shell.rooms.search._keys.rows
        stage.shell.rooms.search.touchKey(next(n for n, key in enumerate(keys) if key.value == mode.value))
        stage.until(lambda: stage.shell.rooms.search.state.mode is mode, f"keys for {mode}")

    return enter


def _asked(question: str, screen: str) -> Step:
    def enter(stage: Stage) -> None:
        _search(stage)
        stage.shell.rooms.search.searchFor(question)
        state = stage.shell.rooms.search
        stage.until(lambda: state.state.screen.value == screen and not state.state.busy, f"{screen} for {question}")

    return enter


def _mixed(stage: Stage) -> None:
    """Type a character and go on in letters, as somebody does who has chosen one."""
    _search(stage)
    search = stage.shell.rooms.search
    for character in "养lao":
        search.typed(character)
    stage.until(lambda: not search.state.busy and search.state.suggested, "suggestions")


def _pasted(stage: Stage) -> None:
    """Five thousand characters at once: what is no question is answered calmly."""
    _search(stage)
    search = stage.shell.rooms.search
    for character in "红烧肉怎么做才好吃" * 556:
        search.typed(character)
    stage.until(lambda: not search.state.busy and search.state.answer, "an answer")


def _filters(stage: Stage) -> None:
    _asked("养老金", "found")(stage)
    search = stage.shell.rooms.search
    search.toggleFilters()
    first = search._filters.rows[0]
    search.narrow(first.facet, first.values[0])
    stage.until(lambda: not search.state.busy, "narrowed results")


def _slip(ref: ItemRef, has: Callable[[Stage], bool]) -> Step:
    """Go to the slip and turn to the first code that is wanted."""

    def enter(stage: Stage) -> None:
        _item(ref)(stage)
        stage.shell.navigator.takeHome()
        take_home = stage.shell.rooms.take_home
        stage.until(lambda: take_home.state.slip and take_home.state.stage is not PrintStage.ASKING, "slip")
        for _ in take_home.state.codes:
            if has(stage):
                return
            take_home.next()
        raise AssertionError(f"{ref.id} has no such code")

    return enter


def _has_any(stage: Stage) -> bool:
    return bool(stage.shell.rooms.take_home.state.codes)


def _has_code_for(words: str) -> Callable[[Stage], bool]:
    def has(stage: Stage) -> bool:
        code = stage.shell.rooms.take_home.state.code
        return bool(code.picture) and words in code.caption

    return has


def _has_name(stage: Stage) -> bool:
    return "微信" in stage.shell.rooms.take_home.state.code.search_words


def _clerk(stage: Stage) -> None:
    _page(lambda stage: stage.shell.navigator.clerk(), Page.CLERK)(stage)
    stage.until(lambda: not stage.shell.rooms.clerk.state.examining, "the doctor")


def _countdown(stage: Stage) -> None:
    _item(GUIDE)(stage)
    idle = stage.shell.idle
    idle.stay()
    left = idle._now() + SITE.idle_s + 3
    idle._now = lambda: left
    idle.tick()
    stage.until(lambda: idle.seconds > 0, "countdown")


def _stay(stage: Stage) -> None:
    idle = stage.shell.idle
    idle.stay()
    idle._timer.stop()


# --- what is looked at -----------------------------------------------------------------------------------------------


def _through_sizes(stage: Stage) -> None:
    """Go from the end of an item to the page of sizes, choose all of them, and come back."""
    appearance = stage.shell.appearance
    wanted = appearance.state
    stage.scroll_to_end()
    stage.shell.navigator.size()
    for size in (*range(len(SIZES)), wanted.size):
        appearance.chooseSize(size)
        stage.breathe()
    stage.shell.navigator.back()


SCENES: Final = (
    Scene(name="rest", enter=lambda stage: stage.shell.navigator.reset(), top_is_free=True),
    Scene(name="home", enter=_page(lambda stage: stage.shell.navigator.home(), Page.HOME), top_is_free=True),
    Scene(name="themes", enter=_page(lambda stage: stage.shell.navigator.themes(), Page.THEMES)),
    Scene(name="list", enter=_theme("medical"), top_is_free=True),
    Scene(name="list_narrowed", enter=_narrowed, top_is_free=True),
    Scene(name="list_empty", enter=_theme("not-there"), top_is_free=True),
    Scene(name="item_guide", enter=_item(GUIDE, TabKind.GUIDE)),
    Scene(name="item_interpretation", enter=_item(GUIDE, TabKind.INTERPRETATION)),
    Scene(name="item_faq", enter=_item(GUIDE, TabKind.FAQ)),
    Scene(name="item_text", enter=_item(GUIDE, TabKind.ORIGINAL)),
    Scene(name="item_related", enter=_item(GUIDE, TabKind.RELATED)),
    Scene(name="longest_title", enter=_item(ItemRef(CORNERS_ID, "longest"))),
    Scene(name="table", enter=_item(ItemRef(CORNERS_ID, "table"))),
    Scene(name="picture", enter=_item(ItemRef(CORNERS_ID, "codes"))),
    Scene(name="expired", enter=_item(ItemRef(CORNERS_ID, "expired"))),
    Scene(name="superseded", enter=_item(ItemRef(CORNERS_ID, "superseded"))),
    Scene(name="uyghur", enter=_item(UYGHUR)),
    Scene(name="tibetan", enter=_item(TIBETAN)),
    Scene(name="village_affairs", enter=_item(VILLAGE)),
    Scene(name="item_after_sizes", enter=_item(VILLAGE), aim=_through_sizes, to_the_end=False),
    Scene(name="listening", enter=_item(GUIDE), aim=_lit_sentence, leave=_silent, to_the_end=False),
    Scene(name="search", enter=_search),
    Scene(name="keyboard", enter=_typed("yanglao")),
    Scene(name="mixed", enter=_mixed),
    Scene(name="pasted", enter=_pasted),
    Scene(name="candidates", enter=_candidates),
    Scene(name="keyboard_digits", enter=_mode(Mode.DIGITS), to_the_end=False),
    Scene(name="keyboard_doc_no", enter=_mode(Mode.DOC_NO), to_the_end=False),
    Scene(name="results", enter=_asked("新农合报销", "found")),
    Scene(name="results_narrowed", enter=_filters),
    Scene(name="nothing_found", enter=_asked("核潜艇维修手册", "nothing")),
    Scene(name="emergency", enter=_asked("有人喝农药了", "found")),
    Scene(name="slip", enter=_slip(GUIDE, _has_any)),
    Scene(name="qr_portal", enter=_slip(ItemRef(CORNERS_ID, "codes"), _has_code_for("国家政务服务平台"))),
    Scene(name="qr_wechat", enter=_slip(ItemRef(CORNERS_ID, "codes"), _has_code_for("村口例子"))),
    Scene(name="wechat_search", enter=_slip(GUIDE, _has_name)),
    Scene(name="help", enter=_page(lambda stage: stage.shell.navigator.help(), Page.HELP)),
    Scene(name="size", enter=_page(lambda stage: stage.shell.navigator.size(), Page.SIZE), moves=True),
    Scene(name="clerk", enter=_clerk),
    *CLERK_SCENES,
    *SETUP_SCENES,
    Scene(name="countdown", enter=_countdown, leave=_stay, to_the_end=False),
    Scene(name="plain_sentence", enter=_missing),
)
