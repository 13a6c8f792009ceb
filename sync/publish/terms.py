"""What every role of a repository is made with: versions, days of validity, and our own signed fields."""

import copy
from datetime import UTC, datetime, timedelta

from tuf.api.metadata import Delegations, Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

from sync.publish.shelf import SNAPSHOT, State
from sync.trust.fields import FLOOR, ISSUED, REPOSITORY, REVOKED_RELEASES, issued_on

ROOT_DAYS = 1825
"""Its keys are offline and its signers meet rarely; an expired root ends all syncs."""

ROOT_NEW_DAYS = 300
"""A root older than this should be followed by a new one, long before kiosks refuse dates 400 days past it."""

TARGETS_DAYS = 1095
"""Of the top-level targets and of a region's: a township may publish once in two years."""

SNAPSHOT_DAYS = 180
TIMESTAMP_DAYS = 14
"""How long a stolen mirror may show an old state over the network; somebody must run ``refresh`` more often."""

TARGETS_LEFT_DAYS = 300
"""A role with fewer days left should sign again, even if it has nothing new to say: kiosks refuse what has expired."""

_NEARLY_OVER = 3
"""A snapshot is made anew when a third of its days is left."""


def new_root(repository: str, now: datetime) -> Root:
    """Return a first root without keys."""
    fields = {REPOSITORY: repository, ISSUED: _day(now)}
    return Root(expires=_until(now, ROOT_DAYS), consistent_snapshot=True, unrecognized_fields=fields)


def new_targets(now: datetime) -> Targets:
    """Return a first targets role: no packs, no delegations."""
    return Targets(expires=_until(now, TARGETS_DAYS), unrecognized_fields={REVOKED_RELEASES: []})


def no_delegations() -> Delegations:
    """Return delegations to nobody."""
    return Delegations(keys={}, roles={})


def next_root(current: Metadata[Root], now: datetime) -> Metadata[Root]:
    """Return the version after this one, not signed yet."""
    root = copy.deepcopy(current.signed)
    root.version += 1
    root.expires = _until(now, ROOT_DAYS)
    root.unrecognized_fields = {**root.unrecognized_fields, ISSUED: _day(now)}
    root.unrecognized_fields.pop(FLOOR, None)
    return Metadata(root)


def next_targets(current: Metadata[Targets], now: datetime) -> Metadata[Targets]:
    """Return the version after this one, not signed yet."""
    targets = copy.deepcopy(current.signed)
    targets.version += 1
    targets.expires = _until(now, TARGETS_DAYS)
    return Metadata(targets)


def next_snapshot(
    state: State | None, versions: dict[str, int], now: datetime, *, keeps: bool
) -> Metadata[Snapshot] | None:
    """Return the snapshot that follows, not signed yet; None if the one that is served is right and good for longer.

    Args:
        state: What is served now; None for a new repository.
        versions: Role → version of its metadata.
        now: Of signing, UTC.
        keeps: Whether the signatures of the one that is served still count.
    """
    meta = {f"{role}.json": MetaFile(version=version) for role, version in sorted(versions.items())}
    if state is None:
        return Metadata(Snapshot(expires=_until(now, SNAPSHOT_DAYS), meta=meta))
    current = state.snapshot.signed
    if keeps and current.meta == meta and current.expires - now > timedelta(days=SNAPSHOT_DAYS / _NEARLY_OVER):
        return None
    return Metadata(Snapshot(version=current.version + 1, expires=_until(now, SNAPSHOT_DAYS), meta=meta))


def next_timestamp(state: State | None, snapshot_version: int, now: datetime) -> Metadata[Timestamp]:
    """Return the timestamp that follows, not signed yet."""
    return Metadata(
        Timestamp(
            version=state.timestamp.signed.version + 1 if state else 1,
            expires=_until(now, TIMESTAMP_DAYS),
            snapshot_meta=MetaFile(version=snapshot_version),
            unrecognized_fields={ISSUED: _day(now)},
        )
    )


def snapshot_file(version: int) -> str:
    """Return the name of a snapshot's file."""
    return f"{version}.{SNAPSHOT}.json"


def ends_soon(targets: Targets, now: datetime) -> bool:
    """Whether it is time for a role to sign again."""
    return targets.expires - now < timedelta(days=TARGETS_LEFT_DAYS)


def is_old_root(root: Root, now: datetime) -> bool:
    """Whether it is time to sign a new root."""
    return (now.astimezone(UTC).date() - issued_on(root)).days > ROOT_NEW_DAYS


def _until(now: datetime, days: int) -> datetime:
    return (now + timedelta(days=days)).astimezone(UTC).replace(microsecond=0)


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()
