"""``cunkou sync``: bring packs here from a stick, a folder or a server, and make them searchable."""

from datetime import UTC, datetime
from threading import Timer
from typing import Annotated

import typer

from content_packs.errors import KioskError, SiteError
from content_packs.progress import CancelToken
from kiosk.chores.syncing import Syncing, addresses, next_sync, night_left, open_sources
from kiosk.cli.chore import ChildOption, chore, stop_when_asked
from kiosk.cli.options import HomeOption, JsonOption, UsageError, home_of
from kiosk.cli.show import print_json
from kiosk.cli.sync_words import failure_described, look_described, look_told
from kiosk.home import Home
from kiosk.settings import Settings
from kiosk.site import load_settings
from sync.history import Result
from sync.look import Look
from sync.receipt import kiosk_key
from sync.run import Outcome

PARTLY = 5
"""Exit status when some packs came and others could not be had."""


def sync(  # noqa: PLR0913 (every argument is an option of the command)
    source: Annotated[
        str,
        typer.Argument(metavar="[SOURCE]", help="文件夹、U 盘的位置，或 https:// 网址。", show_default="设置里的网址"),
    ] = "",
    *,
    mend: Annotated[bool, typer.Option("--mend", help="先核对已装的资料包，坏了的从来源修好。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看看会做什么，不动手。")] = False,
    at_night: Annotated[
        bool, typer.Option("--at-night", help="到了 sync_hours 的结束时间就停下，下一夜接着取。")
    ] = False,
    when: Annotated[bool, typer.Option("--when", help="只说下一次什么时候自己去取。")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_child: ChildOption = False,
) -> None:
    """Sync from one source, or from every server that is set.

    Raises:
        UsageError: No source was named and none is set.
        KioskError: Nothing could be had.
    """
    place = home_of(home)
    settings = load_settings(place)
    if when:
        _say_when(place, settings, as_json=as_json, as_child=as_child)
        return
    names = (source,) if source else addresses(settings)
    if not names:
        raise UsageError("不知道从哪里取。", todo="写上文件夹或网址，或在 site.toml 里设 sync_urls。")
    place.create()
    with chore(as_json=as_json, as_child=as_child) as telling:
        cancel = _until_morning(settings) if at_night else CancelToken()
        stop_when_asked(cancel)
        job = Syncing(place, settings, on_progress=telling.progress, cancel=cancel)
        damaged = job.damaged() if mend else frozenset[str]()
        done: list[tuple[str, Look, Outcome | None]] = []
        failed: list[tuple[str, KioskError]] = []
        for number, name in enumerate(names):
            try:
                for opened in open_sources(name, settings, cancel):
                    if dry_run:
                        before = [found for _, found, _ in done]
                        done.append((opened.label, job.look(opened, damaged=damaged, before=before), None))
                    else:
                        found, outcome = job.sync(opened, damaged=damaged, number=number, of=len(names))
                        done.append((opened.label, found, outcome))
            except KioskError as error:
                failed.append((name, error))
        if not dry_run:
            job.tidy()
        if failed and not done:
            raise failed[0][1]
        result = {
            "sources": [look_described(*each) for each in done],
            "failed": [failure_described(*each) for each in failed],
        }
        telling.done(
            result, *(line for each in done for line in look_told(*each)), *(str(error) for _, error in failed)
        )
    if failed or any(outcome and outcome.result in {Result.PARTLY, Result.FAILED} for _, _, outcome in done):
        raise typer.Exit(PARTLY if _has_some(done) else 1)


def _has_some(done: list[tuple[str, Look, Outcome | None]]) -> bool:
    return any(outcome is None or outcome.result is not Result.FAILED for _, _, outcome in done)


def _until_morning(settings: Settings) -> CancelToken:
    """Return a token that is raised when the quiet hours end; what has come by then stays for the next night."""
    cancel = CancelToken()
    if left := night_left(settings, datetime.now(UTC).astimezone()):
        morning = Timer(left.total_seconds(), cancel.cancel)
        morning.daemon = True
        morning.start()
    return cancel


def _say_when(place: Home, settings: Settings, *, as_json: bool, as_child: bool) -> None:
    now = datetime.now(UTC).astimezone()
    if as_child:
        with chore(as_json=True, as_child=True) as telling:
            due = next_sync(place, settings, _drawn_by(place, settings), now)
            telling.done({"next": due.isoformat() if due else None})
        return
    due = next_sync(place, settings, _drawn_by(place, settings), now)
    if as_json:
        print_json({"next": due.isoformat() if due else None})
    elif due is None:
        print("本机不自己去取：没有设网址（sync_urls），或没有设时间（sync_hours）。")
    else:
        print(f"下一次自己去取：{due:%Y-%m-%d %H:%M}")


def _drawn_by(place: Home, settings: Settings) -> str:
    """Return what gives this kiosk its own moment: its key, else where it stands: a damaged key ends no sync."""
    try:
        return kiosk_key(place.root).id.fingerprint
    except SiteError:
        return f"{settings.region} {settings.village}"
