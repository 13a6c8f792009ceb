"""What a villager is told when something did not work: a plain sentence and what to do, never an error."""

from dataclasses import dataclass

from content_packs.errors import KioskError

ASK = "请村里工作人员看看，也可以拨打12345问。"


@dataclass(frozen=True, slots=True)
class PlainWords:
    """One sentence, and what to do now."""

    sentence: str
    todo: str


_FAMILIES = {
    "P": PlainWords("这一篇现在打不开。", "先看看别的内容，" + ASK),
    "S": PlainWords("现在取不到新的内容。", "已经有的内容都还能看。"),
    "T": PlainWords("来的新内容不能用。", "已经有的内容都还能看。"),
    "M-33": PlainWords("没有打印成。", "可以用手机扫码带走，或者请村里工作人员看看打印机。"),
    "M-34": PlainWords("现在念不出声。", "请直接看屏幕，" + ASK),
    "M": PlainWords("这台机器有点不舒服。", ASK),
    "K": PlainWords("刚才没有办成。", "请再试一次，" + ASK),
}
"""The longest beginning of an error's code that stands here says what a villager is told."""


def plain_words(error: Exception) -> PlainWords:
    """Return what a villager is told about an error. Its own words are for the clerk and the log."""
    code = error.telephone_code if isinstance(error, KioskError) else "K"
    fitting = [family for family in _FAMILIES if code.startswith(family)]
    return _FAMILIES[max(fitting, key=len, default="K")]
