"""Telephone numbers in the way they are said: pure."""

import re

from kiosk.speech.measures import COUNTED, UNITS, either
from kiosk.speech.numerals import dialled, digit_by_digit

_SAID_WITHOUT_YAO = frozenset({"12345"})
_COUNTS_NOTHING = rf"(?!\d|[.,]\d|[%‰]|\s*(?:{either(COUNTED)}|{either(UNITS)}))"
_STANDS_ALONE = r"(?<![\d.,/¥第〔\[共满达约过为至到—–~～-])"
_HYPHEN = "[-—]"
_TRUNK = re.compile(
    rf"(?<![\d.])(0\d{{2,3}}|400|800){_HYPHEN}(\d{{3,4}}{_HYPHEN}?\d{{4}}|\d{{5}})(?:(?:{_HYPHEN}|转)(\d{{1,6}}))?(?!\d)"
)
_MOBILE = re.compile(r"(?<![\d.,])(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_SERVICE = re.compile(
    rf"{_STANDS_ALONE}(?:11[0249]|12[02]|12[1-9]\d{{2,3}}|9[56]\d{{3,4}}|100[01]\d|10086){_COUNTS_NOTHING}"
)
_AFTER_CALL = re.compile(
    rf"(拨打|致电|拨|电话|热线|短信|手机|传真|客服|座机)([号码是为：:\s]*)(\d{{3,12}}){_COUNTS_NOTHING}"
)
_IDENTIFYING = re.compile(rf"(?<![\d.,¥])\d{{9,}}[Xx]?{_COUNTS_NOTHING}")


def spoken_phones(text: str) -> str:
    """Return a text in which telephone and other identifying numbers are said digit by digit, 一 as 幺.

    The number 12345 is known as 一二三四五. Numbers that count something are left as they are.
    """
    text = _TRUNK.sub(_trunk, text)
    text = _MOBILE.sub(lambda found: "，".join(map(dialled, found.groups())), text)
    text = _AFTER_CALL.sub(lambda found: found[1] + found[2] + _said(found[3]), text)
    text = _SERVICE.sub(lambda found: _said(found[0]), text)
    return _IDENTIFYING.sub(lambda found: _said(found[0]), text)


def _trunk(found: re.Match[str]) -> str:
    area, number, extension = found.groups()
    return f"{dialled(area)}，{_said(re.sub(_HYPHEN, '', number))}" + (f"，转{dialled(extension)}" if extension else "")


def _said(digits: str) -> str:
    if digits in _SAID_WITHOUT_YAO:
        return digit_by_digit(digits)
    return dialled(digits.rstrip("Xx")) + ("X" if digits[-1] in "Xx" else "")
