"""A release as `cunkou pack build` left it, open for reading."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self

import msgspec

from content_packs.bundle import read_blob
from content_packs.errors import PackError, PackFormatError, PackIntegrityError
from content_packs.limits import MANIFEST_BYTES
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import BlobEntry, Bundle, Item

_ASK = "请用 cunkou pack build 再打一次包。"


class BuiltRelease:
    """A built release; a context manager that closes its files.

    Args:
        folder: Holds ``manifest.json`` and the bundles.

    Raises:
        PackError: The manifest or a bundle is missing, damaged or too large.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = decode_manifest(_manifest_bytes(folder))
        self._closing = ExitStack()
        with ExitStack() as stack:
            self._opened = [_open(folder / bundle.name, bundle, stack) for bundle in self.manifest.bundles]
            self._closing = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self._closing.close()

    def read(self, entry: BlobEntry) -> bytes:
        """Return one blob whose hash fits.

        Raises:
            PackIntegrityError: It is damaged.
        """
        return read_blob(self._opened[entry.bundle], entry, self.manifest.bundles[entry.bundle].name)

    def stored(self, entry: BlobEntry) -> bytes:
        """Return one blob as it lies in its bundle, not unpacked and not verified."""
        opened = self._opened[entry.bundle]
        opened.seek(entry.offset)
        return opened.read(entry.stored)

    def items(self) -> tuple[Item, ...]:
        """Return all items, ordered by id.

        Raises:
            PackError: One of them is damaged or malformed.
        """
        entries = {entry.sha256: entry for entry in self.manifest.blobs}
        decoder = msgspec.json.Decoder(Item)
        try:
            return tuple(decoder.decode(self.read(entries[blob])) for _, blob in sorted(self.manifest.items.items()))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise PackFormatError("资料包里有一个条目读不懂。", why=str(error), todo=_ASK, code="P-118") from error


def _manifest_bytes(folder: Path) -> bytes:
    try:
        with (folder / MANIFEST_FILE).open("rb") as opened:
            return opened.read(MANIFEST_BYTES + 1)
    except OSError as error:
        raise PackFormatError("这里没有打好的资料包。", why=str(folder), todo=_ASK, code="P-111") from error


def _open(path: Path, bundle: Bundle, stack: ExitStack) -> IO[bytes]:
    try:
        opened = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise _damaged("资料包缺了一个数据文件。", path) from error
    if os.fstat(opened.fileno()).st_size != bundle.size:
        raise _damaged("资料包的数据文件大小不对。", path)
    return opened


def _damaged(what: str, path: Path) -> PackError:
    return PackIntegrityError(what, why=path.name, todo=_ASK, code="P-131")
