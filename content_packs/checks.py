"""A loaded source → everything that should be mended before it is published. Pure: the day is an argument."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from content_packs.findings import Finding
from content_packs.hosts import is_host_name
from content_packs.item_checks import check_item
from content_packs.model import Kind, PackInfo, Rel
from content_packs.pack_source import PACK_FILE
from content_packs.source_words import LoadedItem, LoadedSource
from content_packs.text_checks import check_text
from content_packs.toml_lines import nearest_line

_THEME_CHARS = 6
_FROM: dict[Rel, set[Kind]] = {
    Rel.GUIDE_FOR: {Kind.GUIDE},
    Rel.INTERPRETS: {Kind.INTERPRETATION},
    Rel.ANSWERS: {Kind.FAQ},
    Rel.TUTORIAL_FOR: {Kind.TUTORIAL},
}
_TO: dict[Rel, set[Kind]] = {
    Rel.GUIDE_FOR: {Kind.POLICY},
    Rel.INTERPRETS: {Kind.POLICY},
    Rel.ANSWERS: {Kind.GUIDE, Kind.POLICY},
}


def check_source(source: LoadedSource, today: date) -> tuple[Finding, ...]:
    """Return everything that should be mended, what could not be read first.

    Args:
        source: As read by `content_packs.source.read_source`.
        today: The day to judge dates by.
    """
    findings = list(source.findings)
    if source.info:
        findings += _pack(source.info, source)
        for loaded in source.items:
            findings += check_item(loaded, source.info, today)
    for loaded in source.items:
        findings += check_text(loaded)
    findings += _duplicates(source.items)
    findings += _relations(source.items)
    return tuple(findings)


def _pack(info: PackInfo, source: LoadedSource) -> Iterator[Finding]:
    def finding(field: str, what: str, todo: str, *, blocking: bool = True) -> Finding:
        line = nearest_line(source.info_lines, field)
        return Finding(file=PACK_FILE, line=line, field=field, what=what, todo=todo, blocking=blocking)

    if not source.items:
        yield finding("id", "没有条目。", "在 items 文件夹里写 .md 文件。")
    ids = {loaded.item.id for loaded in source.items}
    for number, item_id in enumerate(info.hot):
        if item_id not in ids:
            yield finding(f"hot[{number}]", f"热门里的 {item_id} 不存在。", "写已有条目的编号。")
    for number, host in enumerate(info.allowed_hosts):
        if not is_host_name(host):
            yield finding(f"allowed_hosts[{number}]", f"{host} 不是网站名。", "只写小写的网站名，如 www.example.cn。")
    seen: set[str] = set()
    for number, theme in enumerate(info.themes):
        if theme.id in seen:
            yield finding(f"themes[{number}].id", f"栏目 {theme.id} 写了两次。", "请只留一个。")
        if len(theme.title) > _THEME_CHARS:
            yield finding(f"themes[{number}].title", "栏目名超过 6 个字。", "2 到 6 个字。", blocking=False)
        seen.add(theme.id)


def _duplicates(items: tuple[LoadedItem, ...]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for loaded in items:
        item_id = loaded.item.id
        if item_id in first:
            yield _at(loaded, "id", f"编号 {item_id} 在 {first[item_id]} 里已经用过。", "每个条目的编号要不同。")
        first.setdefault(item_id, loaded.file)


def _relations(items: tuple[LoadedItem, ...]) -> Iterator[Finding]:
    kinds = {loaded.item.id: loaded.item.kind for loaded in items}
    interpreted: defaultdict[str, int] = defaultdict(int)
    for loaded in items:
        for relation in loaded.item.relations:
            field = f"relations.{relation.rel.value}"
            if relation.rel is Rel.INTERPRETS:
                interpreted[relation.to] += 1
            if relation.to == loaded.item.id:
                yield _at(loaded, field, "关系指向了自己。", "写另一个条目的编号。")
            elif relation.to not in kinds:
                todo = "若在另一个包里可以不管；否则请改正编号。"
                yield _at(loaded, field, f"这个包里没有 {relation.to}。", todo, blocking=False)
            elif not _fits(relation.rel, loaded.item.kind, kinds[relation.to]):
                what = f"{loaded.item.kind.value} 不能用 {relation.rel.value} 指向 {kinds[relation.to].value}。"
                yield _at(loaded, field, what, "请看 FORMAT.md 里哪类条目用哪种关系；别的用 related。")
    for loaded in items:
        if loaded.item.kind is Kind.POLICY and not interpreted[loaded.item.id]:
            yield _at(loaded, "kind", "政策没有解读。", "写一篇 interpretation，用 interprets 指向它。", blocking=False)


def _fits(rel: Rel, kind: Kind, target: Kind) -> bool:
    return kind in _FROM.get(rel, {kind}) and target in _TO.get(rel, {target})


def _at(loaded: LoadedItem, field: str, what: str, todo: str, *, blocking: bool = True) -> Finding:
    return Finding(
        item=loaded.item.id,
        file=loaded.file,
        line=nearest_line(loaded.lines, field),
        field=field,
        what=what,
        todo=todo,
        blocking=blocking,
    )
