"""Cuts an item into sections: the units that are found, and from which snippets are taken. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content_packs.model import Block, Callout, Guide, Heading, Item, ListEntry, Paragraph, Picture, Span, Table

TARGET_CHARS = 300
"""A section ends with the paragraph that reaches this length."""

ARTICLE_CHARS = 200
"""A new article (第…条) begins a new section once this length is reached."""

LONGEST_CHARS = 480
"""A longer paragraph is cut at the ends of sentences."""

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇0-9]{1,7}[条章节编]")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an item.

    Attributes:
        heading: The heading it stands under, empty if none.
        text: Paragraphs, one a line, as they are shown.
    """

    heading: str
    text: str


def sections_of(item: Item) -> tuple[Section, ...]:
    """Return an item's sections in reading order; at least one, which begins with the summary and a guide's facts."""
    sections: list[Section] = []
    heading = ""
    lines = [line for line in (item.summary, *_guide_lines(item.guide)) if line]
    for block in item.blocks:
        if isinstance(block, Heading):
            if lines:
                sections.append(Section(heading, "\n".join(lines)))
                lines = []
            heading = block.text
            continue
        for line in _lines(block):
            length = sum(map(len, lines))
            is_full = length >= TARGET_CHARS or (length and length + len(line) > LONGEST_CHARS)
            if is_full or (length >= ARTICLE_CHARS and _ARTICLE.match(line)):
                sections.append(Section(heading, "\n".join(lines)))
                lines = []
            lines.append(line)
    if lines or not sections:
        sections.append(Section(heading, "\n".join(lines)))
    return tuple(sections)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans=spans) | ListEntry(spans=spans) | Callout(spans=spans):
            yield from _pieces(_joined(spans))
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                yield from _pieces(" ".join(cell for cell in row if cell))
        case Picture(alt=alt) if alt:
            yield alt
        case _:
            return


def _joined(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans).strip()


def _pieces(text: str) -> Iterator[str]:
    """Give a paragraph whole, or in pieces that end with sentences where it is long."""
    piece = ""
    for sentence in _SENTENCE.findall(text) if len(text) > LONGEST_CHARS else [text]:
        if piece and len(piece) + len(sentence) > TARGET_CHARS:
            yield piece.strip()
            piece = ""
        piece += sentence
        while len(piece) > LONGEST_CHARS:
            yield piece[:TARGET_CHARS]
            piece = piece[TARGET_CHARS:]
    if piece.strip():
        yield piece.strip()


def _guide_lines(guide: Guide | None) -> Iterator[str]:
    if guide is None:
        return
    named = (
        ("要满足什么", "；".join(guide.conditions)),
        ("要带什么", "、".join(guide.materials)),
        ("去哪里办", guide.place),
        ("多久办好", guide.time),
        ("多少钱", guide.fee),
        ("办理时间", guide.hours),
        ("办理机构", guide.office),
        ("办成后拿到", guide.result),
        ("代办", guide.proxy),
    )
    for label, text in named:
        if text:
            yield f"{label}：{text}"
