"""Where the search indexes of a home lie, and what stands in one: light enough to ask before numpy is loaded.

::

    HOME/index/<pack id>/<version>-<16 hex of the manifest>/
        about.json            versions, counts, the pack's key; written last
        _MAIN_1.toc, MAIN_*   Whoosh's postings
        firsts.npy            first section of every item, and the number of sections
        kinds.npy             kind of every item, as a place in `KINDS`
        FIELD.terms, .starts, .ids, .bytes      what every posting of a field is worth, see `kiosk.search.impacts`
        laws.npy, laws.txt    for an item that is one article: its law, else -1; names of the laws, one a line
        cited.txt             names of laws, and how many items cite each
        chapters.npy          chapter of every section of a law, -1 elsewhere
        texts.bin, texts.npy  text of every section, and where each begins
        rows.bin, rows.npy    catalogue row of every item as JSON, and where each begins
        names.txt, names.npy  titles and keywords, one a line, and the item of each line
"""

import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs.model import Kind

LAYOUT_VERSION = 2
"""Grows whenever a file of the index changes its meaning."""

ABOUT = "about.json"

KINDS = tuple(Kind)
"""What the numbers in ``kinds.npy`` mean."""

BUILDING = ".building-"
"""Beginning of the name of a folder in which an index is being built."""

_LEFTOVER_S = 24 * 3600
_NAME = re.compile(r"^\d{1,10}-[0-9a-f]{16}$")


class About(Struct, frozen=True, kw_only=True):
    """What an index says about itself.

    Attributes:
        layout: `LAYOUT_VERSION` it was written with.
        analyser: Version of the analyser that cut its text.
        tables: Version of the tables that the analyser used.
        digest: SHA-256 of the manifest of the pack.
        items: How many items.
        sections: How many sections.
        chapters: How many chapters of laws.
    """

    layout: int
    analyser: int
    tables: int
    digest: str
    items: int
    sections: int
    chapters: int


def index_folder(root: Path, pack_id: str, version: int, digest: str) -> Path:
    """Return where the index of one installed version lies.

    Args:
        root: Folder of all indexes, ``HOME/index``.
        pack_id: Of the pack.
        version: Of the pack.
        digest: SHA-256 of its manifest, 16 hex digits or more.
    """
    return root / pack_id / f"{version}-{digest[:16]}"


def read_about(folder: Path) -> About | None:
    """Return what an index says about itself; None if there is none, or it is not readable."""
    try:
        return msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.MsgspecError):
        return None


def remove_others(root: Path, keep: Iterable[Path]) -> int:
    """Remove indexes that nothing needs any more, and what broken-off builds left; return how many.

    Args:
        root: Folder of all indexes.
        keep: Folders that stay, from `index_folder`.
    """
    kept = {folder.resolve() for folder in keep}
    removed = 0
    for folder in sorted(root.glob("*/*")):
        ours = _NAME.match(folder.name) or _is_leftover(folder)
        if ours and folder.is_dir() and folder.resolve() not in kept:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def _is_leftover(folder: Path) -> bool:
    """Return whether this is a build that broke off: somebody else may be building right now."""
    return folder.name.startswith(BUILDING) and time.time() - folder.stat().st_mtime > _LEFTOVER_S
