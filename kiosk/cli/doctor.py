"""``cunkou doctor``: is this kiosk fit for work, and if not, what to do."""

from dataclasses import asdict

import typer

from kiosk.checkup import facts_of
from kiosk.cli.options import HomeOption, JsonOption, home_of
from kiosk.cli.show import print_json
from kiosk.doctor import Check, Verdict, examine
from kiosk.site import usable_settings

_SIGNS = {Verdict.OK: "✔", Verdict.WARN: "！", Verdict.FAIL: "✘"}


def doctor(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check voice, sound, printer, fonts, screen, disk, date and packs; exit with 1 if something is unfit."""
    place = home_of(home)
    used, _ = usable_settings(place)
    checks = examine(facts_of(place, used))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            _tell(check)
    if any(check.verdict is Verdict.FAIL for check in checks):
        raise typer.Exit(1)


def _tell(check: Check) -> None:
    print(f"{_SIGNS[check.verdict]} {check.title}：{check.found}")
    if check.todo:
        print(f"    怎么办：{check.todo}（代码 {check.code}）")
