"""Manifests travel compressed where the repository has them so, and never twice.

A manifest is mostly hashes written in hex: a megabyte for 5,000 items, a fifth of that as one zstd frame. For an update
of a few pages over 2G that is most of what moves. The signature covers the plain bytes; whoever asked verifies them.
"""

import re
from contextlib import AbstractContextManager, suppress
from hashlib import sha256
from pathlib import Path

import zstandard

from content_packs.durable import write_in_place
from sync.layout import TARGETS
from sync.source import PackSource, RangeReply, SourceMissingError, SourceWrongError

SUFFIX = ".zst"
_LEVEL = 19
_WINDOW_BYTES = 32 * 1024 * 1024
_KEPT = 64
_HASH = re.compile(r"([0-9a-f]{64})\.", re.ASCII)


def packed_path(path: str) -> str:
    """Return where a repository may keep a compressed copy of a file."""
    return path + SUFFIX


def packed(data: bytes) -> bytes:
    """Return the compressed copy of a manifest: the same bytes for the same manifest."""
    return zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True, write_checksum=False).compress(data)


class ManifestSource:
    """A source whose manifests come the short way; all else passes through.

    Args:
        source: Where they come from.
        folder: Where manifests lie that came before; made when the first one is kept.
    """

    def __init__(self, source: PackSource, folder: Path) -> None:
        self._source = source
        self._folder = folder

    @property
    def label(self) -> str:
        """As the source's."""
        return self._source.label

    @property
    def is_stick(self) -> bool:
        """As the source's."""
        return self._source.is_stick

    def open_range(
        self, path: str, start: int, length: int, validator: str | None
    ) -> AbstractContextManager[RangeReply]:
        """Open a part of a file, see `sync.source.PackSource`."""
        return self._source.open_range(path, start, length, validator)

    def fetch(self, path: str, limit: int) -> bytes:
        """Return the whole of a small file, see `sync.source.PackSource`."""
        digest = _digest(path)
        if not digest:
            return self._source.fetch(path, limit)
        kept = self._folder / f"{digest}.json"
        with suppress(OSError), kept.open("rb") as opened:
            data = opened.read(limit + 1)
            if sha256(data).hexdigest() == digest:
                return data
        data = self._fetch_manifest(path, limit)
        if sha256(data).hexdigest() == digest:
            self._keep(kept, data)
        return data

    def _fetch_manifest(self, path: str, limit: int) -> bytes:
        if not self._source.is_stick:
            with suppress(SourceMissingError, SourceWrongError, zstandard.ZstdError):
                return _unpacked(self._source.fetch(packed_path(path), limit), limit)
        return self._source.fetch(path, limit)

    def _keep(self, kept: Path, data: bytes) -> None:
        """Keep a manifest, so that an interrupted sync does not fetch it again; a disk that refuses is no trouble."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_in_place(kept, data)
            forget_all_but(self._folder, _KEPT)


def forget_all_but(folder: Path, count: int) -> None:
    """Remove all manifests that were kept but the newest ones.

    Raises:
        OSError: The disk refused.
    """
    found = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[count:]:
        path.unlink(missing_ok=True)


def _digest(path: str) -> str:
    """Return the hash that a manifest's path names; empty if it is no manifest's."""
    folder, _, name = path.rpartition("/")
    found = _HASH.match(name)
    return found[1] if found and folder.startswith(f"{TARGETS}/") else ""


def _unpacked(data: bytes, limit: int) -> bytes:
    """Return what a frame holds, never more than the limit.

    Raises:
        ZstdError: It is no frame, or holds more.
    """
    if zstandard.frame_content_size(data) > limit:
        raise zstandard.ZstdError("larger than signed")
    return zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).decompress(data, max_output_size=limit)
