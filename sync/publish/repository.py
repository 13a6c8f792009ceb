"""A publisher's repository: every change is drafted here, signed by those who must, and then served as one new state.

Signing and serving: `sync.publish.signing`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from securesystemslib.signer import SSlibKey
from tuf.api.metadata import DelegatedRole, Metadata, Root, Targets

from content_packs.model import ID_PATTERN
from sync.layout import METADATA, NATION, delegated_patterns, is_region
from sync.publish.draft import Overlay, Waiting, decide, lacking, overlay
from sync.publish.errors import PublishError
from sync.publish.role_keys import RoleKeys, change_keys, require_fit
from sync.publish.shelf import ROOT, TIMESTAMP, TOP_ROLES, TOP_TARGETS, Shelf, State
from sync.publish.terms import new_root, new_targets, next_root, next_targets, no_delegations
from sync.trust.fields import FLOOR

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _alone(method: Callable[Concatenate["Repository", _P], _R]) -> Callable[Concatenate["Repository", _P], _R]:
    """Keep colleagues from drafting meanwhile, see `sync.publish.shelf.Shelf.alone`."""

    @wraps(method)
    def drafting(self: "Repository", /, *args: _P.args, **more: _P.kwargs) -> _R:
        with self.shelf.alone():
            return method(self, *args, **more)

    return drafting


class Repository:
    """A repository and the drafts of its next state.

    Args:
        folder: Holds it.
        now: The publisher's clock, UTC; part of what is signed.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self.shelf = Shelf(folder)
        self.now = now

    # --- what there is -----------------------------------------------------------------------------------------------

    def state(self) -> State | None:
        """Return what is served; None before anything was.

        Raises:
            PublishError: It cannot be read.
        """
        served = (self.shelf.folder / METADATA / f"{TIMESTAMP}.json").exists()
        return self.shelf.state() if served else None

    def seen(self) -> Overlay:
        """Return the state with all drafts in it.

        Raises:
            PublishError: There is no repository here, or it cannot be read.
        """
        seen = overlay(self.state(), self.shelf.drafts())
        if seen is None:
            raise PublishError(
                "这里没有仓库。", why=str(self.shelf.folder), todo="请先用 cunkou publish init 新建。", code="U-501"
            )
        return seen

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the drafts that cannot be served yet, and what each waits for."""
        return decide(self.state(), self.shelf.drafts())[1]

    def fingerprint(self) -> str | None:
        """Return the SHA-256 of the first root, 64 hex digits: what a kiosk is told; None before it is served."""
        try:
            return sha256((self.shelf.folder / METADATA / f"1.{ROOT}.json").read_bytes()).hexdigest()
        except OSError:
            return None

    # --- drafting ----------------------------------------------------------------------------------------------------

    def require_new(self, name: str) -> None:
        """Return if a repository of this name may be made here.

        Raises:
            PublishError: The folder holds one already, or the name breaks the rules.
        """
        if self.shelf.exists:
            raise PublishError(
                "这里已经有仓库，没有覆盖。", why=str(self.shelf.folder), todo="请换一个文件夹。", code="U-504"
            )
        if not re.fullmatch(ID_PATTERN, name):
            raise PublishError(
                "仓库的名字不合规则。", why=repr(name), todo="用小写字母、数字、点和横线。", code="U-505"
            )

    def init(self, name: str, roles: Mapping[str, RoleKeys]) -> None:
        """Draft the first state: a root with the keys of the four top-level roles, and an empty catalogue.

        Args:
            name: Stable name of the repository; kiosks keep what they know of it under this name.
            roles: For each of ``root``, ``targets``, ``snapshot`` and ``timestamp``.

        Raises:
            PublishError: The folder holds a repository already, or names, keys and thresholds do not fit.
        """
        self.require_new(name)
        root = new_root(name, self.now)
        for role in TOP_ROLES:
            require_fit(role, roles[role])
            for key in roles[role].keys:
                root.add_key(key, role)
            root.roles[role].threshold = roles[role].threshold
        self.shelf.make()
        self.shelf.write_draft(ROOT, Metadata(root))
        self.shelf.write_draft(TOP_TARGETS, Metadata(new_targets(self.now)))

    @_alone
    def delegate(self, region: str, keys: RoleKeys) -> str:
        """Draft that a region may sign its own packs and those of all regions within it.

        Returns:
            The role that delegates, whose holders must sign: a wider region, or ``targets``.

        Raises:
            PublishError: The code is none, the region has been delegated already, or the keys do not fit.
        """
        if not is_region(region) or region == NATION:
            raise PublishError("地区代码不对。", why=repr(region), todo="写 2、4、6、9 或 12 位代码。", code="U-506")
        require_fit(region, keys)
        seen = self.seen()
        if seen.parent_of(region):
            todo = "换密钥用 cunkou publish rotate。"
            raise PublishError("这个地区已经授权过。", why=region, todo=todo, code="U-507")
        parent = seen.signers_of(region)
        targets = self.edit_targets(parent)
        delegations = targets.signed.delegations or no_delegations()
        for key in keys.keys:
            delegations.keys[key.keyid] = key
        role = DelegatedRole(
            region,
            [key.keyid for key in keys.keys],
            keys.threshold,
            terminating=True,
            paths=list(delegated_patterns(region)),
        )
        delegations.roles = {**(delegations.roles or {}), region: role}
        targets.signed.delegations = delegations
        self.shelf.write_draft(parent, targets)
        if region not in seen.targets:
            self.shelf.write_draft(region, Metadata(new_targets(self.now)))
        return parent

    @_alone
    def rotate(self, role: str, add: Sequence[SSlibKey], remove: Sequence[str], threshold: int | None = None) -> str:
        """Draft new keys for a role; what it has signed is drafted again where the old signatures no longer suffice.

        Args:
            role: One of the four top-level roles, or a region's code.
            add: New keys.
            remove: Ids of keys that may no longer sign, or their first characters.
            threshold: How many must sign from now on; None keeps the number.

        Returns:
            The role whose holders must sign the change.

        Raises:
            PublishError: No such role, no such key, or fewer keys than must sign.
        """
        seen = self.seen()
        holder = ROOT if role in TOP_ROLES else seen.parent_of(role)
        if holder is None:
            raise PublishError("没有这个角色。", why=role, todo="先用 cunkou publish delegate 授权。", code="U-508")
        if holder == ROOT:
            root = self._edit_root()
            change_keys(root.signed, root.signed.roles[role], role, add, remove, threshold)
            self.shelf.write_draft(ROOT, root)
        else:
            targets = self.edit_targets(holder)
            delegations = targets.signed.delegations or no_delegations()
            change_keys(targets.signed, (delegations.roles or {})[role], role, add, remove, threshold)
            self.shelf.write_draft(holder, targets)
        if role in self.seen().targets and not self._is_signed(role):
            self.shelf.write_draft(role, self.edit_targets(role))
        return holder

    @_alone
    def renew(self, role: str) -> None:
        """Draft a role again as it is, so that it ends later.

        Raises:
            PublishError: No such role.
        """
        self.shelf.write_draft(role, self._edit_root() if role == ROOT else self.edit_targets(role))

    @_alone
    def lower_floor(self, day: date) -> None:
        """Draft a root that sets the kiosks' floor of time anew, after a wrong date was signed."""
        root = self._edit_root()
        root.signed.unrecognized_fields[FLOOR] = day.isoformat()
        self.shelf.write_draft(ROOT, root)

    def edit_targets(self, role: str) -> Metadata[Targets]:
        """Return the draft of a role, started from what is served if there is none; its signatures are gone.

        Raises:
            PublishError: There is no such role.
        """
        draft = self.shelf.drafts().get(role)
        if draft and isinstance(draft.signed, Targets):
            return Metadata(draft.signed)
        state = self.state()
        if state is None or role not in state.targets:
            raise PublishError("没有这个角色。", why=role, todo="先用 cunkou publish delegate 授权。", code="U-508")
        return next_targets(state.targets[role], self.now)

    def _edit_root(self) -> Metadata[Root]:
        draft = self.shelf.drafts().get(ROOT)
        if draft and isinstance(draft.signed, Root):
            return Metadata(draft.signed)
        return next_root(self.shelf.newest_root(), self.now)

    def _is_signed(self, role: str) -> bool:
        """Whether a role's metadata has enough signatures under the keys of the drafts."""
        drafts = {name: draft for name, draft in self.shelf.drafts().items() if name != role}
        seen = overlay(self.state(), drafts)
        return seen is not None and role in seen.targets and not lacking(seen, role)
