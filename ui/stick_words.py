"""What the clerk is told about a stick: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from content_packs.progress import Progress
from kiosk.chores.stick_news import BroughtNews, SourceNews, StepNews, Stick, TroubleNews
from kiosk.clock import date_words
from ui.viewmodels.stick_state import Screen, StickState, brings_something

MOST_LINES: Final = 30
"""A repository may hold thousands of packs; nobody reads them on a card."""

PULL: Final = "可以拔出U盘了"
HARMLESS: Final = "拔出也没关系，插回后接着装。"

_WORDS: Final = {"add": "新增", "replace": "更新", "withdraw": "撤回", "refuse": "没有采用"}
_TONES: Final = {"add": "good", "replace": "good", "withdraw": "ended", "refuse": "review"}
_MB: Final = 1_000_000
_LITTLE: Final = _MB / 10
_MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One line of a card: a mark such as 新增, a title, and what else is to be said. ``tone`` as of a badge."""

    mark: str
    title: str
    detail: str = ""
    tone: str = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What a card says.

    Attributes:
        heading: The state in one sentence.
        tone: Its colour: good, review or ended.
        about: Whose stick.
        forecast: How much, how long, and that nothing can go wrong.
        start: On the button that begins; empty if nothing can be begun.
        lines: What is new, changed, gone, refused, and why.
    """

    heading: str = ""
    tone: str = "good"
    about: str = ""
    forecast: str = ""
    start: str = ""
    lines: tuple[CardLine, ...] = ()


def card_words(state: StickState) -> CardWords:
    """Return what the card says now; for `Screen.RUNNING`, that a stick may be pulled out is never said too soon."""
    task = state.task
    match state.screen:
        case Screen.RUNNING if task:
            return CardWords(heading="正在装U盘里的新内容", about=about_words(task.stick), forecast=HARMLESS)
        case Screen.DONE if task and task.brought:
            return _done_words(task.stick, task.brought)
        case Screen.BROKEN if task:
            return _broken_words(state)
        case Screen.CARD if state.stick:
            return _stick_words(state, state.stick)
        case Screen.CARD:
            return CardWords(heading="插上的东西这里用不了", tone="ended", lines=_left_out(state))
    return CardWords()


def slip_words(state: StickState) -> tuple[str, str]:
    """Return what is said over whatever page is shown, and its tone; empty if nothing is."""
    task, stick = state.task, state.stick
    match state.screen:
        case Screen.RUNNING if task:
            return f"正在装U盘里的新内容 {int(task.percent)}%", "good"
        case Screen.DONE:
            return PULL, "good"
        case Screen.BROKEN if task and not (task.is_away and state.is_noticed):
            return _broken_words(state).heading, "review"
        case Screen.CARD if not state.is_noticed:
            heading = _stick_words(state, stick).heading if stick else "插上的东西这里用不了"
            return f"工作人员：{heading}", "good" if stick and brings_something(stick) else "review"
    return "", "good"


def about_words(stick: Stick) -> str:
    """Return whose stick it is, and of when; each repository on a line of its own."""
    return "\n".join([stick.name, *(f"{source.repository}，{_issued(source)}" for source in stick.sources)])


def progress_words(progress: Progress | None) -> str:
    """Return what is being done, how much of it, and how long it will take."""
    if progress is None:
        return "正在准备……"
    parts = [progress.phase]
    if progress.unit == "bytes":
        parts.append(f"{progress.done / _MB:.1f} / {progress.total / _MB:.1f} MB")
    if progress.seconds_left is not None:
        parts.append(f"还要{duration_words(progress.seconds_left)}")
    return " · ".join(parts)


def duration_words(seconds: float) -> str:
    """Return about how long something takes."""
    if seconds < _MINUTE_S:
        return "不到 1 分钟"
    return f"大约 {round(seconds / _MINUTE_S)} 分钟"


def trouble_line(trouble: TroubleNews, mark: str = "不能用") -> CardLine:
    """Return what went wrong, why, what to do, and the code for the telephone."""
    code = f"（{trouble.code}）" if trouble.code else ""
    detail = "".join(f"{part.rstrip('。')}。" for part in (trouble.why, trouble.todo) if part)
    return CardLine(mark=mark, title=trouble.what, detail=detail + code, tone="ended")


def change_lines(brought: BroughtNews) -> tuple[CardLine, ...]:
    """Return what a sync has changed, and what it could not."""
    lines = []
    for source in brought.sources:
        for change in source.changes:
            if change.version is None:
                lines.append(CardLine(mark="撤回", title=f"《{change.title}》", tone="ended"))
            else:
                lines.append(
                    _version_line("更新" if change.before else "新增", change.title, change.version, change.before)
                )
        lines += [trouble_line(trouble, "没装上") for trouble in source.troubles]
    return (*lines, *(trouble_line(trouble) for trouble in brought.failed))


def refused_lines(brought: BroughtNews) -> tuple[CardLine, ...]:
    """Return what a sync has left as it is although a repository offers something else, and why."""
    return tuple(_step_line(step) for source in brought.sources for step in source.steps if step.action == "refuse")[
        :MOST_LINES
    ]


def _stick_words(state: StickState, stick: Stick) -> CardWords:
    rest = _left_out(state) + tuple(
        CardLine(mark="还插着", title=other.name, detail="先弄完上面这个。", tone="ended")
        for other in state.sticks
        if other is not stick
    )
    if not stick.ours:
        todo = "里面的东西没有动。请插发布单位给的U盘。"
        return CardWords(heading="这不是村口的U盘", tone="ended", about=f"{stick.name}\n{todo}", lines=rest)
    steps = [step for source in stick.sources for step in source.steps]
    shown = sorted((step for step in steps if step.action in _WORDS), key=lambda step: list(_WORDS).index(step.action))
    lines = [*map(trouble_line, stick.troubles), *map(_step_line, shown[:MOST_LINES])]
    if len(shown) > MOST_LINES:
        lines.append(CardLine(mark="还有", title=f"{len(shown) - MOST_LINES} 份没有列出来"))
    about = about_words(stick)
    if not brings_something(stick):
        heading = "U盘里没有新内容" if stick.sources else "这个U盘不能用"
        done = "可以拔出。" if stick.sources else "本机的内容照常能看。"
        tone = "review" if lines else "good"
        return CardWords(heading=heading, tone=tone, about=f"{about}\n{done}", lines=(*lines, *rest))
    at = state.resumes_at
    return CardWords(
        heading=f"U盘里有新内容，上次装到 {at}%" if at else "U盘里有新内容",
        tone="review" if any(source.stale for source in stick.sources) else "good",
        about=about,
        forecast=_forecast(stick.sources, steps),
        start=f"从 {at}% 接着装" if at else "装进来",
        lines=(*lines, *rest),
    )


def _done_words(stick: Stick, brought: BroughtNews) -> CardWords:
    lines = change_lines(brought)
    refused = refused_lines(brought)
    receipt = (trouble_line(brought.receipt, "没有回执"),) if brought.receipt else ()
    is_whole = not any(line.tone == "ended" and line.mark != "撤回" for line in lines)
    told = "都装好了，村民现在就能看。" if is_whole else "能装的都装好了。"
    return CardWords(
        heading=PULL,
        tone="good" if is_whole and not refused else "review",
        about=f"{stick.name}\n{told}" if lines else f"{stick.name}\n没有要装的新内容。",
        lines=(*lines, *refused, *receipt),
    )


def _broken_words(state: StickState) -> CardWords:
    task = state.task
    if task is None or task.trouble is None:
        return CardWords()
    if task.is_away:
        at = int(task.percent)
        return CardWords(
            heading=f"U盘拔出来了，插回后从 {at}% 继续" if at else "U盘拔出来了，插回后继续",
            tone="review",
            about=f"{task.stick.name}\n已经装好的都在，本机照常能用。",
        )
    return CardWords(
        heading="U盘没有装完",
        tone="ended",
        about=f"{task.stick.name}\n本机的内容照常能看。",
        start="再试一次",
        lines=(trouble_line(task.trouble, "原因"),),
    )


def _left_out(state: StickState) -> tuple[CardLine, ...]:
    return tuple(CardLine(mark="没有看", title=other.name, detail=other.why, tone="ended") for other in state.left_out)


def _issued(source: SourceNews) -> str:
    day = date_words(date.fromisoformat(source.issued))
    return f"{day}签发，已经过期。可以装，装好后请换新的U盘" if source.stale else f"{day}签发"


def _step_line(step: StepNews) -> CardLine:
    if step.action == "refuse":
        why = f"{step.why.rstrip('。')}。" if step.why else ""
        return CardLine(
            mark=_WORDS["refuse"], title=f"《{step.title}》第{step.version}版", detail=why, tone=_TONES["refuse"]
        )
    if step.action == "withdraw":
        return CardLine(
            mark=_WORDS["withdraw"],
            title=f"《{step.title}》第{step.version}版",
            detail=step.why,
            tone=_TONES["withdraw"],
        )
    return _version_line(_WORDS[step.action], step.title, step.version, step.before)


def _version_line(mark: str, title: str, version: int, before: int | None) -> CardLine:
    was = f"原来是第{before}版" if before and before != version else ""
    return CardLine(mark=mark, title=f"《{title}》第{version}版", detail=was)


def _forecast(sources: Sequence[SourceNews], steps: Sequence[StepNews]) -> str:
    return "\n".join(_forecast_parts(sources, steps))


def _forecast_parts(sources: Sequence[SourceNews], steps: Sequence[StepNews]) -> Iterator[str]:
    counts = [(word, sum(step.action == action for step in steps)) for action, word in _WORDS.items()]
    counts.append(("不变", sum(step.action not in _WORDS for step in steps)))
    yield "，".join(f"{word} {count} 份" for word, count in counts if count) + "。"
    fetch, room = sum(source.fetch_bytes for source in sources), sum(source.room_bytes for source in sources)
    free = min(source.free_bytes for source in sources)
    took = duration_words(sum(source.expected_s for source in sources))
    if fetch:
        yield f"要取 {fetch / _MB:.1f} MB，{took}。" if fetch >= _LITTLE else f"要取的很少，{took}。"
    if room > free:
        yield f"磁盘放不下全部：要 {room / _MB:.0f} MB，还剩 {free / _MB:.0f} MB。"
    yield HARMLESS
