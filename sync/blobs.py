"""Where blobs lie that are already here: a release folder, an installed version. Each is believed by its hash only."""

import os
import sqlite3
import stat
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self
from urllib.parse import quote

from content_packs.bundle import read_blob
from content_packs.errors import PackFormatError, PackIntegrityError, SourceError
from content_packs.model import BlobEntry, Manifest
from content_packs.rotten import ROTTEN

COPY_AGAIN = "请把资料包再复制一次；还不行，就向发布单位再要一份。"


class BlobReader(Protocol):
    """Something that may hold blobs."""

    def has(self, sha256: str) -> bool:
        """Whether this is where to look for a blob; it may still turn out to be damaged."""

    def read(self, entry: BlobEntry) -> bytes:
        """Return a blob, unpacked, whose hash fits.

        Raises:
            PackIntegrityError: What is there is damaged.
            SourceError: It cannot be read.
        """


class ReleaseFolder:
    """The bundles of a release as it was built, in one folder; use as a context manager.

    Args:
        folder: Holds the bundles.
        manifest: Of the release.

    Raises:
        SourceError: A bundle is missing or cannot be read.
        PackError: A bundle is no plain file, or of another length than the manifest names.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._manifest = manifest
        self._names = frozenset(blob.sha256 for blob in manifest.blobs)
        self._opened: list[IO[bytes]] = []
        with ExitStack() as stack:
            for bundle in manifest.bundles:
                handle = stack.enter_context(open_plain(folder / bundle.name, "资料包缺了一个数据文件。"))
                size = os.fstat(handle.fileno()).st_size
                if size != bundle.size:
                    what = "资料包不完整，后面的数据没有了。" if size < bundle.size else "资料包的数据文件长了。"
                    why = f"{bundle.name}：应为 {bundle.size} 字节，只有 {size}" if size < bundle.size else bundle.name
                    raise PackIntegrityError(what, why=why, todo=COPY_AGAIN, code="P-131")
                self._opened.append(handle)
            self._closing = stack.pop_all()

    def __enter__(self) -> Self:
        """Return the folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the bundles."""
        self._closing.close()

    def has(self, sha256: str) -> bool:
        """Whether the manifest names this blob."""
        return sha256 in self._names

    def read(self, entry: BlobEntry) -> bytes:
        """Return one blob, see `BlobReader`."""
        name = self._manifest.bundles[entry.bundle].name
        try:
            return read_blob(self._opened[entry.bundle], entry, name)
        except OSError as error:
            raise unreadable(name, error) from error


class InstalledContent:
    """The blobs of an installed version; use as a context manager. One that cannot be read holds nothing.

    Args:
        content_db: Its file.
    """

    def __init__(self, content_db: Path) -> None:
        self._name = content_db.parent.name
        self._media: frozenset[str] = frozenset()
        self._bodies: dict[str, int] = {}
        self._damaged: set[str] = set()
        self._connection = _opened(content_db)
        with suppress(*ROTTEN):
            self._media = frozenset(name for (name,) in self._connection.execute("SELECT sha256 FROM media"))
            for n, item in self._connection.execute("SELECT n, item FROM bodies"):
                self._bodies[sha256(item).hexdigest()] = n

    def __enter__(self) -> Self:
        """Return the content itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._connection.close()

    def has(self, sha256: str) -> bool:
        """Whether it holds this blob, and has not been found damaged there."""
        return (sha256 in self._media or sha256 in self._bodies) and sha256 not in self._damaged

    def prove(self, entries: Iterable[BlobEntry]) -> None:
        """Read every one of these blobs that it holds, so that no damaged one is offered afterwards."""
        for entry in entries:
            if self.has(entry.sha256):
                with suppress(PackIntegrityError):
                    self.read(entry)

    def read(self, entry: BlobEntry) -> bytes:
        """Return one blob, see `BlobReader`; a damaged one is not offered again."""
        query, key = "SELECT data FROM media WHERE sha256 = ?", entry.sha256
        if entry.sha256 in self._bodies:
            query, key = "SELECT item FROM bodies WHERE n = ?", str(self._bodies[entry.sha256])
        data: bytes | None = None
        with suppress(*ROTTEN, TypeError):
            (data,) = self._connection.execute(query, (key,)).fetchone()
        if data is None or sha256(data).hexdigest() != entry.sha256:
            self._damaged.add(entry.sha256)
            raise PackIntegrityError(
                "已装的资料包坏了。", why=f"{self._name}：{entry.sha256[:16]}", todo="请重新安装资料包。", code="P-139"
            )
        return data


class Readers:
    """Several readers as one: the first that has a blob gives it.

    Args:
        readers: Best first.
    """

    def __init__(self, readers: Sequence[BlobReader]) -> None:
        self._readers = tuple(readers)

    def has(self, sha256: str) -> bool:
        """Whether any of them has it."""
        return any(reader.has(sha256) for reader in self._readers)

    def read(self, entry: BlobEntry) -> bytes:
        """Return one blob, see `BlobReader`; where one is damaged the next is asked."""
        trouble: PackIntegrityError | None = None
        for reader in self._readers:
            if reader.has(entry.sha256):
                try:
                    return reader.read(entry)
                except PackIntegrityError as error:
                    trouble = trouble or error
        raise trouble or PackIntegrityError(
            "资料包缺了一段数据。", why=entry.sha256[:16], todo=COPY_AGAIN, code="P-133"
        )


def _opened(content_db: Path) -> sqlite3.Connection:
    """Return a connection to a file, to nothing if it cannot be opened."""
    try:
        return sqlite3.connect(f"file:{quote(str(content_db.resolve()))}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return sqlite3.connect(":memory:")


def open_plain(path: Path, missing: str) -> IO[bytes]:
    """Return an open regular file; never a link, a pipe or a device.

    Args:
        path: Of the file.
        missing: What to say if it is not there.

    Raises:
        SourceError: It is not there, or cannot be read.
        PackFormatError: It is something else than a file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise SourceError(missing, why=str(path), todo="请检查文件夹；用 U 盘时请插好再试。", code="S-201") from error
    except OSError as error:
        if path.is_symlink():
            raise _no_plain_file(path) from error
        raise unreadable(path.name, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _no_plain_file(path)
    return os.fdopen(handle, "rb")


def unreadable(name: str, error: OSError) -> SourceError:
    """Return the error for a file that could not be read to its end."""
    return SourceError(
        "资料包读不出来。", why=f"{name}：{error.strerror}", todo="请检查 U 盘或网络，插好后再试一次。", code="S-202"
    )


def _no_plain_file(path: Path) -> PackFormatError:
    return PackFormatError("资料包里有不是普通文件的东西。", why=str(path), todo=COPY_AGAIN, code="P-112")
