"""Watching for sticks, all day: weighs little until one is plugged in."""

from collections.abc import Callable
from typing import Any, Final, Protocol

from content_packs.progress import CancelToken
from sync.sticks.words import LeftOut, Volume

LOOK_EVERY_S: Final = 30.0
"""A stick whose signal was lost is seen after this at the latest."""


class SeesSticks(Protocol):
    """Who knows what is plugged in: `sync.sticks.bus.Sticks`."""

    def present(self) -> tuple[tuple[Volume, ...], tuple[LeftOut, ...]]:
        """Return the sticks, and what was plugged in but is none."""

    def wait(self, limit_s: float) -> object:
        """Return when something may have changed, or after so many seconds."""


def watch(
    sticks: SeesSticks,
    look: Callable[[Volume], dict[str, Any]],
    tell: Callable[[dict[str, Any]], None],
    cancel: CancelToken,
) -> None:
    """Tell what is plugged in, now and after every change, until somebody asks to stop.

    A stick that stays in is looked at once; what a clerk has done with it since is for whoever did it to tell.

    Args:
        sticks: The connection to udisks2.
        look: Looks at a stick; only called when there is one.
        tell: Takes what is plugged in: what ``look`` said of each stick, and what was left out.
        cancel: Asked after every change.

    Raises:
        SiteError: udisks2 does not answer.
        CancelledError: Somebody asked to stop.
    """
    known: dict[tuple[str, str], dict[str, Any]] = {}
    told: tuple[object, ...] | None = None
    while True:
        cancel.check()
        volumes, left_out = sticks.present()
        current = {(volume.path, volume.uuid): volume for volume in volumes}
        known = {name: known.get(name) or look(volume) for name, volume in current.items()}
        now = (tuple(known), left_out)
        if now != told:
            told = now
            tell({"sticks": list(known.values()), "left_out": list(left_out)})
        sticks.wait(LOOK_EVERY_S)
