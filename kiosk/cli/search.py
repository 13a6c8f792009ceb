"""``cunkou search``: one question, or a file of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from content_packs.errors import PackError
from kiosk.cli.options import HomeOption, JsonOption, UsageError, home_of
from kiosk.cli.show import print_json, print_table
from kiosk.labels import KIND_LABELS, STATUS_LABELS
from kiosk.services import Kiosk, open_kiosk
from kiosk.site import load_settings
from kiosk.words import Hit, SearchAnswer


def search(
    query: Annotated[
        str | None, typer.Argument(help="要找什么：中文、拼音、拼音首字母或文号。", show_default=False)
    ] = None,
    *,
    queries: Annotated[
        Path | None,
        typer.Option("--queries", metavar="FILE", help="每行一问：编号、制表符、问题；没有表头。", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="最多给几条。")] = 10,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search what is installed."""
    if (query is None) == (queries is None):
        raise UsageError("要写一个问题，或者用 --queries 给一个文件。", todo="例如：cunkou search 养老金怎么领")
    asked = tuple(_questions(queries)) if queries else (("", query or ""),)
    place = home_of(home)
    with open_kiosk(place, load_settings(place)) as kiosk:
        _require_packs(kiosk)
        kiosk.searcher.warm_up()
        answers = ((name, kiosk.searcher.search(text, limit=limit)) for name, text in asked)
        if not as_json:
            _show(answers, together=queries is not None)
            return
        for name, answer in answers:
            print_json(_line(name, answer) if queries else _whole(answer))


def _questions(path: Path) -> Iterator[tuple[str, str]]:
    """Give the id and text of every question of a file.

    Raises:
        UsageError: The file cannot be read, or a line is no question; names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError("问题文件读不出来。", why=f"{path}：{error.strerror}", todo="请检查文件名。") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = data[: error.start].decode().count("\n") + 1
        raise UsageError("问题文件不是 UTF-8 文字。", why=f"{path}:{bad}", todo="请另存为 UTF-8。") from error
    for number, line in enumerate(text.split("\n"), 1):
        row = line.rstrip("\r")
        if not row.strip():
            continue
        name, tab, question = row.partition("\t")
        if not tab or not name.strip():
            raise UsageError("问题文件有一行写得不对。", why=f"{path}:{number}", todo="每行写成：编号、制表符、问题。")
        yield name.strip(), question


def _require_packs(kiosk: Kiosk) -> None:
    if kiosk.library.packs():
        return
    if kiosk.troubles:
        raise kiosk.troubles[0]
    raise PackError("还没有安装资料包。", why=str(kiosk.home.root), todo="先用 cunkou install 安装。", code="P-104")


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.ref.id,
        "pack": hit.ref.pack,
        "section": hit.section,
        "title": hit.title,
        "kind": hit.kind,
        "theme": hit.theme,
        "keywords": hit.keywords,
        "facts": hit.facts,
        "status": hit.status,
        "year": hit.year,
        "snippet": hit.snippet.text,
        "marks": hit.snippet.marks,
        "score": hit.score,
    }


def _line(name: str, answer: SearchAnswer) -> dict[str, object]:
    return {
        "id": name,
        "query": answer.query,
        "hits": [_hit(hit) for hit in answer.hits],
        "phone": answer.phone,
        "themes": answer.themes,
        "ms": answer.ms,
    }


def _whole(answer: SearchAnswer) -> dict[str, object]:
    line = _line("", answer)
    del line["id"]
    return line | {"emergency": answer.emergency, "phone_label": answer.phone_label, "meant": answer.meant}


def _show(answers: Iterator[tuple[str, SearchAnswer]], *, together: bool) -> None:
    rows: list[tuple[str, ...]]
    if together:
        rows = [(name, answer.query, _first(answer), answer.phone, f"{answer.ms:.1f}") for name, answer in answers]
        print_table("搜索结果", ("编号", "问题", "第一条", "电话", "毫秒"), rows)
        return
    for _, answer in answers:
        if answer.phone:
            print(f"请拨 {answer.phone}（{answer.phone_label}）")
        if answer.meant:
            print(f"您找的是：{answer.meant}")
        if not answer.hits:
            print("没有找到。")
            continue
        rows = [
            (hit.ref.id, hit.title, KIND_LABELS[hit.kind], STATUS_LABELS[hit.status], hit.snippet.text)
            for hit in answer.hits
        ]
        print_table(f"{len(rows)} 条，{answer.ms:.1f} 毫秒", ("编号", "标题", "类别", "状态", "片段"), rows)


def _first(answer: SearchAnswer) -> str:
    return answer.hits[0].title if answer.hits else "没有找到"
