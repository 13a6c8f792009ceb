"""Who may sign a role, and how that changes: pure, on the words of TUF."""

from collections.abc import Sequence

from msgspec import Struct
from securesystemslib.signer import SSlibKey
from tuf.api.metadata import Role, Root, Targets

from sync.publish.errors import PublishError


class RoleKeys(Struct, frozen=True):
    """Who may sign a role.

    Attributes:
        keys: Public keys.
        threshold: How many of them must sign.
    """

    keys: tuple[SSlibKey, ...]
    threshold: int = 1


def require_fit(role: str, keys: RoleKeys) -> None:
    """Return if as many different keys are there as must sign, and at least one must.

    Raises:
        PublishError: They are not.
    """
    _require(role, len({key.keyid for key in keys.keys}), keys.threshold)


def change_keys(
    giver: Root | Targets,
    given: Role,
    role: str,
    add: Sequence[SSlibKey],
    remove: Sequence[str],
    threshold: int | None,
) -> None:
    """Change who may sign a role, in the metadata that says so.

    Args:
        giver: Names the keys of the role.
        given: The role in it.
        role: Its name.
        add: New keys.
        remove: Ids of keys that may no longer sign, or their first characters.
        threshold: How many must sign from now on; None keeps the number.

    Raises:
        PublishError: A key that should go is none of the role's, or too few are left.
    """
    going = [_full_id(role, given.keyids, start) for start in remove]
    for key in add:
        giver.add_key(key, role)
    for keyid in going:
        giver.revoke_key(keyid, role)
    if threshold is not None:
        given.threshold = threshold
    _require(role, len(given.keyids), given.threshold)


def _full_id(role: str, keyids: Sequence[str], start: str) -> str:
    found = [keyid for keyid in keyids if start and keyid.startswith(start)]
    if len(found) != 1:
        known = "、".join(keyid[:16] for keyid in keyids)
        raise PublishError("没有这把密钥。", why=f"{role}：{start}", todo=f"可写的是：{known}。", code="U-509")
    return found[0]


def _require(role: str, keys: int, threshold: int) -> None:
    if not 1 <= threshold <= keys:
        why = f"{role}：{keys} 把密钥，要 {threshold} 个签名"
        raise PublishError("密钥不够，永远签不齐。", why=why, todo="请加密钥，或减少要的签名数。", code="U-510")
