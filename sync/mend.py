"""Comparing what is installed with what was signed, and putting it right from what is at hand."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

from msgspec import Struct

from content_packs.errors import PackError, PackIntegrityError, PackVersionError
from content_packs.limits import MANIFEST_BYTES
from content_packs.manifest import decode_manifest
from content_packs.model import Manifest
from content_packs.progress import CancelToken, OnProgress, ignore_progress
from content_packs.store import InstalledPack, PackStore
from content_packs.verification import Verification, verify_content
from sync.blobs import BlobReader, InstalledContent, Readers
from sync.install import assemble, require_version


class Checked(Struct, frozen=True):
    """One installed pack after it was compared with its manifest.

    Attributes:
        pack_id: Its id.
        version: In use.
        found: What is damaged; None where the manifest that it should be compared with is missing or not its own.
        is_mended: Whether damage was found and put right.
    """

    pack_id: str
    version: int
    found: Verification | None
    is_mended: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether what is installed now is what was signed."""
        return self.is_mended or (self.found is not None and self.found.is_whole)


def check_pack(
    pack: InstalledPack, *, on_progress: OnProgress = ignore_progress, cancel: CancelToken | None = None
) -> Checked:
    """Compare one installed pack with the manifest that it was installed from; changes nothing.

    Raises:
        CancelledError: Somebody asked to stop.
    """
    read = kept_manifest(pack)
    if read is None:
        return Checked(pack.pack_id, pack.version, None)
    found = verify_content(pack.content_db, read[1], on_progress=on_progress, cancel=cancel)
    return Checked(pack.pack_id, pack.version, found)


def mend_pack(
    store: PackStore,
    pack: InstalledPack,
    *,
    more: Sequence[BlobReader] = (),
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Checked:
    """Compare one installed pack with its manifest, and mend it from its other versions here and from more readers.

    Args:
        store: Holds the pack.
        pack: In use.
        more: Where else blobs may be: what was fetched, a stick.
        on_progress: Told in bytes, once for comparing and once for mending.
        cancel: Asked between two blobs.

    Returns:
        What was found. Where something is missing everywhere the pack stays as it is: most of it can still be read.

    Raises:
        DiskFullError: There is not enough room to mend it.
        SiteError: The disk refused, or an installation is running.
        CancelledError: Somebody asked to stop.
    """
    checked = check_pack(pack, on_progress=on_progress, cancel=cancel)
    read = kept_manifest(pack)
    if read is None or checked.is_sound:
        return checked
    with ExitStack() as stack:
        others = (other for other in store.all_versions() if other.pack_id == pack.pack_id)
        readers = [stack.enter_context(InstalledContent(other.content_db)) for other in others]
        try:
            assemble(
                read[0],
                Readers([*readers, *more]),
                store,
                origin=pack.origin,
                require=partial(require_version, pack.pack_id, pack.version),
                on_progress=on_progress,
                cancel=cancel,
            )
        except (PackIntegrityError, PackVersionError):
            return checked
    return Checked(pack.pack_id, pack.version, checked.found, is_mended=True)


def kept_manifest(pack: InstalledPack) -> tuple[bytes, Manifest] | None:
    """Return the manifest that lies beside an installed pack; None if it is missing, damaged or of another version."""
    try:
        with pack.manifest.open("rb") as opened:
            data = opened.read(MANIFEST_BYTES + 1)
        manifest = decode_manifest(data)
    except (OSError, PackError):
        return None
    return (data, manifest) if pack.is_named_by(data) else None
