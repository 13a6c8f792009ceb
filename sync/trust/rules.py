"""python-tuf's rules as this kiosk applies them, and what their refusals mean to a clerk."""

from typing import Final

from securesystemslib.exceptions import Error as SecuresystemslibError
from tuf.api.exceptions import (
    BadVersionNumberError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, Timestamp
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType
from typing_extensions import override

from content_packs.errors import TrustError
from sync.trust import refusals

REFUSED: Final = (
    RepositoryError,
    SecuresystemslibError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What python-tuf raises for metadata that is wrong; the last six where signed fields have types it did not expect."""


class TrustedFiles(TrustedMetadataSet):
    """TUF's rules, with one exception for what is carried by hand.

    An expired timestamp or snapshot on a stick does not end the refresh; `sync.trust.verifier` accepts it only if
    nothing is older than what we have and something is newer. Roots, targets and delegations that have expired are
    refused always.
    """

    def __init__(self, root: bytes, *, is_stick: bool) -> None:
        self._is_stick = is_stick
        super().__init__(root, EnvelopeType.METADATA)

    @override
    def _check_final_timestamp(self) -> None:
        if not self._is_stick:
            super()._check_final_timestamp()

    @override
    def _check_final_snapshot(self) -> None:
        try:
            super()._check_final_snapshot()
        except ExpiredMetadataError:
            if not self._is_stick:
                raise
            wanted = self.timestamp.snapshot_meta.version
            if self.snapshot.version != wanted:
                raise BadVersionNumberError(f"snapshot {self.snapshot.version} != {wanted}") from None


def refusal_for(error: Exception, role: str, data: bytes, trusted: TrustedFiles) -> TrustError:
    """Return what it means to a clerk that a file was not taken over.

    Args:
        error: One of `REFUSED`.
        role: Whose file it is.
        data: The file.
        trusted: What was believed when it came.
    """
    if isinstance(error, UnsignedMetadataError):
        return refusals.wrong_key(role, str(error))
    if isinstance(error, LengthOrHashMismatchError):
        return refusals.mixed(role, "长度或校验值不符")
    if isinstance(error, ExpiredMetadataError):
        return _expired(role, trusted)
    if isinstance(error, BadVersionNumberError):
        return _other_version(role, data, trusted)
    if type(error) is RepositoryError and role == Snapshot.type and role in trusted:
        return refusals.rolled_back(role, None, trusted.snapshot.version)
    return refusals.malformed(role, type(error).__name__)


def _expired(role: str, trusted: TrustedFiles) -> TrustError:
    now, signed = trusted.reference_time, trusted.get(role)
    if role in {Timestamp.type, Snapshot.type} and isinstance(signed, Signed):
        return refusals.frozen(role, signed.expires, now)
    return refusals.expired_role(role, now)


def _other_version(role: str, data: bytes, trusted: TrustedFiles) -> TrustError:
    """Tell files of two moments from files that are older than ours."""
    found = Metadata[Root].from_bytes(data).signed.version
    if role == Timestamp.type:
        ours = trusted.timestamp
        if found < ours.version:
            return refusals.rolled_back(role, found, ours.version)
        return refusals.rolled_back(Snapshot.type, None, ours.snapshot_meta.version)
    if role == Snapshot.type and found == trusted.timestamp.snapshot_meta.version:
        return refusals.rolled_back(role, found, trusted.snapshot.version)
    return refusals.mixed(role, f"文件里是第 {found} 版，名字或上一级说的是另一版")
