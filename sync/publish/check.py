"""Looking at a whole repository as kiosks would, before they do: signatures, dates, and every byte that is named."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from content_packs.errors import KioskError, SourceError
from content_packs.manifest import decode_manifest
from content_packs.model import Bundle
from content_packs.progress import OnProgress, Progress, ignore_progress
from sync.folder import FolderSource
from sync.layout import METADATA, NATION, bundle_path, parse_target_path
from sync.publish.draft import overlay
from sync.publish.errors import PublishError
from sync.publish.releases import listed
from sync.publish.shelf import ROOT, Shelf
from sync.trust.anchor import fingerprint_of
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from sync.words import Offer


class Looked(Struct, frozen=True):
    """What kiosks would find.

    Attributes:
        regions: Regions that were tried, in order.
        offers: Packs that a kiosk of one of them would take, by path.
        problems: What a kiosk would refuse, each with its reason and code; empty if all is well.
        issued: Day of the timestamp; None if no kiosk would accept it.
    """

    regions: tuple[str, ...]
    offers: tuple[Offer, ...]
    problems: tuple[str, ...]
    issued: date | None


def look(
    folder: Path, now: datetime, *, region: str | None = None, on_progress: OnProgress = ignore_progress
) -> Looked:
    """Refresh as a new kiosk of every region would, and compare every manifest and bundle with its hash.

    Args:
        folder: The repository, or its copy on a server's disk or a stick.
        now: The clock, aware.
        region: Only as a kiosk of this region would; None for every region that has a pack or may sign.
        on_progress: Told in bundles.

    Raises:
        PublishError: There is no repository here.
    """
    regions = (region,) if region else _regions(Shelf(folder))
    root = _first_root(folder)
    offers: dict[str, Offer] = {}
    manifests: dict[str, bytes] = {}
    problems: list[str] = []
    issued: date | None = None
    with tempfile.TemporaryDirectory(prefix="cunkou-verify-") as scratch:
        store = TrustStore(Path(scratch))
        try:
            store.set_root(root, fingerprint_of(root), now)
            source = FolderSource(folder, is_stick=False)
            for code in regions:
                seen = refresh(store, source, code, now)
                issued = seen.issued
                problems += [f"{refused.error}" for refused in seen.refused]
                for offer in seen.offers:
                    if offer.target not in offers:
                        offers[offer.target] = offer
                        manifests[offer.target] = seen.manifest(offer)
        except KioskError as error:
            problems.append(str(error))
    problems += _damaged(folder, manifests.values(), on_progress)
    found = tuple(offer for _, offer in sorted(offers.items()))
    return Looked(regions, found, tuple(dict.fromkeys(problems)), issued)


def _regions(shelf: Shelf) -> tuple[str, ...]:
    """Return every region that has a pack or may sign, and the nation."""
    seen = overlay(shelf.state(), {})
    roles = [role for role in seen.targets if role.isdigit()] if seen else []
    paths = [parse_target_path(entry.path) for entry in listed(seen)] if seen else []
    return tuple(sorted({NATION, *roles, *(path[0] for path in paths if path)}))


def _first_root(folder: Path) -> bytes:
    try:
        return (folder / METADATA / f"1.{ROOT}.json").read_bytes()
    except OSError as error:
        todo = "新建用 cunkou publish init；否则从备份恢复。"
        raise PublishError("这里没有仓库，或不完整。", why=str(folder), todo=todo, code="U-501") from error


def _damaged(folder: Path, manifests: Iterable[bytes], on_progress: OnProgress) -> list[str]:
    bundles: dict[str, Bundle] = {}
    problems: list[str] = []
    for data in manifests:
        try:
            bundles |= {bundle.name: bundle for bundle in decode_manifest(data).bundles}
        except KioskError as error:
            problems.append(str(error))
    for number, bundle in enumerate(sorted(bundles.values(), key=lambda bundle: bundle.name), start=1):
        on_progress(Progress(number, len(bundles), "核对数据文件"))
        if trouble := _trouble(folder / bundle_path(bundle.name), bundle):
            problems.append(str(trouble))
    return problems


def _trouble(path: Path, bundle: Bundle) -> SourceError | None:
    """Say what is wrong with a bundle; None if nothing."""
    todo = "请从备份恢复，或重新发布这份资料。"
    try:
        with path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size != bundle.size:
                return SourceError("数据文件大小不对。", why=path.name, todo=todo, code="S-202")
            if hashlib.file_digest(opened, "sha256").hexdigest() != bundle.sha256:
                return SourceError("数据文件被改过或损坏了。", why=path.name, todo=todo, code="S-202")
    except OSError as error:
        return SourceError("数据文件缺了或读不出来。", why=f"{path.name}：{error.strerror}", todo=todo, code="S-201")
    return None
