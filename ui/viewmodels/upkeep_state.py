"""What the clerk sees of packs, syncs and the machine, and how that follows from what happened: pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from content_packs.origin import Origin, OriginKind
from content_packs.progress import Progress
from kiosk.chores.stick_news import BroughtNews, TroubleNews
from kiosk.clock import date_words
from kiosk.labels import UNSIGNED
from kiosk.upkeep import PackState
from sync.history import Entry, Result
from ui.stick_words import change_lines, progress_words, refused_lines

_MB: Final = 1_000_000
_GB: Final = 1_000_000_000
_RESULTS: Final = {
    Result.DONE: ("装好了", "good"),
    Result.NOTHING_NEW: ("没有新内容", "good"),
    Result.PARTLY: ("装了一部分", "review"),
    Result.BROKEN_OFF: ("中断了", "review"),
    Result.CANCELLED: ("停下了", "review"),
    Result.FAILED: ("没有装成", "ended"),
}


class Kind(StrEnum):
    """Long work that a clerk can start here."""

    NETWORK = "network"
    VERIFY = "verify"


_WORDS: Final = {Kind.NETWORK: "正在联网取新内容", Kind.VERIFY: "正在核对内容"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """One installed pack; whether it can go back and to which version, and be taken away, in words or empty if not."""

    id: str
    title: str
    detail: str
    signer: str
    back: str
    removal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One sync: when and from where, how it ended, and what it changed or why it did not."""

    title: str
    result: str
    tone: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepState:
    """One moment.

    Attributes:
        kind: Long work that is running; None if none is.
        progress: What was told last of it; None before anything was.
        percent: Of the whole; None where nobody can tell.
        heading: How the last work ended; empty before any did.
        tone: Of that: good, review or ended.
        detail: What it has changed, or why it could not.
        told: What came of a test print, a test of the voice, or a roll-back; empty before any.
        notice: What the clerk must know of before anything else; empty on a good day.
        next_words: When the kiosk fetches by itself.
        free_words: Room on the disk.
        checked_words: When everything was last looked through.
    """

    kind: Kind | None = None
    progress: Progress | None = None
    percent: float | None = None
    heading: str = ""
    tone: str = "good"
    detail: str = ""
    told: str = ""
    notice: str = ""
    next_words: str = ""
    free_words: str = ""
    checked_words: str = ""

    @property
    def running_words(self) -> str:
        """What is going on; empty if nothing is."""
        if self.kind is None:
            return ""
        share = f" {int(self.percent)}%" if self.percent is not None else ""
        return f"{_WORDS[self.kind]}{share}\n{progress_words(self.progress)}"


def pack_row(pack: PackState) -> PackRow:
    """Return an installed pack as a row."""
    parts = [pack.publisher, date_words(pack.issued_on) if pack.issued_on else "", f"{pack.items} 条"]
    return PackRow(
        id=pack.pack_id,
        title=f"{pack.title} 第{pack.version}版",
        detail=" · ".join(part for part in parts if part),
        signer=signer_words(pack.origin, pack.region),
        back=f"换回第{pack.previous}版" if pack.previous else "",
        removal="拿掉" if pack.is_removable else "",
    )


def signer_words(origin: Origin, region: str) -> str:
    """Return who answers for a version."""
    match origin.kind:
        case OriginKind.BUILT_IN:
            return "随程序"
        case OriginKind.SIGNED:
            issued = f"，{date_words(origin.issued_on)}" if origin.issued_on else ""
            return f"{region or '全国'}签名（{origin.repository}{issued}）"
        case OriginKind.UNSIGNED:
            return UNSIGNED


def history_row(entry: Entry) -> HistoryRow:
    """Return a sync as a row."""
    ended = entry.ended.astimezone()
    word, tone = _RESULTS[entry.result]
    where = "U盘" if entry.is_stick else "联网"
    changes = [
        f"撤回《{change.title}》"
        if change.version is None
        else f"{'更新' if change.before else '新增'}《{change.title}》第{change.version}版"
        for change in entry.changes
    ]
    what = f"{entry.what}（{entry.code}）" if entry.code else entry.what
    return HistoryRow(
        title=f"{moment_words(ended)} · {where} {entry.source}".rstrip(),
        result=word,
        tone=tone,
        detail="\n".join(part for part in ("，".join(changes), what, *entry.refused) if part),
    )


def moment_words(moment: datetime) -> str:
    """Return a moment by the clock on the wall."""
    return f"{date_words(moment.date())} {moment:%H:%M}"


def next_words(due: datetime | None, *, has_urls: bool, has_night: bool) -> str:
    """Return when the kiosk fetches by itself."""
    if not has_urls:
        return "没有设网址，只用U盘。"
    if not has_night:
        return "没有设时间，不自己去取。"
    return f"下一次自己去取：{moment_words(due.astimezone())}" if due else "夜里自己去取，正在算时间……"


def free_words(free_bytes: int) -> str:
    """Return how much room there is."""
    return f"磁盘还剩 {free_bytes / _GB:.1f} GB" if free_bytes >= _GB else f"磁盘还剩 {free_bytes / _MB:.0f} MB"


def checked_words(checked: datetime | None) -> str:
    """Return when everything was last looked through."""
    return f"上次核对：{date_words(checked.astimezone().date())}" if checked else "还没有核对过"


def after_start(state: UpkeepState, kind: Kind) -> UpkeepState:
    """Return the state after work was started."""
    return replace(state, kind=kind, progress=None, percent=None, heading="", detail="", told="")


def after_progress(state: UpkeepState, progress: Progress) -> UpkeepState:
    """Return the state after something was told about it; percent never fall."""
    if state.kind is None:
        return state
    percent = progress.percent
    if percent is not None and state.percent is not None:
        percent = max(percent, state.percent)
    return replace(state, progress=progress, percent=percent)


def after_sync(state: UpkeepState, brought: BroughtNews) -> UpkeepState:
    """Return the state after the servers were asked."""
    lines, refused = change_lines(brought), refused_lines(brought)
    is_whole = not any(line.tone == "ended" and line.mark != "撤回" for line in lines)
    heading = ("联网取到的都装好了" if is_whole else "联网取了一部分") if lines else "联网看过了，没有新内容"
    detail = "\n".join(
        f"{line.mark}{line.title}" + (f"：{line.detail}" if line.detail else "") for line in (*lines, *refused)
    )
    return _ended(state, heading, "good" if is_whole and not refused else "review", detail)


def after_verify(state: UpkeepState, told: dict[str, Any]) -> UpkeepState:
    """Return the state after everything was looked through."""
    packs: Sequence[dict[str, Any]] = told.get("packs", [])
    broken = [str(pack["pack"]) for pack in packs if not pack["sound"]]
    mended = sum(bool(pack["mended"]) for pack in packs)
    if broken:
        names = "、".join(broken)
        return _ended(state, f"{len(broken)} 份内容坏了", "ended", f"{names}。请插U盘或联网同步，会自己修好。")
    heading = f"核对过了，修好了 {mended} 份" if mended else f"核对过了，{len(packs)} 份都完好"
    return _ended(state, heading, "good", "")


def after_failure(state: UpkeepState, trouble: TroubleNews) -> UpkeepState:
    """Return the state after work has failed."""
    words = "".join(f"{part.rstrip('。')}。" for part in (trouble.why, trouble.todo) if part)
    return _ended(state, trouble.what.rstrip("。"), "ended", f"{words}（{trouble.code}）")


def after_cancel(state: UpkeepState) -> UpkeepState:
    """Return the state after the clerk has stopped the work."""
    return _ended(state, "停下了，下次接着做", "review", "")


def after_leaving(state: UpkeepState) -> UpkeepState:
    """Return the state after the person has gone: what runs goes on, what was told is told no more."""
    return replace(state, heading="", detail="", told="")


def _ended(state: UpkeepState, heading: str, tone: str, detail: str) -> UpkeepState:
    return replace(state, kind=None, progress=None, percent=None, heading=heading, tone=tone, detail=detail)
