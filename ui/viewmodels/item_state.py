"""What the item page shows, and how that follows from what happened: pure."""

from dataclasses import dataclass, replace

from content_packs.model import ItemRef
from kiosk.labels import UNSIGNED, badge_words, status_sentence
from kiosk.speech.script import Part
from kiosk.words import Dossier, TabKind
from ui.article import Lead, article_of, lead_of
from ui.messages import plain_words
from ui.models.article_model import ShownRow, shown_rows


@dataclass(frozen=True, slots=True)
class TabText:
    """One tab as it is shown, and what of it can be read aloud."""

    rows: tuple[ShownRow, ...] = ()
    parts: tuple[Part, ...] = ()


NOTHING = TabText()


@dataclass(frozen=True, slots=True)
class Opened:
    """An item that was read from its pack, with the tab that is shown first."""

    dossier: Dossier
    lead: Lead
    text: TabText


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One moment of the item page.

    Attributes:
        ref: The item that was asked for, None if none is open.
        title: Shown at once, before anything is read.
        dossier: None while it is being read, or if it cannot be.
        lead: Likewise.
        tab: The open tab, None until the item is read.
        text: Of the open tab; empty until it is made.
        trouble: Why there is nothing to read, in words for a villager; empty if all is well.
        todo: What to do then.
    """

    ref: ItemRef | None = None
    title: str = ""
    dossier: Dossier | None = None
    lead: Lead | None = None
    tab: TabKind | None = None
    text: TabText = NOTHING
    trouble: str = ""
    todo: str = ""

    @property
    def is_loading(self) -> bool:
        """Whether an item was asked for that is neither there nor refused."""
        return self.ref is not None and self.dossier is None and not self.trouble

    @property
    def tabs(self) -> tuple[TabKind, ...]:
        """The tabs that hold something; fewer than two are no choice."""
        return tuple(tab.kind for tab in self.dossier.tabs) if self.dossier else ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What of the page can be read aloud, in the numbering of its rows."""
        return (*self.lead.parts, *self.text.parts) if self.lead else ()

    @property
    def first_part(self) -> int:
        """Where reading aloud begins: at the title, or on another tab than the first at its first row."""
        if self.lead is None or self.dossier is None or self.tab is self.dossier.initial:
            return 0
        return len(self.lead.parts)


def read_item(dossier: Dossier) -> Opened:
    """Return a dossier with what its page shows first."""
    lead = lead_of(dossier)
    return Opened(dossier, lead, tab_text(dossier, lead, dossier.initial))


def tab_text(dossier: Dossier, lead: Lead, kind: TabKind) -> TabText:
    """Return one tab of a page; nothing if the page has no such tab."""
    tab = next((tab for tab in dossier.tabs if tab.kind is kind), None)
    if tab is None:
        return NOTHING
    article = article_of(tab, dossier, first_part=len(lead.parts))
    return TabText(shown_rows(article.rows), article.parts)


def after_opening(state: ItemState, ref: ItemRef, found: Opened | Exception) -> ItemState:
    """Return the state that follows when an item was read, or could not be; an answer for another item is ignored."""
    if state.ref != ref:
        return state
    if isinstance(found, Exception):
        words = plain_words(found)
        return replace(state, trouble=words.sentence, todo=words.todo)
    return replace(
        state,
        title=found.lead.title,
        dossier=found.dossier,
        lead=found.lead,
        tab=found.dossier.initial,
        text=found.text,
    )


def after_choosing(state: ItemState, kind: TabKind) -> ItemState:
    """Return the state with another tab open, its rows still to come; unchanged if there is no such tab."""
    if kind is state.tab or kind not in state.tabs:
        return state
    return replace(state, tab=kind, text=NOTHING)


def after_tab(state: ItemState, ref: ItemRef, kind: TabKind, text: TabText) -> ItemState:
    """Return the state with the text of a tab, unless another item or another tab has been opened since."""
    return replace(state, text=text) if (state.ref, state.tab) == (ref, kind) else state


def status_words(state: ItemState) -> str:
    """Return what may be said of the opened item today, with the date it rests on; empty until it is read."""
    if state.dossier is None:
        return ""
    item = state.dossier.main.item
    return status_sentence(
        state.dossier.main.status,
        verified_on=item.verified_on,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        repealed_on=item.repealed_on,
    )


def badge_shown(state: ItemState) -> str:
    """Return the mark below the title of the opened item; empty until it is read."""
    dossier = state.dossier
    return badge_words(dossier.main.item.badge, signed=dossier.signed) if dossier else ""


def publisher_words(state: ItemState) -> str:
    """Return who answers for the opened item, with 未签名 where that is so; empty until it is read."""
    if state.dossier is None:
        return ""
    words = f"{state.dossier.publisher} · {state.dossier.pack_title}"
    return words if state.dossier.signed else f"{words} · {UNSIGNED}"
