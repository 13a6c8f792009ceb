"""YAML front matter → plain values, with the line of every field.

Only what a form needs is understood: text, lists, named values, true and false. Numbers and dates stay text until the
field says what they are, so that ``12333`` is a telephone number and ``no`` a word. Anchors, tags and repeated fields
are refused: nobody needs them, and anchors are how a small file becomes a large one.
"""

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct

from content_packs.findings import Finding

Value = str | bool | list["Value"] | dict[str, "Value"]

_FENCE = re.compile(r"^---[ \t]*$")
_MAX_DEPTH = 8
_BOOLEANS = {"true": True, "false": False}
_EMPTY = {"", "~", "null"}


class FrontMatter(Struct, frozen=True):
    """The two halves of an item's file.

    Attributes:
        fields: What the front matter says; empty fields are left out.
        lines: Dotted path of every field, such as ``sources[0].url``, → its line in the file.
        body: Markdown below the second ``---``.
        body_line: Line of the file on which the body starts.
    """

    fields: dict[str, Value]
    lines: dict[str, int]
    body: str
    body_line: int


class _Refusal(Exception):  # noqa: N818 — caught in this module
    def __init__(self, line: int, what: str, todo: str) -> None:
        super().__init__(what)
        self.line, self.what, self.todo = line, what, todo


def split_front_matter(text: str, file: str) -> FrontMatter | Finding:
    """Take an item's file apart; a finding says why that is not possible.

    Args:
        text: The whole file.
        file: Its path inside the source, for the finding.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not lines or not _FENCE.match(lines[0]):
        return Finding(file=file, line=1, what="文件开头没有 --- 字段区。", todo="第一行写 ---，写完字段再写一行 ---。")
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
    if end is None:
        return Finding(file=file, line=1, what="字段区没有结束。", todo="在字段后面、正文前面写一行 ---。")
    walk = _Walk("\n".join(lines[1:end]) + "\n")
    try:
        fields = walk.fields()
    except _Refusal as refusal:
        return Finding(file=file, line=refusal.line, what=refusal.what, todo=refusal.todo)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _broken(file, mark.line + 2 if mark else 1, str(error.problem or error.context or ""))
    except yaml.YAMLError as error:
        return _broken(file, 1, str(error).partition("\n")[0])
    return FrontMatter(fields, walk.places, "\n".join(lines[end + 1 :]), end + 2)


def _broken(file: str, line: int, problem: str) -> Finding:
    return Finding(
        file=file,
        line=line,
        what=f"字段区不是正确的 YAML（{problem}）。",
        todo="看看这一行的冒号、引号、缩进。值里有冒号或井号时，请加英文双引号。",
    )


class _Walk:
    """One walk over the events of a front matter, noting where every field stands.

    Events, not nodes: the library composes nodes by recursion in C, and a line of brackets would end the process.
    """

    def __init__(self, text: str) -> None:
        self.places: dict[str, int] = {}
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)

    def fields(self) -> dict[str, Value]:
        """Return the named values of the one document."""
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        if not isinstance(event, yaml.MappingStartEvent):
            raise _Refusal(_line(event), "字段区不是“名字: 值”的写法。", "每行写一个字段，如 title: 养老金怎么领。")
        found = self._mapping("", 1)
        while not isinstance(event, yaml.StreamEndEvent):
            event = self._next()
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Refusal(_line(event), "字段区里又开始了一个字段区。", "请只留一个字段区。")
        return found

    def _next(self) -> yaml.Event:
        event = next(self._events)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refusal(_line(event), "字段里用了 & 和 * 引用。", "请把内容再写一遍，不要引用。")
        tag = getattr(event, "tag", None)
        if tag:
            raise _Refusal(_line(event), f"字段里用了标记 {tag}。", "请删掉感叹号，直接写文字。")
        return event

    def _mapping(self, path: str, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise _Refusal(_line(key), "字段名不是一个词。", "每行写一个字段，如 title: 养老金怎么领。")
            inside = f"{path}.{key.value}" if path else str(key.value)
            if inside in self.places:
                raise _Refusal(_line(key), f"字段 {inside} 写了两次。", "请只留一个。")
            self.places[inside] = _line(key)
            value = self._value(self._next(), inside, depth)
            if value is None:
                del self.places[inside]
            else:
                found[str(key.value)] = value
        return found

    def _value(self, event: yaml.Event, path: str, depth: int) -> Value | None:
        if depth > _MAX_DEPTH:
            raise _Refusal(_line(event), "字段套得太深。", "请按 FORMAT.md 里的写法改。")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth + 1)
        return _scalar(event)

    def _sequence(self, path: str, depth: int) -> Value:
        entries: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            inside = f"{path}[{len(entries)}]"
            self.places[inside] = _line(event)
            value = self._value(event, inside, depth)
            entries.append("" if value is None else value)
        return entries


def _scalar(event: yaml.Event) -> str | bool | None:
    text = str(getattr(event, "value", ""))
    if getattr(event, "style", None) in {"'", '"', "|", ">"}:
        return text
    if text.lower() in _EMPTY:
        return None
    return _BOOLEANS.get(text, text)


def _line(event: yaml.Event) -> int:
    return (event.start_mark.line if event.start_mark else 0) + 2
