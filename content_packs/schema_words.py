"""msgspec's complaints, in the words of the person who writes a pack: pure."""

import re
from difflib import get_close_matches

from content_packs.model import Kind, LifeStage, Rel

_UNKNOWN = re.compile(r"unknown field `(?P<name>[^`]*)`")
_MISSING = re.compile(r"missing required field `(?P<name>[^`]*)`")
_LENGTH = re.compile(r"of length (?P<sign><=|>=) (?P<count>\d+)")
_ENUM = re.compile(r"Invalid enum value (?P<value>.*)$")
_TYPES = re.compile(r"Expected `(?P<wanted>[^`]*)`(?:, got `(?P<got>[^`]*)`)?")
_NAMES = {
    "str": "一段文字",
    "array": "一个列表，如 [甲, 乙]",
    "object": "几个带名字的值",
    "bool": "true 或 false",
    "int": "一个整数",
    "date": "一个日期，如 2026-11-22",
    "null": "空",
}
_FORMS = {
    "id": "编号只能用字母、数字、点、横线、下划线，2 到 64 个字符，如 T01-guide。",
    "number": "电话只写数字和横线，如 0591-12345。",
    "regions": "地区写区划代码：2、4、6、9 或 12 位数字；全国写 0。",
    "code": "地区写区划代码：2、4、6、9 或 12 位数字；全国写 0。",
    "hot": "写条目的编号。",
}
_VALUES = {"kind": Kind, "life_stages": LifeStage, "relations": Rel}


def field_of(message: str) -> str:
    """Return the dotted path of the field that a validation message is about, such as ``sources[0].url``."""
    path = re.search(r" - at (?:`key` in )?`\$\.?(?P<path>[^`]*)`$", message)
    inside = path["path"].partition("[...]")[0] if path else ""
    named = _UNKNOWN.search(message) or _MISSING.search(message)
    return ".".join(part for part in (inside, named["name"] if named else "") if part)


def in_words(message: str) -> tuple[str, str]:
    """Say what is wrong and what to do.

    Args:
        message: Of a `msgspec.ValidationError`.
    """
    field = field_of(message)
    last = re.sub(r"\[[^\]]*\]", "", field).rpartition(".")[2]
    message = message.partition(" - at `")[0]
    if _UNKNOWN.search(message):
        return f"没有 {field} 这个字段。", "请看 FORMAT.md 里的字段名，改正或删掉这一行。"
    if _MISSING.search(message):
        return f"缺少 {field}。", f"请补上 {field}。"
    return _form_or_type(field, last, message)


def _form_or_type(field: str, last: str, message: str) -> tuple[str, str]:
    if "RFC3339" in message:
        return f"{field} 不是日期。", "日期写成 2026-11-22。"
    if found := _LENGTH.search(message):
        if found["sign"] == ">=":
            return f"{field} 是空的。", f"请写上 {field}。"
        return f"{field} 太长了。", f"最多 {found['count']} 个字。"
    if "matching regex" in message:
        return f"{field} 的写法不对。", _FORMS.get(last, "请按 FORMAT.md 里的写法改。")
    return _type_or_value(field, message)


def _type_or_value(field: str, message: str) -> tuple[str, str]:
    if found := _ENUM.search(message):
        value = found["value"].partition(" - at ")[0]
        return f"{field} 的值 {value} 不认识。", _known_values(field, value.strip("'"))
    if found := _TYPES.search(message):
        wanted = _NAMES.get(found["wanted"].partition(" |")[0], found["wanted"])
        return f"{field or '内容'} 的类型不对。", f"这里要写{wanted}。"
    return f"{field or '内容'} 不对：{message}", "请按 FORMAT.md 里的写法改。"


def _known_values(field: str, wrong: str) -> str:
    name = re.sub(r"\[[^\]]*\]", "", field).rpartition(".")[2]
    if name not in _VALUES:
        return "请用 FORMAT.md 里列出的值。"
    known = [value.value for value in _VALUES[name]]
    near = get_close_matches(wrong, known, n=1)
    return f"{f'是不是 {near[0]}？' if near else ''}可以写：{'、'.join(known)}。"
