"""What was fetched of a release so far: one file of blobs, end to end, and beside it the list of what it is to hold.

::

    HOME/sync/parts/<16 hex of the manifest>.part    stored blobs in the order of `PartLayout.blobs`, no gaps
    HOME/sync/parts/<the same>.json                  `PartLayout`

How far it is says its length, and each blob is proved by its hash whenever the file is opened, so that no flag can be
wrong. What a part holds serves any later release that names the same blobs.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from content_packs.bundle import unpack_blob
from content_packs.durable import fsync_folder, write_in_place
from content_packs.errors import PackIntegrityError
from content_packs.model import BlobEntry
from content_packs.unreadable import UNREADABLE

PART, LIST = ".part", ".json"
_NAME_LETTERS = 16
_NAME = re.compile(r"[0-9a-f]{16}")
_UNFINISHED = re.compile(r"\.[0-9a-z]+\.json\.\d+\.new", re.ASCII)


class PartLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """What a part is to hold.

    Attributes:
        pack_id: Of the release.
        blobs: In the order of the file.
    """

    pack_id: str
    blobs: tuple[BlobEntry, ...]


class PartFile:
    """A growing part; use as a context manager. Opening one that exists checks what is there and cuts off what is not.

    Args:
        folder: Where parts lie; must exist.
        name: Of the part, 16 hex digits.
        layout: What it is to hold.

    Raises:
        OSError: The disk refused.
    """

    def __init__(self, folder: Path, name: str, layout: PartLayout) -> None:
        self._path = folder / f"{name}{PART}"
        self._layout = layout
        self._places = _places(layout.blobs)
        self._done = 0
        self._length = 0
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._opened = os.open(self._path, flags, 0o644)
        self._settle()

    @classmethod
    def start(cls, folder: Path, name: str, layout: PartLayout) -> Self:
        """Begin a part, or go on with the one that was begun with the same layout.

        Raises:
            OSError: The disk refused.
        """
        if read_layout(folder, name) != layout:
            remove_part(folder, name)
            write_in_place(folder / f"{name}{LIST}", msgspec.json.encode(layout))
        return cls(folder, name, layout)

    def __enter__(self) -> Self:
        """Return the part itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; it stays."""
        os.close(self._opened)

    @property
    def length(self) -> int:
        """Bytes that are here."""
        return self._length

    @property
    def next_blob(self) -> BlobEntry | None:
        """The blob that is being waited for, as the layout has it; None when all are here."""
        return self._layout.blobs[self._done] if self._done < len(self._layout.blobs) else None

    @property
    def missing(self) -> tuple[BlobEntry, ...]:
        """The blobs that are not here, as the layout has them; the first may have begun to arrive."""
        return self._layout.blobs[self._done :]

    @property
    def next_offset(self) -> int:
        """How many bytes of `next_blob` are here."""
        return self._length - self._start(self._done)

    def append(self, data: bytes | memoryview) -> int:
        """Add bytes at the end; return how many the disk took, which may be fewer.

        Never adds more than `next_blob` lacks. Proves the blob as soon as it is whole.

        Raises:
            PackIntegrityError: The blob is not the one that the layout names; what came of it is gone again.
            OSError: The disk refused.
        """
        blob = self._layout.blobs[self._done]
        missing = blob.stored - self.next_offset
        taken = os.pwrite(self._opened, data[:missing], self._length)
        self._length += taken
        if taken == missing:
            self._prove()
        return taken

    def make_durable(self) -> None:
        """Return once all bytes are on the disk.

        Raises:
            OSError: The disk refused.
        """
        os.fsync(self._opened)
        fsync_folder(self._path.parent)

    def has(self, sha256: str) -> bool:
        """Whether this blob is here, whole."""
        return sha256 in self._places and self._places[sha256] < self._done

    def read(self, entry: BlobEntry) -> bytes:
        """Return one blob, see `sync.blobs.BlobReader`."""
        return self._blob(self._places[entry.sha256])

    def _settle(self) -> None:
        """Count the blobs that are whole, cut off after the last byte that may be good."""
        size = os.fstat(self._opened).st_size
        self._done, self._length = 0, 0
        for number, blob in enumerate(self._layout.blobs):
            if self._start(number) + blob.stored > size:
                self._length = size
                break
            try:
                self._blob(number)
            except PackIntegrityError:
                self._length = self._start(number)
                break
            self._done, self._length = number + 1, self._start(number) + blob.stored
        if size != self._length:
            os.ftruncate(self._opened, self._length)

    def _prove(self) -> None:
        """Count the blob that has just become whole, and those without bytes that follow it."""
        while self._done < len(self._layout.blobs):
            blob = self._layout.blobs[self._done]
            if self._start(self._done) + blob.stored > self._length:
                return
            try:
                self._blob(self._done)
            except PackIntegrityError:
                self._length = self._start(self._done)
                os.ftruncate(self._opened, self._length)
                raise
            self._done += 1

    def _start(self, number: int) -> int:
        blobs = self._layout.blobs
        return blobs[number].offset if number < len(blobs) else blobs[-1].offset + blobs[-1].stored if blobs else 0

    def _blob(self, number: int) -> bytes:
        entry = self._layout.blobs[number]
        data = b""
        while len(data) < entry.stored:
            piece = os.pread(self._opened, entry.stored - len(data), entry.offset + len(data))
            if not piece:
                break
            data = data + piece if data else piece
        return unpack_blob(data, entry, self._path.name)


def layout_for(pack_id: str, blobs: Iterable[BlobEntry]) -> PartLayout:
    """Return the layout that holds these blobs in this order, end to end."""
    placed: list[BlobEntry] = []
    end = 0
    for blob in blobs:
        placed.append(BlobEntry(sha256=blob.sha256, size=blob.size, stored=blob.stored, bundle=0, offset=end))
        end += blob.stored
    return PartLayout(pack_id, tuple(placed))


def part_name(manifest_sha256: str) -> str:
    """Return what the part of a release is called."""
    return manifest_sha256[:_NAME_LETTERS]


def read_layout(folder: Path, name: str) -> PartLayout | None:
    """Return what a part is to hold; None if there is no such part, or nobody can tell."""
    try:
        layout = msgspec.json.decode((folder / f"{name}{LIST}").read_bytes(), type=PartLayout)
    except (OSError, *UNREADABLE):
        return None
    ends = [0, *(blob.offset + blob.stored for blob in layout.blobs)]
    is_gapless = all(
        blob.offset == end and blob.stored <= blob.size for blob, end in zip(layout.blobs, ends, strict=False)
    )
    return layout if is_gapless else None


def parts_of(folder: Path, pack_id: str) -> tuple[str, ...]:
    """Return the names of all parts that were begun for a pack, in any order."""
    names = (path.name.removesuffix(LIST) for path in folder.glob(f"*{LIST}"))
    return tuple(name for name in names if (layout := read_layout(folder, name)) and layout.pack_id == pack_id)


def set_aside(folder: Path, name: str) -> None:
    """Give a part another name, so that one with another layout can be begun and still use what it holds.

    Raises:
        OSError: The disk refused.
    """
    other = sha256((folder / f"{name}{LIST}").read_bytes()).hexdigest()[:_NAME_LETTERS]
    for suffix in (PART, LIST):
        with suppress(FileNotFoundError):
            os.replace(folder / f"{name}{suffix}", folder / f"{other}{suffix}")  # noqa: PTH105 (one step, on one volume)
    fsync_folder(folder)


def remove_part(folder: Path, name: str) -> None:
    """Remove a part; nothing happens if there is none.

    Raises:
        OSError: The disk refused.
    """
    for suffix in (PART, LIST):
        (folder / f"{name}{suffix}").unlink(missing_ok=True)


def tidy_parts(folder: Path) -> None:
    """Remove what a crash may have left: a file without its list, a list that nobody can read or that was not finished.

    Nothing else, whoever put it there.

    Raises:
        OSError: The disk refused.
    """
    remove_unfinished(folder)
    for path in (*folder.glob(f"*{PART}"), *folder.glob(f"*{LIST}")):
        if _NAME.fullmatch(path.stem) and read_layout(folder, path.stem) is None:
            path.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Remove small files whose writing `content_packs.durable.write_in_place` was kept from finishing.

    Raises:
        OSError: The disk refused.
    """
    for path in folder.glob(".*.new"):
        if _UNFINISHED.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _places(blobs: tuple[BlobEntry, ...]) -> dict[str, int]:
    return {blob.sha256: number for number, blob in enumerate(blobs)}
