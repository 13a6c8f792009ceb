"""Opens the packs for searching: each by its index, by that of the version before, or by its rows alone."""

from collections.abc import Sequence
from pathlib import Path

from content_packs.reader import PackReader
from kiosk.search.analysis import Analyser
from kiosk.search.current import earlier, is_current, sound
from kiosk.search.engine import Engine
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layout import disown, index_folder
from kiosk.search.postings import IndexDamageError
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables


def open_engine(readers: Sequence[PackReader], index_root: Path, tables: Tables, cache_bytes: int) -> Engine:
    """Return an engine over packs.

    Args:
        readers: The active packs.
        index_root: Folder of all indexes.
        tables: Characters and sounds.
        cache_bytes: Bound of the postings that are held in memory.
    """
    analyser = Analyser(tables)
    cache = PostingsCache(cache_bytes)
    return Engine([_open(reader, index_root, analyser, tables, cache) for reader in readers], analyser, tables)


def _open(
    reader: PackReader, index_root: Path, analyser: Analyser, tables: Tables, cache: PostingsCache
) -> PackIndex | RowsOnly:
    """Return the pack's own index, else that of another version of it, else its rows."""
    folder = index_folder(index_root, reader.info.id, reader.info.version, reader.manifest_digest)
    if is_current(folder, reader.manifest_digest):
        try:
            return sound(folder, analyser, cache, items=reader.item_count)
        except IndexDamageError:
            disown(folder)
    return next(earlier(folder, analyser, cache), None) or RowsOnly(reader, analyser, tables)
