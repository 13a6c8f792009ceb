"""``cunkou verify``, ``rollback`` and ``remove``: is what is installed right, back to the version before, away."""

import os
from typing import Annotated

import typer

from content_packs.errors import PackError
from content_packs.progress import OnProgress
from content_packs.store import InstalledPack, PackStore
from kiosk.cli.chore import ChildOption, chore
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json
from kiosk.removal import remove_pack, removed_words
from sync.mend import Checked, check_pack, mend_pack

PackArgument = Annotated[str, typer.Argument(metavar="PACK", help="资料包编号，见 cunkou packs。", show_default=False)]


def verify(
    pack: Annotated[str, typer.Argument(metavar="[PACK]", help="只核对这一份。", show_default="全部")] = "",
    *,
    mend: Annotated[bool, typer.Option(help="用本机还有的内容修好。")] = True,
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_child: ChildOption = False,
) -> None:
    """Compare installed packs with what was signed; exit 1 when one is not as it should be."""
    store = PackStore(home_of(home).root)
    chosen = [installed for installed in store.installed() if pack in {"", installed.pack_id}]
    if pack and not chosen:
        raise PackError("没有这个资料包。", why=repr(pack), todo="用 cunkou packs 看看装了哪些。", code="P-102")
    with chore(as_json=as_json, as_child=as_child) as telling:
        checked = [_checked(store, installed, telling.progress, mend=mend) for installed in chosen]
        telling.done({"packs": [_described(entry) for entry in checked]}, *map(_words, checked))
    if not all(entry.is_sound for entry in checked):
        raise typer.Exit(1)


def rollback(pack: PackArgument, *, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Return to the version before the one in use; doing it again undoes it."""
    found = PackStore(home_of(home).root).roll_back(pack)
    if as_json:
        print_json({"pack": found.pack_id, "version": found.version, "previous": found.previous})
        return
    print(f"{found.pack_id} 现在用第 {found.version} 版。再运行一次就回到第 {found.previous} 版。")


def remove(pack: PackArgument, *, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Take a pack away with all its versions; one that came with the program stays."""
    gone = remove_pack(home_of(home), pack)
    if as_json:
        print_json(
            {"pack": gone.pack_id, "title": gone.title, "version": gone.version, "may_return_from": gone.repository}
        )
        return
    print(removed_words(gone))


def _checked(store: PackStore, installed: InstalledPack, on_progress: OnProgress, *, mend: bool) -> Checked:
    if mend and os.access(store.root, os.W_OK):
        return mend_pack(store, installed, on_progress=on_progress)
    return check_pack(installed, on_progress=on_progress)


def _described(entry: Checked) -> dict[str, object]:
    return {
        "pack": entry.pack_id,
        "version": entry.version,
        "sound": entry.is_sound,
        "mended": entry.is_mended,
        "blobs": entry.found.blobs if entry.found else None,
        "damaged": entry.found.damaged if entry.found else None,
    }


def _words(entry: Checked) -> str:
    name = f"{entry.pack_id} 第 {entry.version} 版："
    if entry.found is None:
        return f"{name}没有清单，核对不了。请重新安装或同步一次。"
    if entry.is_mended:
        return f"{name}坏了 {len(entry.found.damaged)} 处，已经修好。"
    if entry.is_sound:
        return f"{name}完好，{entry.found.blobs} 份数据，{entry.found.size / 1e6:.1f} MB。"
    return f"{name}坏了 {len(entry.found.damaged)} 处，本机没有完好的，请插 U 盘或联网同步。"
