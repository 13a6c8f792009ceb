"""Markdown → blocks: what a kiosk can show, and a sentence for everything else.

The parser sees HTML so that it can be refused with its line, instead of being shown as letters. Indented code and
underlined headings are switched off: Chinese authors indent paragraphs and draw lines without meaning either.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from content_packs.model import Block, Callout, Heading, ListEntry, Paragraph, Picture, Span, Table

_LANG = re.compile(r"^\{lang=(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}\s*")
_BAD_LANG = re.compile(r"^\{lang=[^}]*\}?")
_JOINS_WITHOUT_SPACE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2014\u2018-\u201d\u2026]")
_MAX_HEADING = 3
_ALIGN = {"left": "l", "center": "c", "right": "r"}


class Complaint(Struct, frozen=True):
    """Something in a body that cannot be shown. ``line`` is counted in the file, from 1."""

    line: int
    what: str
    todo: str


class Body(Struct, frozen=True):
    """What a body became.

    Attributes:
        blocks: In reading order.
        lines: Line of each block in the file, as many as blocks.
        complaints: Empty if everything could be read.
    """

    blocks: tuple[Block, ...]
    lines: tuple[int, ...]
    complaints: tuple[Complaint, ...] = ()


PictureResolver = Callable[[str, str, int], Picture | None]
"""Path, alternative text and line → the picture of the pack; None if it complained itself."""


def blocks_of(markdown: str, picture: PictureResolver, *, first_line: int = 1) -> Body:
    """Read a body.

    Args:
        markdown: Text of the body.
        picture: Called for every picture that stands on a line of its own.
        first_line: Line of the file on which the body starts.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "lheading", "reference"])
    reader = _Reader(picture, first_line, markdown.split("\n"))
    reader.read(parser.parse(markdown))
    return Body(tuple(reader.blocks), tuple(reader.lines), tuple(reader.complaints))


class _Reader:
    """Walks the parser's tokens once, gathering blocks and complaints."""

    def __init__(self, picture: PictureResolver, first_line: int, source: Sequence[str]) -> None:
        self.blocks: list[Block] = []
        self.lines: list[int] = []
        self.complaints: list[Complaint] = []
        self._picture = picture
        self._first_line = first_line
        self._source = source
        self._lists: list[_List] = []
        self._quote: list[tuple[Span, ...]] | None = None
        self._quote_depth = 0
        self._quote_line = 0

    def read(self, tokens: Sequence[Token]) -> None:
        """Take every token in order."""
        walk = iter(tokens)
        for token in walk:
            if token.type == "heading_open":
                self._heading(token, next(walk))
            elif token.type == "inline":
                self._text(token)
            elif token.type == "table_open":
                self._table(token, walk)
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(_List())
            case "ordered_list_open":
                self._lists.append(_List(next_number=int(token.attrGet("start") or 1), ordered=True))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._lists[-1].start_entry()
            case "blockquote_open":
                self._open_quote(token)
            case "blockquote_close":
                self._close_quote()
            case "html_block":
                self._complain(token, "正文里有 HTML。", "请删掉 HTML，只用 Markdown。要写小于号，请写成 \\<。")
            case "fence":
                self._complain(token, "正文里有代码块。", "请删掉三个反引号，写成普通段落。")
            case _:
                pass

    def _heading(self, token: Token, inline: Token) -> None:
        level = int(token.tag[1:])
        if level > _MAX_HEADING:
            self._complain(token, f"标题层级太深：{'#' * level}。", "只用 #、##、### 三级标题。")
        text = _plain(self._spans(inline))
        if text:
            self._add(token, Heading(text=text, level=min(level, _MAX_HEADING)))

    def _text(self, inline: Token) -> None:
        children = inline.children or []
        pictures = [child for child in children if child.type == "image"]
        if pictures:
            self._pictures(inline, pictures, alone=all(child.type in {"image", "softbreak"} for child in children))
            return
        spans = self._spans(inline)
        if not _plain(spans).strip():
            return
        if self._quote is not None:
            self._quote.append(self._marked(spans))
        elif self._lists:
            self._entry(inline, spans)
        else:
            self._paragraph(inline, spans)

    def _entry(self, inline: Token, spans: tuple[Span, ...]) -> None:
        self._add(inline, ListEntry(spans=spans, marker=self._lists[-1].take_marker(), depth=len(self._lists) - 1))

    def _paragraph(self, inline: Token, spans: tuple[Span, ...]) -> None:
        found = _LANG.match(inline.content)
        if not found:
            if _BAD_LANG.match(inline.content):
                self._complain(inline, "语言标记写法不对。", "写在段落开头，例如 {lang=ug-Arab-CN}。")
            self._add(inline, Paragraph(spans=spans))
            return
        rest = spans[0].text.removeprefix(f"{{lang={found['tag']}}}").lstrip()
        spans = ((Span(text=rest, bold=spans[0].bold),) if rest else ()) + spans[1:]
        if spans:
            self._add(inline, Paragraph(spans=spans, lang=found["tag"]))

    def _pictures(self, inline: Token, pictures: Sequence[Token], *, alone: bool) -> None:
        if not alone or self._quote is not None:
            self._complain(inline, "图片和文字写在了同一段。", "图片要单独成行，前后各空一行。")
            return
        for token in pictures:
            line = self._line(inline)
            found = self._picture(str(token.attrGet("src") or ""), token.content.strip(), line)
            if found:
                self._add(inline, found)

    def _table(self, token: Token, walk: Iterator[Token]) -> None:
        header: tuple[str, ...] = ()
        rows: list[tuple[str, ...]] = []
        align: list[str] = []
        cells: list[str] = []
        in_header = True
        for part in walk:
            match part.type:
                case "table_close":
                    break
                case "thead_close":
                    in_header = False
                case "tr_open":
                    cells = []
                    self._check_width(part, len(header))
                case "th_open":
                    style = str(part.attrGet("style") or "")
                    align.append(_ALIGN.get(style.rpartition(":")[2], "l"))
                case "inline":
                    cells.append(self._cell(part))
                case "tr_close" if in_header:
                    header = tuple(cells)
                case "tr_close":
                    rows.append(tuple(cells))
                case _:
                    pass
        self._add(token, Table(header=header, rows=tuple(rows), align="".join(align)))

    def _cell(self, inline: Token) -> str:
        if any(child.type == "image" for child in inline.children or []):
            self._complain(inline, "表格里有图片。", "请把图片放在表格外面，单独成行。")
        return _plain(self._spans(inline)).strip()

    def _check_width(self, row: Token, columns: int) -> None:
        """Complain about a row with more cells than the header: the parser would drop them in silence."""
        if not columns or not row.map:
            return
        line = self._source[row.map[0]].strip()
        cells = re.split(r"(?<!\\)\|", line.removeprefix("|"))
        if line.endswith("|") and not line.endswith("\\|"):
            cells.pop()
        if len(cells) > columns:
            self._complain(row, f"表格这一行有 {len(cells)} 格，表头只有 {columns} 格。", "请让每一行和表头一样多。")

    def _spans(self, inline: Token) -> tuple[Span, ...]:
        """Return the styled text of an inline token; neighbours of one style are joined."""
        texts: list[tuple[str, bool]] = []
        bold = 0
        for child in inline.children or []:
            match child.type:
                case "strong_open":
                    bold += 1
                case "strong_close":
                    bold -= 1
                case "text" | "code_inline" | "text_special":
                    texts.append((child.content, bold > 0))
                case "softbreak" | "hardbreak":
                    texts.append(("\n" if child.type == "hardbreak" else "\0", bold > 0))
                case "html_inline":
                    self._complain(
                        inline, f"正文里有 HTML：{child.content[:30]}", "请删掉 HTML。要写小于号，请写成 \\<。"
                    )
                case _:
                    pass
        return _joined(texts)

    def _marked(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Put a list marker before text inside a quote."""
        marker = self._lists[-1].take_marker() if self._lists else ""
        return (Span(text=f"{marker} "), *spans) if marker else spans

    def _open_quote(self, token: Token) -> None:
        self._quote_depth += 1
        if self._quote is None:
            self._quote = []
            self._quote_line = self._line(token)

    def _close_quote(self) -> None:
        self._quote_depth -= 1
        if self._quote_depth or self._quote is None:
            return
        texts = [(span.text, span.bold) for spans in self._quote for span in (*spans, Span(text="\n"))][:-1]
        self._quote = None
        if texts:
            self.blocks.append(Callout(spans=_joined(texts)))
            self.lines.append(self._quote_line)

    def _add(self, token: Token, block: Block) -> None:
        self.blocks.append(block)
        self.lines.append(self._line(token))

    def _complain(self, token: Token, what: str, todo: str) -> None:
        self.complaints.append(Complaint(self._line(token), what, todo))

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)


class _List:
    """One open list: what stands before its next entry."""

    def __init__(self, *, next_number: int = 1, ordered: bool = False) -> None:
        self._number = next_number
        self._ordered = ordered
        self._marker = ""

    def start_entry(self) -> None:
        self._marker = f"{self._number}." if self._ordered else "•"
        self._number += 1

    def take_marker(self) -> str:
        """Return the marker for the first text of an entry, then nothing for its further paragraphs."""
        marker, self._marker = self._marker, ""
        return marker


def _plain(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _joined(texts: Sequence[tuple[str, bool]]) -> tuple[Span, ...]:
    """Join neighbours of one style, and lines (NUL) with a blank only between letters that need one."""
    spans: list[Span] = []
    for position, (text, bold) in enumerate(texts):
        if text == "\0":
            before = texts[position - 1][0][-1:] if position else ""
            after = texts[position + 1][0][:1] if position + 1 < len(texts) else ""
            close = _JOINS_WITHOUT_SPACE.match(before) or _JOINS_WITHOUT_SPACE.match(after)
            text = "" if close else " "  # noqa: PLW2901 — the line end becomes what stands for it
        if not text:
            continue
        if spans and spans[-1].bold == bold:
            spans[-1] = Span(text=spans[-1].text + text, bold=bold)
        else:
            spans.append(Span(text=text, bold=bold))
    return tuple(spans)
