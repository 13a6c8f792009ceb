"""Opens the packs for searching: each by its index, or by its rows while it has none that fits."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from content_packs.reader import PackReader
from kiosk.search.analysis import Analyser
from kiosk.search.build import is_current
from kiosk.search.engine import Engine
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layout import index_folder
from kiosk.search.postings import IndexDamageError
from kiosk.search.selftest import self_test
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
    folder = index_folder(index_root, reader.info.id, reader.info.version, reader.manifest_digest)
    if is_current(folder, reader.manifest_digest):
        with suppress(IndexDamageError):  # built anew by whoever looks after indexes; until then the rows answer
            return _sound(folder, reader.item_count, analyser, cache)
    return RowsOnly(reader, analyser, tables)


def _sound(folder: Path, items: int, analyser: Analyser, cache: PostingsCache) -> PackIndex:
    """Return an open index that knows the words of its own titles.

    Raises:
        IndexDamageError: It does not, or cannot be read.
    """
    index = PackIndex(folder, cache)
    try:
        self_test(index, items, analyser)
    except IndexDamageError:
        index.close()
        raise
    return index
