"""What ``cunkou stick`` says about sticks, as words: for a screen that must not load what looks at them."""

from typing import Any

import msgspec
from msgspec import Struct


class StepNews(Struct, frozen=True):
    """What would happen to one pack; as `sync.plan.Step`."""

    action: str
    pack: str
    title: str
    version: int
    before: int | None = None
    why: str = ""


class SourceNews(Struct, frozen=True):
    """One repository on a stick, and what it would bring.

    Attributes:
        repository: Its stable name.
        issued: Day of its timestamp, such as ``2026-11-22``.
        stale: Whether that has expired.
        fetch_bytes: That are to come.
        room_bytes: That are needed on the disk.
        free_bytes: That there are.
        expected_s: How long it may take.
        steps: One a pack.
    """

    repository: str
    issued: str
    stale: bool = False
    fetch_bytes: int = 0
    room_bytes: int = 0
    free_bytes: int = 0
    expected_s: float = 0.0
    steps: tuple[StepNews, ...] = ()


class TroubleNews(Struct, frozen=True):
    """Something that somebody can mend; as `content_packs.errors.KioskError`."""

    what: str
    why: str = ""
    todo: str = ""
    code: str = ""


class Stick(Struct, frozen=True):
    """One stick that is plugged in and was looked at.

    Attributes:
        device: Of the kernel, such as ``/dev/sdb1``.
        name: What people would call it.
        ours: Whether there is a repository of ours on it, believed or not.
        sources: What each would bring.
        troubles: Why one of them, or the stick, cannot be used.
    """

    device: str
    name: str
    ours: bool
    sources: tuple[SourceNews, ...] = ()
    troubles: tuple[TroubleNews, ...] = ()


class Other(Struct, frozen=True):
    """Something that was plugged in and is no stick for us, and why."""

    device: str
    name: str
    why: str


class StickNews(Struct, frozen=True):
    """What is plugged in now."""

    sticks: tuple[Stick, ...] = ()
    left_out: tuple[Other, ...] = ()


class ChangeNews(Struct, frozen=True):
    """One pack that changed; as `sync.history.Change`."""

    title: str
    before: int | None = None
    version: int | None = None


class SyncedNews(Struct, frozen=True):
    """One source, after it was synced: what changed, what could not, and what was planned."""

    repository: str = ""
    result: str = ""
    fetched_bytes: int = 0
    changes: tuple[ChangeNews, ...] = ()
    troubles: tuple[TroubleNews, ...] = ()
    steps: tuple[StepNews, ...] = ()


class BroughtNews(Struct, frozen=True):
    """What a sync has brought.

    Attributes:
        sources: Each one, with what came of it.
        failed: Why nothing could be had from others.
        receipt: Why there is no receipt on the stick; None if there is one, or none was wanted.
    """

    sources: tuple[SyncedNews, ...] = ()
    failed: tuple[TroubleNews, ...] = ()
    receipt: TroubleNews | None = None


def stick_news(told: dict[str, Any]) -> StickNews:
    """Return what the watching process told.

    Raises:
        msgspec.ValidationError: It was another version of this program.
    """
    return msgspec.convert(told, StickNews)


def brought_news(told: dict[str, Any]) -> BroughtNews:
    """Return what a process that synced told at its end.

    Raises:
        msgspec.ValidationError: It was another version of this program.
    """
    return msgspec.convert(told, BroughtNews)
