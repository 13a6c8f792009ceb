"""Words that the parts of sync share: what a repository offers."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from content_packs.errors import KioskError


class Offer(Struct, frozen=True, kw_only=True):
    """One pack that a repository offers to this kiosk, as its signed metadata describes it.

    Attributes:
        repository: Stable name of the repository.
        region: Code of the region that answers for the pack.
        target: TUF target path, see `sync.layout.target_path`.
        pack_id: Publisher's stable name.
        version: Publication counter.
        sha256: Of the manifest, 64 hex digits.
        length: Of the manifest, in bytes.
        title: Shown to the clerk.
        publisher: Who answers for it.
        issued_on: Day of release.
        items: How many there are.
        size: Unpacked bytes of all blobs.
        signer: Role whose signature vouches for the target: ``targets`` or a region's code.
    """

    repository: str
    region: str
    target: str
    pack_id: str
    version: int
    sha256: str
    length: int
    title: str
    publisher: str
    issued_on: date
    items: int
    size: int
    signer: str


class LeftOut(Protocol):
    """Something in a repository that is not believed, while the rest is."""

    @property
    def name(self) -> str:
        """The role, or the target's path."""

    @property
    def error(self) -> KioskError:
        """Why."""


class Offering(Protocol):
    """What a repository offers at one moment, verified; `sync.trust.client.Refreshed` is one."""

    @property
    def repository(self) -> str:
        """Its stable name."""

    @property
    def region(self) -> str:
        """Where the kiosk stands."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All packs for this kiosk's region."""

    @property
    def refused(self) -> Sequence[LeftOut]:
        """What was left out; a pack that is missing because of it has not been withdrawn."""

    @property
    def issued(self) -> date:
        """Day of the repository's timestamp."""

    @property
    def is_stale(self) -> bool:
        """Whether it has expired and was taken from a stick all the same."""

    def revoked_for(self, region: str) -> frozenset[str]:
        """Return the manifests, by hash, taken back among the packs of a region."""

    def manifest(self, offer: Offer) -> bytes:
        """Return the manifest of an offer, verified."""

    def promote(self) -> None:
        """Make this the state that the next sync starts from; call it once all that it offers has been dealt with."""
