"""The files of a repository: signed metadata, drafts of it that still lack signatures, manifests and bundles.

::

    REPO/metadata, targets, bundles      what is served; see `sync.layout`
    REPO/draft/<role>.json               what is being signed; never served

Nothing here decides. A file that others may be reading right now is only ever replaced whole.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from content_packs import locks, open_flags
from content_packs.durable import disk_error, fsync_folder, write_in_place
from content_packs.errors import KioskError
from sync.layout import BUNDLES, METADATA, TARGETS
from sync.publish.errors import PublishError

DRAFT = "draft"
ROOT: Final = "root"
TIMESTAMP: Final = "timestamp"
SNAPSHOT: Final = "snapshot"
TOP_TARGETS: Final = "targets"
TOP_ROLES: Final = (ROOT, TOP_TARGETS, SNAPSHOT, TIMESTAMP)

_LOCK = ".lock"
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | open_flags.NO_FOLLOW | open_flags.NOT_FOR_CHILDREN
_FILE_BYTES = 16 * 1024 * 1024
_VERSIONED = re.compile(r"([1-9]\d{0,9})\.([a-z0-9]+)\.json", re.ASCII)
_T = TypeVar("_T", Root, Timestamp, Snapshot, Targets)
_FOLDERS = (METADATA, TARGETS, BUNDLES, DRAFT)


AnyMetadata = Metadata[Root] | Metadata[Timestamp] | Metadata[Snapshot] | Metadata[Targets]
Draft = Metadata[Root] | Metadata[Targets]


class State(Struct, frozen=True):
    """The newest signed metadata of a repository, all roles of one moment.

    Attributes:
        root: With the keys of the four top-level roles.
        timestamp: Names the snapshot.
        snapshot: Names the version of every targets role.
        targets: Role → its metadata: ``targets`` and the codes of regions.
    """

    root: Metadata[Root]
    timestamp: Metadata[Timestamp]
    snapshot: Metadata[Snapshot]
    targets: dict[str, Metadata[Targets]]


class Shelf:
    """The folder of one repository.

    Args:
        folder: Holds it, or will.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether there is a repository in the folder already, complete or not."""
        return (self.folder / METADATA).exists() or (self.folder / DRAFT).exists()

    @property
    def has_root(self) -> bool:
        """Whether the folder is a repository of ours, served or being signed."""
        return any((self.folder / name).is_file() for name in (f"{METADATA}/1.{ROOT}.json", f"{DRAFT}/{ROOT}.json"))

    def make(self) -> None:
        """Make the folders.

        Raises:
            SiteError: The disk refused.
        """
        try:
            for name in _FOLDERS:
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            fsync_folder(self.folder)
        except OSError as error:
            raise disk_error(error, self.folder) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep colleagues from changing the repository meanwhile, or wait until they have: no draft gets lost.

        Raises:
            SiteError: The disk refused.
        """
        with ExitStack() as stack:
            try:
                if (self.folder / DRAFT).is_dir():  # else there is no repository, which whoever asks will see
                    lock = os.open(self.folder / DRAFT / _LOCK, _LOCK_FLAGS, 0o644)
                    stack.callback(os.close, lock)
                    locks.take(lock)
            except OSError as error:
                raise disk_error(error, self.folder) from error
            yield

    def state(self) -> State:
        """Return what is served now.

        Raises:
            PublishError: There is no complete repository here, or a file of it cannot be read.
        """
        timestamp = self.read(METADATA, f"{TIMESTAMP}.json", Timestamp)
        snapshot = self.read(METADATA, f"{timestamp.signed.snapshot_meta.version}.{SNAPSHOT}.json", Snapshot)
        targets = {
            name.removesuffix(".json"): self.read(METADATA, f"{meta.version}.{name}", Targets)
            for name, meta in snapshot.signed.meta.items()
        }
        return State(self.newest_root(), timestamp, snapshot, targets)

    def newest_root(self) -> Metadata[Root]:
        """Return the newest root.

        Raises:
            PublishError: There is none.
        """
        folder = self.folder / METADATA
        found = [_VERSIONED.fullmatch(path.name) for path in folder.iterdir()] if folder.is_dir() else []
        versions = [int(match[1]) for match in found if match and match[2] == ROOT]
        if not versions:
            raise _no_repository(self.folder)
        return self.read(METADATA, f"{max(versions)}.{ROOT}.json", Root)

    def drafts(self) -> dict[str, Draft]:
        """Return what is being signed: role → its metadata, root first, then in order of name.

        Raises:
            PublishError: A draft cannot be read.
        """
        folder = self.folder / DRAFT
        roles = sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []
        roles.sort(key=lambda role: role != ROOT)
        found: dict[str, Draft] = {}
        for role in roles:
            name = f"{role}.json"
            found[role] = self.read(DRAFT, name, Root) if role == ROOT else self.read(DRAFT, name, Targets)
        return found

    def read(self, folder: str, name: str, kind: type[_T]) -> Metadata[_T]:
        """Return one file of metadata, its signatures not checked.

        Raises:
            PublishError: It is missing, or not what its name says.
        """
        try:
            with (self.folder / folder / name).open("rb") as opened:
                return parse(opened.read(_FILE_BYTES), name, kind)
        except FileNotFoundError as error:
            raise _no_repository(self.folder / folder / name) from error
        except OSError as error:
            raise PublishError(
                "仓库读不出来。", why=f"{name}：{error.strerror}", todo="请检查磁盘和权限。", code="U-502"
            ) from error

    def write(self, folder: str, name: str, data: bytes) -> None:
        """Put a file into place, whole and durable.

        Raises:
            SiteError: The disk refused.
        """
        target = self.folder / folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_in_place(target, data)
        except OSError as error:
            raise disk_error(error, target) from error

    def write_draft(self, role: str, metadata: Draft) -> None:
        """Keep a draft."""
        self.write(DRAFT, f"{role}.json", encode(metadata))

    def drop_draft(self, role: str) -> None:
        """Forget a draft, because it is served now or nobody wants it."""
        (self.folder / DRAFT / f"{role}.json").unlink(missing_ok=True)


def encode(metadata: AnyMetadata) -> bytes:
    """Return the bytes that travel: compact, because a village pays for each."""
    return metadata.to_bytes(JSONSerializer(compact=True))


def parse(data: bytes, name: str, kind: type[_T]) -> Metadata[_T]:
    """Return the metadata that bytes hold, its signatures not checked.

    Raises:
        PublishError: They are not metadata of this kind.
    """
    why = "不是这一类文件"
    try:
        metadata: Metadata[_T] = Metadata.from_bytes(data)
        if isinstance(metadata.signed, kind):
            return metadata
    except (DeserializationError, RepositoryError, RecursionError) as error:
        why = str(error)
    raise PublishError("签名文件读不懂。", why=f"{name}：{why}", todo="请从备份恢复这个文件。", code="U-503")


def _no_repository(place: Path) -> KioskError:
    return PublishError(
        "这里没有仓库，或不完整。", why=str(place), todo="新建用 cunkou publish init；否则从备份恢复。", code="U-501"
    )
