"""``cunkou stick watch --as-child``: the process beside the screen that runs all day.

It is started without what the command line is made of, and loads what looks at a stick when there is one: on most days
there is none, and it weighs a third.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from content_packs.errors import KioskError
from content_packs.progress import CancelToken
from kiosk.chores.lines import Telling, write_line
from kiosk.chores.quietly import end_with_parent, step_back
from kiosk.chores.watching import watch
from kiosk.home import find_home
from sync.sticks.bus import Sticks
from sync.sticks.words import Volume


def watch_as_child(arguments: Sequence[str]) -> None:
    """Tell what is plugged in after every change, in lines of JSON, until standard input ends.

    Args:
        arguments: Of ``cunkou``; ``--home DIR`` and ``--bus ADDRESS`` count.

    Raises:
        KioskError: Nobody can tell; has been told in a line too.
    """
    step_back()
    end_with_parent()
    given = dict(pairwise(arguments))
    telling = Telling(write_line)
    home = find_home(Path(given["--home"]) if "--home" in given else None, os.environ)
    try:
        with Sticks(given.get("--bus", "SYSTEM")) as sticks:

            def look(volume: Volume, *, again: bool) -> dict[str, Any] | None:
                from kiosk.cli.stick import look_at  # noqa: PLC0415 (trust, keys and the command line: 24 MiB)

                return look_at(home, sticks, volume, again=again)

            watch(home, sticks, look, telling.news, CancelToken())
    except KioskError as error:
        telling.failed(error)
        raise
