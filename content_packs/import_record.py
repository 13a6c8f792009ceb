"""One collected document → the file of one item: pure."""

import re
from datetime import date
from hashlib import sha256

import msgspec
from msgspec import Struct

from content_packs.docno import canonical_doc_no
from content_packs.hosts import link_refusal
from content_packs.model import ID_PATTERN, Kind
from content_packs.plain_text import markdown_of

KEYS = ("id", "title", "body", "category", "date", "doc_no", "issuer", "source")
NOT_WRITTEN = "看正文，或打电话问"
"""Stands for an element of a guide that the document does not give on a line of its own: nothing is made up."""

_TITLE_CHARS = 120
_THEME_CHARS = 12
_ABSENT = {"", "None", "null"}
_KINDS = (
    ("指南", Kind.GUIDE),
    ("案例", Kind.CASE),
    ("解读", Kind.INTERPRETATION),
    ("问答", Kind.FAQ),
    ("通知", Kind.NOTICE),
    ("公告", Kind.NOTICE),
    ("公示", Kind.NOTICE),
    ("教程", Kind.TUTORIAL),
    ("村务公开", Kind.VILLAGE_DISCLOSURE),
)
_LABELS = {
    "conditions": ("受理条件", "申请条件", "办理条件"),
    "materials": ("申请材料", "办理材料", "所需材料"),
    "place": ("办理地点", "办理地址"),
    "time": ("承诺办结时限", "法定办结时限", "办理时限"),
    "fee": ("收费标准", "收费", "费用"),
    "hours": ("办理时间", "工作时间"),
    "office": ("办理机构", "实施机关"),
    "complaint_phone": ("投诉电话", "监督电话"),
}
_STARRED = ("conditions", "materials", "place", "time", "fee")
_LISTS = {"conditions", "materials"}
_PHONE = re.compile(r"\+?\d[\d-]{1,17}\d")
_ADDRESS = re.compile(r"https?://[!-~]+")


class Record(Struct, frozen=True, kw_only=True):
    """One document of a collection; what is absent there is empty here."""

    id: str
    title: str
    body: str
    category: str = ""
    date: str = ""
    doc_no: str = ""
    issuer: str = ""
    source: str = ""

    @property
    def theme(self) -> str:
        """First part of the category path, such as ``地方法规`` of ``地方法规/山东``; empty if there is none."""
        return self.category.partition("/")[0].strip()[:_THEME_CHARS]


class Converted(Struct, frozen=True, kw_only=True):
    """The file of one item, and what had to be changed on the way.

    Attributes:
        text: The whole file.
        notes: Kinds of change, in Chinese, each at most once.
    """

    text: str
    notes: tuple[str, ...]


def record_of(fields: dict[str, object]) -> Record | str:
    """Return the document, or say in Chinese what it lacks."""
    values = {key: _text(fields.get(key)) for key in KEYS}
    if not re.fullmatch(ID_PATTERN, values["id"]) or not isinstance(fields.get("id"), str):
        return f"id {fields.get('id')!r} 写法不对，只能用字母、数字、点、横线、下划线，2 到 64 个字符"
    missing = next((key for key in ("title", "body") if not values[key].strip()), "")
    return f"缺少 {missing}" if missing else Record(**values)


def theme_id(title: str) -> str:
    """Return the id of a theme: the same for the same title, whichever collection it comes from."""
    return f"t-{sha256(title.encode()).hexdigest()[:10]}"


def kind_of(category: str) -> Kind:
    """Judge by the category's name what an item is; a policy unless the name says otherwise."""
    return next((kind for word, kind in _KINDS if word in category), Kind.POLICY)


def item_file(record: Record, *, verified_on: date, publisher: str) -> Converted:
    """Return the item's file.

    Args:
        record: The document.
        verified_on: When somebody last compared the collection with its sources.
        publisher: Named as the source where the document names none.
    """
    notes: list[str] = []
    kind = kind_of(record.category)
    fields: dict[str, object] = {"id": record.id, "kind": kind.value, "title": _title(record.title, notes)}
    if record.theme:
        fields["themes"] = [theme_id(record.theme)]
    fields.update(_numbers(record, notes))
    if record.issuer:
        fields["issuers"] = [part.strip() for part in record.issuer.split("、") if part.strip()]
    if record.date:
        fields.update(_published(record.date, notes))
    fields["verified_on"] = verified_on.isoformat()
    if kind is Kind.GUIDE:
        fields.update(_guide(record.body, notes))
    fields["sources"] = [_source(record.source or f"由{publisher}提供")]
    body = markdown_of(record.body)
    if body.comments:
        notes.append("去掉注释行")
    front = "".join(f"{name}: {msgspec.json.encode(value).decode()}\n" for name, value in fields.items())
    return Converted(text=f"---\n{front}---\n\n{body.markdown}", notes=tuple(notes))


def _text(value: object) -> str:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return "" if text.strip() in _ABSENT else text


def _title(title: str, notes: list[str]) -> str:
    title = re.sub(r"\s+", " ", title).strip()
    if len(title) <= _TITLE_CHARS:
        return title
    notes.append("标题截短")
    cut = title[: _TITLE_CHARS - 1]
    stop = max(cut.rfind(sign) for sign in "，、；。）》 ")
    return f"{cut[: stop + 1] if stop > _TITLE_CHARS // 2 else cut}…"


def _numbers(record: Record, notes: list[str]) -> dict[str, object]:
    if not record.doc_no:
        return {}
    canonical = canonical_doc_no(record.doc_no)
    if canonical:
        return {"doc_no": canonical}
    notes.append("不是文号，记为索引号")
    return {"index_no": record.doc_no.strip()}


def _published(text: str, notes: list[str]) -> dict[str, object]:
    try:
        return {"published_on": date.fromisoformat(text.strip()[:10]).isoformat()}
    except ValueError:
        notes.append("日期写法不对，没有用")
        return {}


def _source(text: str) -> dict[str, object]:
    found = _ADDRESS.search(text)
    if not found or link_refusal(found[0]):
        return {"title": text.strip()}
    return {"title": text.replace(found[0], "").strip() or found[0], "url": found[0]}


def _guide(body: str, notes: list[str]) -> dict[str, object]:
    """Take the elements of a guide from lines such as ``办理地点：…``; the body keeps them all."""
    lines = _labelled(body)
    guide: dict[str, object] = {}
    for name, labels in _LABELS.items():
        value = next((lines[label] for label in labels if lines.get(label)), "")
        if not value and name in _STARRED:
            value = NOT_WRITTEN
            notes.append(f"办事指南没有单列 {name}")
        if value:
            guide[name] = [value] if name in _LISTS else value
    numbers = _PHONE.findall(lines.get("咨询电话", ""))
    phones = [{"number": number, "label": "咨询电话"} for number in dict.fromkeys(numbers)]
    return {"guide": guide, "phones": phones} if phones else {"guide": guide}


def _labelled(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in body.split("\n"):
        label, colon, value = line.strip().replace(":", "：", 1).partition("：")
        if colon:
            found.setdefault(label, value.strip().removeprefix(f"{label}：").strip())
    return found
