"""Articles of laws, as they are asked for: 土地管理法第62条. Pure."""

import re
from dataclasses import dataclass
from typing import Final

_COUNTRY: Final = "中华人民共和国"
_DIGITS: Final = "零一二三四五六七八九"
_ASKED: Final = re.compile(
    r"(?P<law>[\u4e00-\u9fff]{1,40}?(?:法|法典|条例|规定|办法|细则|解释))》?的?"
    r"第?(?P<number>[0-9]{1,4}|[零〇一二三四五六七八九十百千两]{1,9})条"
)
_ASKING: Final = re.compile(r"^.*?(?:请问|查一下|看一下|想看|想查|查|看|找)(?=[\u4e00-\u9fff]{2})")


@dataclass(frozen=True, slots=True)
class AskedArticle:
    """An article that is asked for.

    Attributes:
        law: Its name, without country.
        number: As laws write it, such as 第六十二条.
    """

    law: str
    number: str


def asked_article(folded: str) -> AskedArticle | None:
    """Return the article of a law that a question asks for; None if it asks for none."""
    found = _ASKED.search(folded.replace("《", "").replace(" ", ""))
    if found is None:
        return None
    number = found["number"]
    written = numeral(int(number)) if number.isdigit() else number.replace("〇", "零")
    law = _ASKING.sub("", found["law"]).removeprefix(_COUNTRY)
    return AskedArticle(law, f"第{written}条") if written else None


def numeral(number: int) -> str:
    """Return a number from 1 to 9,999 as laws count their articles; nothing for any other."""
    if not 0 < number < 10_000:  # noqa: PLR2004 - no law has so many articles
        return ""
    text, is_gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if is_gap else "") + _DIGITS[digit] + name
        is_gap = bool(text) and not digit
    return text[1:] if text.startswith("一十") else text
