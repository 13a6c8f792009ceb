"""Setting up a kiosk on its own screen, without a keyboard: whether that is to happen, and what is written then.

Somebody is asked only where no kiosk was ever set up: no marker, no settings of either kind, none kept, and never a
first screen shown. What was touched goes into a file of its own in the home, because the screen's user may not write
into ``/etc``; the administrator's site file wins over it, setting by setting. The marker comes last: a power cut before
it lets the questions begin again, with what was answered already.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from content_packs.durable import write_in_place
from kiosk.declared import Value, as_stored
from kiosk.home import Home
from kiosk.site import site_of, write_screen_settings

_SHOWN_BEFORE = "first-sight.json"
"""As `ui.kept_sight.FILE`: a kiosk of an earlier version has shown its home, and needs no questions now."""


def needs_setup(home: Home) -> bool:
    """Return whether somebody should be asked how this kiosk is to be set up. Reads, and never fails."""
    traces = (home.set_up, home.kept_settings, home.root / _SHOWN_BEFORE)
    return not any(trace.exists() for trace in traces) and site_of(home).is_silent


def note_set_up(home: Home) -> None:
    """Write the marker; on a disk that refuses, the settings themselves say that nobody need be asked."""
    if home.set_up.exists():
        return
    with suppress(OSError):
        home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_in_place(home.set_up, f"{datetime.now(UTC).isoformat(timespec='seconds')}\n".encode())


def ask_again(home: Home) -> None:
    """Let the next start ask anew; what was touched on the screen before is offered as the answers.

    Raises:
        OSError: The disk refused.
    """
    for trace in (home.set_up, home.root / _SHOWN_BEFORE):
        trace.unlink(missing_ok=True)
    shutil.rmtree(home.kept_settings, ignore_errors=True)


def screen_text(answers: Mapping[str, Value]) -> str:
    """Return the file that holds answers: pure.

    Args:
        answers: Names of settings and what was chosen for them.
    """
    lines = ["# 在屏幕上做的设置。同一项在 site.toml 里也写了，就用 site.toml 的。"]
    return "\n".join([*lines, *(f"{name} = {as_stored(value)}" for name, value in answers.items())]) + "\n"


def keep_answers(home: Home, answers: Mapping[str, Value]) -> None:
    """Write what has been answered so far, so that a power cut loses one answer at most.

    Raises:
        SettingsError: An answer may not stand; nothing is written.
        OSError: The disk refused; what was there stays.
    """
    home.create()
    write_screen_settings(home, screen_text(answers))
