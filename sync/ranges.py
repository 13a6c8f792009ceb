"""Which parts of which bundles to ask for, so that the blobs that are missing arrive in few requests: pure."""

from collections.abc import Iterable

from msgspec import Struct

from content_packs.model import BlobEntry

GAP_BYTES = 16 * 1024
"""Between two blobs, up to this much is fetched and thrown away: over 2G one request costs about as much."""


class Range(Struct, frozen=True):
    """A part of one bundle.

    Attributes:
        bundle: Index into `content_packs.model.Manifest.bundles`.
        start: First byte.
        end: After the last byte.
    """

    bundle: int
    start: int
    end: int


def in_order(blobs: Iterable[BlobEntry]) -> tuple[BlobEntry, ...]:
    """Return blobs in the order in which they are fetched: by bundle, then by place."""
    return tuple(sorted(blobs, key=lambda blob: (blob.bundle, blob.offset)))


def ranges(blobs: Iterable[BlobEntry], *, gap: int = GAP_BYTES) -> tuple[Range, ...]:
    """Return the fewest ranges that hold all blobs and no gap longer than ``gap``.

    Args:
        blobs: In the order of `in_order`; those without bytes need none.
        gap: In bytes.
    """
    found: list[Range] = []
    for blob in blobs:
        end = blob.offset + blob.stored
        last = found[-1] if found else None
        if last and last.bundle == blob.bundle and blob.offset - last.end <= gap:
            found[-1] = Range(last.bundle, last.start, max(last.end, end))
        elif blob.stored:
            found.append(Range(blob.bundle, blob.offset, end))
    return tuple(found)


def bytes_on_the_way(blobs: Iterable[BlobEntry]) -> int:
    """Return how many bytes fetching these blobs brings here, gaps included."""
    return sum(found.end - found.start for found in ranges(in_order(blobs)))
