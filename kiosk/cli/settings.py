"""``cunkou settings``: what is set, what it means, and what else could be set."""

from dataclasses import asdict
from typing import Annotated

import typer

from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json, print_table
from kiosk.declared import as_stored
from kiosk.settings import load_settings
from kiosk.settings_table import setting_rows, settings_page


def settings(
    *,
    home: HomeOption = None,
    as_json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 docs/settings.md 的内容。")] = False,
) -> None:
    """Print every setting with its value, default, range and meaning."""
    if markdown:
        print(settings_page(), end="")
        return
    place = home_of(home)
    rows = setting_rows(load_settings(place))
    if as_json:
        print_json({"file": str(place.site_file), "settings": [asdict(row) for row in rows]})
        return
    found = "" if place.site_file.exists() else "（还没有这个文件，下面都是默认值）"
    header = ("名字", "现在", "默认", "可以写", "单位", "意思")
    print_table(
        f"设置文件：{place.site_file}{found}",
        header,
        [(row.name, as_stored(row.value), as_stored(row.default), row.accepts, row.unit, row.meaning) for row in rows],
    )
