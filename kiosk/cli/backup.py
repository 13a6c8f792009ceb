"""``cunkou backup``: the small files that a kiosk writes itself."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from content_packs.errors import KioskError
from kiosk.backup import Backup, back_up, backups, forget_set_aside, mend, restore
from kiosk.cli.chore import ChildOption, chore
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json
from kiosk.clock import date_words

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(help="现在备份一次：PIN、没有答案的问题、同步记录、屏幕上做的设置。夜里每天自己做，留 7 份。")
def now(*, home: HomeOption = None, as_json: JsonOption = False, as_child: ChildOption = False) -> None:
    """Set damaged files aside, then copy what is sound."""
    place = home_of(home)
    place.create()
    moment = datetime.now(UTC).astimezone()
    with chore(as_json=as_json, as_child=as_child) as telling:
        damaged = mend(place, moment.date())
        forget_set_aside(place, moment.date())
        made = back_up(place, moment)
        words = [f"{each.title}坏了，收到了 {each.path.name}。" for each in damaged]
        telling.done(
            {"backup": made.folder.name, "damaged": [each.path.name for each in damaged]},
            *words,
            f"备份好了：{made.folder}",
        )


@app.command("list", help="列出有哪些备份。")
def list_(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the backups, the latest first."""
    found = backups(home_of(home))
    if as_json:
        print_json([{"name": each.folder.name, "day": each.day.isoformat()} for each in found])
        return
    for each in found:
        print(f"{each.number}　{date_words(each.day)}　{each.folder}")
    if not found:
        print("还没有备份。")


@app.command("restore", help="放回一份备份，例如误删了东西以后。请先停下屏幕程序。")
def restore_(
    number: Annotated[int, typer.Argument(metavar="[编号]", help="见 cunkou backup list。", show_default="最新的")] = 0,
    *,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the files of a backup back."""
    place = home_of(home)
    chosen = _chosen(backups(place), number)
    titles = restore(place, chosen)
    if as_json:
        print_json({"backup": chosen.folder.name, "restored": list(titles)})
        return
    print(f"放回了 {date_words(chosen.day)} 的：{'、'.join(titles) or '（空的）'}")


def _chosen(found: tuple[Backup, ...], number: int) -> Backup:
    chosen = next((each for each in found if number in {0, each.number}), None)
    if chosen is None:
        raise KioskError("没有这份备份。", todo="用 cunkou backup list 看看有哪些。", code="K-034")
    return chosen
