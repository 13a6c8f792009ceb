"""What a clerk wants to know about what is installed: versions, where they come from, and what was synced when."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from content_packs.durable import write_in_place
from content_packs.errors import PackError
from content_packs.harmless import one_line
from content_packs.origin import Origin
from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.backup import set_aside
from kiosk.clock import date_words, machine_today
from kiosk.divisions import division_path
from kiosk.home import Home
from kiosk.machine import free_bytes
from kiosk.regions import COUNTRY
from kiosk.removal import is_removable
from kiosk.site import site_of
from sync.history import Entry, History, Result

HISTORY_SHOWN: Final = 20
_SYNC_FOLDER: Final = "sync"
"""As `sync.run.FOLDER`, which brings all that is needed for a sync."""

_CHECKED_BYTES: Final = 64


class PackState(Struct, frozen=True):
    """One installed pack.

    Attributes:
        pack_id: Its id.
        title: For people; the id where it cannot be read.
        publisher: Who answers for its words; empty where it cannot be read.
        version: In use.
        issued_on: Day of release; None where it cannot be read.
        items: How many it holds.
        origin: How it got here.
        previous: Version that a roll-back would return to; None if there is none.
        is_removable: Whether somebody may take it away.
        region: Whose signature it bears, in words; empty where no region signed it.
    """

    pack_id: str
    title: str
    publisher: str
    version: int
    issued_on: date | None
    items: int
    origin: Origin
    previous: int | None
    is_removable: bool
    region: str = ""


class Upkeep(Struct, frozen=True):
    """How things stand with what is installed.

    Attributes:
        packs: In order of their ids.
        history: The latest syncs, the latest first.
        free_bytes: On the volume of the home.
        checked: When everything was last looked through, by the machine's clock; None if never.
        notices: What the clerk must know of: settings that cannot be used, files that were damaged. Sentences.
    """

    packs: tuple[PackState, ...]
    history: tuple[Entry, ...]
    free_bytes: int
    checked: datetime | None
    notices: tuple[str, ...] = ()


def upkeep_of(home: Home) -> Upkeep:
    """Return how things stand. Reads the disk.

    Raises:
        SiteError: The volume of the home cannot be asked.
    """
    packs = []
    store = PackStore(home.root)
    for pack in store.installed():
        title, publisher, issued_on, items = pack.pack_id, "", None, 0
        with suppress(PackError), PackReader(pack.content_db) as reader:
            info = reader.info
            title, publisher = one_line(info.title), one_line(info.publisher)
            issued_on, items = info.issued_on, reader.item_count
        packs.append(
            PackState(
                pack_id=pack.pack_id,
                title=title,
                publisher=publisher,
                version=pack.version,
                issued_on=issued_on,
                items=items,
                origin=pack.origin,
                previous=pack.previous,
                is_removable=is_removable(store.versions_of(pack.pack_id)),
                region=region_words(pack.origin.region),
            )
        )
    entries = _history(home).entries()
    return Upkeep(tuple(packs), entries[:HISTORY_SHOWN], free_bytes(home.root), checked_at(home), notices_of(home))


def notices_of(home: Home) -> tuple[str, ...]:
    """Return what the clerk must know of before anything else; empty on a good day."""
    trouble = site_of(home).trouble
    settings = (f"{trouble.what}请告诉管理员（{trouble.telephone_code}）：{trouble.why}",) if trouble else ()
    return (*settings, *damaged_words(home, machine_today()))


def damaged_words(home: Home, today: date) -> tuple[str, ...]:
    """Return what is said of every damaged small file that was set aside lately; empty if there was none."""
    return tuple(
        f"{date_words(each.day)}，{each.title}坏了，收了起来，"
        + ("换上了备份。" if each.is_replaced else "从头开始记。")
        for each in set_aside(home, today)
    )


def last_success_of(home: Home) -> datetime | None:
    """Return when a sync last brought this kiosk up to date, by stick or line; None if never."""
    good = {Result.DONE, Result.NOTHING_NEW}
    return next((entry.ended for entry in _history(home).entries() if entry.result in good), None)


def _history(home: Home) -> History:
    return History(home.root / _SYNC_FOLDER / "history.json")


def region_words(code: str) -> str:
    """Return what a region is called, by the program's own table: what packs call themselves proves nothing.

    Args:
        code: Of the region; ``0`` for the nation, empty if there is none.

    Returns:
        Its name with all that it lies in, and its code where the table does not go down to it.
    """
    if code in {"", COUNTRY}:
        return "全国" if code else ""
    found = division_path(code)
    name = "".join(division.name for division in found)
    return name if found and found[-1].code == code else f"{name}地区{code}"


def checked_at(home: Home) -> datetime | None:
    """Return when everything that is installed was last looked through; None if never, or if nobody can tell."""
    with suppress(OSError, ValueError), _checked_file(home).open("rb") as opened:
        found = datetime.fromisoformat(opened.read(_CHECKED_BYTES).decode().strip())
        return found if found.tzinfo else None
    return None


def note_checked(home: Home, now: datetime) -> None:
    """Note that everything was looked through; on a disk that refuses, it will be done again sooner."""
    file = _checked_file(home)
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_in_place(file, f"{now.isoformat(timespec='seconds')}\n".encode())


def _checked_file(home: Home) -> Path:
    return home.root / "clerk" / "checked"
