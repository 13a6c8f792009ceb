"""A publisher's repository in memory, with true keys and signatures, that can be made to misbehave.

It holds the newest state of every role as python-tuf's own objects; `TufRepository.publish` signs what was changed.
`MemorySource` serves a copy of the files, so that an old copy is an old stick.
"""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from content_packs.manifest import encode_manifest
from content_packs.model import Manifest, PackInfo
from sync.layout import delegated_patterns, manifest_path, target_path
from sync.source import SourceMissingError, SourceWrongError
from sync.trust.store import TrustStore

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
REGION = "350122001"
"""A township: the kiosk of most stories."""


def at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def new_key() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


def a_manifest(pack_id: str, version: int, title: str = "资料包") -> bytes:
    info = PackInfo(id=pack_id, version=version, title=title, publisher="测试发布单位", issued_on=TODAY)
    return encode_manifest(Manifest(format=1, pack=info, items={}))


@dataclass
class MemorySource:
    """Serves files; ``log`` tells what was asked for and how many bytes went over."""

    files: dict[str, bytes]
    is_stick: bool = True
    label: str = "测试U盘"
    log: list[tuple[str, int]] = field(default_factory=list)
    trouble: dict[str, Exception] = field(default_factory=dict)

    def fetch(self, path: str, limit: int) -> bytes:
        if path in self.trouble:
            raise self.trouble[path]
        data = self.files.get(path)
        self.log.append((path, len(data or b"")))
        if data is None:
            raise SourceMissingError("没有这个文件。", why=path)
        if len(data) > limit:
            raise SourceWrongError("文件大得不正常。", why=path)
        return data

    def open_range(self, path: str, start: int, length: int, validator: str | None) -> AbstractContextManager[Any]:
        raise NotImplementedError

    @property
    def bytes_fetched(self) -> int:
        return sum(size for _, size in self.log)


class TufRepository:
    """One repository and all its keys."""

    def __init__(self, name: str = "cn.test.fujian", *, issued: date = TODAY) -> None:
        self.name = name
        self.issued = issued
        self.keys: dict[str, list[CryptoSigner]] = {
            role: [new_key()] for role in ("root", "timestamp", "snapshot", "targets")
        }
        self.root = Root(version=1, expires=at(issued + timedelta(days=730)), consistent_snapshot=True)
        for role, keys in self.keys.items():
            self.root.add_key(keys[0].public_key, role)
        self.root.unrecognized_fields["x-cunkou-repository"] = name
        self.targets: dict[str, Targets] = {"targets": Targets(expires=at(issued + timedelta(days=365)))}
        self.snapshot = Snapshot(expires=at(issued + timedelta(days=30)))
        self.timestamp = Timestamp(expires=at(issued + timedelta(days=30)))
        self.snapshot.version = self.timestamp.version = 0
        self.files: dict[str, bytes] = {}
        self._changed = {"targets"}
        self.sign_root()
        self.publish()

    # --- the honest publisher ----------------------------------------------------------------------------------------

    def delegate(self, region: str, *, by: str = "targets", **changes: Any) -> Self:
        """Delegate a region; ``changes`` bend the delegation."""
        self.keys.setdefault(region, [new_key()])
        key = self.keys[region][0].public_key
        parent = self.targets[by]
        if parent.delegations is None:
            parent.delegations = Delegations({}, {})
        assert parent.delegations.roles is not None
        facts: dict[str, Any] = {"threshold": 1, "terminating": True} | changes
        if "paths" not in facts:
            facts["paths"] = list(delegated_patterns(region))
        parent.delegations.keys[key.keyid] = key
        parent.delegations.roles[region] = DelegatedRole(name=region, keyids=[key.keyid], **facts)
        self.targets.setdefault(region, Targets(expires=at(self.issued + timedelta(days=365))))
        self._changed |= {by, region}
        return self

    def add(self, pack_id: str, version: int = 1, *, region: str = "0", by: str = "targets", **custom: Any) -> Self:
        """Publish a release of a pack; ``custom`` bends its description."""
        manifest = a_manifest(pack_id, version)
        path = target_path(region, pack_id)
        target = TargetFile.from_data(path, manifest)
        about = {
            "version": version,
            "title": f"资料包{pack_id}",
            "publisher": "测试发布单位",
            "issued_on": TODAY.isoformat(),
            "items": 3,
            "size": 1000,
        }
        target.unrecognized_fields["custom"] = {"x-cunkou": about | custom}
        self.targets[by].targets[path] = target
        self._changed.add(by)
        self.files[manifest_path(path, hashlib.sha256(manifest).hexdigest())] = manifest
        return self

    def publish(self, *, issued: date | None = None, expires: date | None = None) -> Self:
        """Sign all roles that changed, then snapshot and timestamp."""
        day = issued or self.issued
        end = at(expires or day + timedelta(days=30))
        for role in sorted(self._changed):
            self.sign_targets(role)
        self.snapshot.meta = {f"{role}.json": MetaFile(one.version) for role, one in self.targets.items()}
        self.snapshot.version += 1
        self.snapshot.expires = end
        self.sign_snapshot()
        self.refresh(issued=day, expires=end.date())
        return self

    def refresh(self, *, issued: date | None = None, expires: date | None = None) -> Self:
        """Sign a new timestamp only."""
        day = issued or self.issued
        self.timestamp.version += 1
        self.timestamp.snapshot_meta = MetaFile(self.snapshot.version)
        self.timestamp.expires = at(expires or day + timedelta(days=30))
        self.timestamp.unrecognized_fields["x-cunkou-issued"] = day.isoformat()
        self.sign_timestamp()
        return self

    def sign_targets(self, role: str) -> None:
        """Sign one role anew, with the next version."""
        one = self.targets[role]
        one.version = one.version + 1 if f"metadata/{one.version}.{role}.json" in self.files else one.version
        self._changed.discard(role)
        self.files[f"metadata/{one.version}.{role}.json"] = self.signed(one, role)

    def sign_snapshot(self) -> None:
        self.files[f"metadata/{self.snapshot.version}.snapshot.json"] = self.signed(self.snapshot, "snapshot")

    def sign_timestamp(self) -> None:
        self.files["metadata/timestamp.json"] = self.signed(self.timestamp, "timestamp")

    def sign_root(self, *extra: CryptoSigner, issued: date | None = None) -> None:
        """Sign the root as it stands, also with keys of the root before."""
        self.root.unrecognized_fields["x-cunkou-issued"] = (issued or self.issued).isoformat()
        self.files[f"metadata/{self.root.version}.root.json"] = self.signed(self.root, "root", *extra)

    def new_root(self, *, issued: date | None = None, floor: date | None = None, without: str = "") -> Self:
        """Publish the next root; ``without`` replaces the keys of that role."""
        before = list(self.keys["root"])
        self.root.unrecognized_fields.pop("x-cunkou-floor", None)
        if floor:
            self.root.unrecognized_fields["x-cunkou-floor"] = floor.isoformat()
        if without:
            for key in self.keys[without]:
                self.root.revoke_key(key.public_key.keyid, without)
            self.keys[without] = [new_key()]
            self.root.add_key(self.keys[without][0].public_key, without)
        self.root.version += 1
        day = issued or self.issued
        self.root.expires = max(self.root.expires, at(day + timedelta(days=730)))
        self.sign_root(*before, issued=day)
        return self

    def change(self, role: str) -> Targets:
        """Return a role to be changed; the next `publish` signs it anew."""
        self._changed.add(role)
        return self.targets[role]

    # --- what attackers need -----------------------------------------------------------------------------------------

    def signed(self, one: Any, role: str, *extra: CryptoSigner) -> bytes:
        """Return a file signed with the keys of a role."""
        metadata = Metadata(one)
        for key in (*self.keys[role], *extra):
            metadata.sign(key, append=True)
        return metadata.to_bytes()

    def stick(self) -> MemorySource:
        """Return a stick with everything as it is now."""
        return MemorySource(dict(self.files))

    def server(self) -> MemorySource:
        """Return a web server with everything as it is now."""
        return MemorySource(dict(self.files), is_stick=False, label="example.gov.cn")

    def anchor(self) -> tuple[bytes, str]:
        """Return the first root and its fingerprint."""
        data = self.files["metadata/1.root.json"]
        return data, hashlib.sha256(data).hexdigest()

    def trusted_by(self, home: Path, *, built: date = TODAY) -> TrustStore:
        """Return the store of a kiosk that trusts this repository."""
        store = TrustStore(home, built=built)
        store.set_root(*self.anchor(), NOW)
        return store

    def write_to(self, folder: Path) -> Path:
        """Write the files, as a web server or a stick holds them."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


def a_repository(**facts: Any) -> TufRepository:
    """Return a province with a prefecture, a county and a township, each with one pack."""
    repository = TufRepository(**facts)
    repository.delegate("35").delegate("3501", by="35").delegate("350122", by="3501").delegate(REGION, by="350122")
    repository.add("nation")
    for region in ("35", "350122", REGION):
        repository.add(f"pack-{region}", region=region, by=region)
    return repository.publish()
