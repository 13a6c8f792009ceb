"""What a sync is going to do, and why: a pure decision over what is offered and what is here.

A pack id belongs to the repository and region that first brought it. A wider region of the same repository may take it
over, because it may sign for everything within it; a narrower one never can, whichever of them came first. When a kiosk
has moved, the region that it stood in has no say any more, and the one that it stands in takes over its ids. Another
repository never takes an id over, however wide: what one of several trusted keys may sign must not reach what another
has brought. Whoever wants it from there takes it away first.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from content_packs.errors import DiskFullError
from content_packs.limits import MIB
from content_packs.model import Manifest
from content_packs.origin import Origin, OriginKind
from sync.install import RESERVE_BYTES, room_needed
from sync.layout import NATION, region_chain, serves
from sync.ranges import bytes_on_the_way, in_order
from sync.words import Offer

NOTHING_TAKEN: Final[Mapping[str, str]] = MappingProxyType({})


class Action(StrEnum):
    """What happens to one pack."""

    ADD = "add"
    REPLACE = "replace"
    KEEP = "keep"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Present(Struct, frozen=True, kw_only=True):
    """One pack that is in use here.

    Attributes:
        pack_id: Its id.
        version: In use.
        digest: First 16 hex digits of its manifest's SHA-256.
        title: For people.
        origin: Who answers for it.
        left: Digests of versions that somebody, or the self-test, has gone back from.
        is_damaged: Whether a check has found it so; then it is fetched again.
    """

    pack_id: str
    version: int
    digest: str
    title: str = ""
    origin: Origin
    left: frozenset[str] = frozenset()
    is_damaged: bool = False


class Step(Struct, frozen=True, kw_only=True):
    """What happens to one pack, and why.

    Attributes:
        action: What happens.
        pack_id: To which pack.
        title: For people.
        version: That is offered; the one in use where nothing is offered.
        before: Version in use; None if the pack is new here.
        why: For people; empty where it needs no words.
        offer: What is to be installed; None for what is withdrawn or just kept.
        is_hindered: The step was wanted and could not be: what the repository offers is not all here.
    """

    action: Action
    pack_id: str
    title: str
    version: int
    before: int | None = None
    why: str = ""
    offer: Offer | None = None
    is_hindered: bool = False

    @property
    def changes(self) -> bool:
        """Whether something is installed."""
        return self.action in {Action.ADD, Action.REPLACE}


class Cost(Struct, frozen=True):
    """What one installation takes, all in bytes.

    Attributes:
        fetch: Still to come over the line or from the stick, gaps included.
        part: Of what is fetched, as it lies here meanwhile, without what is here already.
        here: Of the part that an earlier attempt has brought.
        stays: Content and search index, for good.
        install: Stored bytes that are read, proved and written.
        text: Unpacked bytes of the items, which are indexed.
    """

    fetch: int
    part: int
    here: int
    stays: int
    install: int
    text: int


class Speeds(Struct, frozen=True):
    """How fast this kiosk is, in bytes a second; for estimates only."""

    fetch: float
    install: float = 40e6
    index: float = 0.5e6


class Plan(Struct, frozen=True):
    """What a sync is going to do.

    Attributes:
        steps: In the order in which they are carried out.
        costs: Pack id → cost, of the steps that change something.
        fetch_bytes: That are to come.
        room_bytes: That are needed on the disk, with the reserve.
        free_bytes: That there are.
        seconds: How long it may take.
    """

    steps: tuple[Step, ...]
    costs: Mapping[str, Cost]
    fetch_bytes: int
    room_bytes: int
    free_bytes: int
    seconds: float

    @property
    def has_work(self) -> bool:
        """Whether anything changes."""
        return any(step.changes or step.action is Action.WITHDRAW for step in self.steps)


def decide(  # noqa: PLR0913 (all that is known of offers, of what is here, and of others)
    offers: Sequence[Offer],
    present: Sequence[Present],
    *,
    repository: str,
    region: str,
    revoked_for: Callable[[str], frozenset[str]],
    unread: frozenset[str] = frozenset(),
    taken: Mapping[str, str] = NOTHING_TAKEN,
) -> tuple[Step, ...]:
    """Return what happens to each pack that is offered or was brought by this repository.

    Args:
        offers: Verified, for this kiosk's region.
        present: Packs in use.
        repository: That offers.
        region: Where the kiosk stands.
        revoked_for: Region → manifests that were taken back, 64 hex digits each.
        unread: Ids of packs whose offers could not be believed; that such a pack is missing means nothing.
        taken: Ids of packs that another repository is going to bring before this one, and that repository's name.

    Returns:
        Steps that change something first, each kind in the order of the offers, widest region first.
    """
    here = {pack.pack_id: pack for pack in present}
    wanted: dict[str, Offer] = {}
    steps: list[Step] = []
    for offer in sorted(offers, key=lambda offer: (len(region_chain(offer.region)), offer.pack_id)):
        if offer.sha256 in revoked_for(offer.region):
            steps.append(_refused(offer, here.get(offer.pack_id), "发布单位已经撤回这一版。"))
        elif offer.pack_id in wanted:
            steps.append(_refused(offer, here.get(offer.pack_id), "上级地区有同名的资料包，用上级的。"))
        else:
            wanted[offer.pack_id] = offer
    steps += [
        _step(
            offer,
            here.get(offer.pack_id),
            region=region,
            is_revoked=_is_revoked(here.get(offer.pack_id), repository, revoked_for),
            taken_by=taken.get(offer.pack_id, repository),
        )
        for offer in wanted.values()
    ]
    offered = {offer.pack_id for offer in offers}
    for pack in present:
        if pack.origin.repository == repository and pack.pack_id not in wanted:
            if _is_revoked(pack, repository, revoked_for):
                steps.append(_kept(pack, "发布单位已经撤回这份资料。", Action.WITHDRAW))
            elif pack.pack_id not in offered:
                steps.append(_kept(pack, _why_not_offered(pack, region, is_unread=pack.pack_id in unread)))
    order = [Action.WITHDRAW, Action.REPLACE, Action.ADD, Action.REFUSE, Action.KEEP]
    return tuple(sorted(steps, key=lambda step: order.index(step.action)))


def _step(offer: Offer, pack: Present | None, *, region: str, is_revoked: bool, taken_by: str) -> Step:
    if taken_by != offer.repository:
        return _refused(offer, pack, _others(taken_by, offer.pack_id))
    if pack is None:
        return _installed(Action.ADD, offer, None)
    if not _is_meant_for(pack, region):
        return _installed(Action.REPLACE, offer, pack, f"本机从地区 {pack.origin.region} 搬来，换成这里的。")
    if why := _not_the_owner(offer, pack) or _not_forward(offer, pack, is_revoked):
        return _refused(offer, pack, why)
    if offer.sha256.startswith(pack.digest) and pack.origin.is_vouched_for and not pack.is_damaged:
        return Step(
            action=Action.KEEP, pack_id=pack.pack_id, title=offer.title, version=offer.version, before=pack.version
        )
    return _installed(Action.REPLACE, offer, pack, _reason(pack, is_revoked))


def _is_meant_for(pack: Present, region: str) -> bool:
    """Whether the region that answers for a pack still contains the kiosk."""
    return not pack.origin.region or serves(pack.origin.region, region)


def _why_not_offered(pack: Present, region: str, *, is_unread: bool) -> str:
    if not _is_meant_for(pack, region):
        return f"它属于地区 {pack.origin.region}，这里没有它的新消息，本机留着原来的。"
    return "这次没有读到它的新消息。" if is_unread else "发布单位不再提供，本机留着原来的。"


def _reason(pack: Present, is_revoked: bool) -> str:  # noqa: FBT001 (as above)
    if not pack.origin.is_vouched_for:
        return "换成有签名的。"
    if is_revoked:
        return "发布单位已经撤回本机的这一版。"
    return "本机的坏了，重新取。" if pack.is_damaged else ""


def _not_forward(offer: Offer, pack: Present, is_revoked: bool) -> str:  # noqa: FBT001 (as above)
    """Return why a version may not follow the one in use; empty if it may, as after one that nobody vouches for."""
    if is_revoked or not pack.origin.is_vouched_for:
        return ""
    if any(offer.sha256.startswith(digest) for digest in pack.left):
        return "本机从这一版退回过，不自动再装。"
    return f"比本机的旧：本机是第 {pack.version} 版。" if offer.version < pack.version else ""


def _not_the_owner(offer: Offer, pack: Present) -> str:
    """Return why an offer may not replace a pack; empty if it may."""
    if pack.origin.kind is OriginKind.UNSIGNED:
        return ""
    if pack.origin.kind is OriginKind.SIGNED and pack.origin.repository != offer.repository:
        return _others(pack.origin.repository, pack.pack_id)
    owner = pack.origin.region or NATION
    if offer.region not in region_chain(owner):
        return f"这个编号属于地区 {owner}，{offer.region} 不能换它。"
    return ""


def _others(repository: str, pack_id: str) -> str:
    return f"这个编号属于另一个发布单位（{repository}）。要换成这一家的，先拿掉本机的（{pack_id}），再同步。"


def _is_revoked(pack: Present | None, repository: str, revoked_for: Callable[[str], frozenset[str]]) -> bool:
    if pack is None or pack.origin.kind is not OriginKind.SIGNED or pack.origin.repository != repository:
        return False
    return any(manifest.startswith(pack.digest) for manifest in revoked_for(pack.origin.region))


def cost(manifest: Manifest, has: Callable[[str], bool], *, here: int = 0) -> Cost:
    """Return what installing a release takes.

    Args:
        manifest: Of the release.
        has: Whether a blob is here.
        here: Bytes of the others that an earlier attempt has brought.
    """
    missing = [blob for blob in manifest.blobs if not has(blob.sha256)]
    texts = set(manifest.items.values())
    return Cost(
        fetch=max(0, bytes_on_the_way(in_order(missing)) - here),
        part=max(0, sum(blob.stored for blob in missing) - here),
        here=here,
        stays=room_needed(manifest) - RESERVE_BYTES,
        install=sum(blob.stored for blob in manifest.blobs),
        text=sum(blob.size for blob in manifest.blobs if blob.sha256 in texts),
    )


def fit(steps: Sequence[Step], costs: Mapping[str, Cost], free_bytes: int, speeds: Speeds) -> Plan:
    """Return the plan: what fits on the disk is done, the rest is refused.

    Small packs come first where not all fit, so that a notice of one page never waits behind a film.

    Args:
        steps: See `decide`.
        costs: Pack id → cost, one for each step that changes something.
        free_bytes: On the volume that receives the packs.
        speeds: For the estimate.
    """
    room, needed, fitting = RESERVE_BYTES, RESERVE_BYTES, set[str]()
    for pack_id in sorted(costs, key=lambda pack_id: (costs[pack_id].stays, pack_id)):
        wanted = room + costs[pack_id].stays + costs[pack_id].part
        if wanted <= free_bytes:
            fitting.add(pack_id)
            room += costs[pack_id].stays
        needed = max(needed, wanted)
    kept = {pack_id: found for pack_id, found in costs.items() if pack_id in fitting}
    return Plan(
        steps=tuple(
            step if not step.changes or step.pack_id in fitting else _too_large(step, costs, free_bytes)
            for step in steps
        ),
        costs=kept,
        fetch_bytes=sum(found.fetch for found in kept.values()),
        room_bytes=needed,
        free_bytes=free_bytes,
        seconds=sum(sum(seconds(found, speeds)) for found in kept.values()),
    )


def seconds(found: Cost, speeds: Speeds) -> tuple[float, float, float]:
    """Return how long fetching what is still to come, installing and indexing may take."""
    return found.fetch / speeds.fetch, found.install / speeds.install, found.text / speeds.index


def _too_large(step: Step, costs: Mapping[str, Cost], free_bytes: int) -> Step:
    found = costs[step.pack_id]
    missing = (found.stays + found.part + RESERVE_BYTES - free_bytes) // MIB + 1
    why = f"磁盘放不下，还差大约 {max(1, missing)} MiB（{DiskFullError.code}）。"
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


def _installed(action: Action, offer: Offer, pack: Present | None, why: str = "") -> Step:
    return Step(
        action=action,
        pack_id=offer.pack_id,
        title=offer.title,
        version=offer.version,
        before=pack.version if pack else None,
        why=why,
        offer=offer,
    )


def _refused(offer: Offer, pack: Present | None, why: str) -> Step:
    return _installed(Action.REFUSE, offer, pack, why)


def _kept(pack: Present, why: str, action: Action = Action.KEEP) -> Step:
    return Step(
        action=action,
        pack_id=pack.pack_id,
        title=pack.title or pack.pack_id,
        version=pack.version,
        before=pack.version,
        why=why,
    )
