"""What the page 带走 shows, and how that follows from what happened: pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from content_packs.model import ItemRef
from kiosk.words import CodeCard, Slip

WECHAT_HINT = "打开微信，点最上面的放大镜，打这几个字。"
WEB_HINT = "打开手机上的浏览器，搜这几个字。"
TEXT_CAPTION = "手机没有流量也能扫"
TEXT_WORDS = "扫出来是要带的东西和电话，可以存在手机里"
SCAN_HINT = "打开手机相机或微信“扫一扫”，对着它。"

_WECHAT = "微信"


class PrintStage(StrEnum):
    """How far the printing is."""

    ASKING = "asking"
    ABSENT = "absent"
    READY = "ready"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


PRINT_WORDS = {
    PrintStage.ASKING: "",
    PrintStage.ABSENT: "这里现在不能打印。用手机扫一扫带走，或者请村里工作人员帮忙抄下来。",
    PrintStage.READY: "",
    PrintStage.PRINTING: "正在打印，请等一下……",
    PrintStage.PRINTED: "打好了，请拿好您的单子。",
    PrintStage.FAILED: "没有打印成。用手机扫一扫带走，或者请村里工作人员看看打印机。",
}
"""What is said beside the button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """One thing to take on a telephone.

    Attributes:
        picture: Name of the drawn code; empty means that there is none and ``search_words`` are shown.
        modules: Modules along its side, the quiet zone of 4 on each side included.
        caption: What it is.
        words: Below the code: the host in words.
        search_words: What to type instead of scanning.
        hint: What to do with it.
    """

    picture: str = ""
    modules: int = 0
    caption: str = ""
    words: str = ""
    search_words: str = ""
    hint: str = ""


NO_CODE = CodeView()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHomeState:
    """One moment of the page.

    Attributes:
        ref: What is taken home, None if nothing.
        visit: Counts openings, so that a late answer to an earlier one can be told.
        title: Of the matter.
        slip: None until it is made.
        preview: Name of the drawn slip, empty until it is drawn.
        codes: In the order in which they are offered.
        index: The one that is shown.
        stage: How far the printing is.
        failed: The slip could not be made.
    """

    ref: ItemRef | None = None
    visit: int = 0
    title: str = ""
    slip: Slip | None = None
    preview: str = ""
    codes: tuple[CodeView, ...] = ()
    index: int = 0
    stage: PrintStage = PrintStage.ASKING
    failed: bool = False

    @property
    def code(self) -> CodeView:
        """The code that is shown, `NO_CODE` if there is none."""
        return self.codes[self.index] if self.codes else NO_CODE

    @property
    def can_print(self) -> bool:
        """Whether the button is offered: a slip is there and a printer is ready, also after a failure."""
        return self.slip is not None and self.stage in {PrintStage.READY, PrintStage.PRINTED, PrintStage.FAILED}


def named_view(card: CodeCard) -> CodeView:
    """Return how something to look for by name is shown: never a code that the publisher did not give."""
    hint = WECHAT_HINT if card.search_words.startswith(_WECHAT) else WEB_HINT
    return CodeView(caption=card.caption, search_words=card.search_words, hint=hint)


def scanned_view(card: CodeCard, picture: str, modules: int) -> CodeView:
    """Return how a code is shown."""
    return CodeView(picture=picture, modules=modules, caption=card.caption, words=card.host_words, hint=SCAN_HINT)


def text_view(picture: str, modules: int) -> CodeView:
    """Return how the code of plain words is shown."""
    return CodeView(picture=picture, modules=modules, caption=TEXT_CAPTION, words=TEXT_WORDS, hint=SCAN_HINT)


def after_turning(state: TakeHomeState) -> TakeHomeState:
    """Return the state with the next code; after the last one comes the first."""
    return replace(state, index=(state.index + 1) % len(state.codes)) if state.codes else state
