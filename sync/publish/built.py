"""A release as `cunkou pack build` left it, open for reading."""

from pathlib import Path

import msgspec

from content_packs.errors import PackFormatError
from content_packs.manifest import decode_manifest
from content_packs.model import BlobEntry, Item
from content_packs.unreadable import UNREADABLE
from sync.blobs import ReleaseFolder
from sync.install import read_manifest

_ASK = "请用 cunkou pack build 再打一次包。"


class BuiltRelease(ReleaseFolder):
    """A built release; a context manager that closes its files.

    Args:
        folder: Holds ``manifest.json`` and the bundles.

    Raises:
        SourceError: The manifest or a bundle is missing, or cannot be read.
        PackError: One of them is damaged, too large, or no plain file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = decode_manifest(read_manifest(folder))
        super().__init__(folder, self.manifest)

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
        except UNREADABLE as error:
            raise PackFormatError("资料包里有一个条目读不懂。", why=str(error), todo=_ASK, code="P-118") from error
