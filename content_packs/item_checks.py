"""What the fields of an item must be like, seen alone and on a given day. Pure."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from content_packs.docno import canonical_doc_no
from content_packs.findings import Finding
from content_packs.hosts import link_refusal, payload_refusal
from content_packs.model import Guide, Item, Kind, PackInfo
from content_packs.source_words import LoadedItem
from content_packs.toml_lines import nearest_line

_GUIDE_ELEMENTS = (
    ("conditions", "要满足什么"),
    ("materials", "要带什么"),
    ("place", "去哪里办"),
    ("time", "多久办好"),
    ("fee", "多少钱"),
)
_MAY_BE_EMPTY = {"materials"}
_WITHOUT_BODY = {Kind.CONTACT}


def check_item(loaded: LoadedItem, info: PackInfo, today: date) -> Iterator[Finding]:
    """Give what is wrong with the fields of one item.

    Args:
        loaded: The item and the lines of its fields.
        info: Of its pack.
        today: The day to judge dates by.
    """
    item = loaded.item
    found: list[tuple[str, str, str, bool]] = []
    found += _guide(loaded)
    found += _dates(item, today)
    found += _links(item, info.allowed_hosts)
    found += _places(item, info)
    if not item.sources:
        found.append(("sources", "没有写来源。", "写上依据的文件或网页，至少一个。", True))
    if not item.blocks and item.kind not in _WITHOUT_BODY:
        found.append(("body", "没有正文。", "在字段区下面写正文。", True))
    if item.doc_no and canonical_doc_no(item.doc_no) != item.doc_no:
        right = canonical_doc_no(item.doc_no)
        todo = f"写成 {right}。" if right else "写成 国办发〔2017〕47号 这样；不是文号的编号写在 index_no。"
        found.append(("doc_no", f"文号 {item.doc_no} 不是规范写法。", todo, True))
    for field, what, todo, blocking in found:
        line = nearest_line(loaded.lines, field)
        yield Finding(item=item.id, file=loaded.file, line=line, field=field, what=what, todo=todo, blocking=blocking)


def _guide(loaded: LoadedItem) -> Iterator[tuple[str, str, str, bool]]:
    if loaded.item.kind is not Kind.GUIDE:
        return
    guide = loaded.item.guide or Guide()
    for name, words in _GUIDE_ELEMENTS:
        field = f"guide.{name}"
        given = field in loaded.lines if name in _MAY_BE_EMPTY else bool(getattr(guide, name))
        if not given:
            hint = "什么都不用带就写 []。" if name in _MAY_BE_EMPTY else "不清楚就写去哪里问。"
            yield field, f"办事指南没有写“{words}”。", f"补上 {field}；{hint}", True


def _dates(item: Item, today: date) -> Iterator[tuple[str, str, str, bool]]:
    if item.valid_from and item.valid_to and item.valid_from > item.valid_to:
        yield "valid_to", "失效日期早于生效日期。", "请核对两个日期。", True
    if item.review_by and today > item.review_by:
        yield "review_by", f"过了复核日期 {item.review_by}。", "请重新核对，改 verified_on 和 review_by。", True
    if item.valid_to and today > item.valid_to:
        yield (
            "valid_to",
            f"已在 {item.valid_to} 过期，屏幕会说“已过期”。",
            "有新规定就换成新的；留作历史可以不改。",
            False,
        )
    if item.repealed_on and today >= item.repealed_on:
        yield "repealed_on", f"已在 {item.repealed_on} 废止，屏幕会说“已废止”。", "留作历史可以不改。", False
    if item.verified_on and item.verified_on > today:
        yield "verified_on", f"核对日期 {item.verified_on} 还没有到。", "请写真正核对的那一天。", False
    if item.review_by and item.verified_on and item.review_by < item.verified_on:
        yield "review_by", "复核日期早于核对日期。", "请核对两个日期。", True


def _links(item: Item, allowed: Collection[str]) -> Iterator[tuple[str, str, str, bool]]:
    for number, source in enumerate(item.sources):
        if source.url and (reason := link_refusal(source.url, allowed)):
            yield f"sources[{number}].url", f"来源网址不能用：{reason}。", "换成政府网站的网址，或只写来源名称。", True
    for field, link in (("portal", item.portal), ("wechat", item.wechat)):
        if link and not link.name.strip():
            yield f"{field}.name", "没有写名称。", "写上平台或公众号的名称。", True
        if link and link.payload and (reason := payload_refusal(link.payload, allowed)):
            yield (
                f"{field}.payload",
                f"二维码内容不能用：{reason}。",
                "用发布者给的网址；没有就只写名称，不要自己编。",
                True,
            )


def _places(item: Item, info: PackInfo) -> Iterator[tuple[str, str, str, bool]]:
    themes = {theme.id for theme in info.themes}
    if not item.themes:
        yield "themes", "没有归到任何栏目，主页上找不到。", "写上 pack.toml 里的栏目编号。", False
    for number, theme in enumerate(item.themes):
        if theme not in themes:
            yield f"themes[{number}]", f"没有栏目 {theme}。", "用 pack.toml 里 themes 的编号，或在那里加上。", True
    known = {region.code for region in info.region_names} | {"0"} | set(info.regions)
    for number, code in enumerate(item.regions):
        if code not in known:
            yield f"regions[{number}]", f"地区 {code} 没有名称。", "在 pack.toml 的 region_names 里写上名称。", False
    if any(re.search(r"\s", word) for word in item.keywords):
        yield "keywords", "关键词里有空格。", "一个词一项：[养老金, 新农保]。", False
