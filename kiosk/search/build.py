"""Builds the search index of an installed pack: aside, then swapped into place.

Items are analysed in portions that stay on the disk until the index is complete, so that a build that was killed goes
on where it stood; what an index of an earlier version holds already is not analysed again.
"""

import errno
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct

from content_packs.durable import disk_error, fsync_file, fsync_folder
from content_packs.errors import SiteError
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.reader import SCHEMA_VERSION, PackReader
from kiosk.search.analysis import ANALYSER_VERSION, Analyser
from kiosk.search.arrays import ArraysDamageError, save_array
from kiosk.search.citations import count_lines
from kiosk.search.current import earlier, is_current, sound
from kiosk.search.exchange import put_into_place
from kiosk.search.increment import Increment, increment
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.inheritance import Inheritance, Taken, digests_of
from kiosk.search.layer import write_layer
from kiosk.search.layout import ABOUT, BUILDING, LAYOUT_VERSION, PORTIONS, About, hold, read_about, remove_leftovers
from kiosk.search.portion import Draft, Portion, portion_name
from kiosk.search.postings import IndexDamageError
from kiosk.tables.layout import TABLES_VERSION
from kiosk.tables.read import Tables

READ_PHASE: Final = "读取条目"
WAIT_PHASE: Final = "等另一个程序建完索引"

_PORTION_BYTES = 3_000_000
_STEP_ITEMS = 50
_LOOK_AGAIN_S = 0.2


class Built(Struct, frozen=True, kw_only=True):
    """What a build did.

    Attributes:
        about: What the new index says about itself.
        analysed: Items that were analysed now.
        resumed: Items that a build which broke off had analysed.
        kept: Items taken over from the index of an earlier version.
    """

    about: About
    analysed: int
    resumed: int
    kept: int


def index_pack(
    content_db: Path,
    index_dir: Path,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
    tables: Tables | None = None,
) -> Built:
    """Build the index of an installed pack. What stood at ``index_dir`` is used until the new one is complete.

    It may be killed at any moment: then the old index is still there, or the new one is, and the next call goes on
    with what was analysed. A second process waits until the first one is done.

    Args:
        content_db: Of the installed pack.
        index_dir: Where the index will lie, see `kiosk.search.layout.index_folder`.
        on_progress: Told about items read, then fields written.
        cancel: Asked between two steps.
        tables: Characters and sounds; by default those of this program.

    Raises:
        CancelledError: ``cancel`` was asked to; no index has changed.
        PackIntegrityError: The pack cannot be read.
        SiteError: The disk is full or cannot be written, or the new index does not know the words of its own titles;
            the index of before stays.
    """
    analyser = Analyser(tables or Tables())
    token = cancel or CancelToken()
    try:
        index_dir.parent.mkdir(parents=True, exist_ok=True)
        with _alone(index_dir.parent, on_progress, token) as has_waited, PackReader(content_db) as reader:
            remove_leftovers(index_dir.parent)
            if has_waited and (about := _sound_already(index_dir, reader, analyser)):
                return Built(about=about, analysed=0, resumed=0, kept=reader.item_count)
            return _Build(reader, index_dir, analyser, on_progress, token).run()
    except OSError as error:
        raise disk_error(error, index_dir) from error
    except ArraysDamageError as error:  # of a portion that was written a moment ago: the disk does not give it back
        raise disk_error(OSError(errno.EIO, os.strerror(errno.EIO)), index_dir) from error


@contextmanager
def _alone(folder: Path, on_progress: OnProgress, cancel: CancelToken) -> Iterator[bool]:
    """Wait until nobody else builds an index of this pack, and keep others from it; give whether that took a while."""
    has_waited = False
    while True:
        with hold(folder) as is_free:
            if is_free:
                yield has_waited
                return
        has_waited = True
        cancel.check()
        on_progress(Progress(0, 1, WAIT_PHASE))
        time.sleep(_LOOK_AGAIN_S)


def _sound_already(index_dir: Path, reader: PackReader, analyser: Analyser) -> About | None:
    """Return what an index says that somebody else has just built; None if there is none that can be used."""
    if is_current(index_dir, reader.manifest_digest):
        with suppress(IndexDamageError):
            sound(index_dir, analyser, PostingsCache(0), items=reader.item_count).close()
            return read_about(index_dir)
    return None


class _Build:
    """One build of one index."""

    def __init__(
        self, reader: PackReader, index_dir: Path, analyser: Analyser, on_progress: OnProgress, cancel: CancelToken
    ) -> None:
        self._reader = reader
        self._index_dir = index_dir
        self._analyser = analyser
        self._on_progress = on_progress
        self._cancel = cancel
        self._portions = index_dir.parent / PORTIONS
        self._analysed = self._resumed = 0

    def run(self) -> Built:
        """Take over what there is, analyse the rest, write the index aside, test it and put it into place."""
        bodies = [(sha256(body).digest(), len(body)) for body in self._reader.bodies()]
        digests = [digest for digest, _ in bodies]
        before = self._before()
        try:
            way = increment(digests, digests_of(before) if before else ())
            portions = list(self._analyse(way.fresh, bodies))
            aside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=self._index_dir.parent))
            try:
                about = self._write(aside, Inheritance(before, way) if before else None, way, portions)
                _require_sound(aside, len(digests), self._analyser)
                _make_durable(aside)
                put_into_place(aside, self._index_dir)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        finally:
            if before:
                before.close()
        shutil.rmtree(self._portions, ignore_errors=True)
        kept = len(digests) - len(way.fresh)
        return Built(about=about, analysed=self._analysed, resumed=self._resumed, kept=kept)

    def _before(self) -> PackIndex | None:
        """Return the index to go on from; none where this very version has one that is to be mended."""
        if self._index_dir.exists():
            return None
        return next(earlier(self._index_dir, self._analyser, PostingsCache(0)), None)

    # --- analysing --------------------------------------------------------------------------------------------------

    def _analyse(self, places: Sequence[int], bodies: Sequence[tuple[bytes, int]]) -> Iterator[Portion]:
        """Give the portions of some items, from the disk where a build that broke off has left them."""
        if places:
            self._portions.mkdir(exist_ok=True)
        done, total = 0, max(1, len(places))
        for part in _parted(places, [size for _, size in bodies]):
            digests = [bodies[place][0] for place in part]
            path = self._portions / portion_name(digests)
            try:
                yield Portion(path, digests)
                self._resumed += len(part)
            except ArraysDamageError:
                self._draft(part, path, done, total)
                yield Portion(path, digests)
                self._analysed += len(part)
            done += len(part)
            self._on_progress(Progress(done, total, READ_PHASE))

    def _draft(self, places: Sequence[int], path: Path, done: int, total: int) -> None:
        draft = Draft(self._analyser)
        for number, (row, item) in enumerate(self._reader.entries(places), done):
            if number % _STEP_ITEMS == 0:
                self._cancel.check()
                self._on_progress(Progress(number, total, READ_PHASE))
            draft.add(row, item)
        draft.write(path)

    # --- writing ----------------------------------------------------------------------------------------------------

    def _write(self, aside: Path, old: Inheritance | None, way: Increment, portions: Sequence[Portion]) -> About:
        """Write the files of a whole index aside; nothing is durable yet."""
        layers = way.layers
        taken = old.take_over(aside) if old and layers else Taken()
        items, sections, chapters = taken.items, taken.sections, len(taken.known.chapters)
        owners, names = [taken.owners], [taken.names]
        if portions or not layers:
            folder = aside / str(layers)
            folder.mkdir()
            layer = write_layer(folder, portions, taken.known, self._analyser, self._on_progress, self._cancel)
            for portion in portions:
                owners.append(portion.owners + np.int32(items))
                names.append(portion.names)
                items += portion.items
            layers, sections, chapters = layers + 1, sections + layer.sections, chapters + layer.chapters
        cited = Counter(taken.cited)
        for portion in portions:
            cited.update(portion.cited)
        save_array(aside / "dead.npy", np.array(way.dead, np.int32))
        save_array(aside / "names.npy", np.concatenate(owners).astype(np.int32))
        (aside / "names.txt").write_bytes("".join(names).encode())
        (aside / "cited.txt").write_bytes(count_lines(cited).encode())
        about = About(
            layout=LAYOUT_VERSION,
            analyser=ANALYSER_VERSION,
            tables=TABLES_VERSION,
            schema=SCHEMA_VERSION,
            digest=self._reader.manifest_digest,
            items=items,
            sections=sections,
            chapters=chapters,
            dead=len(way.dead),
            layers=layers,
        )
        (aside / ABOUT).write_bytes(msgspec.json.encode(about))
        return about


def _parted(places: Sequence[int], sizes: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give some places in parts whose items are about as large together; always the same for the same items."""
    first = held = 0
    for number, place in enumerate(places):
        held += sizes[place]
        if held >= _PORTION_BYTES:
            yield places[first : number + 1]
            first, held = number + 1, 0
    if first < len(places):
        yield places[first:]


def _require_sound(folder: Path, items: int, analyser: Analyser) -> None:
    """Refuse an index that does not find what it holds; the one of before stays in use.

    Raises:
        SiteError: It does not.
    """
    try:
        sound(folder, analyser, PostingsCache(0), items=items).close()
    except IndexDamageError as error:
        raise SiteError(
            "搜索索引建好了，但自己查自己没有通过。", why=str(error), todo="请检查磁盘，再装一次。", code="M-315"
        ) from error


def _make_durable(folder: Path) -> None:
    """Return once an index is on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            fsync_folder(path)
        else:
            fsync_file(path)
    fsync_folder(folder)
