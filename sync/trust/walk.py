"""Which packs a repository offers to a kiosk: pure, over a function that loads one role.

TUF answers "who signs this path" and knows no list. So candidates are collected from the roles that a kiosk of a region
may hear from, and each counts only if the ordinary TUF search for its path (specification, 5.6.7) ends at it. Roles of
other regions are never loaded, unless a delegation leads the search there.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from tuf.api.metadata import TargetFile, Targets

from content_packs.errors import TrustError
from sync.layout import parse_target_path, region_chain, serves
from sync.trust import refusals
from sync.trust.fields import described, revoked_releases
from sync.trust.limits import COMPARISONS, PACKS, ROLES_VISITED
from sync.words import Offer

TOP: Final = "targets"
ROOT: Final = "root"

Load = Callable[[str, str], Targets]
"""Gives the verified metadata of a role that another delegates to; raises `TrustError` if it cannot be believed."""


class Refused(Struct, frozen=True):
    """Something in a repository that is not believed, while the rest is.

    Attributes:
        name: The role, or the target.
        error: Why.
    """

    name: str
    error: TrustError


class Found(Struct, frozen=True):
    """What a repository offers.

    Attributes:
        offers: Ordered from the widest region to the narrowest, then by pack id.
        refused: What was left out. What is missing among the offers because of it has not been withdrawn.
        revoked: Role → manifests that it has taken back.
    """

    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...]
    revoked: Mapping[str, frozenset[str]]

    def revoked_for(self, region: str) -> frozenset[str]:
        """Return the manifests taken back among the packs of a region: by it, a wider one, or the whole repository.

        A township cannot take back what its county has published.
        """
        roles = (TOP, *region_chain(region))
        return frozenset().union(*(self.revoked.get(role, frozenset()) for role in roles))


class Effort:
    """How much may still be compared, so that no signer can keep a kiosk busy.

    Args:
        comparisons: How many.
    """

    def __init__(self, comparisons: int = COMPARISONS) -> None:
        self._left = comparisons
        self._refusal: TrustError | None = None

    def spend(self, role: str, targets: Targets) -> None:
        """Count one look through a role's delegations.

        Raises:
            TrustError: That would be too many; the same again from then on.
        """
        named = targets.delegations.roles if targets.delegations else None
        self._left -= sum(len(one.paths or one.path_hash_prefixes or ()) for one in (named or {}).values())
        if self._left < 0:
            self._refusal = self._refusal or refusals.too_many(role, "查找太费时间")
            raise self._refusal


def find_offers(load: Load, region: str, repository: str) -> Found:
    """Return what a repository offers to a kiosk of a region.

    Args:
        load: Asked for each role that is needed, perhaps several times.
        region: Where the kiosk stands.
        repository: Its stable name.

    Raises:
        TrustError: The top-level targets cannot be believed. Trouble with a region's role leaves out that role only.
    """
    roles, refused = _roles_for(load, region)
    revoked: dict[str, frozenset[str]] = {}
    for role, targets in roles.items():
        try:
            revoked[role] = revoked_releases(role, targets)
        except TrustError as error:
            refused.append(Refused(role, error))
    candidates = {path for role in roles.values() for path in role.targets if _is_for(path, region)}
    effort = Effort()
    offers: list[Offer] = []
    for path in sorted(candidates, key=lambda path: (path.count("/"), path)):
        try:
            hit = search_target(load, path, effort)
            if hit and hit[0] in roles:
                offers.append(described(hit[1], repository=repository, signer=hit[0]))
        except TrustError as error:
            if all(error is not known.error for known in refused):
                refused.append(Refused(path, error))
    found = Found((), tuple(refused), revoked)
    kept = [offer for offer in offers if offer.sha256 not in found.revoked_for(offer.region)]
    kept.sort(key=lambda offer: (len(region_chain(offer.region)), offer.pack_id))
    return Found(tuple(kept), tuple(refused), revoked)


def search_target(load: Load, path: str, effort: Effort) -> tuple[str, TargetFile] | None:
    """Return the role that vouches for a path and what it says; None if nobody does.

    Roles are asked in the order of trust: the delegator before its delegates, depth first. A terminating delegation
    ends the search with its own subtree. No role is asked twice, so that circles end.

    Args:
        load: Asked for each role on the way.
        path: Of a target.
        effort: What the search may still take.

    Raises:
        TrustError: A role on the way cannot be believed, or the search takes too much.
    """
    waiting = [(TOP, ROOT)]
    visited: set[str] = set()
    while waiting and len(visited) <= ROLES_VISITED:
        role, delegator = waiting.pop()
        if role in visited:
            continue
        targets = load(role, delegator)
        if (target := targets.targets.get(path)) is not None:
            return role, target
        visited.add(role)
        effort.spend(role, targets)
        children: list[tuple[str, str]] = []
        for child, is_terminating in targets.delegations.get_roles_for_target(path) if targets.delegations else ():
            children.append((child, role))
            if is_terminating:
                waiting = []
                break
        waiting += reversed(children)
    return None


def _roles_for(load: Load, region: str) -> tuple[dict[str, Targets], list[Refused]]:
    """Load the roles whose region contains the kiosk, the delegator before its delegates."""
    chain = region_chain(region)
    roles = {TOP: _with_few_packs(load(TOP, ROOT), TOP, region)}
    refused: list[Refused] = []
    waiting = [(child, TOP) for child in _delegates(TOP, roles[TOP], chain)]
    while waiting:
        role, delegator = waiting.pop(0)
        if role in roles:
            continue
        try:
            roles[role] = _with_few_packs(load(role, delegator), role, region)
        except TrustError as error:
            if error.telephone_code != refusals.NOT_YET:
                refused.append(Refused(role, error))
            continue
        waiting += [(child, role) for child in _delegates(role, roles[role], chain)]
    return roles, refused


def _with_few_packs(targets: Targets, role: str, region: str) -> Targets:
    count = sum(_is_for(path, region) for path in targets.targets)
    if count > PACKS:
        raise refusals.too_many(role, f"{count} 份资料包")
    return targets


def _delegates(delegator: str, targets: Targets, chain: tuple[str, ...]) -> list[str]:
    """List the delegates to hear; a region speaks for narrower ones only, whatever it calls its delegates."""
    within = chain if delegator == TOP else chain[chain.index(delegator) + 1 :]
    named = targets.delegations.roles if targets.delegations else None
    return [role for role in named or () if role in within]


def _is_for(path: str, region: str) -> bool:
    place = parse_target_path(path)
    return place is not None and serves(place[0], region)
