"""TUF's client workflow over bytes in memory: nothing is written, so that a refused or broken-off sync changes nothing.

The verification is python-tuf's own `TrustedMetadataSet`. Driving it here instead of subclassing its ``Updater`` leaves
one private class to depend on instead of nine methods, needs no scratch folder, and lets each refusal say which role it
was. What the ``Updater`` would do beside it: choose between a kept and a fetched file, in TUF's order.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from urllib.parse import quote

from msgspec import Struct
from tuf.api.exceptions import EqualVersionNumberError
from tuf.api.metadata import Root, Signed, Snapshot, Targets, Timestamp

from content_packs.errors import TrustError
from sync.layout import METADATA
from sync.source import PackSource, SourceMissingError, SourceWrongError
from sync.trust import refusals
from sync.trust.clock import IssuedRoot, floor_after_roots, midnight, raised, reference_time
from sync.trust.fields import issued_on, repository_name, root_dates
from sync.trust.limits import (
    DELEGATIONS,
    PATTERNS,
    ROOT_BYTES,
    ROOT_STEPS,
    SNAPSHOT_BYTES,
    TARGETS_BYTES,
    TIMESTAMP_BYTES,
)
from sync.trust.rules import REFUSED, TrustedFiles, refusal_for

_ROLE_CHARS = 64
_ROTATING = (Timestamp.type, Snapshot.type, Targets.type)


class Kept(Struct, frozen=True):
    """What a kiosk has kept of a repository. Every byte of it is verified again before it counts.

    Attributes:
        repository: Its stable name.
        roots: The anchor first, which `sync.trust.anchor.read_anchor` accepts; then its successors as far as they are
            there.
        files: Role → metadata, as last promoted.
        seen: Role → highest version that was ever promoted.
    """

    repository: str
    roots: tuple[bytes, ...]
    files: Mapping[str, bytes]
    seen: Mapping[str, int]


class Moment(Struct, frozen=True):
    """What time it is, as far as that is known before a refresh.

    Attributes:
        floor: What is sure to have passed.
        built: Release of the program.
        machine: The machine's clock, aware.
    """

    floor: date
    built: date
    machine: datetime


class Outcome(Struct, frozen=True):
    """What a refresh stands on; what is kept if it is promoted.

    Attributes:
        files: Role → metadata.
        new_roots: Version → root that was not kept before.
        versions: Role → version, the root's included.
        floor: After the refresh.
        has_reset: Whether the root took a key away from a role, so that what was seen under it no longer counts.
        sets_floor: Whether the root threshold has set the floor, so that it may fall.
    """

    files: dict[str, bytes]
    new_roots: dict[int, bytes]
    versions: dict[str, int]
    floor: date
    has_reset: bool
    sets_floor: bool


class Verifier:
    """One refresh of one repository, up to the top-level targets; further roles by `load`.

    Args:
        kept: What we have of it.
        source: Where newer metadata may be.
        moment: What time it is.

    Raises:
        TrustError: Something that all the rest hangs on cannot be believed.
        SourceError: The source is gone, or answers nonsense.
    """

    def __init__(self, kept: Kept, source: PackSource, moment: Moment) -> None:
        self._kept = kept
        self._source = source
        self._seen = dict(kept.seen)
        self._local = dict(kept.files)
        self._failed: dict[tuple[str, str], TrustError] = {}
        self._files: dict[str, bytes] = {}
        self._new_roots: dict[int, bytes] = {}
        self._has_reset = False
        self._sets_floor = False
        self._trusted = TrustedFiles(kept.roots[0], is_stick=source.is_stick)
        self._floor = self._load_roots(moment)
        self._trusted.reference_time = reference_time(self._floor, moment.machine, is_stick=source.is_stick)
        self._load_timestamp()
        self._load_snapshot()
        self.load(Targets.type, Root.type)

    @property
    def issued(self) -> date:
        """Day of the timestamp."""
        return issued_on(self._trusted.timestamp)

    @property
    def floor(self) -> date:
        """A day that is sure to have passed, if this is believed."""
        return self._floor

    @property
    def is_stale(self) -> bool:
        """Whether timestamp or snapshot have expired; possible on a stick only."""
        signed: tuple[Signed, ...] = (self._trusted.timestamp, self._trusted.snapshot)
        return any(one.is_expired(self._trusted.reference_time) for one in signed)

    def require_worth(self) -> None:
        """Return if what has been loaded may be used although its timestamp has expired; ask after the last `load`.

        Raises:
            TrustError: It is stale, and no role is newer than ours.
        """
        roles = set(self._files) - {Timestamp.type, Snapshot.type}
        is_newer = any(self._trusted[role].version > self._seen.get(role, 0) for role in roles)
        if self.is_stale and not is_newer:
            raise refusals.stale_stick(
                min(self._trusted.timestamp.expires, self._trusted.snapshot.expires), self.issued
            )

    def outcome(self) -> Outcome:
        """Return what has been verified so far."""
        versions = {role: self._trusted[role].version for role in self._files}
        return Outcome(
            dict(self._files),
            dict(self._new_roots),
            {Root.type: self._trusted.root.version, **versions},
            self._floor,
            self._has_reset,
            self._sets_floor,
        )

    def load(self, role: str, delegator: str) -> Targets:
        """Return the verified metadata of a targets role.

        Args:
            role: ``targets`` or a delegated role.
            delegator: Who delegates to it; loaded before.

        Raises:
            TrustError: It cannot be believed, or is missing. The same again for the same question.
            SourceError: The source is gone, or answers nonsense.
        """
        if (known := self._failed.get((role, delegator))) is not None:
            raise known
        if not self._trusted.contains(role, delegator):
            try:
                self._files[role] = self._load_targets(role, delegator)
            except TrustError as error:
                self._failed[role, delegator] = error
                raise
        found = self._trusted[role]
        assert isinstance(found, Targets)  # noqa: S101 (python-tuf's own type check came first)
        return found

    def _load_roots(self, moment: Moment) -> date:
        """Take over newer roots; return the floor after them."""
        seen = self._seen.get(Root.type, 0)
        before = self._trusted.root
        first = issued_on(before)
        dates: list[IssuedRoot] = []
        with suppress(*REFUSED):
            for data in self._kept.roots[1:]:
                self._take_root(data, dates, seen)
                before = self._trusted.root if self._trusted.root.version <= seen else before
        for _ in range(ROOT_STEPS):
            version = self._trusted.root.version + 1
            try:
                data = self._fetch(f"{version}.{Root.type}.json", ROOT_BYTES, Root.type)
            except (SourceMissingError, SourceWrongError):
                break  # some stores of files say "forbidden" for what they do not have; nobody gains more than by a 404
            try:
                self._take_root(data, dates, seen)
            except REFUSED as error:
                raise refusal_for(error, Root.type, data, self._trusted) from error
            self._new_roots[version] = data
            before = self._trusted.root if version <= seen else before
        root = self._trusted.root
        self._require_root(root, seen)
        self._has_reset = _has_lost_a_key(before, root)
        if self._has_reset:
            self._local.clear()
            self._seen = {Root.type: seen}
        self._sets_floor = any(one.floor is not None for one in dates)
        floor = moment.floor if seen else max(moment.floor, first)  # an administrator has vouched for the first root
        return floor_after_roots(floor, dates, built=moment.built)

    def _take_root(self, data: bytes, dates: list[IssuedRoot], seen: int) -> None:
        root = self._trusted.update_root(data)
        if root.version > seen:
            dates.append(root_dates(root))

    def _require_root(self, root: Root, seen: int) -> None:
        if root.version < seen:
            raise refusals.rolled_back(Root.type, root.version, seen)
        if repository_name(root) != self._kept.repository:
            raise refusals.unknown_repository(repository_name(root), self._kept.repository)
        if not root.consistent_snapshot:
            raise refusals.malformed(Root.type, "consistent_snapshot")

    def _load_timestamp(self) -> None:
        self._require_living_root()
        role = Timestamp.type
        kept = self._local.get(role)
        if kept is not None:
            with suppress(*REFUSED):
                self._trusted.update_timestamp(kept)
        try:
            data = self._fetch("timestamp.json", TIMESTAMP_BYTES, role)
        except SourceMissingError as error:
            raise refusals.no_repository(self._source.label) from error
        try:
            self._trusted.update_timestamp(data)
        except EqualVersionNumberError:
            data = kept if kept is not None else data
        except REFUSED as error:
            raise refusal_for(error, role, data, self._trusted) from error
        self._require_not_older(role)
        self._files[role] = data
        timestamp = self._trusted.timestamp
        self._floor = raised(self._floor, issued_on(timestamp), timestamp.expires, role)
        self._trusted.reference_time = max(self._trusted.reference_time, midnight(self._floor))
        self._require_living_root()
        if timestamp.is_expired(self._trusted.reference_time) and not self._source.is_stick:
            raise refusals.frozen(role, timestamp.expires, self._trusted.reference_time)

    def _require_living_root(self) -> None:
        root, now = self._trusted.root, self._trusted.reference_time
        if root.is_expired(now):
            raise refusals.expired_root(root.expires, now)

    def _load_snapshot(self) -> None:
        role = Snapshot.type
        kept = self._local.get(role)
        if kept is not None:
            with suppress(*REFUSED):
                self._trusted.update_snapshot(kept, trusted=True)
                self._files[role] = kept
        if role not in self._files:
            name = f"{self._trusted.timestamp.snapshot_meta.version}.{role}.json"
            data = self._fetch_named(name, SNAPSHOT_BYTES, role)
            try:
                self._trusted.update_snapshot(data)
            except REFUSED as error:
                raise refusal_for(error, role, data, self._trusted) from error
            self._files[role] = data
        self._require_not_older(role)

    def _load_targets(self, role: str, delegator: str) -> bytes:
        kept = self._local.get(role)
        if kept is not None:
            with suppress(*REFUSED):
                self._trusted.update_delegated_targets(kept, role, delegator)
                self._require_usable(role)
                return kept
        named = self._trusted.snapshot.meta.get(f"{role}.json")
        if named is None:
            seen = self._seen.get(role, 0)
            raise refusals.rolled_back(role, None, seen) if seen else refusals.not_yet(role)
        if len(role) > _ROLE_CHARS:
            raise refusals.malformed(role, "名字太长")
        data = self._fetch_role(f"{named.version}.{quote(role, safe='')}.json", role)
        try:
            self._trusted.update_delegated_targets(data, role, delegator)
        except REFUSED as error:
            raise refusal_for(error, role, data, self._trusted) from error
        self._require_usable(role)
        return data

    def _require_usable(self, role: str) -> None:
        self._require_not_older(role)
        found = self._trusted[role]
        if isinstance(found, Targets) and found.delegations:
            _require_plain_delegations(role, found)

    def _require_not_older(self, role: str) -> None:
        version, seen = self._trusted[role].version, self._seen.get(role, 0)
        if version < seen:
            raise refusals.rolled_back(role, version, seen)

    def _fetch_role(self, name: str, role: str) -> bytes:
        """Return a targets file. One region's trouble must not end the sync of all that contain it."""
        try:
            return self._fetch_named(name, TARGETS_BYTES, role)
        except SourceWrongError as error:
            if role == Targets.type:
                raise
            raise refusals.not_delivered(role, str(error)) from error

    def _fetch_named(self, name: str, limit: int, role: str) -> bytes:
        """Return a file that verified metadata names."""
        try:
            return self._fetch(name, limit, role)
        except SourceMissingError as error:
            raise refusals.incomplete(f"{METADATA}/{name}") from error

    def _fetch(self, name: str, limit: int, role: str) -> bytes:
        data = self._source.fetch(f"{METADATA}/{name}", limit)
        if len(data) > limit:
            raise refusals.too_large(role, limit)
        return data


def _has_lost_a_key(before: Root, after: Root) -> bool:
    """Whether a key of an online role was taken away: then versions signed with it may have been run ahead."""
    return any(set(before.roles[role].keyids) - set(after.roles[role].keyids) for role in _ROTATING)


def _require_plain_delegations(role: str, targets: Targets) -> None:
    delegations = targets.delegations
    if delegations is None or delegations.roles is None:
        raise refusals.malformed(role, "succinct_roles")
    if len(delegations.roles) > DELEGATIONS:
        raise refusals.too_many(role, f"{len(delegations.roles)} 个下级")
    for name, one in delegations.roles.items():
        if type(name) is not str:
            raise refusals.malformed(role, "下级的名字")
        if len(one.paths or one.path_hash_prefixes or ()) > PATTERNS:
            raise refusals.too_many(role, "一个下级的路径太多")
