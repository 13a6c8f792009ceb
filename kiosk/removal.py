"""Taking an installed pack away, at somebody's wish.

One rename takes pointer and versions out of sight together, so that a power cut leaves the pack whole or gone; the
index goes afterwards, and whatever is left of either goes with the next sync or start. Whoever reads the pack at this
moment reads on.
"""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from content_packs.durable import disk_error
from content_packs.errors import PackError
from content_packs.harmless import one_line
from content_packs.origin import OriginKind
from content_packs.reader import PackReader
from content_packs.store import InstalledPack, PackStore
from kiosk.home import Home
from kiosk.search.layout import index_folder, remove_others


class Removed(Struct, frozen=True):
    """A pack that is gone.

    Attributes:
        pack_id: Its id.
        title: For people; the id where it could not be read.
        version: That was in use.
        repository: That brought it and may bring it again; empty if nobody signed it.
    """

    pack_id: str
    title: str
    version: int
    repository: str = ""


def remove_pack(home: Home, pack_id: str) -> Removed:
    """Take a pack away with all its versions, and its index.

    Args:
        home: Whose pack.
        pack_id: Which one.

    Returns:
        What is gone.

    Raises:
        PackError: There is no such pack, or it came with the program.
        SiteError: An installation is running, or the disk refused; the pack is still there, whole, or gone.
    """
    store = PackStore(home.root)
    try:
        pack = store.current(pack_id)
        if pack is None:
            raise PackError("没有这个资料包。", why=repr(pack_id), todo="用 cunkou packs 看看装了哪些。", code="P-102")
        title = pack_id
        with suppress(PackError), PackReader(pack.content_db) as reader:
            title = one_line(reader.info.title)
        store.withdraw(pack_id, fall_back=False, require=require_removable)
    except OSError as error:
        raise disk_error(error, store.root) from error
    with suppress(OSError):
        kept = [(version.pack_id, version.version, version.digest) for version in store.all_versions()]
        remove_others(home.indexes, [index_folder(home.indexes, *names) for names in kept])
    return Removed(pack_id, title, pack.version, pack.origin.repository)


def require_removable(versions: Sequence[InstalledPack]) -> None:
    """Return if a pack with these versions, in use or kept, may be taken away.

    Raises:
        PackError: One of them came with the program.
    """
    if not is_removable(versions):
        raise PackError(
            "这份资料是随程序来的，不能拿掉。",
            why=versions[0].pack_id,
            todo="后来装的一版不好，请换回上一版（cunkou rollback）；随程序的内容不对，请升级程序。",
            code="P-105",
        )


def is_removable(versions: Sequence[InstalledPack]) -> bool:
    """Whether `require_removable` would return."""
    return all(version.origin.kind is not OriginKind.BUILT_IN for version in versions)


def removed_words(removed: Removed) -> str:
    """Return what has been done, and whether it may come back, for people."""
    gone = f"《{removed.title}》第 {removed.version} 版拿掉了，正在看的人还能看完。"
    if not removed.repository:
        return gone
    return f"{gone}{removed.repository} 要是还在发布它，下次同步会再装回来；要一直不装，请发布单位撤回它。"
