"""``cunkou index``: every installed pack gets the search index that fits it."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from content_packs.errors import SiteError
from kiosk.chores.indexing import Indexed, index_packs
from kiosk.cli.chore import ChildOption, chore
from kiosk.cli.options import HomeOption, JsonOption, home_of


def index(
    *,
    home: HomeOption = None,
    anew: Annotated[bool, typer.Option("--anew", help="没有坏的也重新建。")] = False,
    as_json: JsonOption = False,
    as_child: ChildOption = False,
) -> None:
    """Build what is missing, outdated or damaged, at low priority; exit with 1 if a pack is left without.

    Raises:
        SiteError: A pack is left without an index; says why of the first.
    """
    place = home_of(home)
    with chore(as_json=as_json, as_child=as_child) as telling:
        done = index_packs(place, anew=anew, on_progress=telling.progress)
        failed = next((each for each in done if each.error), None)
        if failed is None:
            telling.done({"packs": [_line(each) for each in done]}, *map(_told, done))
            return
        assert failed.error is not None  # noqa: S101 - that is why it was chosen
        raise SiteError(
            f"资料包 {failed.pack} 的搜索索引没有建成。",
            why=str(failed.error),
            todo="仍然可以浏览，也能按名字找。请照上面说的做，再运行一次 cunkou index。",
            code="M-314",
        ) from failed.error


def _line(done: Indexed) -> dict[str, Any]:
    return {name: value for name, value in asdict(done).items() if name != "error"}


def _told(done: Indexed) -> str:
    if not done.is_new:
        return f"{done.pack} 第 {done.version} 版：索引是好的，{done.items} 个条目。"
    kept = f"，沿用 {done.kept} 个" if done.kept else ""
    return f"{done.pack} 第 {done.version} 版：建好了，{done.items} 个条目{kept}，{done.seconds:.1f} 秒。"
