"""``cunkou setup``: whether the screen asks how this kiosk is to be set up."""

import os

import typer

from content_packs.errors import KioskError, SiteError
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json
from kiosk.setup import ask_again, needs_setup, note_set_up
from kiosk.site import sets_nothing

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(help="看看屏幕下次启动时会不会问。")
def show(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Say whether the next start asks."""
    asks = needs_setup(home_of(home))
    if as_json:
        print_json({"asks": asks})
        return
    print("下次启动，屏幕上会问怎么设置。" if asks else "下次启动，直接显示首页。")


@app.command(help="不问了，没有写的都用默认值。")
def skip(*, home: HomeOption = None) -> None:
    """Write the marker."""
    place = home_of(home)
    place.create()
    note_set_up(place)
    if needs_setup(place):
        raise SiteError("记不下来。", why=str(place.set_up), todo="请检查磁盘和权限。", code="M-355")
    print("好，不问了。")


@app.command(help="下次启动时重新问，例如机器搬到了别的村。")
def again(*, home: HomeOption = None) -> None:
    """Remove the marker."""
    place = home_of(home)
    if not sets_nothing(place):
        raise KioskError(
            "设置文件里写了设置，屏幕不会问。",
            why=os.path.realpath(place.site_file),
            todo="请直接改这个文件，或先清空它，只留一行 # 开头的说明。",
            code="K-035",
        )
    try:
        ask_again(place)
    except OSError as error:
        raise SiteError("改不了。", why=str(error), todo="请检查磁盘和权限。", code="M-355") from error
    print("好，下次启动时重新问。")
