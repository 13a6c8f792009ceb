"""Whom this kiosk believes, on disk.

::

    HOME/trust/<repository>/root.json          the anchor: the root that an administrator has set
    HOME/trust/<repository>/roots/N.root.json  its successors, each signed by the one before
    HOME/trust/<repository>/metadata/*.json    what was last promoted; verified again whenever it is read
    HOME/trust/floor.a.json floor.b.json       see `sync.trust.record`

The record is written before the files: after a power cut between them a kiosk knows more than it has, and refuses what
is older. The other way round it would accept it.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from content_packs import locks
from content_packs.built import BUILT_ON
from content_packs.durable import disk_error, fsync_folder, write_in_place
from content_packs.errors import SiteError
from content_packs.model import ID_PATTERN
from sync.trust.anchor import Anchor, floor_with, read_anchor, require_fingerprint
from sync.trust.limits import ROOT_BYTES, ROOT_STEPS, SNAPSHOT_BYTES
from sync.trust.record import FOLDER, Record, read_record, write_record
from sync.trust.verifier import Kept, Outcome

_ANCHOR = "root.json"
_ROOTS = "roots"
_METADATA = "metadata"
_ROOT = "root"
_TIMESTAMP = "timestamp"


class TrustStore:
    """The roots, metadata and floor of one home.

    Args:
        home: Folder that holds all state.
        built: Release of the program, below which the floor never is.
    """

    def __init__(self, home: Path, *, built: date = BUILT_ON) -> None:
        self._folder = home / FOLDER
        self.built = built

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._folder

    def repositories(self) -> tuple[str, ...]:
        """Return the names of the repositories that have a root, in order.

        Raises:
            SiteError: The folder may not be read.
        """
        try:
            names = sorted(path.name for path in self._folder.iterdir() if re.fullmatch(ID_PATTERN, path.name))
            return tuple(name for name in names if (self._folder / name / _ANCHOR).is_file())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise SiteError(
                "信任设置读不出来。", why=f"{self._folder}：{error.strerror}", todo="请用管理员身份运行。", code="M-392"
            ) from error

    def record(self) -> Record:
        """Return the floor and the highest versions seen."""
        return read_record(self._folder, built=self.built)

    def kept(self, repository: str) -> Kept:
        """Return what was kept of a repository; what cannot be read is left out.

        Raises:
            TrustError: Its root is damaged, or has never been set.
        """
        folder = self._folder / repository
        anchor = _read(folder / _ANCHOR, ROOT_BYTES)
        files = {unquote(path.name.removesuffix(".json")): path for path in sorted((folder / _METADATA).glob("*.json"))}
        return Kept(
            repository,
            (anchor, *self._successors(repository, read_anchor(anchor).version)),
            {role: _read(path, SNAPSHOT_BYTES) for role, path in files.items()},
            self.record().seen.get(repository, {}),
        )

    def set_root(self, data: bytes, fingerprint: str, machine: datetime) -> Anchor:
        """Believe a root from now on; what was kept of the repository under another root is forgotten.

        Setting a root that is believed already changes nothing.

        Args:
            data: The root file.
            fingerprint: As the publisher has told it.
            machine: The machine's clock, aware.

        Returns:
            What the root says.

        Raises:
            TrustError: The file has another fingerprint, is no root, or is dated impossibly.
            SiteError: The disk refused.
        """
        require_fingerprint(data, fingerprint)
        anchor = read_anchor(data)
        with self._locked():
            if anchor.repository in self.repositories() and data in self.kept(anchor.repository).roots:
                return anchor
            record = self.record()
            floor = floor_with(anchor, record.floor, machine, built=self.built)
            seen = {name: roles for name, roles in record.seen.items() if name != anchor.repository}
            folder = self._folder / anchor.repository
            write_record(self._folder, Record(floor, seen))
            _make(folder)
            for made in (_ROOTS, _METADATA):
                shutil.rmtree(folder / made, ignore_errors=True)
            write_in_place(folder / _ANCHOR, data)
        return anchor

    def keep(self, repository: str, outcome: Outcome) -> None:
        """Make what a refresh has verified the state that the next one starts from; durable on return.

        If another sync has kept something newer meanwhile, nothing changes.

        Raises:
            SiteError: The disk refused; the record may already be newer than the files, which is safe.
        """
        with self._locked():
            record = self.record()
            seen = record.seen.get(repository, {})
            is_older = any(seen.get(role, 0) > outcome.versions[role] for role in (_ROOT, _TIMESTAMP))
            brings_root = outcome.versions[_ROOT] > seen.get(_ROOT, 0)
            if is_older and not (outcome.has_reset and brings_root):
                return
            highest = outcome.versions if outcome.has_reset and brings_root else seen | outcome.versions
            floor = outcome.floor if outcome.sets_floor and brings_root else max(outcome.floor, record.floor)
            after = Record(floor, record.seen | {repository: highest})
            if after != record:
                write_record(self._folder, after)
            folder = self._folder / repository
            for version, data in outcome.new_roots.items():
                _write(folder / _ROOTS / f"{version}.root.json", data, ROOT_BYTES)
            for role, data in outcome.files.items():
                _write(folder / _METADATA / f"{quote(role, safe='')}.json", data, SNAPSHOT_BYTES)

    def _successors(self, repository: str, version: int) -> Iterator[bytes]:
        """Give the roots after the anchor without a gap."""
        for number in range(version + 1, version + 1 + ROOT_STEPS):
            data = _read(self._folder / repository / _ROOTS / f"{number}.root.json", ROOT_BYTES)
            if not data:
                return
            yield data

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change what is believed."""
        try:
            _make(self._folder)
            lock = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                locks.take(lock)
                yield
            finally:
                os.close(lock)
        except OSError as error:
            raise disk_error(error, self._folder) from error


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fsync_folder(folder.parent)


def _read(path: Path, limit: int) -> bytes:
    """Return a file of ours; empty if it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(limit + 1)
    except OSError:
        return b""


def _write(path: Path, data: bytes, limit: int) -> None:
    if _read(path, limit) != data:
        _make(path.parent)
        write_in_place(path, data)
