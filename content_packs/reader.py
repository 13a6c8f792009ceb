"""Reading an installed pack: its items, its media, what it says about itself.

The file is opened read-only and as immutable: it is never changed after it was moved into place, so no lock, no
journal and no write ever touches it, and a version that was replaced can still be read by whoever has it open.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import msgspec
from msgspec import Struct

from content_packs.errors import PackIntegrityError, PackVersionError
from content_packs.model import Item, Kind, LifeStage, PackInfo, Rel, Synonym
from content_packs.rotten import ROTTEN

SCHEMA_VERSION = 1
"""Of the installed file. A file of another version is installed again from its release."""

SEPARATOR = "\x1f"
"""Between the entries of a catalogue column that holds several."""

_PAGES_KEPT = 8
"""Of the file, by SQLite, for each reader. It would keep 2 MB, which fill up with every item that somebody opens;
the system keeps the same pages anyway."""


class ItemRow(Struct, frozen=True, kw_only=True, gc=False):
    """The catalogue's columns of one item; fields mean what they mean in `content_packs.model.Item`."""

    id: str
    kind: Kind
    title: str
    plain_title: str
    summary: str
    lang: str
    themes: tuple[str, ...]
    life_stages: tuple[LifeStage, ...]
    regions: tuple[str, ...]
    keywords: tuple[str, ...]
    facts: tuple[str, ...]
    issuers: tuple[str, ...]
    doc_no: str
    index_no: str
    made_on: date | None
    published_on: date | None
    valid_from: date | None
    valid_to: date | None
    repealed_on: date | None
    verified_on: date | None
    review_by: date | None
    varies_by_region: bool
    badge: str

    @property
    def shown_title(self) -> str:
        """The plain title if there is one, else the full one."""
        return self.plain_title or self.title

    @property
    def year(self) -> int | None:
        """Year of 成文, else of 发布, else of the first valid day; None if no date is known."""
        day = self.made_on or self.published_on or self.valid_from
        return day.year if day else None


class StoredRelation(Struct, frozen=True, gc=False):
    """One directed relation of this pack: ``item`` is the one whose source states it."""

    item: str
    rel: Rel
    target: str


class Media(Struct, frozen=True):
    """A picture or a recording.

    Attributes:
        media_type: Such as ``image/png`` or ``audio/ogg``.
        data: The whole file.
    """

    media_type: str
    data: bytes


class PackReader:
    """One installed version of a pack. May be used from several threads; close it, or use it as a context manager.

    Args:
        content_db: The file; normally `content_packs.store.InstalledPack.content_db`.
        is_isolated: Nobody answers for it, and others stand beside it: its relations end within it, and its synonyms
            count for nothing, so that it changes nothing about what others say.

    Raises:
        PackIntegrityError: There is no such file, or it is not one of ours.
        PackVersionError: The file has another layout and must be installed again.
    """

    def __init__(self, content_db: Path, *, is_isolated: bool = False) -> None:
        self._path = content_db
        self._is_isolated = is_isolated
        with self._damage():
            uri = f"file:{quote(str(content_db.resolve()))}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            try:
                self._connection.execute(f"PRAGMA cache_size = {_PAGES_KEPT}")
                schema, pack, self._digest, self._count = self._connection.execute(
                    "SELECT schema, pack, manifest_digest, items FROM about"
                ).fetchone()
            except (*ROTTEN, TypeError):
                self._connection.close()
                raise
        if schema != SCHEMA_VERSION:
            self._connection.close()
            raise PackVersionError(
                "已装的资料包格式和这个程序不一样。", why=str(content_db), todo="请重新安装资料包。", code="P-142"
            )
        with self._damage():
            info = msgspec.json.decode(pack, type=PackInfo)
            synonyms = () if is_isolated else tuple(_sharing(info.synonyms))
            self._info = msgspec.structs.replace(info, synonyms=synonyms)

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the reader."""
        self.close()

    @property
    def info(self) -> PackInfo:
        """What the pack says about itself."""
        return self._info

    @property
    def manifest_digest(self) -> str:
        """SHA-256 of the manifest that this version was installed from, 64 hex digits."""
        return str(self._digest)

    @property
    def item_count(self) -> int:
        """How many items there are."""
        return int(self._count)

    def rows(self) -> tuple[ItemRow, ...]:
        """Return the catalogue's columns of every item, in the order of the pack."""
        with self._damage():
            return tuple(map(_row, self._connection.execute("SELECT * FROM items ORDER BY n")))

    def item(self, item_id: str) -> Item | None:
        """Return one whole item; None if this pack has none of that id."""
        with self._damage():
            found = self._connection.execute(
                "SELECT item FROM bodies WHERE n = (SELECT n FROM items WHERE id = ?)", (item_id,)
            ).fetchone()
            return msgspec.json.decode(found[0], type=Item) if found else None

    def items(self) -> Iterator[Item]:
        """Give every whole item, in the order of the pack, one at a time."""
        decoder = msgspec.json.Decoder(Item)
        with self._damage():
            for (data,) in self._connection.execute("SELECT item FROM bodies ORDER BY n"):
                yield decoder.decode(data)

    def bodies(self) -> Iterator[bytes]:
        """Give the canonical JSON of every item, in the order of the pack, one at a time."""
        with self._damage():
            for (data,) in self._connection.execute("SELECT item FROM bodies ORDER BY n"):
                yield data

    def entries(self, places: Iterable[int]) -> Iterator[tuple[ItemRow, Item]]:
        """Give some items, each with its row of the catalogue, one at a time.

        Args:
            places: Of the items in the order of the pack, counted from 0.
        """
        decoder = msgspec.json.Decoder(Item)
        with self._damage():
            for place in places:
                *columns, data = self._connection.execute(
                    "SELECT items.*, bodies.item FROM items JOIN bodies USING (n) WHERE n = ?", (place + 1,)
                ).fetchone()
                yield _row(tuple(columns)), decoder.decode(data)

    def relations(self) -> tuple[StoredRelation, ...]:
        """Return every relation that this pack states."""
        with self._damage():
            own = " WHERE target IN (SELECT id FROM items)" if self._is_isolated else ""
            found = self._connection.execute(f"SELECT item, rel, target FROM relations{own} ORDER BY rowid")  # noqa: S608
            return tuple(StoredRelation(item, _rel(rel), target) for item, rel, target in found)

    def media(self, sha256: str) -> Media | None:
        """Return a picture or a recording by its hash; None if this pack has none of that hash."""
        with self._damage():
            found = self._connection.execute("SELECT type, data FROM media WHERE sha256 = ?", (sha256,)).fetchone()
            return Media(*found) if found else None

    def close(self) -> None:
        """Close the file; the reader cannot be used afterwards."""
        self._connection.close()

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (*ROTTEN, TypeError, ValueError, msgspec.MsgspecError) as error:
            raise PackIntegrityError(
                "已装的资料包坏了。", why=f"{self._path}：{error}", todo="请重新安装资料包。", code="P-139"
            ) from error


def _sharing(synonyms: Iterable[Synonym]) -> Iterator[Synonym]:
    """Give synonyms that hold their official words in common: thousands of villagers' words stand for a few hundred."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for each in synonyms:
        official = known.setdefault(each.official, each.official)
        yield Synonym(colloquial=each.colloquial, official=official, relation=each.relation)


def _row(columns: tuple[Any, ...]) -> ItemRow:
    """Return a row; thousands of them are made at every start, so this is plain and quick."""
    (
        _,
        item_id,
        kind,
        title,
        plain_title,
        summary,
        lang,
        themes,
        stages,
        regions,
        keywords,
        facts,
        issuers,
        doc_no,
        index_no,
        made,
        published,
        valid_from,
        valid_to,
        repealed,
        verified,
        review,
        varies,
        badge,
    ) = columns
    return ItemRow(
        id=item_id,
        kind=_kind(kind),
        title=title,
        plain_title=plain_title,
        summary=summary,
        lang=lang,
        themes=_several(themes),
        life_stages=_stages(stages),
        regions=_several(regions),
        keywords=_several(keywords),
        facts=_several(facts),
        issuers=_several(issuers),
        doc_no=doc_no,
        index_no=index_no,
        made_on=_day(made),
        published_on=_day(published),
        valid_from=_day(valid_from),
        valid_to=_day(valid_to),
        repealed_on=_day(repealed),
        verified_on=_day(verified),
        review_by=_day(review),
        varies_by_region=bool(varies),
        badge=badge,
    )


@lru_cache(maxsize=4096)  # thousands of rows repeat the same few values
def _several(column: object) -> tuple[str, ...]:
    return tuple(str(column).split(SEPARATOR)) if column else ()


@lru_cache(maxsize=16)
def _kind(column: str) -> Kind:
    return Kind(column)


@lru_cache(maxsize=16)
def _rel(column: str) -> Rel:
    return Rel(column)


@lru_cache(maxsize=1024)
def _stages(column: object) -> tuple[LifeStage, ...]:
    return tuple(LifeStage(stage) for stage in _several(column))


@lru_cache(maxsize=4096)
def _day(column: object) -> date | None:
    return date.fromisoformat(str(column)) if column else None
