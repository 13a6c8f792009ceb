"""``cunkou unanswered``: what people asked for on several days and did not find."""

from typing import Annotated

import typer

from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json, print_table
from kiosk.clock import date_words
from kiosk.services import open_kiosk
from kiosk.site import load_settings


def unanswered(
    *,
    forget: Annotated[bool, typer.Option("--forget", help="看过以后全部忘掉。")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was asked on at least three days and not found; what was asked on most days first."""
    place = home_of(home)
    with open_kiosk(place, load_settings(place)) as kiosk:
        kept = kiosk.unanswered.kept()
        if as_json:
            print_json(kept)
        elif kept:
            rows: list[tuple[str, ...]] = [(each.text, str(each.days), date_words(each.last_on)) for each in kept]
            print_table("村民多次问过、还没有答案的", ("问的是", "几天有人问", "最近一次"), rows)
        else:
            print("没有。一句话要在三个不同的日子都有人问、又都没查到，才会列在这里。")
        if forget:
            kiosk.unanswered.forget()
