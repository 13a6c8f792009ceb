"""Which indexes of a pack can be used: made by a program like this one, for this content or for an earlier one."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from content_packs.reader import SCHEMA_VERSION
from kiosk.search.analysis import ANALYSER_VERSION, Analyser
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layout import LAYOUT_VERSION, About, indexes_of, read_about
from kiosk.search.postings import IndexDamageError
from kiosk.search.selftest import self_test
from kiosk.tables.layout import TABLES_VERSION


def is_ours(about: About | None) -> bool:
    """Return whether an index was laid out and cut as questions are now."""
    made = (LAYOUT_VERSION, ANALYSER_VERSION, TABLES_VERSION, SCHEMA_VERSION)
    return about is not None and (about.layout, about.analyser, about.tables, about.schema) == made


def is_current(index_dir: Path, digest: str) -> bool:
    """Return whether an index is complete, belongs to this content and was cut as questions are cut now.

    Args:
        index_dir: Folder of the index.
        digest: SHA-256 of the pack's manifest.
    """
    about = read_about(index_dir)
    return is_ours(about) and about is not None and about.digest == digest


def sound(folder: Path, analyser: Analyser, cache: PostingsCache, *, items: int | None = None) -> PackIndex:
    """Return an open index that knows the words of its own titles.

    Args:
        folder: Of the index.
        analyser: The one that cuts questions.
        cache: Where its postings are held.
        items: How many it must hold; None for as many as it says.

    Raises:
        IndexDamageError: It does not, or cannot be read.
    """
    index = PackIndex(folder, cache)
    try:
        self_test(index, index.living if items is None else items, analyser)
    except IndexDamageError:
        index.close()
        raise
    return index


def earlier(index_dir: Path, analyser: Analyser, cache: PostingsCache) -> Iterator[PackIndex]:
    """Give the sound indexes of other versions of a pack, of the newest one first. The caller closes them.

    Args:
        index_dir: Of the version that has no index yet.
        analyser: The one that cuts questions.
        cache: Where postings are held.
    """
    for folder in indexes_of(index_dir.parent):
        if folder != index_dir and is_ours(read_about(folder)):
            with suppress(IndexDamageError):
                yield sound(folder, analyser, cache)
