"""Where an installed version came from, and who answers for it."""

from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct

from content_packs.unreadable import UNREADABLE


class OriginKind(StrEnum):
    """How a version may have got here."""

    BUILT_IN = "built-in"
    """Its manifest is listed in the program's own files."""

    SIGNED = "signed"
    """A repository that this kiosk trusts has signed its manifest."""

    UNSIGNED = "unsigned"
    """Nobody answers for it: an author tries it out, and every page and slip says 未签名."""


class Origin(Struct, frozen=True):
    """Who answers for an installed version; kept beside it.

    Attributes:
        kind: How it got here.
        repository: Name of the repository that signed it; empty unless signed.
        region: Region that answers for it, ``0`` for the nation; empty unless signed.
        signer: Role that signed its manifest: a region's code, or ``targets``; empty unless signed.
        issued_on: Day of the repository's timestamp with which it came; None unless signed.
    """

    kind: OriginKind
    repository: str = ""
    region: str = ""
    signer: str = ""
    issued_on: date | None = None

    @property
    def is_vouched_for(self) -> bool:
        """Whether somebody answers for it: its publisher, or the program that it came with."""
        return self.kind is not OriginKind.UNSIGNED


UNSIGNED = Origin(OriginKind.UNSIGNED)
BUILT_IN = Origin(OriginKind.BUILT_IN)


def encode_origin(origin: Origin) -> bytes:
    """Return what is kept beside an installed version."""
    return msgspec.json.encode(origin) + b"\n"


def decode_origin(data: bytes) -> Origin:
    """Return what was kept; what cannot be read counts as unsigned, because nobody is known to answer for it."""
    try:
        return msgspec.json.decode(data, type=Origin)
    except UNREADABLE:
        return UNSIGNED
