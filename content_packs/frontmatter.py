"""YAML front matter → plain values, with the line of every field.

Only what a form needs is understood: text, lists, named values, true and false. Numbers and dates stay text until the
field says what they are, so that ``12333`` is a telephone number and ``no`` a word. Anchors, tags and repeated fields
are refused: nobody needs them, and anchors are how a small file becomes a large one.
"""

import re

import yaml
from msgspec import Struct

from content_packs.findings import Finding

Value = str | bool | list["Value"] | dict[str, "Value"]

_FENCE = re.compile(r"^---[ \t]*$")
_MAX_DEPTH = 8
_BOOLEANS = {"true": True, "false": False}
_EMPTY = {"", "~", "null"}
_YAML = "tag:yaml.org,2002:"
_ORDINARY = {"str", "null", "bool", "int", "float", "timestamp", "seq", "map", "value", "merge"}


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
    fields: dict[str, Value] = {}
    walk = _Walk()
    try:
        node = yaml.compose("\n".join(lines[1:end]) + "\n", Loader=yaml.CSafeLoader)
        if node is not None:
            fields = walk.fields(node)
    except _Refusal as refusal:
        return Finding(file=file, line=refusal.line, what=refusal.what, todo=refusal.todo)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _broken(file, mark.line + 2 if mark else 1, str(error.problem or error.context or ""))
    except (yaml.YAMLError, RecursionError) as error:
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
    """One walk over the nodes of a front matter, noting where every field stands."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self._seen: set[int] = set()

    def fields(self, node: yaml.Node) -> dict[str, Value]:
        """Return the named values of the outermost node."""
        if not isinstance(node, yaml.MappingNode):
            raise _Refusal(2, "字段区不是“名字: 值”的写法。", "每行写一个字段，如 title: 养老金怎么领。")
        return self._mapping(node, "", 1)

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key, child in node.value:
            line = _line(key)
            if not isinstance(key, yaml.ScalarNode):
                raise _Refusal(line, "字段名不是一个词。", "每行写一个字段，如 title: 养老金怎么领。")
            inside = f"{path}.{key.value}" if path else str(key.value)
            if inside in self.places:
                raise _Refusal(line, f"字段 {inside} 写了两次。", "请只留一个。")
            self.places[inside] = line
            value = self._value(child, inside, depth)
            if value is None:
                del self.places[inside]
            else:
                found[str(key.value)] = value
        return found

    def _value(self, node: yaml.Node, path: str, depth: int) -> Value | None:
        if node.tag.removeprefix(_YAML) not in _ORDINARY:
            raise _Refusal(_line(node), f"字段里用了标记 {node.tag}。", "请删掉感叹号，直接写文字。")
        if id(node) in self._seen:
            raise _Refusal(_line(node), "字段里用了 & 和 * 引用。", "请把内容再写一遍，不要引用。")
        self._seen.add(id(node))
        if depth > _MAX_DEPTH:
            raise _Refusal(_line(node), "字段套得太深。", "请按 FORMAT.md 里的写法改。")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth + 1)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, path, depth + 1)
        return _scalar(node)

    def _sequence(self, node: yaml.SequenceNode, path: str, depth: int) -> Value:
        entries: list[Value] = []
        for number, child in enumerate(node.value):
            inside = f"{path}[{number}]"
            self.places[inside] = _line(child)
            value = self._value(child, inside, depth)
            entries.append("" if value is None else value)
        return entries


def _scalar(node: yaml.Node) -> str | bool | None:
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style in {"'", '"', "|", ">"}:
        return text
    if text.lower() in _EMPTY:
        return None
    return _BOOLEANS.get(text, text)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2
