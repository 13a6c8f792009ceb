"""``cunkou stick``: what is plugged in, what it would bring, and bringing it."""

from typing import Annotated, Any

import typer

from content_packs.errors import KioskError
from content_packs.progress import CancelToken
from kiosk.chores.sticks import Brought, Seen, StickDesk, find_volume
from kiosk.chores.watching import watch as watch_for
from kiosk.cli.chore import ChildOption, chore, stop_when_asked
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json
from kiosk.cli.sync_words import failure_described, look_described, look_told
from kiosk.home import Home
from kiosk.site import load_settings
from sync.history import Result
from sync.sticks.bus import Sticks
from sync.sticks.words import Volume

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

BusOption = Annotated[str, typer.Option("--bus", hidden=True, help="消息总线的地址。")]
DeviceArgument = Annotated[str, typer.Argument(metavar="[DEVICE]", help="如 /dev/sdb1。", show_default="唯一的一个")]


@app.command("list", help="看看插着哪些 U 盘，里面有什么新内容。")
def list_(*, bus: BusOption = "SYSTEM", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Look at every stick once."""
    place = home_of(home)
    with Sticks(bus) as sticks:
        seen, left_out = StickDesk(place, load_settings(place), sticks).look()
    if as_json:
        print_json({"sticks": [_described(stick) for stick in seen], "left_out": list(left_out)})
        return
    if not seen and not left_out:
        print("没有看到 U 盘。")
    for stick in seen:
        print(f"{stick.volume.name}（{stick.volume.device}）" + ("" if stick.is_ours else "：不是村口的 U 盘。"))
        for found in stick.looks:
            print("\n".join(look_told(stick.volume.name, found)))
        for trouble in stick.troubles:
            print(f"  {trouble}")
    for other in left_out:
        print(f"{other.name}（{other.device}）：{other.why}")


@app.command(help="一直看着：每次插上或拔出就说一次，给屏幕程序用。")
def watch(
    *, bus: BusOption = "SYSTEM", home: HomeOption = None, as_json: JsonOption = True, as_child: ChildOption = False
) -> None:
    """Tell what is plugged in after every change, in lines of JSON, until it is ended."""
    del as_json  # always so
    place = home_of(home)
    with chore(as_json=True, as_child=as_child) as telling, Sticks(bus) as sticks:

        def look(volume: Volume, *, again: bool) -> dict[str, Any] | None:
            return look_at(place, sticks, volume, again=again)

        watch_for(place, sticks, look, telling.news, CancelToken())


@app.command(help="把 U 盘里的新内容装进来，留一张回执，然后就可以拔了。")
def sync(
    device: DeviceArgument = "",
    *,
    bus: BusOption = "SYSTEM",
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_child: ChildOption = False,
) -> None:
    """Bring what is on a stick.

    Raises:
        SourceError: There is no stick, it is none of ours, or it was pulled out.
        KioskError: Nothing could be had from it.
    """
    place = home_of(home)
    place.create()
    with chore(as_json=as_json, as_child=as_child) as telling, Sticks(bus) as sticks:
        cancel = CancelToken()
        stop_when_asked(cancel)
        desk = StickDesk(place, load_settings(place), sticks)
        brought = desk.bring(find_volume(sticks, device), on_progress=telling.progress, cancel=cancel)
        told = [line for found, outcome in brought.done for line in look_told("", found, outcome)]
        told += [str(trouble) for trouble in brought.troubles]
        told += [str(brought.receipt)] if brought.receipt else []
        telling.done(_brought(brought), *told, "可以拔出 U 盘了。")
    if brought.troubles or any(outcome.result in {Result.PARTLY, Result.FAILED} for _, outcome in brought.done):
        raise typer.Exit(5)


def look_at(home: Home, sticks: Sticks, volume: Volume, *, again: bool = False) -> dict[str, Any] | None:
    """Look at one stick; return what programs are told about it. See `StickDesk.look_in_turn`."""
    seen = StickDesk(home, load_settings(home), sticks).look_in_turn(volume, again=again)
    return None if seen is None else _described(seen)


def _described(stick: Seen) -> dict[str, Any]:
    return {
        "device": stick.volume.device,
        "name": stick.volume.name,
        "size": stick.volume.size,
        "ours": stick.is_ours,
        "sources": [look_described(stick.volume.name, found) for found in stick.looks],
        "troubles": [failure_described(stick.volume.name, trouble) for trouble in stick.troubles],
    }


def _brought(brought: Brought) -> dict[str, Any]:
    def said(trouble: KioskError) -> dict[str, Any]:
        return failure_described("", trouble)

    return {
        "sources": [look_described("", found, outcome) for found, outcome in brought.done],
        "failed": [said(trouble) for trouble in brought.troubles],
        "receipt": said(brought.receipt) if brought.receipt else None,
    }
