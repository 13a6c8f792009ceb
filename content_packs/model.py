"""The words of the domain: frozen, without behaviour, shared by all floors.

What a publisher writes becomes an `Item`; its Markdown becomes a tuple of blocks; a built pack is described by a
`Manifest`. The same structures travel as JSON (see `content_packs.manifest`), so a field that is renamed here is a new
format version. Absent text is an empty string, absent lists are empty tuples, absent dates are None.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from content_packs.names import ItemRef as ItemRef  # noqa: PLC0414 (given on)
from content_packs.names import LifeStage as LifeStage  # noqa: PLC0414

FORMAT_VERSION = 1
"""The newest source and release format that this program understands."""

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{1,63}\Z"
REGION_PATTERN = r"^(0|\d{2}|\d{4}|\d{6}|\d{9}|\d{12})\Z"

ItemId = Annotated[str, Meta(pattern=ID_PATTERN)]
"""Stable across revisions, kept byte for byte."""

PackId = Annotated[str, Meta(pattern=ID_PATTERN)]
"""Publisher's stable name, such as ``cn.cunkou.starter``."""

RegionCode = Annotated[str, Meta(pattern=REGION_PATTERN)]
"""Division code of 2 to 12 digits, or ``0`` for the whole country. A shorter code contains every longer one."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Kind(StrEnum):
    """What an item is."""

    POLICY = "policy"
    INTERPRETATION = "interpretation"
    GUIDE = "guide"
    FAQ = "faq"
    NOTICE = "notice"
    CASE = "case"
    TUTORIAL = "tutorial"
    CONTACT = "contact"
    VILLAGE_DISCLOSURE = "village_disclosure"


class Status(StrEnum):
    """What may be said today about an item; derived by `content_packs.status`, never stored."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    REVIEW = "review"
    EXPIRED = "expired"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"


class Rel(StrEnum):
    """How one item relates to another; stored once, shown both ways."""

    INTERPRETS = "interprets"
    GUIDE_FOR = "guide_for"
    ANSWERS = "answers"
    IMPLEMENTS = "implements"
    BASED_ON = "based_on"
    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    REPEALS = "repeals"
    TRANSLATION_OF = "translation_of"
    TUTORIAL_FOR = "tutorial_for"
    RELATED = "related"


class Word(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything that is read from or written to a file: frozen, strict, defaults left out."""


# --- links -----------------------------------------------------------------------------------------------------------


class Link(Word, frozen=True):
    """A portal or a WeChat account.

    Attributes:
        name: What it is called, as the publisher of the account writes it.
        payload: Exactly what its QR code holds, as given by the publisher. Empty means: show the name, no code.
        checked_on: When a person last opened the payload.
    """

    name: str
    payload: str = ""
    checked_on: date | None = None


class Phone(Word, frozen=True):
    """A telephone number.

    Attributes:
        number: Digits and hyphens, as dialled.
        label: Whose number it is.
        hours: When somebody answers; empty if always or unknown.
    """

    number: Annotated[str, Meta(pattern=r"^\+?[0-9][0-9-]{2,18}\Z")]
    label: str = ""
    hours: str = ""


class Source(Word, frozen=True):
    """Where a statement comes from.

    Attributes:
        title: Name of the document or page.
        url: Its address, of an allowed host; empty if there is none on line.
        article: Place in the document, such as ``第三十三条``.
        checked_on: When a person last read it.
    """

    title: str
    url: str = ""
    article: str = ""
    checked_on: date | None = None


class Relation(Word, frozen=True):
    """One directed relation to another item of any installed pack."""

    rel: Rel
    to: ItemId


# --- blocks: what an article is made of ------------------------------------------------------------------------------


class Span(Word, frozen=True):
    """A run of text in one style. Spans of a block join to its plain text without separators."""

    text: str
    bold: bool = False


class Heading(Word, frozen=True, tag="h"):
    """A heading inside an item; level 1 to 3."""

    text: str
    level: int = 2


class Paragraph(Word, frozen=True, tag="p"):
    """Running text. ``lang`` is a BCP 47 tag where it differs from the item's."""

    spans: tuple[Span, ...]
    lang: str = ""


class ListEntry(Word, frozen=True, tag="li"):
    """One entry of a list, flattened. ``marker`` is what is shown before it: ``1.`` or ``•``; depth from 0."""

    spans: tuple[Span, ...]
    marker: str = "•"
    depth: int = 0


class Table(Word, frozen=True, tag="table"):
    """A table with a header row. Every row has as many cells as the header; ``align`` holds l, c or r per column."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str = ""


class Picture(Word, frozen=True, tag="img"):
    """A picture of the pack. Width and height in pixels of the stored file."""

    sha256: Sha256
    alt: str
    width: int
    height: int


class Callout(Word, frozen=True, tag="callout"):
    """A boxed remark (Markdown block quote)."""

    spans: tuple[Span, ...]


Block = Heading | Paragraph | ListEntry | Table | Picture | Callout


# --- items -----------------------------------------------------------------------------------------------------------


class Guide(Word, frozen=True):
    """The facts of a 办事指南 that a villager takes home. Steps are the ordered list of the body.

    Attributes:
        conditions: 要满足什么.
        materials: 要带什么; an empty tuple means that nothing needs to be brought.
        place: 去哪里办.
        time: 多久办好.
        fee: 多少钱.
        hours: 办理时间.
        office: 办理机构.
        basis: 设定依据, such as a law with its article.
        result: 办成后拿到什么.
        complaint_phone: 监督电话.
        proxy: Whether somebody else, or the village, may do it for the person; in words.
    """

    conditions: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    place: str = ""
    time: str = ""
    fee: str = ""
    hours: str = ""
    office: str = ""
    basis: tuple[str, ...] = ()
    result: str = ""
    complaint_phone: str = ""
    proxy: str = ""


class Item(Word, frozen=True):
    """One thing a villager can open.

    Attributes:
        id: Unique within the pack.
        kind: What it is.
        title: Official or full title, at most 120 characters.
        plain_title: The same in the words of the village, at most 24 characters; shown instead of title if present.
        summary: The answer in at most three short sentences; shown boxed, listed, and printed.
        lang: BCP 47 tag of title and body.
        themes: Ids of themes of this pack, the main one first.
        life_stages: Whom it concerns.
        regions: Where it holds; never empty after building.
        keywords: Further words under which it is looked for.
        doc_no: 文号 in canonical form, such as ``国办发〔2017〕47号``.
        index_no: 索引号.
        issuers: 发文机关, most senior first.
        made_on: 成文日期.
        published_on: 发布日期.
        valid_from: First day it holds.
        valid_to: Last day it holds.
        repealed_on: Day from which it no longer holds because somebody repealed it.
        verified_on: When a person last compared it with its sources.
        review_by: After this day it is shown as 待核实.
        varies_by_region: The item names a place to ask because places differ.
        guide: Present for guides.
        phones: Whom to call, best first.
        portal: Where to do it on line.
        wechat: The account to follow.
        sources: What it rests on; at least one.
        facts: Rows of the publisher's fact table it rests on.
        relations: To other items.
        recording: Hash of a human voice reading the item; empty if none.
        badge: A mark shown beside the title, such as ``示例 待校对``; empty if none.
        blocks: The body in reading order.
    """

    id: ItemId
    kind: Kind
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    plain_title: Annotated[str, Meta(max_length=24)] = ""
    summary: Annotated[str, Meta(max_length=200)] = ""
    lang: str = "zh-Hans-CN"
    themes: tuple[str, ...] = ()
    life_stages: tuple[LifeStage, ...] = ()
    regions: tuple[RegionCode, ...] = ("0",)
    keywords: tuple[str, ...] = ()
    doc_no: str = ""
    index_no: str = ""
    issuers: tuple[str, ...] = ()
    made_on: date | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    repealed_on: date | None = None
    verified_on: date | None = None
    review_by: date | None = None
    varies_by_region: bool = False
    guide: Guide | None = None
    phones: tuple[Phone, ...] = ()
    portal: Link | None = None
    wechat: Link | None = None
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    recording: str = ""
    badge: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def shown_title(self) -> str:
        """The plain title if there is one, else the full one."""
        return self.plain_title or self.title

    @property
    def year(self) -> int | None:
        """Year of 成文, else of 发布, else of the first valid day; None if no date is known."""
        day = self.made_on or self.published_on or self.valid_from
        return day.year if day else None


# --- packs -----------------------------------------------------------------------------------------------------------


class Theme(Word, frozen=True):
    """A column of the home page.

    Attributes:
        id: Unique within the pack. Themes of different packs with the same id are one theme on the screen.
        title: 2 to 6 characters.
        examples: One line of examples.
        icon: Name in Material Design Icons, such as ``human-cane``.
        hue: 1 to 12, the quiet colour of its picture.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,31}\Z")]
    title: Annotated[str, Meta(min_length=1, max_length=12)]
    examples: str = ""
    icon: str = "file-document-outline"
    hue: Annotated[int, Meta(ge=1, le=12)] = 12


class Region(Word, frozen=True):
    """One division of the region tree, as far as a pack needs it."""

    code: RegionCode
    name: str
    aliases: tuple[str, ...] = ()


class Synonym(Word, frozen=True):
    """What villagers say, and what the documents say for it.

    Attributes:
        colloquial: The villager's word.
        official: One or more official words.
        relation: ``old_name`` where a name has changed, else ``colloquial``, ``abbr``, ``dialect`` or ``broader``.
    """

    colloquial: str
    official: tuple[str, ...]
    relation: str = "colloquial"


class PackInfo(Word, frozen=True):
    """What a pack says about itself.

    Attributes:
        id: Stable name.
        version: Publication counter from 1; grows with every release.
        title: Shown to the clerk.
        publisher: Who answers for it.
        issued_on: Day of release, part of the content so that builds are reproducible.
        lang: Default language of its items.
        regions: Where the pack is meant for.
        allowed_hosts: Publisher's own hosts that links may name, beside the ones built in.
        themes: In the order of the home page.
        region_names: The part of the region tree that its items name.
        hot: Ids of items for 大家都在问, most asked first.
        synonyms: What villagers say for what the documents say.
    """

    id: PackId
    version: Annotated[int, Meta(ge=1, le=2**53)]
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    publisher: Annotated[str, Meta(min_length=1)]
    issued_on: date
    lang: str = "zh-Hans-CN"
    regions: tuple[RegionCode, ...] = ("0",)
    allowed_hosts: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    region_names: tuple[Region, ...] = ()
    hot: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()


class BlobEntry(Word, frozen=True):
    """One blob of a release.

    Attributes:
        sha256: Of the uncompressed bytes; also the member's name in the bundle.
        size: Uncompressed bytes.
        stored: Bytes in the bundle; less than size when zstd-compressed, equal when stored as they are.
        bundle: Index into `Manifest.bundles`.
        offset: Of the member's data in the bundle, in bytes.
    """

    sha256: Sha256
    size: Annotated[int, Meta(ge=0)]
    stored: Annotated[int, Meta(ge=0)]
    bundle: Annotated[int, Meta(ge=0)]
    offset: Annotated[int, Meta(ge=0)]


class Bundle(Word, frozen=True):
    """One immutable ZIP file of a release: its file name, bytes and hash."""

    name: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\.bundle\Z")]
    size: Annotated[int, Meta(ge=0)]
    sha256: Sha256


class Manifest(Word, frozen=True):
    """What travels beside the bundles and names every byte of a release.

    Attributes:
        format: Format version of the release.
        pack: What the pack says about itself.
        items: Item id → hash of the item's blob, ordered by id.
        media: Hashes of picture and recording blobs → media type, ordered by hash.
        blobs: Every blob once, ordered by hash.
        bundles: In the order in which `BlobEntry.bundle` counts them.
    """

    format: int
    pack: PackInfo
    items: dict[str, Sha256]
    media: dict[str, str] = {}
    blobs: tuple[BlobEntry, ...] = ()
    bundles: tuple[Bundle, ...] = ()
