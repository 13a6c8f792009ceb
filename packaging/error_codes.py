"""Writes docs/errors.md: every code that may be told over the telephone, from the places that raise it.

``python packaging/error_codes.py > docs/errors.md``; a test says when the page is out of date.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("content_packs", "sync", "kiosk", "ui", "packaging/appliance")
_CODE = re.compile(r"[PSTMKU]-\d{3}")
_FAMILIES = {
    "P": "P：内容包的问题，请发布单位改好再发",
    "S": "S：取内容的问题，检查U盘、网线或文件夹后再试",
    "T": "T：来的东西不能相信，没有采用；本机原来的内容照常能用",
    "U": "U：发布单位这边的问题：仓库、密钥、要发布的包",
    "M": "M：这台机器的问题",
    "K": "K：其他",
}


def page() -> str:
    """Return the page as Markdown: one table a family, ordered by code."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, words in _all_codes():
        found[code].add(words)
    lines = ["# 错误代码", "", "打电话求助时，把屏幕或命令行最后方括号里的代码告诉对方。", ""]
    for family, title in _FAMILIES.items():
        lines += [f"## {title}", "", "| 代码 | 出了什么事 → 现在做什么 |", "|---|---|"]
        lines += [f"| {code} | {'<br>'.join(sorted(found[code]))} |" for code in sorted(found) if code[0] == family]
        lines.append("")
    return "\n".join(lines)


def _all_codes() -> Iterator[tuple[str, str]]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            yield from _codes_of(_spelt_out(ast.parse(path.read_text())))


def _spelt_out(tree: ast.Module) -> ast.Module:
    """Put a module's own constants where their names stand, so that a sentence said in several places is found."""
    texts = {
        line.targets[0].id: line.value
        for line in tree.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and _text(line.value)
    }

    class Speller(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return texts.get(node.id, node) if isinstance(node.ctx, ast.Load) else node

    found = Speller().visit(tree)
    assert isinstance(found, ast.Module)  # noqa: S101 (a module stays one)
    return found


def _codes_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            code = _text(named.get("code"))
            if _CODE.fullmatch(code):
                what = _text(node.args[0]) if node.args else _text(named.get("what")) or _text(named.get("found"))
                yield code, _words(what, _text(named.get("todo")))
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign | ast.AnnAssign) and _CODE.fullmatch(_text(line.value)):
                    yield _text(line.value), f"这一类的总称（{node.name}）"


def _words(what: str, todo: str) -> str:
    what = what or "（见屏幕上的话）"
    return f"{what} → {todo}" if todo else what


def _text(node: ast.AST | None) -> str:
    """Return a literal's text; what is filled in at run time appears as three dots."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "…" for part in node.values)
    return ""


if __name__ == "__main__":
    sys.stdout.write(page())
