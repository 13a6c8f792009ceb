"""``cunkou trust`` and ``cunkou kiosk-id``: whom this kiosk believes, and how it is known itself."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from content_packs.errors import SourceError, TrustError
from kiosk.cli.options import HomeOption, JsonOption, UsageError, home_of
from kiosk.cli.show import print_json, print_table
from kiosk.home import Home
from kiosk.site import load_settings
from sync.receipt import kiosk_key
from sync.trust import refusals
from sync.trust.anchor import fingerprint_of, grouped, read_anchor
from sync.trust.limits import ROOT_BYTES
from sync.trust.store import TrustStore

app = typer.Typer(no_args_is_help=True)

ROOT_USER = 0
_TELL = "请写上 --fingerprint 和发布单位当面或电话告诉的指纹，或者写进 site.toml。"


def may_set_trust(user: int, owner: int) -> bool:
    """Whether a user may decide whom a kiosk believes: root, which is also who installs packages, or the home's owner.

    Args:
        user: Who asks, as the system numbers users.
        owner: Of the home.
    """
    return user in {ROOT_USER, owner}


@app.command("show")
def show(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show whose content this kiosk accepts, with the fingerprint of each root."""
    store = TrustStore(home_of(home).root)
    found = [_described(store, name) for name in store.repositories()]
    floor = store.record().floor.isoformat()
    if as_json:
        print_json({"floor": floor, "repositories": found})
        return
    if not found:
        print("还没有设置信任谁，不能同步。请管理员运行 cunkou trust set ROOT.json --fingerprint 指纹。")
        return
    print_table(
        f"本机信任的内容仓库（确知已过的日期：{floor}）",
        ("仓库", "根证书", "签发", "到期", "下一版要几人签", "上次采用的时间戳", "指纹（SHA-256）"),
        [tuple(str(value) for value in one.values()) for one in found],
    )


@app.command("set")
def set_root(
    root: Annotated[Path, typer.Argument(help="发布单位给的根证书文件。", show_default=False)],
    *,
    fingerprint: Annotated[
        str | None,
        typer.Option(
            "--fingerprint",
            help="发布单位当面或电话告诉的指纹（SHA-256）；不写就照 site.toml 里的 trusted_roots。",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept a publisher's content from now on. Root user or package only."""
    place = home_of(home)
    place.create()
    owner = place.root.stat()
    if not may_set_trust(os.geteuid(), owner.st_uid):
        raise refusals.not_allowed(_user_name(owner.st_uid))
    data = _read(root)
    told = _told_in_site(place, data) if fingerprint is None else fingerprint
    store = TrustStore(place.root)
    with _acting_as(owner):
        anchor = store.set_root(data, told, datetime.now(UTC))
    if as_json:
        print_json(_described(store, anchor.repository))
        return
    until = anchor.dates.expires.date()
    print(f"从现在起，本机接受 {anchor.repository} 发布的内容。根证书第 {anchor.version} 版，{until} 到期。")


def kiosk_id(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Print this kiosk's public key and its fingerprint, for enrolment with the publisher."""
    place = home_of(home)
    place.create()
    with _acting_as(place.root.stat()):
        known = kiosk_key(place.root).id
    if as_json:
        print_json({"public": known.public, "fingerprint": known.fingerprint})
        return
    print(f"公钥：{known.public}")
    print(f"指纹：{grouped(known.fingerprint)}")
    print("请把公钥交给发布单位登记：cunkou publish enrol。指纹用来在电话里核对。")


def _described(store: TrustStore, repository: str) -> dict[str, object]:
    """Return what the list says about a repository: the newest root, and the fingerprint of the one that was set."""
    try:
        kept = store.kept(repository)
        newest = read_anchor(kept.roots[-1])
    except TrustError as error:
        return {"repository": repository, "trouble": str(error)}
    return {
        "repository": repository,
        "root": newest.version,
        "issued": newest.dates.issued.isoformat(),
        "expires": newest.dates.expires.date().isoformat(),
        "threshold": newest.threshold,
        "timestamp": kept.seen.get("timestamp", 0),
        "fingerprint": grouped(fingerprint_of(kept.roots[0])),
    }


def _told_in_site(place: Home, data: bytes) -> str:
    """Return the fingerprint that the settings name for a root file, else the first that they name."""
    named = load_settings(place).trusted_roots.lower().split()
    if not named:
        raise UsageError("还不知道指纹。", why="没有 --fingerprint，site.toml 里也没有 trusted_roots", todo=_TELL)
    return next((one for one in named if one == fingerprint_of(data)), named[0])


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(ROOT_BYTES + 1)
    except OSError as error:
        raise SourceError(
            "根证书读不出来。",
            why=f"{path}：{error.strerror}",
            todo="请检查文件名；用 U 盘时请插好再试。",
            code="S-202",
        ) from error


@contextmanager
def _acting_as(owner: os.stat_result) -> Iterator[None]:
    """Let root work in a home with the rights of its owner, who must be able to go on from what is made.

    In somebody else's folder a link may lead anywhere: root would write there, whoever's file it is.
    """
    if os.geteuid() != ROOT_USER or owner.st_uid == ROOT_USER:
        yield
        return
    group, groups = os.getegid(), os.getgroups()
    os.setgroups([owner.st_gid])
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(ROOT_USER)
        os.setegid(group)
        os.setgroups(groups)


def _user_name(user: int) -> str:
    """Return what an administrator calls a user; a system without names for numbers gets the number."""
    try:
        import pwd  # noqa: PLC0415 (not on every system)

        return pwd.getpwuid(user).pw_name
    except (ImportError, KeyError):
        return str(user)
