"""Bringing the blobs that are missing here: one way for sticks and servers, resumed at the byte.

Whatever interrupts it, the bytes that the disk took stay, and the next attempt asks for the one after the last.
"""

import errno
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from content_packs.durable import disk_error
from content_packs.errors import CancelledError, DiskFullError, PackIntegrityError, SourceError
from content_packs.limits import MIB
from content_packs.model import BlobEntry, Manifest
from content_packs.progress import CancelToken
from sync.install import RESERVE_BYTES
from sync.layout import bundle_path
from sync.line import Clock
from sync.parts import PartFile
from sync.ranges import Range, ranges
from sync.source import ASK_PUBLISHER, PackSource, SourceWrongError

DURABLE_S = 10.0
"""After so many seconds what has come is made durable: that much work at most a power cut can cost.

A part that was filled sooner is not made durable at all: the pack that it becomes is, a moment later.
"""

ROOM_BYTES = 8 * MIB
"""After so many bytes the room that is left is looked at again: others write to the same volume."""

OnBytes = Callable[[int], None]
"""Told how many bytes of the part are here."""


class Transfer:
    """Fills a part from a source.

    Args:
        source: Holds the bundles.
        manifest: Names them; whoever calls has verified it.
        folder: Where the part lies; its volume must keep a reserve.
        on_bytes: Called after each piece.
        cancel: Asked after each piece.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        source: PackSource,
        manifest: Manifest,
        folder: Path,
        *,
        on_bytes: OnBytes,
        cancel: CancelToken,
        clock: Clock = time.monotonic,
    ) -> None:
        self._source = source
        self._manifest = manifest
        self._folder = folder
        self._on_bytes = on_bytes
        self._cancel = cancel
        self._clock = clock
        self._entries = {blob.sha256: blob for blob in manifest.blobs}
        self._unchecked = 0
        self._durable_at = clock()

    def fill(self, part: PartFile) -> None:
        """Return once the part holds all that its layout names.

        A blob that turns out to be another is fetched once more: what lay here of it may have been spoilt.

        Raises:
            SourceError: The source is gone, or answers nonsense; what has come stays.
            PackIntegrityError: The source holds another blob than the manifest names; those before it stay.
            DiskFullError: Only the reserve is left; what has come stays.
            SiteError: The disk refused; what has come stays.
            CancelledError: Somebody asked to stop; what has come stays.
        """
        again: set[str] = set()
        try:
            self._require_room()
            while part.next_blob:
                try:
                    self._fetch_rest(part)
                except PackIntegrityError:
                    spoilt = part.next_blob.sha256
                    if spoilt in again:
                        raise
                    again.add(spoilt)
        except OSError as error:
            raise disk_error(error, self._folder) from error
        except (SourceError, PackIntegrityError, CancelledError):
            with suppress(OSError):
                part.make_durable()
            raise

    def _fetch_rest(self, part: PartFile) -> None:
        missing = [self._entries[blob.sha256] for blob in part.missing]
        begun = part.next_offset
        for number, found in enumerate(ranges(missing)):
            start = found.start + begun if number == 0 else found.start
            self._fetch_range(part, Range(found.bundle, start, found.end))

    def _fetch_range(self, part: PartFile, wanted: Range) -> None:
        name = self._manifest.bundles[wanted.bundle].name
        length = wanted.end - wanted.start
        with self._source.open_range(bundle_path(name), wanted.start, length, None) as reply:
            position = reply.start
            for chunk in reply.chunks():
                self._take(part, chunk, position)
                position += len(chunk)
                self._on_bytes(part.length)
                self._cancel.check()
        if position < wanted.end:
            raise SourceWrongError(
                "来源里的文件不完整。", why=f"{self._source.label}：{name}", todo=ASK_PUBLISHER, code="S-218"
            )

    def _take(self, part: PartFile, chunk: bytes, position: int) -> None:
        """Add what of a chunk is blob; what lies between blobs is passed over."""
        view = memoryview(chunk)
        while view and (blob := part.next_blob):
            gap = self._entries[blob.sha256].offset + part.next_offset - position
            if gap > 0:
                view = view[gap:]
                position += gap
                continue
            taken = part.append(view)
            if taken == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            view = view[taken:]
            position += taken
            self._look_after(part, taken)

    def _look_after(self, part: PartFile, taken: int) -> None:
        """Make durable what has come, and look for room, each every now and then."""
        self._unchecked += taken
        if self._clock() - self._durable_at >= DURABLE_S:
            part.make_durable()
            self._durable_at = self._clock()
        if self._unchecked >= ROOM_BYTES:
            self._require_room()

    def _require_room(self) -> None:
        self._unchecked = 0
        free = shutil.disk_usage(self._folder).free
        if free < RESERVE_BYTES:
            missing = (RESERVE_BYTES - free + MIB - 1) // MIB
            raise DiskFullError(
                "磁盘快满了，先停在这里。",
                why=f"{self._folder} 还差 {missing} MiB",
                todo=f"请先腾出 {missing} MiB，再来一次；会从停下的地方接着来。",
            )


def missing_blobs(manifest: Manifest, has: Callable[[str], bool]) -> tuple[BlobEntry, ...]:
    """Return the blobs of a release that are not here, in the manifest's order. Pure.

    Args:
        manifest: Of the release.
        has: Whether a blob is here.
    """
    return tuple(blob for blob in manifest.blobs if not has(blob.sha256))
