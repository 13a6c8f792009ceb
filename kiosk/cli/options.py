"""Options that several commands share."""

import inspect
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import typer

from content_packs.errors import KioskError
from kiosk.home import Home, find_home

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="数据文件夹；不写就用 CUNKOU_HOME 或系统默认位置。", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，给程序读。")]


Command = TypeVar("Command", bound=Callable[..., None])


def takes_home(command: Command) -> Command:
    """Let a command that has no use for a home take ``--home`` like all others, so that a script names it everywhere.

    Args:
        command: Without such a parameter.
    """

    @wraps(command)
    def beside_a_home(*arguments: object, home: Path | None = None, **named: object) -> None:
        del home
        command(*arguments, **named)

    given = inspect.signature(command)
    home = inspect.Parameter("home", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=HomeOption)
    told = cast("Any", beside_a_home)  # typer reads these two
    told.__signature__ = given.replace(parameters=[*given.parameters.values(), home])
    told.__annotations__ = {**command.__annotations__, "home": HomeOption}
    return cast("Command", told)


class UsageError(KioskError):
    """An argument that cannot be understood."""

    code = "K-020"


def home_of(chosen: Path | None) -> Home:
    """Return the home that ``--home`` names, else the environment's, else the platform's."""
    return find_home(chosen, os.environ)


def day_of(text: str | None, option: str) -> date:
    """Return the day that an option names; today by this machine's clock if it is missing.

    Raises:
        UsageError: The text is not a date.
    """
    if text is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} 后面不是日期：{text}", todo="写成 2026-11-22。") from error
