"""``cunkou install`` and ``cunkou packs``."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from content_packs.errors import KioskError, PackError, SiteError, TrustError
from content_packs.harmless import one_line
from content_packs.manifest import MANIFEST_FILE
from content_packs.origin import BUILT_IN, UNSIGNED, Origin, OriginKind
from content_packs.progress import OnProgress
from content_packs.reader import PackReader
from content_packs.store import InstalledPack, PackStore
from kiosk.built_in import is_built_in
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json, print_table, progress_bar
from kiosk.home import Home
from sync.install import install_release, read_manifest

_ORIGINS = {OriginKind.BUILT_IN: "随程序", OriginKind.SIGNED: "已签名", OriginKind.UNSIGNED: "未签名"}

NICENESS = 10
"""At least this, so that whoever stands before the screen meanwhile does not notice."""


def install(
    release: Annotated[Path, typer.Argument(help="打好的资料包：有 manifest.json 的文件夹。", show_default=False)],
    *,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="作者自己试用没有签名的资料包；每一页、每一张单子上都会标明未签名。")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Install a release of this program's own, or with --unsigned one that nobody answers for, and index it."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    place = home_of(home)
    place.create()
    store = PackStore(place.root)
    data = read_manifest(release.parent if release.name == MANIFEST_FILE else release)
    origin = _origin(release, data, unsigned=unsigned)
    with progress_bar() as on_progress:
        done = install_release(release, store, origin=origin, data=data, on_progress=on_progress)
        trouble, index_s = _index(store, done.pack, place, on_progress)
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
                "index_seconds": round(index_s, 3),
                "searchable": trouble is None,
            }
        )
        _raise(trouble)
        return
    print(f"已安装《{one_line(done.title)}》第 {done.pack.version} 版：{done.items} 个条目，{done.size / 1e6:.1f} MB。")
    print(f"安装 {done.seconds:.1f} 秒，建立搜索索引 {index_s:.1f} 秒。")
    if not done.pack.origin.is_vouched_for:
        print("这份资料包未签名，只供试用。")
    _raise(trouble)


def _origin(release: Path, data: bytes, *, unsigned: bool) -> Origin:
    """Return who answers for a release with these bytes of a manifest.

    Raises:
        TrustError: Nobody does, and nobody has said that this is meant.
    """
    if is_built_in(data):
        return BUILT_IN
    if unsigned:
        return UNSIGNED
    raise TrustError(
        "这份资料包没有签名，没有装。",
        why=str(release),
        todo="正式的请用 cunkou sync 从 U 盘或网址装；作者自己试用，加 --unsigned。",
        code="T-440",
    )


def _index(
    store: PackStore, pack: InstalledPack, place: Home, on_progress: OnProgress
) -> tuple[KioskError | None, float]:
    """Build the pack's index; the pack is in use whatever comes of it. Return what went wrong, and the seconds."""
    from kiosk.search.build import index_pack  # noqa: PLC0415 (numpy and Whoosh, which a refused release never needs)
    from kiosk.search.layout import index_folder, remove_others  # noqa: PLC0415 (as above)

    started = time.monotonic()
    root = place.root / "index"
    try:
        index_pack(
            pack.content_db, index_folder(root, pack.pack_id, pack.version, pack.digest), on_progress=on_progress
        )
    except KioskError as error:
        return error, time.monotonic() - started
    kept = [(version.pack_id, version.version, version.digest) for version in store.all_versions()]
    remove_others(root, [index_folder(root, *names) for names in kept])
    return None, time.monotonic() - started


def _raise(trouble: KioskError | None) -> None:
    """Report that the search index is missing, although the pack is installed."""
    if trouble:
        raise SiteError(
            "资料包已经装好，可以浏览，但搜索索引没有建成。",
            why=str(trouble),
            todo="请再运行一次同样的安装命令。",
            code="M-314",
        ) from trouble


def _described(pack: InstalledPack) -> dict[str, object]:
    """Return what the list says about a pack; a damaged one stays in the list, with what is wrong as its title."""
    known: dict[str, object] = {
        "id": pack.pack_id,
        "version": pack.version,
        "previous": pack.previous,
        "origin": pack.origin.kind.value,
        "signer": pack.origin.signer,
    }
    try:
        with PackReader(pack.content_db) as reader:
            return known | {
                "title": reader.info.title,
                "publisher": reader.info.publisher,
                "issued_on": reader.info.issued_on.isoformat(),
                "items": reader.item_count,
            }
    except PackError as error:
        return known | {"title": error.what, "publisher": "", "issued_on": "", "items": 0, "trouble": str(error)}


def packs(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the installed packs."""
    found = [_described(pack) for pack in PackStore(home_of(home).root).installed()]
    if as_json:
        print_json(found)
        return
    if not found:
        print("还没有安装资料包。用 cunkou install 安装。")
        return
    header = ("编号", "版本", "名称", "发布单位", "发布日期", "条目", "可退回", "来历")
    columns = ("id", "version", "title", "publisher", "issued_on", "items", "previous", "origin")
    for pack in found:
        pack["origin"] = _ORIGINS[OriginKind(str(pack["origin"]))] + (f" {pack['signer']}" if pack["signer"] else "")
    print_table(
        "已安装的资料包",
        header,
        [tuple(str(pack[name] if pack[name] is not None else "") for name in columns) for pack in found],
    )
