"""Signing drafts, and serving those that are complete.

What is served changes in this order: metadata of the changed roles, snapshot, root, and last the timestamp, each file
whole and durable. A kiosk that looks in between sees the old state or the new one.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from sync.layout import METADATA
from sync.publish.draft import Overlay, Waiting, decide, may_sign, overlay
from sync.publish.repository import Repository
from sync.publish.shelf import ROOT, SNAPSHOT, TIMESTAMP, AnyMetadata, Draft, Shelf, State, encode
from sync.publish.terms import ends_soon, is_old_root, next_snapshot, next_timestamp, snapshot_file


class Outcome(Struct, frozen=True):
    """What became of the drafts.

    Attributes:
        served: Roles whose drafts are served now.
        waiting: Drafts that wait, and for what.
        lacks_online_keys: Drafts are complete, but the keys of snapshot and timestamp were not at hand.
        timestamp: Version of the timestamp that is served; 0 before the first.
        root_is_old: Whether a new root should be signed soon: kiosks measure dates by the root's, and refuse what lies
            more than 400 days past it (`sync.trust.clock`).
        ending: Roles whose signatures end within a year; a kiosk believes none of them afterwards.
    """

    served: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    lacks_online_keys: bool
    timestamp: int
    root_is_old: bool = False
    ending: tuple[str, ...] = ()


def sign(repository: Repository, signers: Mapping[str, Signer]) -> Outcome:
    """Sign every draft that the keys may sign, and serve what is complete.

    Args:
        repository: Holds the drafts.
        signers: Key id → what signs with it.

    Raises:
        PublishError: The repository cannot be read.
        SiteError: The disk refused; what was served before is served still.
    """
    with repository.shelf.alone():
        state, drafts = repository.state(), repository.shelf.drafts()
        for role, draft in drafts.items():
            wanted = may_sign(state, drafts, role) - set(draft.signatures)
            if _sign(draft, wanted, signers):
                repository.shelf.write_draft(role, draft)
        return _serve(repository, signers, always=False)


def refresh(repository: Repository, signers: Mapping[str, Signer]) -> Outcome:
    """Serve what is complete, and a new timestamp in any case; raises like `sign`."""
    with repository.shelf.alone():
        return _serve(repository, signers, always=True)


def sign_file(path: Path, signers: Mapping[str, Signer]) -> int:
    """Add signatures to a draft that travels alone, and return how many; which of them count is seen when it is back.

    Raises:
        PublishError: It is no draft.
        SiteError: It cannot be written.
    """
    shelf = Shelf(path.parent)
    draft: Draft = shelf.read("", path.name, Root) if path.stem == ROOT else shelf.read("", path.name, Targets)
    added = _sign(draft, frozenset(signers) - set(draft.signatures), signers)
    if added:
        shelf.write("", path.name, encode(draft))
    return added


def _serve(repository: Repository, signers: Mapping[str, Signer], *, always: bool) -> Outcome:
    state, drafts = repository.state(), repository.shelf.drafts()
    ready, waiting = decide(state, drafts)
    version = state.timestamp.signed.version if state else 0
    chosen = {role: draft for role, draft in drafts.items() if role in ready}
    seen = overlay(state, chosen)
    if seen is None or not (chosen or (always and state)):
        return Outcome((), waiting, lacks_online_keys=False, timestamp=version)
    snapshot, timestamp = _online(repository, state, seen)
    for role, made in ((SNAPSHOT, snapshot), (TIMESTAMP, timestamp)):
        if made and not _is_signed_online(seen.root.signed, role, made, signers):
            return Outcome((), waiting, lacks_online_keys=True, timestamp=version)
    _put(repository.shelf, chosen, snapshot, timestamp)
    return Outcome(
        tuple(chosen),
        waiting,
        lacks_online_keys=False,
        timestamp=timestamp.signed.version,
        root_is_old=is_old_root(seen.root.signed, repository.now),
        ending=tuple(role for role, found in sorted(seen.targets.items()) if ends_soon(found.signed, repository.now)),
    )


def _online(
    repository: Repository, state: State | None, seen: Overlay
) -> tuple[Metadata[Snapshot] | None, Metadata[Timestamp]]:
    """Return the snapshot, None if the one that is served stays, and the timestamp, both unsigned."""
    versions = {role: metadata.signed.version for role, metadata in seen.targets.items()}
    keeps = state is not None and _is_valid(seen.root.signed, SNAPSHOT, state.snapshot)
    snapshot = next_snapshot(state, versions, repository.now, keeps=keeps)
    kept = state.snapshot.signed.version if state else 1
    return snapshot, next_timestamp(state, snapshot.signed.version if snapshot else kept, repository.now)


def _put(shelf: Shelf, chosen: dict[str, Draft], snapshot: Metadata[Snapshot] | None, timestamp: AnyMetadata) -> None:
    for role, draft in chosen.items():
        if role != ROOT:
            shelf.write(METADATA, f"{draft.signed.version}.{role}.json", encode(draft))
    if snapshot:
        shelf.write(METADATA, snapshot_file(snapshot.signed.version), encode(snapshot))
    if ROOT in chosen:
        shelf.write(METADATA, f"{chosen[ROOT].signed.version}.{ROOT}.json", encode(chosen[ROOT]))
    shelf.write(METADATA, f"{TIMESTAMP}.json", encode(timestamp))
    for role in chosen:
        shelf.drop_draft(role)


def _sign(metadata: AnyMetadata, wanted: frozenset[str], signers: Mapping[str, Signer]) -> int:
    able = sorted(wanted & set(signers))
    for keyid in able:
        metadata.sign(signers[keyid], append=True)
    return len(able)


def _is_signed_online(root: Root, role: str, made: AnyMetadata, signers: Mapping[str, Signer]) -> bool:
    _sign(made, frozenset(root.roles[role].keyids), signers)
    return _is_valid(root, role, made)


def _is_valid(root: Root, role: str, made: AnyMetadata) -> bool:
    return bool(root.get_verification_result(role, made.signed_bytes, made.signatures).verified)
