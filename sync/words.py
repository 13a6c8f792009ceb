"""Words that the parts of sync share: what a repository offers."""

from datetime import date

from msgspec import Struct


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
