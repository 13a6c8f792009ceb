"""Dates, times, money, shares, measures and counts as they are said: pure.

Text comes in with half-width digits and signs, see `kiosk.speech.symbols`.
"""

import re

from kiosk.speech.measures import MEASURES, PER, UNITS, either
from kiosk.speech.numerals import cardinal, digit_by_digit, number

_NUMBER = r"\d+(?:\.\d+)?"
_TO = r"\s*(?:[—–―─~～至到]+|-+)\s*"
_YEAR = r"(?:1[89]|20)\d{2}"
_WEEKDAY = "[一二三四五六日]"
_MONEY = rf"(?:{_NUMBER}[万亿]?元?{_TO})?{_NUMBER}[万亿]?元"
_SPOKEN_DIGIT = "[零一二三四五六七八九]"

_DOCUMENT_NUMBER = re.compile(rf"[〔\[（(]\s*({_YEAR})\s*[〕\])）]\s*第?\s*(\d+)\s*号")
_DATE = re.compile(rf"(?<!\d)({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?=(?:{_TO}{_YEAR})?年(?!以[上下内]))")
_YEARS = re.compile(rf"(?<={_SPOKEN_DIGIT}){_TO}(?={_SPOKEN_DIGIT}{{4}}年)")
_BORN_IN = re.compile(r"(?<![\d满.])([056789][05])后(?!\d)")
_TIME = re.compile(r"(?<![\d:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])")
_TIMES = re.compile(rf"(?<=[点分]){_TO}(?=[零两一二三四五六七八九十]+点)")
_RATIO = re.compile(rf"({_NUMBER})\s*[:：]\s*({_NUMBER})(?![\d:：])")
_YUAN_SIGN = re.compile(rf"¥\s*({_NUMBER}[万亿]?)元?")
_IDLE_ZEROS = re.compile(r"(\.\d*?)0+(?=[万亿]?元)")
_YUAN_PER = re.compile(rf"({_MONEY})/((?:{either(PER)})(?:[·/]?(?:{either(PER)}))*)")
_PER_ONE = re.compile(either(PER))
_PERCENTS = re.compile(rf"({_NUMBER})%?{_TO}({_NUMBER})%")
_SHARE = re.compile(rf"({_NUMBER})([%‰])")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,4})(?![\d/.])")
_UNIT = re.compile(rf"(?<=\d)\s*({either(UNITS)})(?![A-Za-z])")
_BELOW_ZERO = re.compile(r"(?<![\d度])-(?=\d+(?:\.\d+)?摄氏度)")
_MINUS = re.compile(r"(?<![\dA-Za-z])-(?=\d)")
_RANGE = re.compile(rf"(?<=[\d日月年元岁点分度天时个周人斤亩米级条号]){_TO}(?=\d|第\d)")
_SPOKEN_RANGE = re.compile(r"(?<=[一二三四五六七八九十级类档月日年岁条项])[—–~～-](?=第?[一二三四五六七八九十])")
_WEEKDAYS = re.compile(rf"(周|星期)({_WEEKDAY}){_TO}(?:周|星期)?(?={_WEEKDAY})")
_TWO = re.compile(rf"(?<![\d.第点])2(?={either(MEASURES)})(?!个?月\d|年级|点\d)")
_TWO_THOUSAND = re.compile(r"(?<![零一二三四五六七八九十百千万亿点第])二(?=[千万亿])")
_LEADING_ZERO = re.compile(r"(?<![\d.])0\d+(?![\d.])")


def spoken_amounts(text: str) -> str:
    """Return a text without digits: years digit by digit, counts as counts, 2 as 两 before measure words."""
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return _counts(_shares(_money(_times(_dates(text)))))


def _dates(text: str) -> str:
    text = _DOCUMENT_NUMBER.sub(lambda found: f"，{digit_by_digit(found[1])}年，{cardinal(found[2])}号", text)
    text = _DATE.sub(lambda found: f"{found[1]}年{int(found[3])}月{int(found[4])}日", text)
    text = _YEAR_ALONE.sub(lambda found: digit_by_digit(found[1]), text)
    text = _YEARS.sub("到", text)
    return _BORN_IN.sub(lambda found: digit_by_digit(found[1]) + "后", text)


def _times(text: str) -> str:
    text = _TIMES.sub("到", _TIME.sub(_time, text))
    return _RATIO.sub(r"\1比\2", text)


def _time(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), found[2]
    words = "两点" if hour == 2 else f"{cardinal(str(hour))}点"  # noqa: PLR2004 (两 stands for 2)
    if minute == "00":
        return words
    return words + ("零" if minute[0] == "0" else "") + cardinal(str(int(minute))) + "分"


def _money(text: str) -> str:
    text = _YUAN_SIGN.sub(r"\1元", text)
    text = _IDLE_ZEROS.sub(lambda found: found[1].rstrip("."), text)
    return _YUAN_PER.sub(lambda found: "".join(f"每{unit}" for unit in _PER_ONE.findall(found[2])) + found[1], text)


def _shares(text: str) -> str:
    text = _PERCENTS.sub(r"\1%到\2%", text)
    text = _SHARE.sub(lambda found: ("百" if found[2] == "%" else "千") + "分之" + number(found[1]), text)
    return _FRACTION.sub(lambda found: f"{cardinal(found[2])}分之{cardinal(found[1])}", text)


def _counts(text: str) -> str:
    text = _UNIT.sub(lambda found: UNITS[found[1]], text)
    text = _WEEKDAYS.sub(r"\1\2到\1", _RANGE.sub("到", _BELOW_ZERO.sub("零下", text)))
    text = _MINUS.sub("负", text)
    text = _TWO.sub("两", text)
    text = _LEADING_ZERO.sub(lambda found: digit_by_digit(found[0]), text)
    text = re.sub(_NUMBER, lambda found: number(found[0]), text)
    return _TWO_THOUSAND.sub("两", _SPOKEN_RANGE.sub("到", text))
