"""Installing a release: limit → verify → parse → stage → activate, failing closed.

Every byte is hashed while it is read, and only bytes whose hash fits are parsed or stored. Until the last step nothing
that the kiosk reads has changed. Where the blobs come from makes no difference: a release's folder, what was fetched,
or the version that is already here.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs.database import DatabaseWriter
from content_packs.durable import disk_error
from content_packs.errors import DiskFullError, PackFormatError, PackIntegrityError, PackVersionError, TrustError
from content_packs.limits import MANIFEST_BYTES, MIB
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import BlobEntry, Item, Manifest, Picture
from content_packs.origin import UNSIGNED, Origin
from content_packs.pack_source import PACK_FILE
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.store import CONTENT, InstalledPack, PackStore
from content_packs.unreadable import UNREADABLE
from sync.blobs import COPY_AGAIN, BlobReader, ReleaseFolder, open_plain, unreadable

RESERVE_BYTES = 64 * MIB
"""Left free on the volume, so that logs and settings can still be written."""

_INDEX_SHARE = 10
"""A search index takes six times the bytes of the text, and while it is built four times more; measured on laws."""

_ROW_BYTES = 4096


MayFollow = Callable[[InstalledPack | None], None]
"""Returns if a release may take the place of what is in use at that moment; else raises `PackError` or `TrustError`."""


class Installed(Struct, frozen=True):
    """What an installation did.

    Attributes:
        pack: The version that is now in use.
        title: Of the pack.
        items: How many items it has.
        size: Unpacked bytes of all its blobs.
        replaced: Version that was in use before; None if the pack is new here.
        seconds: How long it took.
    """

    pack: InstalledPack
    title: str
    items: int
    size: int
    replaced: int | None
    seconds: float


def install_release(
    release: Path,
    store: PackStore,
    *,
    origin: Origin = UNSIGNED,
    data: bytes = b"",
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Installed:
    """Install a release and put it into use; the version before it stays for a roll-back.

    Installing what is already installed is allowed and mends it.

    Args:
        release: Folder that holds ``manifest.json``, or that file.
        store: Receives the pack.
        origin: Who answers for it.
        data: The manifest's bytes, if somebody has read and judged them; then they are not read again.
        on_progress: Told after each blob, in bytes.
        cancel: Asked before each blob.

    Raises:
        SourceError: The release cannot be read: gone, pulled out, or not there.
        PackError: It is malformed, too large, damaged, of a newer format, or older than what is installed.
        TrustError: It is unsigned, and what is installed is not.
        DiskFullError: There is not enough room; nothing was left behind.
        SiteError: The disk refused, or another installation is running.
        CancelledError: Somebody asked to stop; nothing was left behind.
    """
    folder = release.parent if release.name == MANIFEST_FILE else release
    data = data or read_manifest(folder)
    manifest = decode_manifest(data)

    def require(before: InstalledPack | None) -> None:
        require_right(manifest, origin, before)

    require(store.current(manifest.pack.id))
    with ReleaseFolder(folder, manifest) as blobs:
        return assemble(data, blobs, store, origin=origin, require=require, on_progress=on_progress, cancel=cancel)


def assemble(  # noqa: PLR0913 (what, from where, for whom, and under which condition)
    data: bytes,
    blobs: BlobReader,
    store: PackStore,
    *,
    origin: Origin,
    require: MayFollow,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Installed:
    """Put a pack together from blobs that are all here, and put it into use.

    Whoever calls has verified the manifest.

    Args:
        data: The manifest's bytes.
        blobs: Holds every blob that the manifest names.
        store: Receives the pack.
        origin: Who answers for it.
        require: Asked about what is in use once no other installation can change it any more.
        on_progress: Told after each blob, in bytes.
        cancel: Asked before each blob.

    Raises:
        SourceError: Blobs cannot be read: the medium is gone.
        PackError: It is malformed, too large, damaged, or of a newer format; or ``require`` says so.
        TrustError: ``require`` says so.
        DiskFullError: There is not enough room; nothing was left behind.
        SiteError: The disk refused, or another installation is running.
        CancelledError: Somebody asked to stop; nothing was left behind.
    """
    started = time.monotonic()
    manifest = decode_manifest(data)
    digest = sha256(data).hexdigest()
    try:
        with store.staging() as staged:
            before = store.current(manifest.pack.id)
            require(before)
            require_room(manifest, store.root)
            _fill(staged / CONTENT, manifest, digest, blobs, _Steps(manifest, on_progress, cancel or CancelToken()))
            pack = store.activate(staged / CONTENT, manifest.pack, digest, manifest=data, origin=origin)
    except OSError as error:
        raise disk_error(error, store.root) from error
    return Installed(
        pack,
        manifest.pack.title,
        len(manifest.items),
        sum(blob.size for blob in manifest.blobs),
        before.version if before else None,
        time.monotonic() - started,
    )


def room_needed(manifest: Manifest) -> int:
    """Return how many bytes must be free: the content, its search index, and the reserve. Pure."""
    texts = set(manifest.items.values())
    text = sum(blob.size for blob in manifest.blobs if blob.sha256 in texts)
    media = sum(blob.size for blob in manifest.blobs if blob.sha256 not in texts)
    return media + text * (1 + _INDEX_SHARE) + len(manifest.blobs) * _ROW_BYTES + RESERVE_BYTES


def require_room(manifest: Manifest, target: Path) -> None:
    """Return if the volume that receives the pack has room for it.

    Raises:
        DiskFullError: It has not; says how much is missing.
    """
    needed, free = room_needed(manifest), shutil.disk_usage(target).free
    if free < needed:
        missing = (needed - free + MIB - 1) // MIB
        raise DiskFullError(
            "磁盘空间不够，资料包没有装。",
            why=f"{target} 还差 {missing} MiB",
            todo=f"请先腾出 {missing} MiB，再装一次。",
        )


class _Steps:
    """Counts bytes for the progress and asks whether to go on."""

    def __init__(self, manifest: Manifest, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._done = 0
        self._total = max(1, sum(blob.stored for blob in manifest.blobs))
        self._on_progress = on_progress
        self._cancel = cancel

    def take(self, entry: BlobEntry) -> None:
        """Count one blob as done."""
        self._cancel.check()
        self._done += entry.stored
        self._on_progress(Progress(self._done, self._total, "校验并安装", "bytes"))


def read_manifest(folder: Path) -> bytes:
    """Return the bytes of a release's manifest, at most one more than the limit.

    Raises:
        PackFormatError: The folder is a source that was not built, or the manifest is no plain file.
        SourceError: There is none, or it cannot be read.
    """
    if (folder / PACK_FILE).is_file() and not (folder / MANIFEST_FILE).exists():
        todo = f"请先运行 cunkou pack build {folder} OUT，再安装 OUT。"
        raise PackFormatError("这是资料包的源文件夹，还没有打包。", why=str(folder), todo=todo, code="P-111")
    with open_plain(folder / MANIFEST_FILE, "没有找到资料包。") as opened:
        try:
            return opened.read(MANIFEST_BYTES + 1)
        except OSError as error:
            raise unreadable(MANIFEST_FILE, error) from error


def require_version(pack_id: str, planned: int | None, before: InstalledPack | None) -> None:
    """Return if what is in use is still what somebody saw who decided to replace it.

    Raises:
        PackVersionError: Another sync, an installation or a roll-back was faster.
    """
    if planned != (before.version if before else None):
        now = f"现在是第 {before.version} 版" if before else "现在没有装"
        raise PackVersionError(
            "这份资料刚刚被别的操作换过，这次没有动它。",
            why=f"{pack_id}：{now}",
            todo="请再同步一次。",
            code="P-144",
        )


def require_right(manifest: Manifest, origin: Origin, before: InstalledPack | None) -> None:
    """Return if a release may take the place of what is installed under its id.

    What nobody answers for never replaces what somebody does, and is replaced by it whatever its version says.

    Raises:
        TrustError: An unsigned release would replace one that is signed or built in.
        PackVersionError: It is older than what is installed.
    """
    if before is None:
        return
    if before.origin.is_vouched_for and not origin.is_vouched_for:
        raise TrustError(
            "这份资料没有签名，不能换掉有签名的。",
            why=f"{manifest.pack.id}：已装第 {before.version} 版",
            todo="自己试用，请在 pack.toml 里换一个编号；正式更新，请用发布单位的 U 盘或网址同步。",
            code="T-441",
        )
    if manifest.pack.version < before.version and before.origin.is_vouched_for == origin.is_vouched_for:
        raise PackVersionError(
            "这份资料包比已经装的旧。",
            why=f"{manifest.pack.id}：已装第 {before.version} 版，这份是第 {manifest.pack.version} 版",
            todo="要用旧版，请退回上一版；否则请装新的一份。",
            code="P-143",
        )


def _fill(target: Path, manifest: Manifest, digest: str, blobs: BlobReader, steps: _Steps) -> None:
    """Write the staged content file, blob by blob, in the order of the bundles for media."""
    entries = {blob.sha256: blob for blob in manifest.blobs}
    with DatabaseWriter(target) as writer:
        writer.add_items(_items(manifest, entries, blobs, steps))
        for entry in sorted(
            (entries[media] for media in manifest.media), key=lambda entry: (entry.bundle, entry.offset)
        ):
            writer.add_media(entry.sha256, manifest.media[entry.sha256], blobs.read(entry))
            steps.take(entry)
        writer.finish(manifest.pack, digest)


def _items(
    manifest: Manifest, entries: dict[str, BlobEntry], blobs: BlobReader, steps: _Steps
) -> Iterator[tuple[Item, bytes]]:
    decoder = msgspec.json.Decoder(Item)
    for item_id, blob in sorted(manifest.items.items()):
        entry = entries[blob]
        data = blobs.read(entry)
        try:
            item = decoder.decode(data)
        except UNREADABLE as error:
            raise PackFormatError(
                "资料包里有一个条目读不懂。", why=f"{item_id}：{error}", todo=COPY_AGAIN, code="P-118"
            ) from error
        if item.id != item_id:
            raise PackIntegrityError(
                "资料包里的条目对不上。", why=f"{item_id} 里写的是 {item.id}", todo=COPY_AGAIN, code="P-134"
            )
        _require_media(item, manifest)
        steps.take(entry)
        yield item, data


def _require_media(item: Item, manifest: Manifest) -> None:
    wanted = [block.sha256 for block in item.blocks if isinstance(block, Picture)]
    wanted += [item.recording] if item.recording else []
    if any(sha256 not in manifest.media for sha256 in wanted):
        raise PackIntegrityError(
            "资料包缺了一张图片或一段录音。", why=f"{item.id} 要用到", todo=COPY_AGAIN, code="P-133"
        )
