"""The sentences of the search page. Pure, no Qt."""

from kiosk.words import SearchAnswer
from ui.keys import Mode
from ui.search_state import EVERYTHING, Screen, SearchState

_HINTS = {
    Mode.LETTERS: "打拼音，或者只打首字母",
    Mode.DIGITS: "数字可以直接查，比如 12345",
}


def heading(state: SearchState) -> str:
    """Return the one line above the results."""
    match state.screen:
        case Screen.HOT:
            return "大家常查"
        case Screen.FOUND if state.answer and state.chosen != EVERYTHING:
            return f"挑出 {len(state.answer.hits)} 条" if state.answer.hits else "这样挑，一条也没有"
        case Screen.FOUND if state.answer and state.answer.hits:
            count = len(state.answer.hits)
            return f"找到 {count} 条，点一条就能看" if state.asked else f"找到 {count} 条"
        case Screen.NOTHING:
            return "没有找到"
        case Screen.FAILED:
            return "这会儿查不了"
        case _:
            return ""


def nothing_words(state: SearchState) -> str:
    """Return what to do where there are no results; empty where there are."""
    if state.screen is Screen.FAILED:
        return "请从下面的类别里找，也可以打12345问，或者请村里工作人员帮忙。"
    if state.screen is Screen.NOTHING:
        return "换个说法再试试，也可以打电话问。"
    return ""


def bar_hint(state: SearchState) -> str:
    """Return what stands in the bar above the keys while it offers nothing."""
    if state.letters and not state.candidates:
        return "这样拼没有字，看看有没有打错"
    return _HINTS.get(state.mode, "")


def announcement(state: SearchState) -> str:
    """Return what a screen reader says about the present answer; empty while there is none."""
    answer = state.answer
    if answer is None or state.busy:
        return heading(state) if state.screen is Screen.FAILED else ""
    return "。".join(part for part in (_call(answer), _meant(answer), heading(state)) if part)


def _call(answer: SearchAnswer) -> str:
    return f"{answer.phone_label}请打{answer.phone}" if answer.emergency else ""


def _meant(answer: SearchAnswer) -> str:
    return f"您找的是{answer.meant}" if answer.meant else ""
