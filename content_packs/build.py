"""A source → a release: the same bytes for the same source, everywhere."""

import shutil
import tempfile
from pathlib import Path

import msgspec

from content_packs.bundle import PackedBlob, TextPacker, write_bundles
from content_packs.checks import check_source
from content_packs.durable import disk_error, fsync_file, fsync_folder, move_into_place
from content_packs.errors import PackFormatError
from content_packs.findings import require_clean
from content_packs.manifest import MANIFEST_FILE, encode_manifest
from content_packs.model import FORMAT_VERSION, Manifest, PackInfo
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.source import read_source
from content_packs.source_words import LoadedItem, LoadedMedia, LoadedSource

_ASIDE = ".building-"


def build_release(
    source: Path, out: Path, *, on_progress: OnProgress = ignore_progress, cancel: CancelToken | None = None
) -> Manifest:
    """Build a release from a source.

    Nothing is left behind when it fails. A release that was in ``out`` before is replaced at the end, bundles first,
    so that its manifest never names what is not there.

    Args:
        source: Folder that holds ``pack.toml``.
        out: Folder for ``manifest.json`` and the bundles; made if missing.
        on_progress: Told about each phase with its total.
        cancel: Asked between two steps.

    Raises:
        PackError: The source has findings that block; judged on its own ``issued_on``, so that the result does not
            depend on the day of building.
        SiteError: ``out`` cannot be written.
        CancelledError: Somebody asked to stop.
    """
    cancel = cancel or CancelToken()
    aside: Path | None = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=out))
        return _build(source, out, aside, on_progress, cancel)
    except OSError as error:
        raise disk_error(error, out) from error
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def _build(source: Path, out: Path, aside: Path, on_progress: OnProgress, cancel: CancelToken) -> Manifest:
    spool = _Spool(aside)
    loaded = read_source(source, keep=spool.keep, on_progress=on_progress, cancel=cancel)
    info = _accepted(loaded)
    packer = TextPacker()
    blobs = spool.blobs
    items: dict[str, str] = {}
    for number, entry in enumerate(loaded.items):
        cancel.check()
        on_progress(Progress(number, len(loaded.items), "压缩文字"))
        blob = packer.pack(_item_bytes(entry))
        items[entry.item.id] = blob.sha256
        blobs[blob.sha256] = blob
    on_progress(Progress(0, 1, "写数据文件"))
    bundles, entries = write_bundles(aside, blobs.values())
    manifest = Manifest(
        format=FORMAT_VERSION,
        pack=info,
        items=items,
        media={sha256: medium.media_type for sha256, medium in loaded.media.items()},
        blobs=entries,
        bundles=bundles,
    )
    cancel.check()
    _publish(manifest, aside, out)
    on_progress(Progress(1, 1, "写数据文件"))
    return manifest


class _Spool:
    """Keeps prepared media in files until they are bundled: they need not fit into memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.blobs: dict[str, PackedBlob] = {}

    def keep(self, medium: LoadedMedia, data: bytes) -> None:
        """Write one prepared file."""
        path = self._folder / f"{medium.sha256}.blob"
        path.write_bytes(data)
        self.blobs[medium.sha256] = PackedBlob(medium.sha256, medium.size, path)


def _accepted(loaded: LoadedSource) -> PackInfo:
    if loaded.info is None:
        require_clean(loaded.findings)
        raise PackFormatError("pack.toml 读不出来。", todo="用 cunkou pack check 看看哪里不对。")
    require_clean(check_source(loaded, loaded.info.issued_on))
    return loaded.info


def _item_bytes(entry: LoadedItem) -> bytes:
    return msgspec.json.encode(entry.item, order="sorted")


def _publish(manifest: Manifest, aside: Path, out: Path) -> None:
    """Move the files into place: what the manifest names, then the manifest; then drop what it no longer names."""
    for bundle in manifest.bundles:
        fsync_file(aside / bundle.name)
        (aside / bundle.name).replace(out / bundle.name)
    fsync_folder(out)
    draft = aside / MANIFEST_FILE
    draft.write_bytes(encode_manifest(manifest))
    move_into_place(draft, out / MANIFEST_FILE)
    kept = {bundle.name for bundle in manifest.bundles}
    for old in out.glob("????????????????.bundle"):
        if old.name not in kept:
            old.unlink()
