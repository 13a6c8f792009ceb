"""Which drafts may be served, and what the others wait for: pure.

A draft goes out when enough keys have signed it and the state that it makes holds together: every role that somebody
delegates to has metadata of its own, signed by the keys that the delegation names. A kiosk that met a delegation
without metadata would refuse everything of that region.
"""

from collections.abc import Mapping

from msgspec import Struct
from tuf.api.metadata import Key, Metadata, Root, Targets

from sync.layout import region_chain
from sync.publish.shelf import ROOT, TOP_TARGETS, Draft, State


class Waiting(Struct, frozen=True):
    """A draft that cannot be served yet.

    Attributes:
        role: Its name.
        missing: Signatures that are still wanted; 0 if it waits for another draft.
        key_ids: Keys that may sign and have not, in order.
        why: What it waits for, in words.
    """

    role: str
    missing: int
    key_ids: tuple[str, ...]
    why: str


class Overlay(Struct, frozen=True):
    """A state with some drafts in the place of what is served.

    Attributes:
        root: The newest.
        targets: Role → metadata.
    """

    root: Metadata[Root]
    targets: dict[str, Metadata[Targets]]

    def parent_of(self, role: str) -> str | None:
        """Return which role delegates to a region; None if nobody does."""
        for above in (*reversed(region_chain(role)[1:-1]), TOP_TARGETS):
            found = self.targets.get(above)
            if found and found.signed.delegations and role in (found.signed.delegations.roles or {}):
                return above
        return None

    def signers_of(self, region: str) -> str:
        """Return the narrowest role that may sign for a region: a region's code, or ``targets``."""
        for code in reversed(region_chain(region)[1:]):
            if self.parent_of(code) is not None:
                return code
        return TOP_TARGETS


def overlay(state: State | None, drafts: dict[str, Draft]) -> Overlay | None:
    """Return the state with all these drafts in it; None if there is no root in either."""
    new_root = drafts.get(ROOT)
    root = new_root if new_root and isinstance(new_root.signed, Root) else state.root if state else None
    if root is None:
        return None
    served = dict(state.targets) if state else {}
    served |= {role: draft for role, draft in drafts.items() if isinstance(draft.signed, Targets)}
    return Overlay(root, served)


def decide(state: State | None, drafts: dict[str, Draft]) -> tuple[frozenset[str], tuple[Waiting, ...]]:
    """Return which drafts may be served together, and what each of the others waits for.

    Args:
        state: What is served now; None for a new repository.
        drafts: Role → draft, with the signatures that it has.
    """
    chosen = dict(drafts)
    waiting: dict[str, Waiting] = {}
    while found := _first_obstacle(state, chosen):
        waiting[found.role] = found
        del chosen[found.role]
    return frozenset(chosen), tuple(waiting[role] for role in drafts if role in waiting)


def may_sign(state: State | None, drafts: dict[str, Draft], role: str) -> frozenset[str]:
    """Return the ids of the keys whose signature on a draft counts for something."""
    seen = overlay(state, drafts)
    if seen is None or role not in drafts:
        return frozenset()
    if role == ROOT:
        ids = set(seen.root.signed.roles[ROOT].keyids)
        return frozenset(ids | set(state.root.signed.roles[ROOT].keyids) if state else ids)
    if role == TOP_TARGETS:
        return frozenset(seen.root.signed.roles[TOP_TARGETS].keyids)
    parent = seen.parent_of(role)
    delegations = seen.targets[parent].signed.delegations if parent else None
    return frozenset(delegations.roles[role].keyids) if delegations and delegations.roles else frozenset()


def _first_obstacle(state: State | None, drafts: dict[str, Draft]) -> Waiting | None:
    seen = overlay(state, drafts)
    for role in drafts:
        if found := _unsigned(state, seen, drafts, role):
            return found
    if seen is None:
        return None
    return _incoherent(seen, drafts)


def _unsigned(state: State | None, seen: Overlay | None, drafts: dict[str, Draft], role: str) -> Waiting | None:
    """Say what a draft lacks by the keys that answer for it."""
    if seen is None:
        return Waiting(role, 0, (), "还没有根签名。")
    draft = drafts[role]
    if draft.signed.version != _served_version(state, role) + 1:
        return Waiting(
            role, 0, (), f"它接着第 {draft.signed.version - 1} 版写，而现在是第 {_served_version(state, role)} 版。"
        )
    if role == ROOT:
        if not isinstance(draft.signed, Root):
            return Waiting(role, 0, (), "根签名读不懂。")
        result = draft.signed.get_root_verification_result(
            state.root.signed if state else None, draft.signed_bytes, draft.signatures
        )
        missing = max(result.first.missing, result.second.missing)
        return _lacking(role, missing, result.unsigned) if not result.verified else None
    return lacking(seen, role)


def _served_version(state: State | None, role: str) -> int:
    if state is None:
        return 0
    if role == ROOT:
        return state.root.signed.version
    return state.targets[role].signed.version if role in state.targets else 0


def lacking(seen: Overlay, role: str) -> Waiting | None:
    """Return what a targets role's metadata lacks by the keys that answer for it; None if nothing."""
    metadata = seen.targets[role]
    if role == TOP_TARGETS:
        result = seen.root.signed.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    else:
        parent = seen.parent_of(role)
        if parent is None:
            return Waiting(role, 0, (), "上级还没有授权给这个地区。")
        result = seen.targets[parent].signed.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    return None if result.verified else _lacking(role, result.missing, result.unsigned)


def _incoherent(seen: Overlay, drafts: dict[str, Draft]) -> Waiting | None:
    """Find a draft that would leave a role without metadata, or metadata without enough signatures."""
    if TOP_TARGETS not in seen.targets:
        return Waiting(ROOT, 0, (), "总目录还没有签完。") if ROOT in drafts else None
    if ROOT in drafts and lacking(seen, TOP_TARGETS):
        return Waiting(ROOT, 0, (), "换了密钥以后，总目录要重新签。")
    for role in drafts:
        delegations = seen.targets[role].signed.delegations if role in seen.targets else None
        for child in (delegations.roles or {}) if delegations else ():
            if child not in seen.targets:
                return Waiting(role, 0, (), f"{child} 还没有签自己的目录。")
            if lacking(seen, child):
                return Waiting(role, 0, (), f"{child} 要用新的密钥重新签。")
    return None


def _lacking(role: str, missing: int, unsigned: Mapping[str, Key]) -> Waiting:
    return Waiting(role, missing, tuple(sorted(unsigned)), f"还差 {missing} 个签名。")
