"""Is what is installed still what was signed? Every blob is hashed again; what was derived from it is derived again.

A disk loses bytes years after they were written, and a reader would only notice on the page that somebody opens.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import msgspec
from msgspec import Struct

from content_packs.database import catalogue_row, relation_rows
from content_packs.model import Item, Manifest
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.rotten import ROTTEN

_LISTS = ("about", "items", "bodies", "relations")
"""Tables whose indexes are compared too; that of the media is used to find each of them."""

_STEP_BYTES = 4 * 1024 * 1024


class Verification(Struct, frozen=True):
    """What became of checking one installed version.

    Attributes:
        blobs: How many there should be.
        size: Their bytes.
        damaged: Hashes of blobs that are missing or changed, in order.
        readable: False where the file as a whole cannot be read as it should: its lists, or all of it.
    """

    blobs: int
    size: int
    damaged: tuple[str, ...]
    readable: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was signed."""
        return self.readable and not self.damaged


def verify_content(
    content_db: Path,
    manifest: Manifest,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Verification:
    """Compare an installed version with the manifest that it was installed from.

    Args:
        content_db: Its file; only read.
        manifest: Kept beside it.
        on_progress: Told in bytes.
        cancel: Asked between two blobs.

    Returns:
        What is damaged; never raises for damage, whatever the file holds.

    Raises:
        CancelledError: Somebody asked to stop.
    """
    size = sum(blob.size for blob in manifest.blobs)
    counted = _Counted(size, on_progress, cancel or CancelToken())
    try:
        with closing(sqlite3.connect(f"file:{quote(str(content_db.resolve()))}?mode=ro&immutable=1", uri=True)) as file:
            damaged, lists_fit = _items(file, manifest, counted)
            damaged += _media(file, manifest, counted)
    except ROTTEN:
        everything = tuple(sorted(blob.sha256 for blob in manifest.blobs))
        return Verification(len(manifest.blobs), size, everything, readable=False)
    return Verification(len(manifest.blobs), size, tuple(sorted(damaged)), readable=lists_fit)


class _Counted:
    """Counts bytes for the progress and asks whether to go on."""

    def __init__(self, total: int, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._total, self._on_progress, self._cancel = max(1, total), on_progress, cancel
        self._done = self._told = 0

    def take(self, size: int) -> None:
        self._cancel.check()
        self._done = min(self._total, self._done + size)
        if self._done - self._told >= _STEP_BYTES or self._done == self._total:
            self._told = self._done
            self._on_progress(Progress(self._done, self._total, "核对内容", "bytes"))


def _items(file: sqlite3.Connection, manifest: Manifest, counted: _Counted) -> tuple[list[str], bool]:
    """Return the damaged items, and whether the lists that were derived from the others still fit."""
    decoder = msgspec.json.Decoder(Item)
    damaged: list[str] = []
    relations: list[tuple[str, str, str]] = []
    fits = True
    for number, (item_id, blob) in enumerate(sorted(manifest.items.items()), start=1):
        found = _one(file, "SELECT n, item FROM items JOIN bodies USING (n) WHERE id = ?", item_id)
        if found is None or not isinstance(found[1], bytes) or hashlib.sha256(found[1]).hexdigest() != blob:
            damaged.append(blob)
            continue
        counted.take(len(found[1]))
        item = decoder.decode(found[1])
        relations += relation_rows(item)
        fits = fits and _one(file, "SELECT * FROM items WHERE n = ?", number) == catalogue_row(number, item)
    if damaged:
        return damaged, fits
    stored = sorted(file.execute("SELECT item, rel, target FROM relations"))
    return damaged, fits and stored == sorted(relations) and _has_only(file, manifest)


def _media(file: sqlite3.Connection, manifest: Manifest, counted: _Counted) -> Iterator[str]:
    for sha256, media_type in manifest.media.items():
        found = _one(file, "SELECT type, data FROM media WHERE sha256 = ?", sha256)
        if found is None or not isinstance(found[1], bytes) or hashlib.sha256(found[1]).hexdigest() != sha256:
            yield sha256
            continue
        counted.take(len(found[1]))
        if found[0] != media_type:
            yield sha256


def _one(file: sqlite3.Connection, query: str, key: object) -> tuple[object, ...] | None:
    """Return the first row; None if there is none, or the pages that hold it cannot be read."""
    try:
        row: tuple[object, ...] | None = file.execute(query, (key,)).fetchone()
    except ROTTEN:
        return None
    return row


def _has_only(file: sqlite3.Connection, manifest: Manifest) -> bool:
    """Whether there is no item that the manifest does not name, and the pack says of itself what it says there."""
    counts = file.execute("SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM bodies)").fetchall()
    about = file.execute("SELECT pack FROM about").fetchall()
    count = len(manifest.items)
    sound = all(file.execute(f"PRAGMA integrity_check({table})").fetchall() == [("ok",)] for table in _LISTS)
    said = msgspec.json.encode(manifest.pack, order="sorted").decode()
    return sound and counts == [(count, count)] and about == [(said,)]
