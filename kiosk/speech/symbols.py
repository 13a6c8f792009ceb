"""Signs that are not said as they are written: widths, quotes, brackets, addresses, list marks, letters: pure."""

import re

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH |= {0xFF21 + at: chr(0x41 + at) for at in range(26)} | {0xFF41 + at: chr(0x61 + at) for at in range(26)}
_FULL_WIDTH |= {
    ord("％"): "%",
    ord("／"): "/",
    ord("．"): ".",
    ord("＋"): "+",
    ord("＝"): "=",
    ord("￥"): "¥",
    ord("－"): "-",
    ord("〇"): "零",
}
_DROPPED = dict.fromkeys(map(ord, "《》〈〉“”‘’「」『』【】\"'`*★☆●○◎■□◆◇▲△▼▽※§#_\u200b\ufeff"), "")
_SAID = {
    "≥": "大于等于",
    "≤": "小于等于",
    ">": "大于",
    "<": "小于",
    "=": "等于",
    "×": "乘",
    "÷": "除以",
    "±": "正负",
    "&": "和",
    "+": "加",
    "→": "，",
    "…": "，",
    "·": "",
    "•": "",
    "|": "，",
}
_ROMAN = dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "一 二 三 四 五 六 七 八 九 十 十一 十二".split(), strict=True))
_ROMAN_LETTERS = {"I": "一", "II": "二", "III": "三", "IV": "四", "V": "五"}
_CIRCLED = dict(zip("①②③④⑤⑥⑦⑧⑨⑩", "一二三四五六七八九十", strict=True))
_ORDINAL = r"[一二三四五六七八九十百]+"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![!-~])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|net|org)(?:/[!-~]*)?(?![!-~])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_DASH = re.compile(r"\s*[—–―─]+\s*|\s+-+\s+")
_COMMAS = re.compile(r"[，、：\s]*[，：][，、：\s]*")
_CHINESE_STOPS = {ord(","): "，", ord("."): "，", ord(":"): "，", ord(";"): "；", ord("!"): "！", ord("?"): "？"}
_UNSPEAKABLE = re.compile(r"[^\w，。！？；、： ]")


def plain_signs(text: str) -> str:
    """Return a text with half-width letters and digits, addresses in words, and without quotes and ornaments."""
    text = _MAIL.sub("邮箱请看屏幕", _ADDRESS.sub("网址请看屏幕", text.translate(_FULL_WIDTH)))
    text = re.sub(r"[（(][_\s　]*[)）]|_{2,}", "", text)
    text = re.sub(r"(?<![A-Z])(III|II|IV|I|V)(?=[级类期型])", lambda found: _ROMAN_LETTERS[found[1]], text)
    text = re.sub("[Ⅰ-Ⅻ]", lambda found: _ROMAN[found[0]], text)
    return text.translate(_DROPPED)


def plain_list_mark(text: str) -> str:
    """Return a text whose leading list mark, if any, has become a word and a pause: ``2．`` → 第二，."""
    text = text.lstrip()
    text = re.sub(rf"^(第(?:{_ORDINAL}|\d+)[条章节编款项])\s+", r"\1，", text)
    text = re.sub(r"[①-⑩]", lambda found: f"第{_CIRCLED[found[0]]}，", text)
    text = re.sub(rf"^[（(]?({_ORDINAL})(?:[)）]、?|、)", r"\1，", text)
    return re.sub(r"^(?:[（(](\d{1,2})[)）]|(\d{1,2})(?:[.、](?!\d)|[)）]))", r"第\1\2，", text)


def plain_brackets(text: str) -> str:
    """Return a text whose brackets are said: a remark between pauses, an inserted character run in."""
    text = re.sub(rf"第[（(]({_ORDINAL}|\d+)[)）]", r"第\1", text)
    text = re.sub(r"村[（(]居[)）](民委员会|委会|委|民小组)", r"村\1、居\1", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])[（(]([\u4e00-\u9fff])[)）](?=[\u4e00-\u9fff])", r"\1", text)
    text = re.sub(r"[（(]([\u4e00-\u9fff](?:、[\u4e00-\u9fff])+)[)）](?=[\u4e00-\u9fff])", r"、\1", text)
    text = re.sub(r"[（(\[〔]\s*([^（）()\[\]〔〕]*?)\s*[）)\]〕]", r"，\1，", text)
    return re.sub(r"[（(\[〔）)\]〕]", "，", text)


def spelled_letters(text: str) -> str:
    """Return a text whose Latin words are spelled: ``HPV疫苗`` → ``H P V 疫苗``."""
    text = re.sub(r"\.(?=[A-Za-z])", "点", text)
    text = re.sub(r"[A-Za-z]+", lambda found: f" {' '.join(found[0].upper())} ", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s*和?/或?\s*(?=[\u4e00-\u9fff])", "或", text)
    return "".join(_SAID.get(sign, sign) for sign in text.replace("/", "，"))


def tidied(text: str) -> str:
    """Return a text in which a pause is one comma and blanks stand only beside Latin letters."""
    text = _DASH.sub("，", text).translate(_CHINESE_STOPS)
    text = _UNSPEAKABLE.sub("", re.sub(r"[\s~～-]+", " ", text))
    text = _COMMAS.sub("，", text)
    text = re.sub(r"，+(?=[。！？；、])|(?<=[。！？；、])，+", "", text).strip(" ，、")
    return re.sub(r"(?<![A-Z]) (?![A-Z])|(?<=[，。！？；、]) | (?=[，。！？；、])", "", text)
