"""The root that an administrator gives to a kiosk, and its fingerprint: pure."""

import hashlib
import re
from datetime import date, datetime

from msgspec import Struct
from tuf.api.metadata import Metadata, Root

from sync.trust import refusals
from sync.trust.clock import IssuedRoot, raised
from sync.trust.fields import repository_name, root_dates
from sync.trust.limits import ROOT_BYTES
from sync.trust.rules import REFUSED

_HASH_DIGITS = 64


class Anchor(Struct, frozen=True):
    """What a root says.

    Attributes:
        repository: Stable name of the repository that it answers for.
        version: Of the root.
        dates: Its issue, its end, and the floor that it sets if it does.
        keys: Key ids of the root role.
        threshold: How many of them must sign the next root.
        fingerprint: SHA-256 of its bytes, 64 hex digits.
    """

    repository: str
    version: int
    dates: IssuedRoot
    keys: tuple[str, ...]
    threshold: int
    fingerprint: str


def read_anchor(data: bytes) -> Anchor:
    """Return what a root file says, after its signatures by its own keys were verified.

    Raises:
        TrustError: It cannot serve as a root of ours.
    """
    if len(data) > ROOT_BYTES:
        raise refusals.no_root(f"超过 {ROOT_BYTES} 字节")
    try:
        metadata = Metadata[Root].from_bytes(data)
        root = metadata.signed
        if root.type != Root.type:
            raise refusals.no_root(f"是 {root.type}，不是 root")
        root.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
    except REFUSED as error:
        raise refusals.no_root(str(error)) from error
    if not root.consistent_snapshot:
        raise refusals.no_root("consistent_snapshot")
    role = root.roles[Root.type]
    return Anchor(
        repository_name(root),
        root.version,
        root_dates(root),
        tuple(role.keyids),
        role.threshold,
        fingerprint_of(data),
    )


def fingerprint_of(data: bytes) -> str:
    """Return the SHA-256 of a root file, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def require_fingerprint(data: bytes, told: str) -> None:
    """Return if a file has the fingerprint that somebody was told; spaces, colons and capitals do not matter.

    Raises:
        TrustError: It has another, or what was told is no fingerprint.
    """
    bare = re.sub(r"[\s:]", "", told).lower().removeprefix("sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", bare):
        raise refusals.no_fingerprint(told)
    if bare != fingerprint_of(data):
        raise refusals.other_fingerprint(grouped(fingerprint_of(data)))


def floor_with(anchor: Anchor, floor: date, machine: datetime, *, built: date) -> date:
    """Return the floor after an administrator has set a root.

    Whoever compares fingerprints stands at the machine, so that its clock counts: a root may be as much younger than
    the program as the clock says.

    Raises:
        TrustError: The root is dated past its own end, or far past both floor and clock.
    """
    if anchor.dates.floor is not None:
        return max(anchor.dates.floor, built)
    raised(max(floor, machine.date()), anchor.dates.issued, anchor.dates.expires, Root.type)
    return max(floor, anchor.dates.issued)


def grouped(digits: str) -> str:
    """Return a fingerprint in groups of four, to be read aloud."""
    return " ".join(digits[start : start + 4] for start in range(0, min(len(digits), _HASH_DIGITS), 4))
