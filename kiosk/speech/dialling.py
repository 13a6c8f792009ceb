"""Telephone numbers in the way they are said: pure."""

import re

from kiosk.speech.numerals import dialled, digit_by_digit

_SAID_WITHOUT_YAO = frozenset({"12345"})
_COUNTED = r"(?!\d|[.,%％‰]\d?|\s*(?:[元个人名户亩米斤岁周天日月年号条款万亿千百平公分小级类项张份件次倍厘毫吨余多家所期章页字步里]|[A-Za-z㎡℃²³°]))"
_ALONE = r"(?<![\d.,/第〔\[（(共满达约过为—–~～-])"
_TRUNK = re.compile(r"(?<![\d.])(0\d{2,3}|400|800)[-—－ ](\d{3,4})[-—－ ]?(\d{4})(?:[-—－转](\d{1,6}))?(?!\d)")
_MOBILE = re.compile(r"(?<![\d.,])(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_SERVICE = re.compile(rf"{_ALONE}(?:11[024]|119|12[02]|12[1-9]\d{{2,3}}|9[56]\d{{3,4}}|100[01]\d|100[68]6){_COUNTED}")
_AFTER_CALL = re.compile(
    r"(拨打|致电|拨|电话|热线|短信|手机|传真|客服|号码|座机)([号码是为：:\s]*)(\d{3,12})(?!\d)" + _COUNTED
)
_LONG = re.compile(r"(?<![\d.,¥￥])\d{17}[\dXx](?![\d.,])|(?<![\d.,¥￥])\d{9,}(?![\d.,]|\s*[元人万亿])")


def spoken_phones(text: str) -> str:
    """Return a text in which telephone and other identifying numbers are said digit by digit, 一 as 幺.

    The number 12345 is known as 一二三四五. Numbers that count something are left as they are.
    """
    text = _TRUNK.sub(_trunk, text)
    text = _MOBILE.sub(lambda found: "，".join(map(dialled, found.groups())), text)
    text = _AFTER_CALL.sub(lambda found: found[1] + found[2] + _short(found[3]), text)
    text = _SERVICE.sub(lambda found: _short(found[0]), text)
    return _LONG.sub(lambda found: dialled(found[0].rstrip("Xx")) + ("X" if found[0][-1] in "Xx" else ""), text)


def _trunk(found: re.Match[str]) -> str:
    area, first, last, extension = found.groups()
    words = f"{dialled(area)}，{dialled(first)}{dialled(last)}"
    return words + (f"，转{dialled(extension)}" if extension else "")


def _short(digits: str) -> str:
    return digit_by_digit(digits) if digits in _SAID_WITHOUT_YAO else dialled(digits)
