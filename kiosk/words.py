"""The words that the services of a kiosk hand to the screen and to the command line: frozen, without behaviour.

Services (`kiosk.library`, `kiosk.search`, `kiosk.speech`, `kiosk.slip`) return these; `ui/` shows them. No Qt here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content_packs.model import Item, ItemRef, Kind, LifeStage, Phone, Status

# --- browsing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTile:
    """One theme with at least one item in the active packs. ``icon`` is a Material Design Icons name, hue 1 to 12."""

    id: str
    title: str
    examples: str
    icon: str
    hue: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTile:
    """One life stage with at least one item: the row 按人找."""

    stage: LifeStage
    title: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """One item as a card in a list.

    Attributes:
        ref: Which item.
        title: In the words of the village.
        summary: One line of answer, may be empty.
        kind: What it is.
        status: What may be said about it today.
        year: Of the document, None if unknown.
        theme: Id of its main theme, empty if none.
        badge: Mark beside the title, such as 示例; with 未签名 where nobody answers for its pack.
    """

    ref: ItemRef
    title: str
    summary: str
    kind: Kind
    status: Status
    year: int | None
    theme: str
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items a list shows; an empty field does not restrict. ``region`` is a code that items name themselves."""

    theme: str = ""
    stage: LifeStage | None = None
    kind: Kind | None = None
    year: int | None = None
    issuer: str = ""
    status: Status | None = None
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a list can still be narrowed to, each with its number of items, most useful first."""

    kinds: tuple[tuple[Kind, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    issuers: tuple[tuple[str, int], ...] = ()
    themes: tuple[tuple[str, int], ...] = ()
    regions: tuple[tuple[str, int], ...] = ()
    statuses: tuple[tuple[Status, int], ...] = ()


class TabKind(StrEnum):
    """The tabs of an item page, in the order in which they are shown."""

    GUIDE = "guide"
    INTERPRETATION = "interpretation"
    FAQ = "faq"
    ORIGINAL = "original"
    RELATED = "related"


@dataclass(frozen=True, slots=True, kw_only=True)
class TabItem:
    """One item inside a tab, with what may be said about it today."""

    ref: ItemRef
    item: Item
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab that holds something: whole items to read, or (相关) cards to open."""

    kind: TabKind
    items: tuple[TabItem, ...] = ()
    cards: tuple[ItemCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything about one matter: the item that was opened and what belongs to it.

    Attributes:
        main: The item that was opened.
        tabs: Only those that hold something, in the order of `TabKind`.
        initial: The tab that holds ``main``.
        pack_title: Title of the pack it comes from.
        publisher: Who answers for it.
        signed: Whether somebody answers for the pack; where nobody does, its items say 未签名.
        successor: Card of the item that supersedes or repeals it, None if none.
    """

    main: TabItem
    tabs: tuple[Tab, ...]
    initial: TabKind
    pack_title: str
    publisher: str
    signed: bool
    successor: ItemCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCard:
    """One installed pack, for the clerk."""

    id: str
    version: int
    title: str
    publisher: str
    issued_on: date
    items: int
    signed: bool


# --- searching -------------------------------------------------------------------------------------------------------


class NameSource(StrEnum):
    """Where a name comes from that may be offered while somebody types."""

    SAID = "said"
    KEYWORD = "keyword"
    TITLE = "title"
    OFFICIAL = "official"
    FULL_TITLE = "full_title"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name under which something can be looked for here.

    Attributes:
        text: As it is shown.
        source: What villagers say, a keyword, a title, an official word, or the full title of a document.
        asked: How much everybody asks for what it names: 1 for what is asked most, 0 for what is not in that row.
    """

    text: str
    source: NameSource
    asked: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of text and the places in it that match: pairs of start and end in code points, ordered, disjoint."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One found item.

    Attributes:
        ref: Which item.
        section: Number of the section that matched best, from 0.
        title: In the words of the village.
        kind: What it is.
        theme: Id of its main theme, empty if none.
        keywords: As in the item.
        facts: As in the item.
        status: What may be said about it today.
        year: Of the document, None if unknown.
        badge: As on the item's card.
        snippet: The place that matched best; the answer, without marks, where none can be shown.
        score: Larger is better; comparable within one answer only.
    """

    ref: ItemRef
    section: int
    title: str
    kind: Kind
    theme: str
    keywords: tuple[str, ...]
    facts: tuple[str, ...]
    status: Status
    year: int | None
    badge: str
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The answer to one query.

    Attributes:
        query: As asked, so that a late answer can be told from a new one.
        hits: Best first; empty means 没有找到.
        phone: Number to call first in an emergency, 12345 when nothing was found, else empty.
        emergency: True if ``phone`` answers an emergency and stands before the hits.
        phone_label: Who answers there, such as 火警; empty if phone is.
        themes: Ids of the nearest themes when nothing was found.
        meant: What the query was understood as, such as 城乡居民基本医疗保险（原新农合）; empty if as asked.
        ms: Milliseconds it took.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    phone: str = ""
    emergency: bool = False
    phone_label: str = ""
    themes: tuple[str, ...] = ()
    meant: str = ""
    ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuery:
    """Something that was asked on at least three days and not found.

    Attributes:
        text: What was asked, simplified and in lower case.
        days: On how many different days.
        last_on: When last.
    """

    text: str
    days: int
    last_on: date


# --- typing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that the typed letters may mean: the text, and how many of the letters it uses up."""

    text: str
    used: int


# --- reading aloud ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence to read.

    Attributes:
        part: Index of the part of the page it stands in (the caller's numbering, such as a row of the article).
        start: Code point in the part's text where it begins.
        end: Code point after its last.
        spoken: What the voice says; never empty.
        lang: BCP 47 tag.
        recording: Hash of a recording that is played instead of the voice; empty if none.
        pack: Pack that holds the recording; empty if none.
    """

    part: int
    start: int
    end: int
    spoken: str
    lang: str = "zh-Hans-CN"
    recording: str = ""
    pack: str = ""


class SpeechState(StrEnum):
    """What the reader is doing."""

    IDLE = "idle"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEvent:
    """Told whenever the reader changes: the state and the index of the sentence it is at (-1 if none)."""

    state: SpeechState
    sentence: int
    position_s: float = 0.0


# --- taking home -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCard:
    """One thing to scan, or to look for by name.

    Attributes:
        caption: What it is, such as 国家社会保险公共服务平台.
        payload: What the code holds; empty means: show ``search_words`` and no code.
        host_words: The host in words, shown below the code.
        search_words: What to type instead, such as 微信搜一搜：人力资源和社会保障部.
        checked_on: When a person last opened it.
    """

    caption: str
    payload: str = ""
    host_words: str = ""
    search_words: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One labelled part of the slip, such as 要带什么 with its entries."""

    label: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The slip as words; `ui/printing` draws it.

    Attributes:
        title: Plain title of the matter.
        answer: The boxed answer.
        lines: 要满足什么, 要带什么, 去哪里办, 多久, 多少钱, in this order, without empty ones.
        phones: Whom to call.
        codes: Portal first, then WeChat.
        source: One line of source and 文号.
        verified: 核对于 … in words.
        status: What may be said about it on the day of printing.
        printed: Date of printing in words.
        village: Name of the village or service point.
        pack: Title and version of the pack, with 未签名 where that is so.
    """

    title: str
    answer: str
    lines: tuple[SlipLine, ...]
    phones: tuple[Phone, ...]
    codes: tuple[CodeCard, ...]
    source: str
    verified: str
    status: Status
    printed: str
    village: str
    pack: str
