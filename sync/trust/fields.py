"""Our own signed fields in TUF metadata, read strictly: pure.

TUF signs fields that it does not know along with the others. Ours begin with ``x-cunkou``; the kiosk relies on their
types, so each is checked here, once.
"""

import re
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from tuf.api.metadata import Root, Signed, TargetFile, Targets

from content_packs.limits import MANIFEST_BYTES
from content_packs.model import ID_PATTERN, Sha256
from sync.layout import parse_target_path
from sync.trust import refusals
from sync.trust.clock import IssuedRoot
from sync.trust.limits import REVOKED
from sync.words import Offer

REPOSITORY = "x-cunkou-repository"
ISSUED = "x-cunkou-issued"
FLOOR = "x-cunkou-floor"
REVOKED_RELEASES = "x-cunkou-revoked"
CUSTOM = "x-cunkou"

_Shown = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]{1,60}\Z")]
"""A name for people: no control characters, nothing that turns the direction of writing."""

_Counter = Annotated[int, Meta(ge=0, le=2**53)]


class _Custom(Struct, frozen=True, kw_only=True):
    version: Annotated[int, Meta(ge=1, le=2**53)]
    title: _Shown
    publisher: _Shown
    issued_on: date
    items: _Counter
    size: _Counter


def repository_name(root: Root) -> str:
    """Return the stable name that a root gives its repository.

    Raises:
        TrustError: It gives none that we can use.
    """
    name = root.unrecognized_fields.get(REPOSITORY)
    if not isinstance(name, str) or not re.fullmatch(ID_PATTERN, name):
        raise refusals.malformed("root", REPOSITORY)
    return name


def issued_on(signed: Signed) -> date:
    """Return the day on which a root or timestamp was signed, as it says itself.

    Raises:
        TrustError: It does not say.
    """
    return _day(signed, ISSUED)


def root_dates(root: Root) -> IssuedRoot:
    """Return the dates of a root.

    Raises:
        TrustError: One is missing or no date.
    """
    floor = _day(root, FLOOR) if FLOOR in root.unrecognized_fields else None
    return IssuedRoot(issued_on(root), root.expires, floor)


def revoked_releases(role: str, targets: Targets) -> frozenset[str]:
    """Return the manifests that a role has taken back, by their hash.

    Raises:
        TrustError: The list is none.
    """
    listed = targets.unrecognized_fields.get(REVOKED_RELEASES, [])
    try:
        return frozenset(msgspec.convert(listed, type=Annotated[list[Sha256], Meta(max_length=REVOKED)]))
    except msgspec.ValidationError as error:
        raise refusals.malformed(role, f"{REVOKED_RELEASES}：{error}") from error


def described(target: TargetFile, *, repository: str, signer: str) -> Offer:
    """Return the offer that a signed target makes.

    Raises:
        TrustError: Its path, length, hash or description cannot be used.
    """
    place = parse_target_path(target.path)
    digest = target.hashes.get("sha256", "")
    if place is None or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise refusals.misdescribed(target.path, "路径或校验值")
    if type(target.length) is not int or target.length > MANIFEST_BYTES:
        raise refusals.misdescribed(target.path, f"清单超过 {MANIFEST_BYTES} 字节")
    own = target.custom.get(CUSTOM) if isinstance(target.custom, dict) else None
    try:
        custom = msgspec.convert(own, type=_Custom)
    except msgspec.ValidationError as error:
        raise refusals.misdescribed(target.path, str(error)) from error
    return Offer(
        repository=repository,
        region=place[0],
        target=target.path,
        pack_id=place[1],
        version=custom.version,
        sha256=digest,
        length=target.length,
        title=custom.title,
        publisher=custom.publisher,
        issued_on=custom.issued_on,
        items=custom.items,
        size=custom.size,
        signer=signer,
    )


def _day(signed: Signed, name: str) -> date:
    try:
        return msgspec.convert(signed.unrecognized_fields.get(name), type=date)
    except msgspec.ValidationError as error:
        raise refusals.malformed(signed.type, name) from error
