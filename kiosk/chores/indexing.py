"""Sees to it that every active pack has an index that fits it, and that no other index stays."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from content_packs.errors import CancelledError, KioskError
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.reader import PackReader
from content_packs.store import InstalledPack, PackStore
from kiosk.home import Home
from kiosk.search.analysis import Analyser
from kiosk.search.build import index_pack
from kiosk.search.current import is_current, sound
from kiosk.search.index import PostingsCache
from kiosk.search.layout import index_folder, remove_others, remove_portions
from kiosk.search.postings import IndexDamageError
from kiosk.tables.read import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What was done for one pack.

    Attributes:
        pack: Its id.
        version: Its version.
        is_new: Whether its index was built now; otherwise it was there and is sound.
        items: How many items its index holds.
        analysed: How many of these were analysed now.
        kept: How many were taken over from the index of an earlier version.
        seconds: How long it took.
        error: Why there is none; None if all is well.
    """

    pack: str
    version: int
    is_new: bool = False
    items: int = 0
    analysed: int = 0
    kept: int = 0
    seconds: float = 0.0
    error: KioskError | None = None


def index_packs(
    home: Home,
    *,
    anew: bool = False,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> tuple[Indexed, ...]:
    """Build the indexes that are missing, outdated or damaged, one pack after another.

    A pack whose index cannot be built keeps none of the others from theirs.

    Args:
        home: Whose packs.
        anew: Also those that are sound.
        on_progress: Told about each pack under its title.
        cancel: Asked between two steps.

    Returns:
        One entry a pack, ordered by id.

    Raises:
        CancelledError: ``cancel`` was asked to; what was built stays.
        SiteError: The home cannot be read.
    """
    store = PackStore(home.root)
    work = _Work(home, Tables(), on_progress, cancel or CancelToken())
    done = tuple(work.index(pack, anew=anew) for pack in store.installed())
    if not any(each.error for each in done):
        keep = [(pack.pack_id, pack.version, pack.digest) for pack in store.all_versions()]
        remove_others(home.indexes, [index_folder(home.indexes, *names) for names in keep])
        remove_portions(home.indexes)
    return done


class _Work:
    """Indexing one pack after another."""

    def __init__(self, home: Home, tables: Tables, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._home = home
        self._tables = tables
        self._analyser = Analyser(tables)
        self._on_progress = on_progress
        self._cancel = cancel

    def index(self, pack: InstalledPack, *, anew: bool) -> Indexed:
        """Build the index of one pack if it needs one."""
        self._cancel.check()
        started = time.monotonic()
        folder = index_folder(self._home.indexes, pack.pack_id, pack.version, pack.digest)
        try:
            with PackReader(pack.content_db) as reader:
                title, items = reader.info.title, reader.item_count
                is_sound = not anew and self._is_sound(folder, reader)
            if is_sound:
                return Indexed(pack=pack.pack_id, version=pack.version, items=items)
            built = index_pack(
                pack.content_db,
                folder,
                on_progress=lambda progress: self._tell(title, progress),
                cancel=self._cancel,
                tables=self._tables,
            )
        except CancelledError:
            raise
        except KioskError as error:
            return Indexed(pack=pack.pack_id, version=pack.version, error=error)
        return Indexed(
            pack=pack.pack_id,
            version=pack.version,
            is_new=True,
            items=items,
            analysed=built.analysed,
            kept=built.kept,
            seconds=round(time.monotonic() - started, 3),
        )

    def _is_sound(self, folder: Path, reader: PackReader) -> bool:
        """Return whether a pack has an index that fits it and knows the words of its own titles."""
        if not is_current(folder, reader.manifest_digest):
            return False
        with suppress(IndexDamageError):
            sound(folder, self._analyser, PostingsCache(0), items=reader.item_count).close()
            return True
        return False

    def _tell(self, title: str, progress: Progress) -> None:
        self._on_progress(msgspec.structs.replace(progress, phase=f"{title}：{progress.phase}"))
