"""A county that publishes: a real repository with real keys, and kiosks that believe it."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner, SSlibKey

from content_packs.progress import CancelToken, ignore_progress
from content_packs.store import InstalledPack, PackStore
from sync.folder import FolderSource
from sync.publish.releases import add_release, withdraw
from sync.publish.repository import Repository
from sync.publish.role_keys import RoleKeys
from sync.publish.shelf import TOP_ROLES
from sync.publish.signing import sign
from sync.run import Outcome, Sync
from sync.source import PackSource
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from sync.words import Offering

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
TODAY = date(2026, 11, 22)
REGION = "350122"


class County:
    """Keeps a repository below ``folder``."""

    def __init__(self, folder: Path, name: str = "fujian", *, now: datetime = NOW) -> None:
        self.folder = folder / name
        self.now = now
        self._keys: dict[str, CryptoSigner] = {}
        self.repository().init(name, {role: RoleKeys((self.new_key(role),)) for role in TOP_ROLES})
        self.sign()

    def repository(self) -> Repository:
        return Repository(self.folder, self.now)

    def sign(self) -> None:
        sign(self.repository(), {signer.public_key.keyid: signer for signer in self._keys.values()})

    def delegate(self, region: str) -> None:
        self.repository().delegate(region, RoleKeys((self.new_key(region),)))
        self.sign()

    def publish(self, release: Path, region: str = "0") -> None:
        add_release(self.repository(), release, region, TODAY)
        self.sign()

    def take_back(self, pack_id: str) -> None:
        withdraw(self.repository(), pack_id)
        self.sign()

    def stick(self, folder: Path) -> Path:
        """Copy the repository as it is now."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder

    def is_trusted_by(self, home: Path) -> None:
        root = (self.folder / "metadata" / "1.root.json").read_bytes()
        TrustStore(home).set_root(root, hashlib.sha256(root).hexdigest(), self.now)

    def new_key(self, name: str) -> SSlibKey:
        """Return a key that every later signing uses."""
        self._keys[name] = CryptoSigner.generate_ed25519()
        key = self._keys[name].public_key
        assert isinstance(key, SSlibKey)
        return key


class Village:
    """A kiosk's home that syncs."""

    def __init__(self, home: Path, *trusted: County, region: str = REGION) -> None:
        self.home = home
        self.region = region
        self.indexed: list[tuple[str, int]] = []
        self.told: list = []
        for county in trusted:
            county.is_trusted_by(home)

    @property
    def store(self) -> PackStore:
        return PackStore(self.home)

    def versions(self) -> dict[str, int]:
        return {pack.pack_id: pack.version for pack in self.store.installed()}

    def refresh(self, source: PackSource) -> Offering:
        return refresh(TrustStore(self.home), source, self.region, NOW)

    def sync(
        self,
        source: PackSource | Path,
        *,
        after_install: Callable[..., None] | None = None,
        cancel: CancelToken | None = None,
        on_progress: Callable[..., None] | None = None,
        damaged: frozenset[str] = frozenset(),
    ) -> Outcome:
        job = self.job(source, after_install=after_install, cancel=cancel, on_progress=on_progress)
        return job.carry_out(job.look(self.refresh, damaged=damaged))

    def job(self, source, *, after_install=None, cancel=None, on_progress=None) -> Sync:
        return Sync(
            self.home,
            FolderSource(source) if isinstance(source, Path) else source,
            after_install=after_install or self._index,
            on_progress=on_progress or self.told.append,
            cancel=cancel or CancelToken(),
        )

    def _index(self, pack: InstalledPack, on_progress, cancel) -> None:
        ignore_progress(on_progress)
        self.indexed.append((pack.pack_id, pack.version))
