"""``cunkou settings``: what is set, what it means, and what else could be set."""

from dataclasses import asdict
from typing import Annotated

import typer

from content_packs.errors import SettingsError
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json, print_table
from kiosk.declared import as_stored
from kiosk.home import Home
from kiosk.settings_table import setting_rows, settings_page
from kiosk.site import KEPT, usable_settings


def settings(
    *,
    home: HomeOption = None,
    as_json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 docs/settings.md 的内容。")] = False,
) -> None:
    """Print every setting with its value, default, range and meaning.

    Raises:
        SettingsError: The site file cannot be used; raised after the list, which is needed to mend it.
    """
    if markdown:
        print(settings_page(), end="")
        return
    place = home_of(home)
    used, trouble = usable_settings(place)
    rows = setting_rows(used)
    if as_json:
        print_json({"file": str(place.site_file), "settings": [asdict(row) for row in rows]})
    else:
        print_table(
            f"设置文件：{place.site_file.resolve()}{_remark(place, trouble)}",
            ("名字", "现在", "默认", "可以写", "单位", "意思"),
            [
                (row.name, as_stored(row.value), as_stored(row.default), row.accepts, row.unit, row.meaning)
                for row in rows
            ],
        )
    if trouble:
        raise trouble


def _remark(place: Home, trouble: SettingsError | None) -> str:
    if trouble:
        kept = trouble.telephone_code == KEPT
        return "（现在不能用，下面是上一份好的设置）" if kept else "（这个文件现在不能用，下面都是默认值）"
    return "" if place.site_file.exists() else "（还没有这个文件，下面都是默认值）"
