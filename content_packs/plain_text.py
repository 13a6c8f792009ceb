"""Plain text → Markdown that reads back as the same words: pure.

Documents that were collected elsewhere hold angle brackets, numbers at the start of a line and stray signs that
Markdown would take for its own. Headings (``##``) and well-formed tables are kept, everything else is made literal.
"""

import re

from msgspec import Struct

_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t\u3000]+(?P<text>\S.*)$")
_COMMENT = re.compile(r"^\s*<!--.*-->\s*$")
_DELIMITER = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$")
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<&#|]")
_STARTS_SOMETHING = re.compile(r"^(?P<sign>[>+=~{-])|^(?P<number>\d+)(?P<after>[.)])")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MAX_HEADING = 3


class Converted(Struct, frozen=True):
    """Markdown, and how many comment lines were left out of it."""

    markdown: str
    comments: int


def markdown_of(text: str) -> Converted:
    """Return Markdown whose blocks hold the same words as the text, one paragraph for each line.

    Comments that stand alone on a line are markup of the collection, not words, and are left out; so are characters
    that nobody can see.
    """
    lines = [line.strip() for line in _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " ")).split("\n")]
    kept = [line for line in lines if not _COMMENT.match(line)]
    out: list[str] = []
    position = 0
    while position < len(kept):
        table = _table(kept, position)
        if table:
            out.append("\n".join(table))
            position += len(table)
            continue
        if kept[position]:
            out.append(_line(kept[position]))
        position += 1
    return Converted("\n\n".join(out) + "\n", len(lines) - len(kept))


def _line(line: str) -> str:
    if found := _HEADING.match(line):
        return f"{'#' * min(len(found['level']), _MAX_HEADING)} {_literal(found['text'])}"
    line = _literal(line)
    if found := _STARTS_SOMETHING.match(line):
        at = found.start("sign") if found["sign"] else found.start("after")
        return f"{line[:at]}\\{line[at:]}"
    return line


def _literal(text: str) -> str:
    return _MEANS_SOMETHING.sub(r"\\\g<0>", text)


def _table(lines: list[str], start: int) -> list[str]:
    """Return the lines of a table that begins here, made literal; empty if there is none."""
    if start + 1 >= len(lines) or "|" not in lines[start] or not _DELIMITER.match(lines[start + 1]):
        return []
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    columns = len(_cells(lines[start]))
    if len(_cells(lines[start + 1])) != columns or any(len(_cells(row)) > columns for row in lines[start:end]):
        return []
    rows = [f"| {' | '.join(_literal(cell) for cell in _cells(row))} |" for row in lines[start:end]]
    rows[1] = f"|{' --- |' * columns}"
    return rows


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|")]
