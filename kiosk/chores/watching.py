"""Watching for sticks, all day: weighs little until one is plugged in."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol

from content_packs.file_marks import FileMarks, pointer_marks
from content_packs.progress import CancelToken
from kiosk.home import Home
from sync.sticks.words import LeftOut, Volume

LOOK_EVERY_S: Final = 30.0
"""A stick whose signal was lost is seen after this at the latest."""

COMPARE_EVERY_S: Final = 5.0
"""While a stick is in, so often it is asked whether other packs are installed: a look at two small files of each."""


class SeesSticks(Protocol):
    """Who knows what is plugged in: `sync.sticks.bus.Sticks`."""

    def present(self) -> tuple[tuple[Volume, ...], tuple[LeftOut, ...]]:
        """Return the sticks, and what was plugged in but is none."""

    def wait(self, limit_s: float) -> bool:
        """Return when something may have changed, or after so many seconds; whether something may have."""


class LooksAtSticks(Protocol):
    """Who looks at a stick: `kiosk.chores.sticks.StickDesk.look_in_turn`, in words for programs."""

    def __call__(self, volume: Volume, *, again: bool) -> dict[str, Any] | None:
        """Return what there is to say of a stick; None while it cannot be looked at."""


class _Known(NamedTuple):
    """What was said of a stick, and what was installed then."""

    said: dict[str, Any]
    installed: FileMarks


def watch(
    home: Home, sticks: SeesSticks, look: LooksAtSticks, tell: Callable[[dict[str, Any]], None], cancel: CancelToken
) -> None:
    """Tell what is plugged in, now and after every change, until somebody asks to stop.

    A stick that stays in is looked at once, and again whenever other packs are installed than before, whoever has
    brought, taken away or rolled them back: what it would bring is then something else. A stick that brings nothing to
    this kiosk, because it is none of ours or is not believed, is not looked at again.

    Args:
        home: Whose packs are compared.
        sticks: The connection to udisks2.
        look: Looks at a stick; only called when there is one. While it cannot, what was said before stays.
        tell: Takes what is plugged in: what ``look`` said of each stick, and what was left out.
        cancel: Asked after every change.

    Raises:
        SiteError: udisks2 does not answer.
        CancelledError: Somebody asked to stop.
    """
    known: dict[tuple[str, str], _Known] = {}
    told: tuple[object, ...] | None = None
    while True:
        cancel.check()
        installed = pointer_marks(home.root)
        volumes, left_out = sticks.present()
        looked = {
            (volume.path, volume.uuid): _looked(known.get((volume.path, volume.uuid)), volume, installed, look)
            for volume in volumes
        }
        known = {name: found for name, found in looked.items() if found}
        said = [found.said for found in known.values()]
        now = (said, left_out)
        if now != told:
            told = now
            tell({"sticks": said, "left_out": list(left_out)})
        _wait(home, sticks, installed, [known.get((volume.path, volume.uuid)) for volume in volumes])


def _looked(before: _Known | None, volume: Volume, installed: FileMarks, look: LooksAtSticks) -> _Known | None:
    """Return what is known of a stick once it has been looked at, if that is due; None if nothing is known yet."""
    if before and not _is_due(before, installed):
        return before
    said = look(volume, again=before is not None)
    return before if said is None else _Known(said, installed)


def _is_due(known: _Known | None, installed: FileMarks) -> bool:
    """Whether a stick should be looked at."""
    return known is None or (known.installed != installed and bool(known.said["sources"]))


def _wait(home: Home, sticks: SeesSticks, installed: FileMarks, known: list[_Known | None]) -> None:
    """Wait for a signal, for other packs than those that are installed, or for a stick that could not be looked at."""
    if not known:
        sticks.wait(LOOK_EVERY_S)
        return
    is_due = any(_is_due(stick, installed) for stick in known)
    for _ in range(1 if is_due else round(LOOK_EVERY_S / COMPARE_EVERY_S)):
        if sticks.wait(COMPARE_EVERY_S) or pointer_marks(home.root) != installed:
            return
