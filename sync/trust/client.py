"""Refreshing a repository: what it offers to this kiosk, believed or refused, and how that becomes the new state."""

from datetime import date, datetime
from hashlib import sha256

import msgspec
from msgspec import Struct
from tuf.api.metadata import Metadata, Root

from content_packs.errors import TrustError
from content_packs.unreadable import UNREADABLE
from sync.layout import METADATA, manifest_path
from sync.source import PackSource, SourceMissingError
from sync.trust import refusals
from sync.trust.anchor import read_anchor
from sync.trust.fields import repository_name
from sync.trust.limits import ROOT_BYTES
from sync.trust.rules import REFUSED
from sync.trust.store import TrustStore
from sync.trust.verifier import Kept, Moment, Verifier
from sync.trust.walk import Found, Refused, find_offers
from sync.words import Offer


class _PackHead(Struct, frozen=True):
    id: str
    version: int


class _ManifestHead(Struct, frozen=True):
    pack: _PackHead


class Refreshed:
    """What a repository offers at one moment, verified. Nothing of it is on disk before `promote`.

    Made by `refresh`.
    """

    def __init__(
        self, store: TrustStore, source: PackSource, verifier: Verifier, place: tuple[str, str], found: Found
    ) -> None:
        self._store = store
        self._source = source
        self._verifier = verifier
        self._found = found
        self.repository, self.region = place

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All packs for this kiosk's region, the widest region first, then by id; at most one for each target path."""
        return self._found.offers

    @property
    def refused(self) -> tuple[Refused, ...]:
        """What was left out, and why. A pack that is missing among the offers has not been withdrawn by that."""
        return self._found.refused

    @property
    def issued(self) -> date:
        """Day of the repository's timestamp."""
        return self._verifier.issued

    @property
    def is_stale(self) -> bool:
        """Whether it has expired and was taken from a stick all the same; then its date must be shown."""
        return self._verifier.is_stale

    @property
    def floor(self) -> date:
        """A day that is sure to have passed, once this is promoted."""
        return self._verifier.floor

    def revoked_for(self, region: str) -> frozenset[str]:
        """Return the manifests, by hash, taken back among the packs that this repository offers for a region."""
        return self._found.revoked_for(region)

    def manifest(self, offer: Offer) -> bytes:
        """Return the manifest of an offer: the bytes that were signed for, of the pack that was signed for.

        Raises:
            TrustError: They are others, or missing.
            SourceError: The source is gone, or answers nonsense.
        """
        path = manifest_path(offer.target, offer.sha256)
        try:
            data = self._source.fetch(path, offer.length)
        except SourceMissingError as error:
            raise refusals.incomplete(path) from error
        if len(data) != offer.length or sha256(data).hexdigest() != offer.sha256:
            raise refusals.other_bytes(offer.title)
        try:
            pack = msgspec.json.decode(data, type=_ManifestHead).pack
        except UNREADABLE as error:
            raise refusals.other_pack(offer.title, "清单读不懂") from error
        if (pack.id, pack.version) != (offer.pack_id, offer.version):
            found = f"清单是 {pack.id} 第 {pack.version} 版，目录说 {offer.pack_id} 第 {offer.version} 版"
            raise refusals.other_pack(offer.title, found)
        return data

    def promote(self) -> None:
        """Make this the state that the next refresh starts from; call it once everything it offers has been dealt with.

        Until then a newer but incomplete source does not shut out an older complete one.

        Raises:
            SiteError: The disk refused; the next sync is told to try again.
        """
        self._store.keep(self.repository, self._verifier.outcome())


def refresh(store: TrustStore, source: PackSource, region: str, now: datetime) -> Refreshed:
    """Verify what a source offers to a kiosk of a region; nothing is written.

    Args:
        store: Whom this kiosk believes.
        source: Holds a repository.
        region: Where the kiosk stands.
        now: The machine's clock, aware; it counts only where it can be right, see `sync.trust.clock`.

    Raises:
        TrustError: No root is set, the source holds no repository that we believe, or it is expired, older, or wrong.
        SourceError: The source is gone, or answers nonsense.
    """
    repository = _trusted_repository(store, source)
    kept = store.kept(repository)
    try:
        verifier = Verifier(kept, source, Moment(store.record().floor, store.built, now))
    except TrustError as error:
        if error.telephone_code == refusals.WRONG_KEY:
            _tell_apart(kept, source, store.repositories(), error)
        raise
    found = find_offers(verifier.load, region, repository)
    verifier.require_worth()
    return Refreshed(store, source, verifier, (repository, region), found)


def _tell_apart(kept: Kept, source: PackSource, known: tuple[str, ...], cause: TrustError) -> None:
    """Say it if wrong signatures have a harmless reason: another publisher, or a state before keys were changed.

    Raises:
        TrustError: They have.
    """
    _require_known(_claimed_name(source), known, cause)
    version = read_anchor(kept.roots[-1]).version
    try:
        source.fetch(f"{METADATA}/{version}.{Root.type}.json", ROOT_BYTES)
    except SourceMissingError:
        raise refusals.rolled_back(Root.type, None, version) from cause


def _trusted_repository(store: TrustStore, source: PackSource) -> str:
    """Return which of our repositories a source claims to be; what it claims is proven only by its signatures.

    Raises:
        TrustError: None of ours.
    """
    known = store.repositories()
    if not known:
        raise refusals.no_trust()
    if len(known) == 1:
        return known[0]
    name = _claimed_name(source)
    if not name:
        raise refusals.no_repository(source.label)
    _require_known(name, known)
    return name


def _claimed_name(source: PackSource) -> str:
    """Return the name that a source gives itself, unproven; empty if it gives none."""
    try:
        claimed = source.fetch(f"{METADATA}/1.{Root.type}.json", ROOT_BYTES)
        return repository_name(Metadata[Root].from_bytes(claimed).signed)
    except (SourceMissingError, TrustError, *REFUSED):
        return ""


def _require_known(name: str, known: tuple[str, ...], cause: Exception | None = None) -> None:
    if name and name not in known:
        raise refusals.unknown_repository(name, "、".join(known)) from cause
