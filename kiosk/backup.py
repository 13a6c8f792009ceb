"""The small files that a kiosk writes itself: backed up daily, set aside when they are damaged.

They are few kilobytes: the PIN of the clerk, what people asked in vain, what was synced when, what was set on screen.
Packs and indexes come again by themselves. A file that cannot be read any more is moved aside under a name with the
day, its newest sound copy takes its place, and the clerk is told. A count of wrong PINs that was damaged comes back as
if all free tries had been used: damage must not give new ones.

Backups are numbered, because a machine whose clock has died does not know which day is the latest.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from content_packs.durable import fsync_folder, write_in_place
from content_packs.errors import SettingsError, SiteError
from content_packs.unreadable import UNREADABLE
from kiosk.home import Home
from kiosk.pin import FREE_TRIES, Tries
from kiosk.search.unanswered import Unanswered
from kiosk.settings import said_in
from sync.history import Entry

KEPT: Final = 7
ASIDE_DAYS: Final = 30
"""After this what was set aside goes, and nobody is told about it any more."""

_MOST_ASIDE: Final = 3
_LIMIT_BYTES: Final = 4 * 1024 * 1024
_NAME: Final = re.compile(r"(\d{6})_(\d{4}-\d{2}-\d{2})")
_ASIDE: Final = re.compile(r"(.+)\.damaged-(\d{4}-\d{2}-\d{2})(?:-\d+)?")
_MADE: Final = "made"

_DAMAGED = (*UNREADABLE, SettingsError)


def _decodes(data: bytes, kind: object) -> None:
    msgspec.json.decode(data, type=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One kind of small file.

    Attributes:
        path: Below the home.
        title: For people.
        check: Raises one of the errors of damage unless some bytes are such a file.
        restored: Returns the bytes that take the place of a damaged file, from those of the backup.
    """

    path: str
    title: str
    check: Callable[[bytes], object]
    restored: Callable[[bytes], bytes] = bytes


def _spent(data: bytes) -> bytes:
    kept = msgspec.json.decode(data, type=Tries)
    return msgspec.json.encode(replace(kept, wrong=max(kept.wrong, FREE_TRIES)))


SMALL_FILES: Final = (
    Small(path="clerk/pin.json", title="工作人员的 PIN", check=lambda data: _decodes(data, Tries), restored=_spent),
    Small(path="unanswered.json", title="没有答案的问题", check=lambda data: _decodes(data, Unanswered)),
    Small(path="sync/history.json", title="同步记录", check=lambda data: _decodes(data, tuple[Entry, ...])),
    Small(path="setup.toml", title="在屏幕上做的设置", check=lambda data: said_in(data.decode(), Path("setup.toml"))),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its folder, its number, and the day of the machine's clock on which it was made."""

    folder: Path
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged file that was moved aside: where it lies, what it was, the day, and whether a copy took its place."""

    path: Path
    title: str
    day: date
    is_replaced: bool


def backups(home: Home) -> tuple[Backup, ...]:
    """Return the backups of a home, the latest first; what cannot be read as one is left out."""
    found = []
    with suppress(OSError):
        for folder in home.backups.iterdir():
            name = _NAME.fullmatch(folder.name)
            with suppress(ValueError):
                if name:
                    found.append(Backup(folder, int(name[1]), date.fromisoformat(name[2])))
    return tuple(sorted(found, key=lambda backup: -backup.number))


def backed_up_at(home: Home) -> datetime | None:
    """Return when the latest backup was made, by the machine's clock; None if there is none, or if nobody can tell."""
    for backup in backups(home)[:1]:
        with suppress(OSError, ValueError):
            made = datetime.fromisoformat((backup.folder / _MADE).read_text().strip())
            return made if made.tzinfo else None
    return None


def back_up(home: Home, now: datetime) -> Backup:
    """Copy every small file that is sound into a new backup, and remove all but the latest ones.

    Args:
        home: Whose files.
        now: By the machine's clock, aware.

    Raises:
        SiteError: The disk refused; earlier backups stay.
    """
    number = max((backup.number for backup in backups(home)), default=0) + 1
    folder = home.backups / f"{number:06d}_{now.date().isoformat()}"
    aside = home.backups / f".{folder.name}.new"
    try:
        home.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        for small in SMALL_FILES:
            data = _read(home.root / small.path)
            if data is not None and _is_sound(small, data):
                (aside / small.path).parent.mkdir(mode=0o700, exist_ok=True)
                write_in_place(aside / small.path, data)
        write_in_place(aside / _MADE, f"{now.isoformat(timespec='seconds')}\n".encode())
        fsync_folder(aside)
        os.rename(aside, folder)  # noqa: PTH104 (a folder that is complete gets its name in one step)
        fsync_folder(home.backups)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise SiteError(
            "备份写不进磁盘。", why=f"{home.backups}：{error.strerror}", todo="请检查磁盘和权限。", code="M-353"
        ) from error
    for old in backups(home)[KEPT:]:
        shutil.rmtree(old.folder, ignore_errors=True)
    for gone in home.backups.glob(".*.new"):
        shutil.rmtree(gone, ignore_errors=True)
    return Backup(folder, number, now.date())


def mend(home: Home, today: date) -> tuple[SetAside, ...]:
    """Move every damaged small file aside and put its newest sound copy in its place; return what was moved.

    To be called before anything else reads them. On a disk that refuses, a damaged file stays: its readers begin anew.

    Args:
        home: Whose files.
        today: Of the machine's clock; stands in the names.
    """
    found = []
    for small in SMALL_FILES:
        path = home.root / small.path
        data = _read(path)
        if data is None or _is_sound(small, data):
            continue
        copy = next((data for backup in backups(home) if (data := _sound_copy(small, backup)) is not None), None)
        with suppress(OSError):
            aside = _free_name(path, today)
            os.link(path, aside)  # the file keeps its own name until another stands there: no moment without a PIN
            try:
                _replace(small, path, copy)
            except OSError:
                aside.unlink()
                raise
            fsync_folder(path.parent)
            found.append(SetAside(aside, small.title, today, copy is not None))
    return tuple(found)


def _replace(small: Small, path: Path, copy: bytes | None) -> None:
    """Let a copy take the place of a damaged file; without one the file goes, but a count of wrong PINs stays spent."""
    if copy is not None:
        write_in_place(path, small.restored(copy))
    elif small.path == SMALL_FILES[0].path:
        write_in_place(path, msgspec.json.encode(Tries(wrong=FREE_TRIES)))
    else:
        path.unlink()


def set_aside(home: Home, today: date) -> tuple[SetAside, ...]:
    """Return the damaged files that lie aside and that people should know of, the latest first."""
    found = []
    for small in SMALL_FILES:
        path = home.root / small.path
        with suppress(OSError):
            for each in path.parent.glob(f"{path.name}.damaged-*"):
                name = _ASIDE.fullmatch(each.name)
                with suppress(ValueError):
                    day = date.fromisoformat(name[2]) if name else today
                    if abs((today - day).days) <= ASIDE_DAYS:
                        found.append(SetAside(each, small.title, day, path.exists()))
    return tuple(sorted(found, key=lambda each: (each.day, each.path.name), reverse=True))


def forget_set_aside(home: Home, today: date) -> int:
    """Remove damaged files that have lain aside for long, and all but a few of each; return how many."""
    removed = 0
    for small in SMALL_FILES:
        path = home.root / small.path
        known = {each.path for each in set_aside(home, today) if each.path.name.startswith(path.name)}
        lying = sorted(path.parent.glob(f"{path.name}.damaged-*"), key=lambda each: each.name, reverse=True)
        for place, each in enumerate(lying):
            if each not in known or place >= _MOST_ASIDE:
                with suppress(OSError):
                    each.unlink()
                    removed += 1
    return removed


def restore(home: Home, backup: Backup) -> tuple[str, ...]:
    """Put the files of a backup back in their places; return the titles of those that it holds.

    Raises:
        SiteError: The disk refused; a file is as it was, or as it was in the backup.
    """
    titles = []
    for small in SMALL_FILES:
        data = _sound_copy(small, backup)
        if data is None:
            continue
        path = home.root / small.path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_in_place(path, small.restored(data))
        except OSError as error:
            raise SiteError(
                "备份没有放回去。", why=f"{path}：{error.strerror}", todo="请检查磁盘和权限。", code="M-354"
            ) from error
        titles.append(small.title)
    return tuple(titles)


def _read(path: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none or the disk does not give them."""
    try:
        with path.open("rb") as opened:
            return opened.read(_LIMIT_BYTES)
    except OSError:
        return None


def _is_sound(small: Small, data: bytes) -> bool:
    try:
        small.check(data)
    except _DAMAGED:
        return False
    return True


def _sound_copy(small: Small, backup: Backup) -> bytes | None:
    data = _read(backup.folder / small.path)
    return data if data is not None and _is_sound(small, data) else None


def _free_name(path: Path, today: date) -> Path:
    plain = path.with_name(f"{path.name}.damaged-{today.isoformat()}")
    names = (plain, *(plain.with_name(f"{plain.name}-{number}") for number in range(2, 100)))
    return next((name for name in names if not name.exists()), plain)
