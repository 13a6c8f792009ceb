"""Writing the one SQLite file of an installed pack.

Catalogue columns stand apart from the items' bodies, so that listing thousands of items reads no body. The file is
built aside by one writer, made durable as a whole and afterwards only ever read (see `content_packs.reader`), so it
needs no journal.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlite_utils import Database

from content_packs.durable import DISK_FULL, MAKE_ROOM
from content_packs.errors import DiskFullError, SiteError
from content_packs.model import Item, PackInfo
from content_packs.reader import SCHEMA_VERSION, SEPARATOR

PAGE_BYTES = 16384
_CATALOGUE: dict[str, type] = {
    "n": int,
    "id": str,
    "kind": str,
    "title": str,
    "plain_title": str,
    "summary": str,
    "lang": str,
    "themes": str,
    "life_stages": str,
    "regions": str,
    "keywords": str,
    "facts": str,
    "issuers": str,
    "doc_no": str,
    "index_no": str,
    "made_on": str,
    "published_on": str,
    "valid_from": str,
    "valid_to": str,
    "repealed_on": str,
    "verified_on": str,
    "review_by": str,
    "varies_by_region": int,
    "badge": str,
}


class DatabaseWriter:
    """Fills a new database; use as a context manager. The file is complete after `finish`, and only then.

    Args:
        path: Must not exist yet.
    """

    def __init__(self, path: Path) -> None:
        with _disk_errors():
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._database = Database(self._connection, recursive_triggers=False)
            self._create()
        self._items = 0

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, whatever happened."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def add_items(self, items: Iterable[tuple[Item, bytes]]) -> int:
        """Add items in reading order, each with its canonical JSON; return how many there were.

        Raises:
            DiskFullError: There is no room; the file must be thrown away.
        """
        before = self._items
        places = ", ".join("?" for _ in _CATALOGUE)
        with _disk_errors():
            for item, data in items:
                self._items += 1
                self._connection.execute(
                    f"INSERT INTO items VALUES ({places})",  # noqa: S608 — only question marks
                    catalogue_row(self._items, item),
                )
                self._connection.execute("INSERT INTO bodies VALUES (?, ?)", (self._items, data))
                self._connection.executemany(
                    "INSERT INTO relations VALUES (?, ?, ?)",
                    relation_rows(item),
                )
        return self._items - before

    def add_media(self, sha256: str, media_type: str, data: bytes) -> None:
        """Add a picture or a recording under its hash.

        Raises:
            DiskFullError: There is no room; the file must be thrown away.
        """
        with _disk_errors():
            self._connection.execute("INSERT INTO media VALUES (NULL, ?, ?, ?)", (sha256, media_type, data))

    def finish(self, info: PackInfo, manifest_digest: str) -> None:
        """Write what the pack says about itself and close the file.

        The caller makes the bytes durable when it moves the file into place.

        Raises:
            DiskFullError: There is no room; the file must be thrown away.
        """
        with _disk_errors():
            self._database.table("about").insert(
                {
                    "schema": SCHEMA_VERSION,
                    "pack": msgspec.json.encode(info, order="sorted").decode(),
                    "manifest_digest": manifest_digest,
                    "items": self._items,
                }
            )
            self._connection.execute("COMMIT")
            self._connection.close()

    def _create(self) -> None:
        for pragma in (
            f"page_size = {PAGE_BYTES}",
            "journal_mode = OFF",
            "synchronous = OFF",
            "locking_mode = EXCLUSIVE",
            "temp_store = MEMORY",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        table = self._database.table
        table("about").create({"schema": int, "pack": str, "manifest_digest": str, "items": int})
        table("items").create(_CATALOGUE, pk="n").create_index(["id"], unique=True)
        table("bodies").create({"n": int, "item": bytes}, pk="n")
        table("relations").create({"item": str, "rel": str, "target": str}).create_index(["item"])
        table("relations").create_index(["target"])
        table("media").create({"n": int, "sha256": str, "type": str, "data": bytes}, pk="n")
        table("media").create_index(["sha256"], unique=True)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Turn what SQLite says about the disk into our own errors."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
            raise DiskFullError(DISK_FULL, why=str(error), todo=MAKE_ROOM) from error
        raise SiteError("资料包写不进磁盘。", why=str(error), todo="请检查磁盘，再装一次。", code="M-311") from error


def relation_rows(item: Item) -> list[tuple[str, str, str]]:
    """Return the rows that an item adds to the relations: its id, what it is to the other, the other's id."""
    return [(item.id, relation.rel.value, relation.to) for relation in item.relations]


def catalogue_row(position: int, item: Item) -> tuple[object, ...]:
    """Return an item's row of the catalogue, its columns in the order of the table."""
    return (
        position,
        item.id,
        item.kind.value,
        item.title,
        item.plain_title,
        item.summary,
        item.lang,
        SEPARATOR.join(item.themes),
        SEPARATOR.join(item.life_stages),
        SEPARATOR.join(item.regions),
        SEPARATOR.join(item.keywords),
        SEPARATOR.join(item.facts),
        SEPARATOR.join(item.issuers),
        item.doc_no,
        item.index_no,
        *(
            day.isoformat() if day else ""
            for day in (
                item.made_on,
                item.published_on,
                item.valid_from,
                item.valid_to,
                item.repealed_on,
                item.verified_on,
                item.review_by,
            )
        ),
        int(item.varies_by_region),
        item.badge,
    )
