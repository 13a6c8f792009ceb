"""Where the search indexes of a home lie, and what stands in one: light enough to ask before numpy is loaded.

::

    HOME/index/<pack id>/<version>-<16 hex of the manifest>/
        about.json            versions, counts, the pack's key; written last
        dead.npy              items that are no longer in the pack; their places stay empty
        cited.txt             names of laws, and how many items cite each
        names.txt, names.npy  titles and keywords, one a line, and the item of each line
        0/  1/  …             layers: first the whole pack as it once was, then what has changed since

    HOME/index/<pack id>/.portions/     what a build has analysed so far; gone when the index is complete
    HOME/index/<pack id>/.building-*    an index that is being written

A layer never changes once it is complete, so that the next version of an index shares its files (hard links). In it::

    layer.json            counts, lengths, sizes of its files
    _MAIN_1.toc, MAIN_*   Whoosh's postings
    FIELD.terms, .starts, .ids, .bytes      what every posting of a field is worth, see `kiosk.search.impacts`
    digests.npy           SHA-256 of every item as the pack holds it
    firsts.npy            first section of every item, and the number of sections
    kinds.npy             kind of every item, as a place in `KINDS`
    laws.npy, laws.txt    for an item that is one article: its law, else -1; names of the laws new here, one a line
    chapters.npy, .json   chapter of every section of a law, -1 elsewhere; names of the chapters new here
    texts.bin, texts.npy  text of every section, and where each begins
    rows.bin, rows.npy    catalogue row of every item as JSON, and where each begins

Items, sections and chapters are counted through the layers; laws and chapters are numbered once for all layers.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs import locks
from content_packs.model import Kind
from content_packs.unreadable import UNREADABLE

LAYOUT_VERSION = 3
"""Grows whenever a file of the index changes its meaning."""

ABOUT = "about.json"
LAYER = "layer.json"

KINDS = tuple(Kind)
"""What the numbers in ``kinds.npy`` mean."""

BUILDING = ".building-"
"""Beginning of the name of a folder in which an index is being built."""

PORTIONS = ".portions"
"""Name of the folder in which a build keeps what it has analysed."""

_LOCK = ".lock"
_NAME = re.compile(r"^\d{1,10}-[0-9a-f]{16}$")


class About(Struct, frozen=True, kw_only=True):
    """What an index says about itself.

    Attributes:
        layout: `LAYOUT_VERSION` it was written with.
        analyser: Version of the analyser that cut its text.
        tables: Version of the tables that the analyser used.
        schema: Version of the catalogue rows in it.
        digest: SHA-256 of the manifest of the pack.
        items: How many places for items, with those that are empty now.
        sections: How many sections, with those of empty places.
        chapters: How many chapters of laws.
        dead: How many places are empty.
        layers: How many layers.
    """

    layout: int
    analyser: int
    tables: int
    schema: int
    digest: str
    items: int
    sections: int
    chapters: int
    dead: int = 0
    layers: int = 1


class AboutLayer(Struct, frozen=True, kw_only=True):
    """What a layer says about itself.

    Attributes:
        items: How many items.
        sections: How many sections.
        chapters: How many chapters that no layer before it has.
        lengths: Terms that a text of each field has on average; 0 where there are none.
        sizes: Bytes of each of its files.
    """

    items: int
    sections: int
    chapters: int
    lengths: dict[str, float]
    sizes: dict[str, int]


def index_folder(root: Path, pack_id: str, version: int, digest: str) -> Path:
    """Return where the index of one installed version lies.

    Args:
        root: Folder of all indexes, ``HOME/index``.
        pack_id: Of the pack.
        version: Of the pack.
        digest: SHA-256 of its manifest, 16 hex digits or more.
    """
    return root / pack_id / f"{version}-{digest[:16]}"


def indexes_of(folder: Path) -> tuple[Path, ...]:
    """Return the indexes of one pack, of the newest version first.

    Args:
        folder: Of the pack, among the indexes.
    """
    found = [path for path in folder.glob("*") if _NAME.match(path.name)] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda path: (-int(path.name.partition("-")[0]), path.name)))


def read_about(folder: Path) -> About | None:
    """Return what an index says about itself; None if there is none, or it is not readable."""
    try:
        return msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    except (OSError, *UNREADABLE):
        return None


def read_layer(folder: Path) -> AboutLayer | None:
    """Return what a layer says about itself; None if there is none, or a file of it is missing or cut off."""
    try:
        about = msgspec.json.decode((folder / LAYER).read_bytes(), type=AboutLayer)
        whole = all((folder / name).stat().st_size == size for name, size in about.sizes.items())
    except (OSError, *UNREADABLE):
        return None
    return about if whole else None


def disown(folder: Path) -> None:
    """Let an index that turned out to be damaged no longer say that it is one, so that it is built anew."""
    with suppress(OSError):
        (folder / ABOUT).unlink()


@contextmanager
def hold(folder: Path) -> Iterator[bool]:
    """Keep other processes from building in a pack's folder for as long as this lasts.

    Args:
        folder: Of the pack, among the indexes; exists.

    Returns:
        Whether nobody else builds there; if somebody does, nothing is held.
    """
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            locks.take_if_free(lock)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)


def remove_leftovers(folder: Path) -> int:
    """Remove what builds that broke off have left half written; return how much. Only while it is held.

    What they had analysed stays: the next build goes on from there.

    Args:
        folder: Of the pack, among the indexes.
    """
    left = [path for path in folder.glob(f"{BUILDING}*") if path.is_dir()]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def remove_portions(root: Path) -> None:
    """Remove what builds have analysed and kept, once every pack in use has its index.

    A build does so itself, unless it was killed, or the disk failed, at that very moment. A pack in whose folder
    somebody builds right now is left alone.

    Args:
        root: Folder of all indexes.
    """
    for portions in root.glob(f"*/{PORTIONS}"):
        with hold(portions.parent) as is_free:
            if is_free:
                shutil.rmtree(portions, ignore_errors=True)


def remove_others(root: Path, keep: Iterable[Path]) -> int:
    """Remove indexes that nothing needs any more, and what broken-off builds left; return how many.

    A pack in whose folder somebody builds right now is left alone.

    Args:
        root: Folder of all indexes.
        keep: Folders that stay, from `index_folder`.
    """
    kept = {folder.resolve() for folder in keep}
    packs = {folder.parent for folder in kept}
    removed = 0
    for pack in sorted(path for path in root.glob("*") if path.is_dir()):
        with hold(pack) as is_free:
            if not is_free:
                continue
            removed += remove_leftovers(pack)
            for folder in indexes_of(pack):
                if folder.resolve() not in kept:
                    shutil.rmtree(folder, ignore_errors=True)
                    removed += 1
            if pack.resolve() not in packs:
                shutil.rmtree(pack / PORTIONS, ignore_errors=True)
                (pack / _LOCK).unlink(missing_ok=True)
                with suppress(OSError):  # somebody else's file is in it
                    pack.rmdir()
    return removed
