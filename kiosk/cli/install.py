"""``cunkou install`` and ``cunkou packs``."""

from pathlib import Path
from typing import Annotated

import typer

from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json, print_table, progress_bar
from sync.install import install_release


def install(
    release: Annotated[Path, typer.Argument(help="打好的资料包：有 manifest.json 的文件夹。", show_default=False)],
    *,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Install a release and build its search index."""
    place = home_of(home)
    place.create()
    store = PackStore(place.root)
    with progress_bar() as on_progress:
        done = install_release(release, store, on_progress=on_progress)
    if as_json:
        print_json(
            {
                "pack": done.pack.pack_id,
                "version": done.pack.version,
                "title": done.title,
                "items": done.items,
                "bytes": done.size,
                "replaced": done.replaced,
                "seconds": round(done.seconds, 3),
            }
        )
        return
    print(f"已安装《{done.title}》第 {done.pack.version} 版：{done.items} 个条目，{done.size / 1e6:.1f} MB。")
    print(f"用了 {done.seconds:.1f} 秒。这份资料包未签名。")


def packs(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the installed packs."""
    found = []
    for pack in PackStore(home_of(home).root).installed():
        with PackReader(pack.content_db) as reader:
            found.append(
                {
                    "id": pack.pack_id,
                    "version": pack.version,
                    "title": reader.info.title,
                    "publisher": reader.info.publisher,
                    "issued_on": reader.info.issued_on.isoformat(),
                    "items": reader.item_count,
                    "previous": pack.previous,
                    "signed": False,
                }
            )
    if as_json:
        print_json(found)
        return
    if not found:
        print("还没有安装资料包。用 cunkou install 安装。")
        return
    header = ("编号", "版本", "名称", "发布单位", "发布日期", "条目", "可退回")
    columns = ("id", "version", "title", "publisher", "issued_on", "items", "previous")
    print_table(
        "已安装的资料包（未签名）",
        header,
        [tuple(str(pack[name] if pack[name] is not None else "") for name in columns) for pack in found],
    )
