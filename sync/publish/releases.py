"""Putting a release into a repository, and taking one back."""

import shutil
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from tuf.api.metadata import Metadata, TargetFile, Targets

from content_packs.checks import check_source
from content_packs.durable import disk_error
from content_packs.findings import require_clean
from content_packs.manifest import decode_manifest, encode_manifest
from content_packs.model import Manifest
from content_packs.source_words import LoadedItem, LoadedMedia, LoadedSource
from sync.layout import BUNDLES, is_region, manifest_path, parse_target_path, region_chain, target_path
from sync.manifests import packed, packed_path
from sync.publish.built import BuiltRelease
from sync.publish.draft import Overlay
from sync.publish.errors import PublishError
from sync.publish.rebundle import rebundle, take_in
from sync.publish.repository import Repository
from sync.publish.shelf import DRAFT
from sync.trust.fields import CUSTOM, REVOKED_RELEASES

_ASIDE = "adding-"
_REVOKED_KEPT = 500
"""Hashes of withdrawn releases that a role names; the oldest go first."""


_ASKED_AT_BUILD = {"guide.materials": 0}
"""A release cannot tell "nothing to bring" from "not written"; building it has asked already."""


class Added(Struct, frozen=True):
    """What a release brought to a repository.

    Attributes:
        role: Who must sign it.
        path: Its target path.
        manifest_sha256: Of the published manifest.
        new_bytes: Of the bundles that were added.
        kept_blobs: Blobs that were there already.
        blobs: All blobs of the release.
    """

    role: str
    path: str
    manifest_sha256: str
    new_bytes: int
    kept_blobs: int
    blobs: int


class Listed(Struct, frozen=True):
    """One pack that a repository offers.

    Attributes:
        role: Who signs it.
        path: Its target path.
        target: Length, hash, and our own words about it.
    """

    role: str
    path: str
    target: TargetFile

    def words(self) -> dict[str, object]:
        """Return our own words about it: version, title, publisher and the like; empty where there are none."""
        custom = self.target.custom or {}
        known = custom.get(CUSTOM)
        return dict(known) if isinstance(known, dict) else {}


def add_release(repository: Repository, folder: Path, region: str, today: date) -> Added:
    """Draft a release into a repository: check it as of today, add what is new as a bundle, name it in a role.

    Args:
        repository: Receives it.
        folder: A built release.
        region: Code of the region that answers for the pack; ``0`` for the nation.
        today: The day to judge dates by.

    Raises:
        PackError: The release is damaged, or `cunkou pack check` would call something in it 要改.
        PublishError: The region is none, the pack is not newer than what is served or was taken back, or another region
            has its id.
        SiteError: The disk refused; nothing was drafted.
    """
    if not is_region(region):
        raise PublishError("地区代码不对。", why=repr(region), todo="写 0，或 2、4、6、9、12 位代码。", code="U-506")
    with BuiltRelease(folder) as release, repository.shelf.alone():
        seen = repository.seen()
        path = target_path(region, release.manifest.pack.id)
        _require_own_id(seen, path, release.manifest.pack.id, region)
        before = _served_manifest(repository, seen, path)
        _require_newer(release.manifest, before)
        _require_checked(release, today)
        try:
            manifest, new_bytes = _take_in(repository, release, before)
            data = encode_manifest(manifest)
            digest = sha256(data).hexdigest()
            _require_not_taken_back(seen, digest, release.manifest)
            repository.shelf.write("", manifest_path(path, digest), data)
            repository.shelf.write("", packed_path(manifest_path(path, digest)), packed(data))
        except OSError as error:
            raise disk_error(error, repository.shelf.folder) from error
        role = seen.signers_of(region)
        targets = repository.edit_targets(role)
        targets.signed.targets[path] = TargetFile(len(data), {"sha256": digest}, path, {"custom": _custom(manifest)})
        repository.shelf.write_draft(role, targets)
    old = {entry.sha256 for entry in before.blobs} if before else set()
    kept = sum(entry.sha256 in old for entry in manifest.blobs)
    return Added(role, path, digest, new_bytes, kept, len(manifest.blobs))


def withdraw(repository: Repository, path: str) -> Listed:
    """Draft that a pack is offered no longer, and that kiosks that have this release should drop it.

    Args:
        repository: Offers it.
        path: Its target path, or its pack id where only one pack has it.

    Raises:
        PublishError: There is no such pack.
    """
    with repository.shelf.alone():
        found = [entry for entry in listed(repository.seen()) if path in {entry.path, _pack_id(entry.path)}]
        if len(found) != 1:
            todo = "用 cunkou publish verify 看看有哪些，写完整的路径。"
            raise PublishError("没有这份资料，或有好几份。", why=path, todo=todo, code="U-520")
        entry = found[0]
        targets = repository.edit_targets(entry.role)
        del targets.signed.targets[entry.path]
        revoked = [*_revoked(targets), entry.target.hashes["sha256"]]
        targets.signed.unrecognized_fields[REVOKED_RELEASES] = revoked[-_REVOKED_KEPT:]
        repository.shelf.write_draft(entry.role, targets)
        return entry


def listed(seen: Overlay) -> tuple[Listed, ...]:
    """Return the packs that a state offers, by role and path."""
    return tuple(
        Listed(role, path, target)
        for role, metadata in sorted(seen.targets.items())
        for path, target in sorted(metadata.signed.targets.items())
    )


def _take_in(repository: Repository, release: BuiltRelease, before: Manifest | None) -> tuple[Manifest, int]:
    folder = repository.shelf.folder
    for left in (folder / DRAFT).glob(f"{_ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder / DRAFT))
    try:
        manifest = rebundle(release, before, aside)
        return manifest, take_in(aside, folder / BUNDLES)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _served_manifest(repository: Repository, seen: Overlay, path: str) -> Manifest | None:
    """Return the manifest that is served under a path, or was drafted last; None for a new pack."""
    found = next((entry for entry in listed(seen) if entry.path == path), None)
    if found is None:
        return None
    file = repository.shelf.folder / manifest_path(path, found.target.hashes["sha256"])
    try:
        return decode_manifest(file.read_bytes())
    except OSError as error:
        raise PublishError(
            "仓库里缺了一份清单。", why=f"{file.name}：{error.strerror}", todo="请从备份恢复。", code="U-502"
        ) from error


def _require_newer(manifest: Manifest, before: Manifest | None) -> None:
    if before and manifest.pack.version <= before.pack.version:
        raise PublishError(
            "这份资料不比已经发布的新。",
            why=f"{manifest.pack.id}：已发布第 {before.pack.version} 版，这份是第 {manifest.pack.version} 版",
            todo="请在 pack.toml 里把 version 加一，再打一次包。",
            code="U-521",
        )


def _require_not_taken_back(seen: Overlay, digest: str, manifest: Manifest) -> None:
    """Return unless this very release was withdrawn: kiosks that have heard of that would pass it over for ever."""
    if any(digest in _revoked(metadata) for metadata in seen.targets.values()):
        raise PublishError(
            "这一版已经撤回过，信息机不会再装。",
            why=f"{manifest.pack.id} 第 {manifest.pack.version} 版",
            todo="请在 pack.toml 里把 version 加一，再打一次包。",
            code="U-533",
        )


def _require_own_id(seen: Overlay, path: str, pack_id: str, region: str) -> None:
    """Return unless a region above or below offers a pack of this id: no kiosk could tell them apart."""
    for entry in listed(seen):
        other = parse_target_path(entry.path)
        if other is None or other[1] != pack_id or entry.path == path:
            continue
        if other[0] in region_chain(region) or region in region_chain(other[0]):
            raise PublishError(
                "这个编号已经有别的地区在用。", why=f"{pack_id}：{other[0]}", todo="请换一个资料包编号。", code="U-522"
            )


def _require_checked(release: BuiltRelease, today: date) -> None:
    """Return if nothing in the release blocks publishing on this day."""
    media = {blob: LoadedMedia(sha256=blob, media_type=kind, size=0) for blob, kind in release.manifest.media.items()}
    items = tuple(
        LoadedItem(item=item, file=item.id, lines=_ASKED_AT_BUILD, block_lines=(0,) * len(item.blocks))
        for item in release.items()
    )
    source = LoadedSource(info=release.manifest.pack, info_lines={}, items=items, media=media, findings=())
    require_clean(check_source(source, today))


def _custom(manifest: Manifest) -> dict[str, object]:
    """Return what a kiosk shows about a pack before it has its manifest."""
    pack = manifest.pack
    return {
        CUSTOM: {
            "version": pack.version,
            "title": pack.title,
            "publisher": pack.publisher,
            "issued_on": pack.issued_on.isoformat(),
            "items": len(manifest.items),
            "size": sum(blob.size for blob in manifest.blobs),
        }
    }


def _revoked(targets: Metadata[Targets]) -> list[str]:
    known = targets.signed.unrecognized_fields.get(REVOKED_RELEASES)
    return [entry for entry in known if isinstance(entry, str)] if isinstance(known, list) else []


def _pack_id(path: str) -> str:
    parsed = parse_target_path(path)
    return parsed[1] if parsed else ""
