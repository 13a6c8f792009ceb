"""Builds what a kiosk can do, and owns what must be closed.

Everything but the library is built when it is first asked for: the home page needs no search, no voice and no keyboard.
"""

from collections.abc import Callable
from datetime import date
from threading import RLock
from types import TracebackType
from typing import Final, Self

from content_packs.abandoned import remove_abandoned
from content_packs.errors import PackError
from content_packs.file_marks import marks_of, pointer_marks
from content_packs.limits import MIB
from content_packs.store import PackStore
from kiosk.clock import BUILT_ON, counting_date
from kiosk.clock import machine_today as machine_today  # noqa: PLC0414 (given on)
from kiosk.home import Home
from kiosk.library import Library, OpenPack
from kiosk.log import EventLog
from kiosk.ports import CountsUnanswered, ReadsAloud, Searches, Types
from kiosk.settings import Settings
from kiosk.tables.read import Tables
from kiosk.words import Dossier, Slip, SpeechEvent, TabKind
from sync.trust.record import FOLDER as TRUST_FOLDER
from sync.trust.record import read_record

_INDEXES: Final = "*/*/about.json"


class _Shelf:
    """The packs that were active at one moment, open, and what is built over them."""

    def __init__(self, home: Home, settings: Settings, today: Callable[[], date]) -> None:
        store = PackStore(home.root)
        self.pointers = pointer_marks(home.root)
        self.packs: list[OpenPack] = []
        self.troubles: list[PackError] = []
        found = sorted(store.installed(), key=lambda pack: not pack.origin.is_vouched_for)
        for installed in found:
            is_isolated = found[0].origin.is_vouched_for and not installed.origin.is_vouched_for
            try:
                self.packs.append(OpenPack(installed.content_db, origin=installed.origin, is_isolated=is_isolated))
            except PackError as error:
                self.troubles.append(error)
        floor = read_record(home.root / TRUST_FOLDER, built=BUILT_ON).floor
        self.library = Library(self.packs, region=settings.region, today=today, floor=floor)
        self.searcher: Searches | None = None
        self.keyboard: Types | None = None

    def close(self) -> None:
        """Close the files."""
        if self.searcher:
            self.searcher.close()
        for pack in self.packs:
            pack.reader.close()


class Kiosk:
    """What a kiosk can do, without a screen. May be used from several threads.

    A pack that cannot be read is left out and named in `troubles`: the others are shown.

    Args:
        home: Where the state lives; made if it is missing.
        settings: How this kiosk is set up.
        today: Asks the machine's clock.

    Raises:
        SiteError: The home cannot be made.
    """

    def __init__(self, home: Home, settings: Settings, *, today: Callable[[], date]) -> None:
        home.create()
        self.home = home
        self.settings = settings
        self.log = EventLog(home)
        self._today = today
        self._tables = Tables()
        self._lock = RLock()
        self._unanswered: CountsUnanswered | None = None
        self._before: _Shelf | None = None
        self._shelf = self._opened()
        self._indexes = marks_of(home.indexes, _INDEXES)

    def __enter__(self) -> Self:
        """Return the kiosk itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the kiosk."""
        self.close()

    @property
    def library(self) -> Library:
        """What there is to read, of the packs that are active now."""
        return self._shelf.library

    @property
    def troubles(self) -> tuple[PackError, ...]:
        """Why packs that are installed are not shown; empty if all are."""
        return tuple(self._shelf.troubles)

    @property
    def today(self) -> date:
        """The machine's date, for showing and for the slip."""
        return self._today()

    @property
    def searcher(self) -> Searches:
        """Answers questions about the active packs. Ask for it anew for each question: packs may have changed."""
        with self._lock:
            shelf = self._shelf
            if shelf.searcher is None:
                from kiosk.search.searcher import Searcher  # noqa: PLC0415 (the home page needs no search)

                shelf.searcher = Searcher(
                    [pack.reader for pack in shelf.packs],
                    shelf.library,
                    self.home.indexes,
                    tables=self._tables,
                    cache_bytes=self.settings.search_cache_mib * MIB,
                )
            return shelf.searcher

    @property
    def keyboard(self) -> Types:
        """Letters to words, with the words of the active packs."""
        with self._lock:
            shelf = self._shelf
            if shelf.keyboard is None:
                from kiosk.typing.keyboard import Keyboard  # noqa: PLC0415 (the home page needs no keyboard)

                shelf.keyboard = Keyboard(self._tables, shelf.library.words())
            return shelf.keyboard

    @property
    def unanswered(self) -> CountsUnanswered:
        """What was asked for and not found. Blocks; not for the screen's own thread."""
        with self._lock:
            if self._unanswered is None:
                from kiosk.search.unanswered_file import UnansweredFile  # noqa: PLC0415 (when first needed)

                self._unanswered = UnansweredFile(self.home.unanswered, self._tables, self._counting_date)
            return self._unanswered

    def _counting_date(self) -> date:
        return counting_date(self.library.trusted_on, self._today())

    def open_reader(self, on_event: Callable[[SpeechEvent], None]) -> ReadsAloud:
        """Return a reader aloud, set up as the settings say. The caller closes it.

        Args:
            on_event: Told of every change, on any thread: hand over and return.
        """
        from kiosk.speech.player import Player  # noqa: PLC0415 (the home page needs no sound)
        from kiosk.speech.reader import Reader  # noqa: PLC0415
        from kiosk.speech.voice import Voice  # noqa: PLC0415

        voice = Voice(self.settings.voice)
        if self.settings.sound != "off":
            voice.start()
        return Reader(voice, Player(self.settings.sound), self.media, on_event)

    def media(self, pack: str, sha256: str) -> bytes:
        """Return a picture or a recording of an active pack; see `Library.media`."""
        return self.library.media(pack, sha256)

    def slip(self, dossier: Dossier, tab: TabKind | None = None) -> Slip:
        """Return what a person takes home of a dossier, printed today; see `kiosk.slip.slip_for`."""
        from kiosk.slip import slip_for  # noqa: PLC0415 (the home page needs no slip)

        pack = dossier.main.ref.pack
        version = next((card.version for card in self.library.packs() if card.id == pack), 0)
        return slip_for(dossier, tab, printed=self.today, village=self.settings.village, pack_version=version)

    def reload_if_changed(self) -> bool:
        """Read the packs again if one was installed, replaced or rolled back, also by another process.

        Costs one look at a small file of each pack and each index, so it may be asked every few seconds. The library of
        before stays readable until the next change, for whoever is still reading from it. An index that was built since
        is used from the next question on.

        Returns:
            Whether `library`, `searcher` and `keyboard` are new.
        """
        with self._lock:
            indexes = marks_of(self.home.indexes, _INDEXES)
            if indexes != self._indexes and self._shelf.searcher:
                self._shelf.searcher.refresh()
            self._indexes = indexes
            if pointer_marks(self.home.root) == self._shelf.pointers:
                return False
            if self._before:
                self._before.close()
            self._before, self._shelf = self._shelf, self._opened()
            return True

    def lacks_index(self) -> bool:
        """Return whether a pack has no index that fits it: it is searched by an older one, or by its names alone.

        Looks at the disk and loads what searching needs; not for the screen's own thread.
        """
        from kiosk.search.current import is_current  # noqa: PLC0415 (the home page needs no search)
        from kiosk.search.layout import index_folder  # noqa: PLC0415

        with self._lock:
            readers = [pack.reader for pack in self._shelf.packs]
            about = [(reader.info, reader.manifest_digest) for reader in readers]
        return any(
            not is_current(index_folder(self.home.indexes, info.id, info.version, digest), digest)
            for info, digest in about
        )

    def refresh_search(self) -> None:
        """Let the next question be answered from the indexes that are there now."""
        with self._lock:
            if self._shelf.searcher:
                self._shelf.searcher.refresh()

    def tidy(self) -> None:
        """Remove what installations and writings that broke off have left. Blocks; not for the screen's own thread."""
        PackStore(self.home.root).clean()
        remove_abandoned(self.home.root)

    def close(self) -> None:
        """Close every file; the kiosk cannot be used afterwards."""
        with self._lock:
            for shelf in (self._before, self._shelf):
                if shelf:
                    shelf.close()

    def _opened(self) -> _Shelf:
        shelf = _Shelf(self.home, self.settings, self._today)
        self.log.event("packs-opened", packs=len(shelf.packs), items=sum(len(pack.rows.rows) for pack in shelf.packs))
        for trouble in shelf.troubles:
            self.log.error(trouble)
        return shelf


def open_kiosk(home: Home, settings: Settings) -> Kiosk:
    """Return a kiosk over what is installed in a home, with the machine's clock; see `Kiosk`."""
    return Kiosk(home, settings, today=machine_today)
