"""What the words of an item must be like: tagged languages, short sentences, nobody's identity number. Pure."""

import re
from collections.abc import Iterator

from content_packs.findings import Finding
from content_packs.model import Block, Callout, Heading, Kind, ListEntry, Paragraph, Picture, Span, Table
from content_packs.source_words import LoadedItem
from content_packs.toml_lines import nearest_line

SENTENCE_CHARS = 30
"""Longer sentences are hard to follow by ear; counted without punctuation and blanks."""

SUMMARY_SENTENCES = 3

_PLAIN_KINDS = {Kind.GUIDE, Kind.FAQ, Kind.INTERPRETATION, Kind.TUTORIAL}
_PRIVATE_KINDS = {Kind.VILLAGE_DISCLOSURE, Kind.NOTICE}
_LANG = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")
_SCRIPTS = (
    (
        re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]"),
        ("ug", "kk", "ky", "ar"),
        "维吾尔文或哈萨克文",
        "ug-Arab-CN",
    ),
    (re.compile(r"[\u0f00-\u0fff]"), ("bo",), "藏文", "bo-CN"),
    (re.compile(r"[\u1800-\u18af]"), ("mn",), "蒙古文", "mn-Mong-CN"),
    (re.compile(r"[\ua000-\ua4cf]"), ("ii",), "彝文", "ii-CN"),
)
_SENTENCE_END = re.compile(r"[。！？；!?;\n]")
_NOT_COUNTED = re.compile(r"[\W_]")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")
_WHERE_TO_ASK = re.compile(r"问|咨询|核实|拨打|打电话|热线|\b1[12]\d{1,3}\b")


def check_text(loaded: LoadedItem) -> Iterator[Finding]:
    """Give what is wrong with the words of one item."""
    yield from _languages(loaded)
    yield from _sentences(loaded)
    yield from _privacy(loaded)
    item = loaded.item
    if (
        item.varies_by_region
        and not item.phones
        and not _WHERE_TO_ASK.search(item.summary + "".join(map(text_of, item.blocks)))
    ):
        yield _finding(
            loaded,
            "varies_by_region",
            "各地不同，却没有说去哪里问。",
            "在摘要或正文里写明向谁问、打什么电话。",
            blocking=False,
        )
    for block, line in zip(item.blocks, loaded.block_lines, strict=True):
        if isinstance(block, Picture) and not block.alt:
            yield _finding(
                loaded, "body", "图片没有说明文字。", "写成 ![图上是什么](…)，听的人才知道。", line=line, blocking=False
            )


def text_of(block: Block) -> str:
    """Return the plain text of a block; the alternative text of a picture."""
    match block:
        case Heading(text=text):
            return text
        case Paragraph(spans=spans) | ListEntry(spans=spans) | Callout(spans=spans):
            return _plain(spans)
        case Table(header=header, rows=rows):
            return "\n".join(cell for row in (header, *rows) for cell in row)
        case Picture(alt=alt):
            return alt


def _languages(loaded: LoadedItem) -> Iterator[Finding]:
    item = loaded.item
    if not _LANG.match(item.lang):
        yield _finding(loaded, "lang", f"语言标记 {item.lang} 写法不对。", "例如 zh-Hans-CN、ug-Arab-CN、bo-CN。")
    yield from _untagged(loaded, item.title + item.plain_title, item.lang, "title", nearest_line(loaded.lines, "title"))
    for block, line in zip(item.blocks, loaded.block_lines, strict=True):
        lang = block.lang or item.lang if isinstance(block, Paragraph) else item.lang
        can_be_tagged = isinstance(block, Paragraph)
        yield from _untagged(loaded, text_of(block), lang, "body", line, blocking=can_be_tagged)


def _untagged(
    loaded: LoadedItem, text: str, lang: str, field: str, line: int, *, blocking: bool = True
) -> Iterator[Finding]:
    for script, languages, name, example in _SCRIPTS:
        if lang.partition("-")[0] not in languages and script.search(text):
            todo = f"这一段开头写 {{lang={example}}}。" if field == "body" else f"整篇都是的话，写 lang: {example}。"
            yield _finding(loaded, field, f"有{name}，却没有标明语言。", todo, line=line, blocking=blocking)


def _sentences(loaded: LoadedItem) -> Iterator[Finding]:
    item = loaded.item
    if item.kind not in _PLAIN_KINDS or not item.lang.startswith("zh"):
        return
    if not item.summary:
        yield _finding(loaded, "summary", "没有摘要。", "用最多三句话先说答案。", blocking=False)
    elif len([part for part in _SENTENCE_END.split(item.summary) if part.strip()]) > SUMMARY_SENTENCES:
        yield _finding(loaded, "summary", "摘要超过三句。", "最多三句，先说答案。", blocking=False)
    places = [("summary", nearest_line(loaded.lines, "summary"), item.summary)]
    for block, line in zip(item.blocks, loaded.block_lines, strict=True):
        foreign = isinstance(block, Paragraph) and block.lang and not block.lang.startswith("zh")
        if not foreign and not isinstance(block, Table):
            places.append(("body", line, text_of(block)))
    long = [
        (field, line, part)
        for field, line, text in places
        for part in _SENTENCE_END.split(text)
        if _count(part) > SENTENCE_CHARS
    ]
    if long:
        field, line, part = long[0]
        what = f"{len(long)} 句超过 {SENTENCE_CHARS} 字，第一句：{part.strip()[:20]}…（{_count(part)} 字）"
        yield _finding(loaded, field, what, "请拆成短句。", line=line, blocking=False)


def _privacy(loaded: LoadedItem) -> Iterator[Finding]:
    if loaded.item.kind not in _PRIVATE_KINDS:
        return
    for block, line in zip(loaded.item.blocks, loaded.block_lines, strict=True):
        if _IDENTITY_NUMBER.search(text_of(block)):
            yield _finding(
                loaded, "body", "写了完整的身份证号。", "请遮住中间的数字，如 3501**********1234。", line=line
            )


def _count(sentence: str) -> int:
    return len(_NOT_COUNTED.sub("", sentence))


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _finding(loaded: LoadedItem, field: str, what: str, todo: str, *, line: int = -1, blocking: bool = True) -> Finding:
    return Finding(
        item=loaded.item.id,
        file=loaded.file,
        line=line if line >= 0 else nearest_line(loaded.lines, field),
        field=field,
        what=what,
        todo=todo,
        blocking=blocking,
    )
