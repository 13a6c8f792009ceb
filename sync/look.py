"""Looking before anything is done: what is offered, what is here, and what would have to be fetched."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from content_packs.errors import PackError, TrustError
from content_packs.harmless import one_line
from content_packs.manifest import decode_manifest
from content_packs.model import Manifest
from content_packs.reader import PackReader
from content_packs.store import InstalledPack, PackStore
from sync.blobs import InstalledContent
from sync.layout import parse_target_path, region_chain
from sync.mend import kept_manifest
from sync.parts import PART, part_name, parts_of, read_layout
from sync.plan import NOTHING_TAKEN, Action, Cost, Plan, Present, Speeds, Step, cost, decide, fit
from sync.words import Offering


class Release(Struct, frozen=True):
    """A release that is to be installed: its manifest's bytes, verified, and what they say."""

    data: bytes
    manifest: Manifest


class Look(Struct, frozen=True):
    """What a look at a source has found.

    Attributes:
        offering: What the repository offers.
        plan: What is going to be done.
        releases: Pack id → release, of the steps that change something.
    """

    offering: Offering
    plan: Plan
    releases: dict[str, Release]

    @property
    def brings(self) -> dict[str, str]:
        """Ids of the packs that this will put into use, each with the repository's name."""
        return {step.pack_id: self.offering.repository for step in self.plan.steps if step.changes}


def look(
    offering: Offering,
    store: PackStore,
    parts: Path,
    speeds: Speeds,
    *,
    damaged: frozenset[str] = frozenset(),
    taken: Mapping[str, str] = NOTHING_TAKEN,
) -> Look:
    """Return what a sync would do; nothing is changed, and of a pack only its manifest is fetched.

    Args:
        offering: What the repository offers.
        store: What is here.
        parts: Folder of what earlier attempts have brought; may be missing.
        speeds: For the estimate.
        damaged: Ids of packs that a check has found damaged.
        taken: Ids of packs that another repository is going to bring before this one, and that repository's name.

    Raises:
        SourceError: The source is gone, or answers nonsense.
    """
    present = tuple(present_pack(pack, is_damaged=pack.pack_id in damaged) for pack in store.installed())
    steps = decide(
        offering.offers,
        present,
        repository=offering.repository,
        region=offering.region,
        revoked_for=offering.revoked_for,
        unread=_unread(offering, present),
        taken=taken,
    )
    decided: list[Step] = []
    releases: dict[str, Release] = {}
    costs: dict[str, Cost] = {}
    for step in steps:
        if step.changes and step.offer:
            try:
                data = offering.manifest(step.offer)
                release = Release(data, decode_manifest(data))
            except (PackError, TrustError) as error:
                decided.append(_hindered(step, str(error)))
                continue
            releases[step.pack_id] = release
            costs[step.pack_id] = _cost(release.manifest, step.offer.sha256, store, parts)
        decided.append(step)
    return Look(offering, fit(decided, costs, free_bytes(store.root), speeds), releases)


def present_pack(pack: InstalledPack, *, is_damaged: bool) -> Present:
    """Return what the plan has to know about an installed pack.

    That somebody went back is read from its pointer: a version that merely lies there may be one whose installation a
    power cut has ended a moment too soon.
    """
    title = ""
    with suppress(PackError), PackReader(pack.content_db) as reader:
        title = one_line(reader.info.title)
    has_gone_back = pack.previous is not None and pack.previous >= pack.version
    return Present(
        pack_id=pack.pack_id,
        version=pack.version,
        digest=pack.digest,
        title=title,
        origin=pack.origin,
        left=frozenset({pack.previous_digest} if has_gone_back else ()),
        is_damaged=is_damaged,
    )


def free_bytes(folder: Path) -> int:
    """Return the room on the volume of a folder that may not exist yet."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _unread(offering: Offering, present: Iterable[Present]) -> frozenset[str]:
    """Return the packs about which something could not be believed: a target of theirs, or a role above them."""
    targets = [parse_target_path(left.name) for left in offering.refused]
    roles = {left.name for left in offering.refused}
    below = (pack.pack_id for pack in present if roles & set(region_chain(pack.origin.region or "0")))
    return frozenset([*(found[1] for found in targets if found), *below])


def _cost(manifest: Manifest, sha256: str, store: PackStore, parts: Path) -> Cost:
    """Return what a release takes, believing what manifests and lists say is here; it is proved when it is used."""
    here: set[str] = set()
    for version in store.all_versions():
        if version.pack_id == manifest.pack.id:
            here |= _listed(version, manifest)
    own, brought = part_name(sha256), 0
    for name in parts_of(parts, manifest.pack.id):
        layout = read_layout(parts, name)
        size = (parts / f"{name}{PART}").stat().st_size if (parts / f"{name}{PART}").exists() else 0
        if layout and name == own:
            brought = size
        elif layout:
            here |= {blob.sha256 for blob in layout.blobs if blob.offset + blob.stored <= size}
    return cost(manifest, here.__contains__, here=brought)


def _listed(version: InstalledPack, wanted: Manifest) -> set[str]:
    if read := kept_manifest(version):
        return {blob.sha256 for blob in read[1].blobs}
    with InstalledContent(version.content_db) as content:
        return {blob.sha256 for blob in wanted.blobs if content.has(blob.sha256)}


def _hindered(step: Step, why: str) -> Step:
    return Step(
        action=Action.REFUSE,
        pack_id=step.pack_id,
        title=step.title,
        version=step.version,
        before=step.before,
        why=why,
        offer=step.offer,
        is_hindered=True,
    )
