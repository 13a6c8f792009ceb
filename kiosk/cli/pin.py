"""``cunkou pin``: the clerk's PIN."""

import sys
import time
from typing import Annotated

import typer

from kiosk.cli.options import HomeOption, JsonOption, home_of, takes_home
from kiosk.cli.show import print_json
from kiosk.home import Home
from kiosk.pin import PinDesk, hash_pin
from kiosk.site import usable_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

StdinOption = Annotated[bool, typer.Option("--stdin", help="从标准输入读，不问。")]


@app.command("set", help="设置工作人员的 PIN：6 到 12 位数字，没有默认的。")
def set_(*, stdin: StdinOption = False, home: HomeOption = None) -> None:
    """Set the PIN."""
    place = home_of(home)
    place.create()
    _desk(place).set_pin(_asked(stdin=stdin))
    print("设好了。")


@app.command(help="看看有没有设置 PIN。")
def show(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Say whether there is a PIN."""
    desk = _desk(home_of(home))
    if as_json:
        print_json({"set": desk.is_set, "wait_s": round(desk.seconds_left)})
        return
    print("已经设置。" if desk.is_set else "还没有设置。用 cunkou pin set 设置。")


@app.command("hash", help="算出写进 site.toml 的 pin_hash，给很多台机器一起设。")
@takes_home
def hash_(*, stdin: StdinOption = False) -> None:
    """Print the hash of a PIN."""
    print(hash_pin(_asked(stdin=stdin)))


def _desk(place: Home) -> PinDesk:
    settings, _ = usable_settings(place)
    return PinDesk(place.pin, seed=settings.pin_hash, now=time.monotonic)


def _asked(*, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().strip()
    return str(typer.prompt("PIN", hide_input=True, confirmation_prompt=True, err=True))
