"""A built release and the one before it → what has to be added: one bundle with the new blobs only.

A bundle never changes once it is served: a kiosk that has any older version needs what is new, and nothing else.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from content_packs.bundle import PackedBlob, write_bundles
from content_packs.durable import fsync_folder, move_into_place
from content_packs.limits import BUNDLES
from content_packs.model import BlobEntry, Bundle, Manifest
from sync.publish.built import BuiltRelease

_IN_MEMORY_BYTES = 64 * 1024


def rebundle(release: BuiltRelease, before: Manifest | None, aside: Path) -> Manifest:
    """Write the bundles that a release adds to the one before it, and return the manifest that is published.

    Every blob of the release is read and its hash compared.

    Args:
        release: As `cunkou pack build` left it.
        before: Manifest of the version that is served now; None for a new pack.
        aside: Empty folder; receives the new bundles.

    Returns:
        A manifest with the same content whose blobs lie in bundles of ``before`` where they are there already, else in
        the new ones. When that would be more bundles than a release may have, all blobs are bundled anew.

    Raises:
        PackError: A blob of the release is damaged.
        OSError: A file cannot be read or written.
    """
    manifest = release.manifest
    kept = _kept(manifest, before)
    for entry in manifest.blobs:
        release.read(entry)
    if not kept:
        for bundle in manifest.bundles:
            shutil.copyfile(release.folder / bundle.name, aside / bundle.name)
        return manifest
    bundles, entries = write_bundles(aside, _packed(release, kept, aside))
    for spooled in aside.glob("*.blob"):
        spooled.unlink()
    return _joined(manifest, before, kept, bundles, entries)


def take_in(aside: Path, bundles: Path) -> int:
    """Move new bundles into a repository, each durable; return their bytes."""
    total = 0
    for path in sorted(aside.glob("*.bundle")):
        total += path.stat().st_size
        move_into_place(path, bundles / path.name)
    fsync_folder(bundles)
    return total


def _kept(manifest: Manifest, before: Manifest | None) -> dict[str, BlobEntry]:
    """Return the blobs that a kiosk finds in the bundles of the version before; empty if all are bundled anew."""
    if before is None:
        return {}
    known = {entry.sha256: entry for entry in before.blobs}
    kept = {entry.sha256: known[entry.sha256] for entry in manifest.blobs if entry.sha256 in known}
    is_too_many = len({entry.bundle for entry in kept.values()}) + len(manifest.bundles) > BUNDLES
    return {} if is_too_many else kept


def _joined(
    manifest: Manifest,
    before: Manifest | None,
    kept: dict[str, BlobEntry],
    bundles: tuple[Bundle, ...],
    entries: tuple[BlobEntry, ...],
) -> Manifest:
    old = before.bundles if before else ()
    used = sorted({entry.bundle for entry in kept.values()})
    number = {bundle: position for position, bundle in enumerate(used)}
    moved = [msgspec.structs.replace(entry, bundle=number[entry.bundle]) for entry in kept.values()]
    added = [msgspec.structs.replace(entry, bundle=entry.bundle + len(used)) for entry in entries]
    return msgspec.structs.replace(
        manifest,
        bundles=(*(old[bundle] for bundle in used), *bundles),
        blobs=tuple(sorted(moved + added, key=lambda entry: entry.sha256)),
    )


def _packed(release: BuiltRelease, kept: dict[str, BlobEntry], aside: Path) -> Iterator[PackedBlob]:
    """Give new blobs as they are stored; large ones by way of a file: together they may not fit into memory."""
    for entry in release.manifest.blobs:
        if entry.sha256 in kept:
            continue
        stored = release.stored(entry)
        if len(stored) <= _IN_MEMORY_BYTES:
            yield PackedBlob(entry.sha256, entry.size, stored)
            continue
        spooled = aside / f"{entry.sha256}.blob"
        spooled.write_bytes(stored)
        yield PackedBlob(entry.sha256, entry.size, spooled)
