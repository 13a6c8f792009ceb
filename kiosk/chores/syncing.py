"""Bringing packs here and making them searchable: from a folder, a stick, or the servers that the administrator set."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from content_packs.abandoned import remove_abandoned
from content_packs.durable import disk_error
from content_packs.errors import KioskError, PackIntegrityError, SiteError
from content_packs.progress import CancelToken, OnProgress, Progress
from content_packs.reader import PackReader
from content_packs.store import InstalledPack, PackStore
from kiosk.home import Home
from kiosk.settings import Settings
from sync.folder import FolderSource
from sync.history import History, failures_since_success, last_success
from sync.look import Look
from sync.mend import check_pack
from sync.network import HttpSource, Line
from sync.run import FOLDER, Outcome, SelfTestError, Sync
from sync.schedule import must_end, next_start, night_from
from sync.source import PackSource
from sync.sticks.contents import repositories_on
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from sync.words import Offering

_SELF_TEST = "M-315"
_SELF_TESTS = 2
"""A test that fails once may be the disk's fault. Where it fails twice the pack goes back, and does not come again."""

_BYTES_OF_KBIT = 125
_READ_SHARE = 0.85
"""Of the time that an index takes, reading and analysing."""


def is_address(text: str) -> bool:
    """Whether a source is named by an address rather than by a folder."""
    return text.partition("://")[0].lower() in {"http", "https"}


def open_sources(text: str, settings: Settings, cancel: CancelToken) -> tuple[PackSource, ...]:
    """Return the repositories that a text names: by ``https://…`` or ``http://…``, or in a folder or on a stick.

    Args:
        text: What was typed, or stands in the settings.
        settings: Say how servers are reached.
        cancel: Ends every pause of a bad line.

    Raises:
        SourceError: The folder is not there, holds no repository, or the address cannot be used.
    """
    if is_address(text):
        line = Line(proxy=settings.sync_proxy, limit_bytes_s=settings.sync_kbit_s * _BYTES_OF_KBIT)
        return (HttpSource(text, line=line, cancel=cancel),)
    folder = Path(text)
    found = repositories_on(folder)
    return tuple(map(FolderSource, found)) if found else (FolderSource(folder),)


class Syncing:
    """Syncs one home from one or several sources, one after another.

    Args:
        home: Receives the packs.
        settings: Of this kiosk.
        on_progress: Told about the whole.
        cancel: Asked between any two steps.
    """

    def __init__(self, home: Home, settings: Settings, *, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._home = home
        self._settings = settings
        self._on_progress = on_progress
        self._cancel = cancel

    def damaged(self) -> frozenset[str]:
        """Compare everything that is installed with what was signed; return the ids of packs that are damaged."""
        with _words_for_the_disk(self._home):
            found = (
                check_pack(pack, on_progress=self._on_progress, cancel=self._cancel)
                for pack in PackStore(self._home.root).installed()
            )
            return frozenset(checked.pack_id for checked in found if not checked.is_sound)

    def look(self, source: PackSource, *, damaged: frozenset[str] = frozenset(), before: Iterable[Look] = ()) -> Look:
        """Return what a sync from a source would do once those before it have been carried out.

        See `sync.run.Sync.look`.
        """
        taken = {pack_id: name for look in before for pack_id, name in look.brings.items()}
        with _words_for_the_disk(self._home):
            return self._job(source, self._on_progress).look(self._refresh, damaged=damaged, taken=taken)

    def sync(
        self, source: PackSource, *, damaged: frozenset[str] = frozenset(), number: int = 0, of: int = 1
    ) -> tuple[Look, Outcome]:
        """Sync from a source; see `sync.run.Sync.carry_out`.

        Args:
            source: Where packs come from.
            damaged: Ids of packs to be mended from it although they are here.
            number: Which one this is, from 0; its progress is that part of the whole.
            of: How many there are.
        """

        def told(progress: Progress) -> None:
            percent = progress.percent
            if percent is not None:
                progress = msgspec.structs.replace(progress, percent=round((number * 100 + percent) / of, 1))
            self._on_progress(progress)

        with _words_for_the_disk(self._home):
            job = self._job(source, told)
            found = job.look(self._refresh, damaged=damaged)
            return found, job.carry_out(found)

    def tidy(self) -> None:
        """Remove what earlier syncs left, indexes of versions that are gone too, and build those that are missing.

        A power cut between putting a pack into use and building its index leaves one that can be browsed only.

        Raises:
            CancelledError: Somebody asked to stop.
            SiteError: The home cannot be read.
        """
        from kiosk.chores.indexing import index_packs  # noqa: PLC0415 (numpy and Whoosh, which a look never needs)
        from kiosk.search.current import is_current  # noqa: PLC0415 (as above)
        from kiosk.search.layout import index_folder, remove_others, remove_portions  # noqa: PLC0415 (as above)

        with _words_for_the_disk(self._home):
            store, root = PackStore(self._home.root), self._home.indexes
            store.clean()
            remove_abandoned(self._home.root)
            kept = store.all_versions()
            remove_others(root, [index_folder(root, pack.pack_id, pack.version, pack.digest) for pack in kept])
            for pack in store.installed():
                with PackReader(pack.content_db) as reader:
                    digest = reader.manifest_digest
                if not is_current(index_folder(root, pack.pack_id, pack.version, pack.digest), digest):
                    index_packs(self._home, on_progress=self._on_progress, cancel=self._cancel)
                    return
            remove_portions(root)

    def _job(self, source: PackSource, on_progress: OnProgress) -> Sync:
        return Sync(
            self._home.root, source, after_install=self._make_searchable, on_progress=on_progress, cancel=self._cancel
        )

    def _refresh(self, source: PackSource) -> Offering:
        return refresh(TrustStore(self._home.root), source, self._settings.region, datetime.now(UTC))

    def _make_searchable(self, pack: InstalledPack, on_progress: OnProgress, cancel: CancelToken) -> None:
        """Build and test the index of a pack; see `sync.run.AfterInstall`."""
        from kiosk.search.build import index_pack  # noqa: PLC0415 (numpy and Whoosh, which a look never needs)
        from kiosk.search.layout import index_folder  # noqa: PLC0415 (as above)

        folder = index_folder(self._home.indexes, pack.pack_id, pack.version, pack.digest)
        for attempt in range(_SELF_TESTS):
            try:
                index_pack(pack.content_db, folder, on_progress=_as_one_phase(on_progress), cancel=cancel)
            except (PackIntegrityError, SiteError) as error:
                if isinstance(error, SiteError) and error.telephone_code != _SELF_TEST:
                    raise
                if attempt == _SELF_TESTS - 1:
                    raise _self_test(error) from error
            else:
                return


@contextmanager
def _words_for_the_disk(home: Home) -> Iterator[None]:
    """Tell in words that a disk did not give back what lies in a home.

    Raises:
        SiteError: It did not.
    """
    try:
        yield
    except OSError as error:
        raise disk_error(error, home.root) from error


def next_sync(home: Home, settings: Settings, kiosk_id: str, now: datetime) -> datetime | None:
    """Return when this kiosk fetches by itself next; None if it does not.

    Args:
        home: Its history tells what has been done.
        settings: Its addresses and its quiet hours.
        kiosk_id: Gives it its own moment of the night.
        now: By the clock on the wall, aware.
    """
    night = night_from(settings.sync_hours)
    if night is None or not settings.sync_urls:
        return None
    known = History(home.root / FOLDER / "history.json").entries()
    done = last_success(known)
    return next_start(
        now,
        night,
        kiosk_id,
        last_done=done.astimezone(now.tzinfo) if done else None,
        failures=failures_since_success(known),
    )


def night_left(settings: Settings, now: datetime) -> timedelta | None:
    """Return how long a sync that this kiosk began by itself may still run; None if no quiet hours are set.

    Args:
        settings: Its quiet hours.
        now: By the clock on the wall, aware.
    """
    night = night_from(settings.sync_hours)
    return must_end(now, night) - now if night else None


def addresses(settings: Settings) -> tuple[str, ...]:
    """Return the servers that the administrator set."""
    return tuple(settings.sync_urls.split())


def _as_one_phase(on_progress: OnProgress) -> Callable[[Progress], None]:
    """Return a callback that shows the phases of indexing as one that grows."""

    def told(progress: Progress) -> None:
        share = min(1.0, progress.done / max(1, progress.total))
        is_reading = progress.unit == "items"
        whole = share * _READ_SHARE if is_reading else _READ_SHARE + share * (1 - _READ_SHARE)
        on_progress(Progress(round(whole * 1000), 1000, progress.phase, "permille"))

    return told


def _self_test(error: KioskError) -> SelfTestError:
    return SelfTestError(
        "新的一版装好后检查没有通过，已经退回原来的一版。", why=str(error), todo="请告诉发布单位；本机照常能用。"
    )
