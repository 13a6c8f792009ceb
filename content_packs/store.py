"""Packs on disk: stage, activate, keep the previous version, roll back.

::

    HOME/packs/<pack id>/<version>-<16 hex of the manifest>/content.db     and manifest.json, origin.json
    HOME/packs/<pack id>/pointer.a, pointer.b     which of them is read, which came before; the newer counts
    HOME/packs/.staging/<made by us>/        what is being built; emptied when nobody installs

Versions lie side by side. The only thing ever replaced is the small pointer file, in one durable step, so that a power
cut at any line leaves the old version or the new one. What is installed is read from the disk, never from a flag.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from content_packs import locks
from content_packs.durable import disk_error, fsync_folder, move_into_place, write_in_place
from content_packs.errors import PackError, SiteError
from content_packs.file_marks import PACKS
from content_packs.manifest import MANIFEST_FILE
from content_packs.model import ID_PATTERN, PackInfo
from content_packs.origin import UNSIGNED, Origin, decode_origin, encode_origin
from content_packs.pointer import Pointer, read_pointer, write_pointer

CONTENT = "content.db"
ORIGIN = "origin.json"
_STAGING = ".staging"
_STAGED = "staged-"
_LOCK = ".lock"
_VERSION = re.compile(r"[1-9]\d{0,15}-[0-9a-f]{16}", re.ASCII)


class InstalledPack(Struct, frozen=True):
    """One pack in use.

    Attributes:
        pack_id: Publisher's stable name.
        version: Publication counter.
        digest: First 16 hex digits of the SHA-256 of the manifest it was installed from.
        content_db: What `content_packs.reader.PackReader` opens.
        previous: Version that a roll-back would return to; None if there is none.
        origin: Who answers for it.
        previous_digest: As ``digest``, of the version that a roll-back would return to; empty if there is none.
    """

    pack_id: str
    version: int
    digest: str
    content_db: Path
    previous: int | None = None
    origin: Origin = UNSIGNED
    previous_digest: str = ""

    @property
    def manifest(self) -> Path:
        """The manifest that it was installed from; may be missing beside a version of an older program."""
        return self.folder / MANIFEST_FILE

    def is_named_by(self, manifest: bytes) -> bool:
        """Whether these are the bytes of the manifest that this version is called after."""
        return sha256(manifest).hexdigest().startswith(self.digest)

    @property
    def folder(self) -> Path:
        """Folder of this version; the search index may stand beside the content."""
        return self.content_db.parent


class PackStore:
    """All packs of one home folder.

    Args:
        home: Folder that holds all state; made when the first pack is staged.
    """

    def __init__(self, home: Path) -> None:
        self._root = home / PACKS

    @property
    def root(self) -> Path:
        """Folder whose volume receives the packs."""
        return self._root

    def installed(self) -> tuple[InstalledPack, ...]:
        """Return the packs in use, ordered by id."""
        if not self._root.is_dir():
            return ()
        names = sorted(entry.name for entry in os.scandir(self._root) if re.fullmatch(ID_PATTERN, entry.name))
        return tuple(pack for pack in map(self.current, names) if pack)

    def current(self, pack_id: str) -> InstalledPack | None:
        """Return the version in use of one pack; None if it is not installed.

        A pointer that is damaged or names a version that is gone falls back to the previous version, and then to the
        newest one on the disk that somebody answers for, or else the newest: a kiosk with content on its disk shows it.
        """
        folder = self._folder(pack_id)
        pointer = _read_pointer(folder)
        present = _versions(folder)
        if not present:
            return None
        wanted = [pointer.current, pointer.previous] if pointer else []
        name = next((name for name in wanted if name in present), None) or _best(folder, present)
        previous = pointer.previous if pointer and pointer.previous in present and pointer.previous != name else ""
        return _installed(folder, name, previous)

    def all_versions(self) -> tuple[InstalledPack, ...]:
        """Return every complete version on the disk, in use or kept, of every pack; ordered by id, oldest first."""
        if not self._root.is_dir():
            return ()
        names = sorted(entry.name for entry in os.scandir(self._root) if re.fullmatch(ID_PATTERN, entry.name))
        return tuple(version for name in names for version in self.versions_of(name))

    def versions_of(self, pack_id: str) -> tuple[InstalledPack, ...]:
        """Return every complete version of one pack on the disk, in use or kept, oldest first."""
        folder = self._folder(pack_id)
        return tuple(_installed(folder, name, "") for name in _versions(folder))

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give an empty folder on the same volume, for one installation at a time; it is gone afterwards.

        Whatever an installation that broke off left behind is removed first.

        Raises:
            SiteError: Another installation is running, or the folder cannot be made.
        """
        area = self._root / _STAGING
        try:
            area.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _unwritable(self._root, error) from error
        try:
            _take(lock)
            _clean(area)
            folder = _new_folder(area)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)

    def activate(
        self,
        staged: Path,
        info: PackInfo,
        manifest_digest: str,
        *,
        manifest: bytes = b"",
        origin: Origin = UNSIGNED,
    ) -> InstalledPack:
        """Put a complete staged content file into use, keep the version before it, remove older ones.

        A version that nobody answers for is not kept behind one that somebody does: no roll-back leads to it.

        Args:
            staged: The file, inside the folder that `staging` gave.
            info: What the pack says about itself.
            manifest_digest: SHA-256 of the manifest, 64 hex digits.
            manifest: Its bytes, kept beside the content: they say which blobs are already here.
            origin: Who answers for it.

        Returns:
            The version now in use, as read back from the disk.

        Raises:
            OSError: The disk refused; the old version is still in use.
        """
        folder = self._folder(info.id)
        before = self.current(info.id)
        name = f"{info.version}-{manifest_digest[:16]}"
        (folder / name).mkdir(parents=True, exist_ok=True)
        if manifest:
            write_in_place(folder / name / MANIFEST_FILE, manifest)
        write_in_place(folder / name / ORIGIN, encode_origin(origin))
        move_into_place(staged, folder / name / CONTENT)
        for made in (folder, self._root, self._root.parent):
            fsync_folder(made)
        previous = _kept(before, name)
        if origin.is_vouched_for and before and not before.origin.is_vouched_for:
            previous = ""
        write_pointer(folder, Pointer(name, previous))
        self._remove_others(folder, {name, previous})
        found = self.current(info.id)
        if found is None or found.folder.name != name:
            raise SiteError(
                "资料包装好后读不出来。", why=str(folder / name), todo="请检查磁盘，再装一次。", code="M-312"
            )
        return found

    def roll_back(self, pack_id: str) -> InstalledPack:
        """Return to the version before the one in use; calling it again undoes it.

        Raises:
            PackError: There is no version before this one.
            SiteError: The disk refused; the version in use stays.
        """
        pack = self.current(pack_id)
        folder = self._folder(pack_id)
        pointer = _read_pointer(folder)
        if pack is None or pack.previous is None or pointer is None:
            raise PackError("没有可以退回的旧版本。", why=pack_id, todo="请安装需要的资料包。", code="P-101")
        back = pointer.previous if pack.folder.name == pointer.current else pointer.current
        try:
            write_pointer(folder, Pointer(back, pack.folder.name))
        except OSError as error:
            raise disk_error(error, folder) from error
        found = self.current(pack_id)
        if found is None:
            raise PackError("没有可以退回的旧版本。", why=pack_id, todo="请安装需要的资料包。", code="P-101")
        return found

    def withdraw(
        self, pack_id: str, *, fall_back: bool, require: Callable[[Sequence[InstalledPack]], None] = lambda _: None
    ) -> InstalledPack | None:
        """Take away the version in use, for good, in one durable step.

        Whoever reads it at this moment can read on.

        Args:
            pack_id: Whose publisher has taken it back.
            fall_back: Whether the version before it comes back; otherwise nothing of the pack stays.
            require: Asked about all versions on the disk once no installation can change them any more; raises to
                leave everything as it is.

        Returns:
            What is in use now; None if nothing is.

        Raises:
            PackError: ``require`` says so.
            SiteError: An installation is running.
            OSError: The disk refused.
        """
        with self.staging() as area:
            folder = self._folder(pack_id)
            pack = self.current(pack_id)
            if pack is None:
                return None
            require(self.versions_of(pack_id))
            if fall_back and pack.previous is not None:
                self.roll_back(pack_id)
                pack.folder.rename(area / "withdrawn")
                fsync_folder(folder)
            else:
                folder.rename(area / "withdrawn")
                fsync_folder(self._root)
            return self.current(pack_id)

    def forget_previous(self, pack_id: str) -> None:
        """Remove the version that a roll-back would return to; the one in use stays.

        Raises:
            SiteError: An installation is running.
            OSError: The disk refused.
        """
        with self.staging():
            pack = self.current(pack_id)
            if pack is not None and pack.previous is not None:
                write_pointer(self._folder(pack_id), Pointer(pack.folder.name))
                self._remove_others(self._folder(pack_id), {pack.folder.name})

    def clean(self) -> None:
        """Remove what broken-off installations left in staging, unless an installation is running."""
        area = self._root / _STAGING
        if not area.is_dir():
            return
        with suppress(OSError, SiteError):
            lock = os.open(self._root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                _take(lock)
                _clean(area)
            finally:
                os.close(lock)

    def _folder(self, pack_id: str) -> Path:
        if not re.fullmatch(ID_PATTERN, pack_id):
            raise PackError("没有这个资料包。", why=repr(pack_id), todo="用 cunkou packs 看看装了哪些。", code="P-102")
        return self._root / pack_id

    def _remove_others(self, folder: Path, keep: set[str]) -> None:
        for entry in list(os.scandir(folder)):
            if _VERSION.fullmatch(entry.name) and entry.name not in keep and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)


def _best(folder: Path, names: list[str]) -> str:
    """Name the newest of some versions that somebody answers for; the newest of all if there is none such."""
    return max(names, key=lambda name: (_read_origin(folder / name).is_vouched_for, names.index(name)))


def _installed(folder: Path, name: str, previous: str) -> InstalledPack:
    version, _, digest = name.partition("-")
    before, _, before_digest = previous.partition("-")
    return InstalledPack(
        folder.name,
        int(version),
        digest,
        folder / name / CONTENT,
        int(before) if before else None,
        _read_origin(folder / name),
        before_digest,
    )


def _kept(before: InstalledPack | None, name: str) -> str:
    """Name the version to keep beside ``name``: the one in use before, or what stood behind it."""
    if before is None:
        return ""
    if before.folder.name != name:
        return before.folder.name
    pointer = _read_pointer(before.folder.parent)
    return pointer.previous if pointer and pointer.previous != name else ""


def _versions(folder: Path) -> list[str]:
    """List the complete versions in a folder, oldest first."""
    if not folder.is_dir():
        return []
    found = [entry.name for entry in os.scandir(folder) if _VERSION.fullmatch(entry.name)]
    complete = [name for name in found if (folder / name / CONTENT).is_file()]
    return sorted(complete, key=lambda name: (int(name.partition("-")[0]), name))


def _read_pointer(folder: Path) -> Pointer | None:
    pointer = read_pointer(folder)
    if pointer is None:
        return None
    names = [name for name in (pointer.current, pointer.previous) if name]
    return pointer if all(_VERSION.fullmatch(name) for name in names) else None


def _read_origin(folder: Path) -> Origin:
    try:
        return decode_origin((folder / ORIGIN).read_bytes())
    except OSError:
        return UNSIGNED


def _take(lock: int) -> None:
    try:
        locks.take_if_free(lock)
    except OSError as error:
        raise SiteError("正在安装另一个资料包。", todo="请等它装完，再试一次。", code="M-313") from error


def _clean(area: Path) -> None:
    """Remove our own leftovers; a neighbour's file in the same folder stays."""
    for entry in list(os.scandir(area)):
        if entry.name.startswith(_STAGED) and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)


def _new_folder(area: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=_STAGED, dir=area))
    except OSError as error:
        raise _unwritable(area, error) from error


def _unwritable(path: Path, error: OSError) -> SiteError:
    return SiteError(
        "存放资料包的文件夹写不进去。", why=f"{path}：{error.strerror}", todo="请检查权限和磁盘。", code="M-311"
    )
