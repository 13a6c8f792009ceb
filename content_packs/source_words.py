"""What people write in a source, as forms: strict, and close to `content_packs.model` but for paths and relations."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from content_packs.findings import Finding
from content_packs.model import (
    Guide,
    Item,
    ItemId,
    Kind,
    LifeStage,
    Link,
    PackId,
    PackInfo,
    Phone,
    Region,
    RegionCode,
    Rel,
    Source,
    Theme,
    Word,
)


class ItemForm(Word, frozen=True):
    """Front matter of an item. Fields mean what they mean in `content_packs.model.Item`, except these.

    Attributes:
        regions: Empty means: the pack's.
        lang: Empty means: the pack's.
        relations: Kind of relation → ids.
        recording: Path inside the source.
    """

    id: ItemId
    kind: Kind
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    verified_on: date
    plain_title: Annotated[str, Meta(max_length=24)] = ""
    summary: Annotated[str, Meta(max_length=200)] = ""
    lang: str = ""
    themes: tuple[str, ...] = ()
    life_stages: tuple[LifeStage, ...] = ()
    regions: tuple[RegionCode, ...] = ()
    keywords: tuple[str, ...] = ()
    doc_no: str = ""
    index_no: str = ""
    issuers: tuple[str, ...] = ()
    made_on: date | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    repealed_on: date | None = None
    review_by: date | None = None
    varies_by_region: bool = False
    guide: Guide | None = None
    phones: tuple[Phone, ...] = ()
    portal: Link | None = None
    wechat: Link | None = None
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()
    relations: dict[Rel, tuple[ItemId, ...]] = {}  # noqa: RUF012 — msgspec copies it
    recording: str = ""
    badge: str = ""


class PackForm(Word, frozen=True):
    """``pack.toml``. Fields mean what they mean in `content_packs.model.PackInfo`."""

    format: int
    id: PackId
    version: Annotated[int, Meta(ge=1)]
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    publisher: Annotated[str, Meta(min_length=1)]
    issued_on: date
    lang: str = "zh-Hans-CN"
    regions: Annotated[tuple[RegionCode, ...], Meta(min_length=1)] = ("0",)
    allowed_hosts: tuple[str, ...] = ()
    hot: tuple[ItemId, ...] = ()
    themes: tuple[Theme, ...] = ()
    region_names: tuple[Region, ...] = ()


class LoadedItem(Struct, frozen=True, kw_only=True):
    """An item that could be read, and where it stands.

    Attributes:
        item: The item.
        file: Path inside the source, with ``/``.
        lines: Dotted path of every field → its line.
        block_lines: Line of each block of the item.
    """

    item: Item
    file: str
    lines: dict[str, int]
    block_lines: tuple[int, ...]


class LoadedMedia(Struct, frozen=True, kw_only=True):
    """A picture or a recording of the source after preparation. Width and height are 0 for recordings."""

    sha256: str
    media_type: str
    size: int
    width: int = 0
    height: int = 0


class LoadedSource(Struct, frozen=True, kw_only=True):
    """All of a source that could be read, and what is wrong with the rest.

    Attributes:
        info: None if ``pack.toml`` could not be read.
        info_lines: Dotted path of every field of ``pack.toml`` → its line, as far as known.
        items: In the order of their ids.
        media: By hash.
        findings: In the order in which they were met.
    """

    info: PackInfo | None
    info_lines: dict[str, int]
    items: tuple[LoadedItem, ...]
    media: dict[str, LoadedMedia]
    findings: tuple[Finding, ...]
