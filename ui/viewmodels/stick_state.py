"""What goes on with sticks, and how that follows from what is plugged in, told and touched: pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from content_packs.progress import Progress
from kiosk.chores.stick_news import BroughtNews, Other, Stick, StickNews, TroubleNews

CHANGING: Final = frozenset({"add", "replace", "withdraw"})
"""Actions that change what is installed."""


class Stage(StrEnum):
    """How far the bringing of one stick is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Screen(StrEnum):
    """What the clerk sees of sticks."""

    NONE = "none"
    CARD = "card"
    RUNNING = "running"
    DONE = "done"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The bringing of one stick.

    Attributes:
        stick: As it was when the clerk agreed.
        stage: How far it is.
        progress: What was told last; None before anything was.
        percent: Of the whole, the highest that was told.
        trouble: Why it failed; None unless it did.
        brought: What came of it; None before it was done.
        is_away: It was pulled out before it was done.
        may_go_on: Whoever agreed may still be here: plugged in again, it goes on without being asked for.
    """

    stick: Stick
    stage: Stage = Stage.RUNNING
    progress: Progress | None = None
    percent: float = 0.0
    trouble: TroubleNews | None = None
    brought: BroughtNews | None = None
    is_away: bool = False
    may_go_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StickState:
    """One moment.

    Attributes:
        sticks: That are plugged in and were looked at.
        left_out: What is plugged in and no stick for us.
        task: The last bringing, until it is of no interest any more.
        trouble: Why sticks cannot be seen; None if they can.
        is_noticed: A clerk has seen on the clerk's page what is plugged in.
        has_news: Whether anything was told yet.
    """

    sticks: tuple[Stick, ...] = ()
    left_out: tuple[Other, ...] = ()
    task: Task | None = None
    trouble: TroubleNews | None = None
    is_noticed: bool = False
    has_news: bool = False

    @property
    def stick(self) -> Stick | None:
        """The stick that the card is about: one that brings something, else one of ours, else any."""
        return max(self.sticks, key=lambda stick: (brings_something(stick), stick.ours), default=None)

    @property
    def screen(self) -> Screen:
        """What the clerk sees."""
        if self.task and self.task.stage is not Stage.STOPPED:
            return {Stage.RUNNING: Screen.RUNNING, Stage.DONE: Screen.DONE}.get(self.task.stage, Screen.BROKEN)
        return Screen.CARD if self.sticks or self.left_out else Screen.NONE

    @property
    def is_running(self) -> bool:
        """Whether a stick is being brought."""
        return self.task is not None and self.task.stage is Stage.RUNNING

    @property
    def resumes_at(self) -> int:
        """Percent at which the stick of the card goes on; 0 if it begins anew."""
        task, stick = self.task, self.stick
        if task is None or task.stage not in {Stage.STOPPED, Stage.FAILED}:
            return 0
        return int(task.percent) if stick is None or is_same(task.stick, stick) else 0


def brings_something(stick: Stick) -> bool:
    """Whether a stick would change what is installed."""
    return any(step.action in CHANGING for source in stick.sources for step in source.steps)


def is_same(one: Stick, other: Stick) -> bool:
    """Whether these are one stick with one content, as far as anybody can tell."""
    return one.name == other.name and _content(one) == _content(other)


def _content(stick: Stick) -> frozenset[tuple[str, str]]:
    return frozenset((source.repository, source.issued) for source in stick.sources)


def after_news(state: StickState, news: StickNews) -> StickState:
    """Return the state after something was plugged in or pulled out, or would bring something else than before.

    What was installed by other means since is no news to whoever has seen the card; what is offered again is.
    """
    is_first = not state.has_news
    more = _offers(news.sticks) - _offers(state.sticks)
    is_plugged = (_names(news.sticks), news.left_out) != (_names(state.sticks), state.left_out)
    # What has always been plugged in is no news; only a stick of ours is.
    noticed = is_first and not any(stick.ours for stick in news.sticks)
    return replace(
        state,
        sticks=news.sticks,
        left_out=news.left_out,
        task=_task_after(state.task, news.sticks, frozenset(offer[0] for offer in more)),
        trouble=None,
        is_noticed=noticed if is_plugged or more or is_first else state.is_noticed,
        has_news=True,
    )


def _names(sticks: tuple[Stick, ...]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((stick.device, stick.name, stick.ours) for stick in sticks)


def _offers(sticks: tuple[Stick, ...]) -> frozenset[tuple[str, str, str, int]]:
    """Return what would change, with the device that would bring it."""
    return frozenset(
        (stick.device, source.repository, step.pack, step.version)
        for stick in sticks
        for source in stick.sources
        for step in source.steps
        if step.action in CHANGING
    )


def _task_after(task: Task | None, sticks: tuple[Stick, ...], offering: frozenset[str]) -> Task | None:
    """Return what is still to be said of the last bringing.

    Args:
        task: As it stood.
        sticks: That are plugged in now.
        offering: Devices of those that offer something that they did not offer a moment ago.
    """
    if task is None or task.stage is Stage.RUNNING:
        return task
    is_here = any(stick.device == task.stick.device for stick in sticks)
    if task.stage is not Stage.FAILED:
        return task if is_here and task.stick.device not in offering else None
    if not is_here and not (sticks and task.is_away):
        return replace(task, is_away=True)
    same = next((stick for stick in sticks if is_same(task.stick, stick)), None)
    if same is None or (_is_all_here(same) and not task.is_away):
        return None
    is_back = task.is_away and not task.may_go_on
    return replace(task, stage=Stage.STOPPED) if is_back else task


def _is_all_here(stick: Stick) -> bool:
    """Whether everything that a stick holds for this kiosk is installed."""
    steps = [step for source in stick.sources for step in source.steps]
    return not stick.troubles and all(step.action == "keep" for step in steps)


def to_go_on(state: StickState) -> Stick | None:
    """Return the stick that was pulled out midway and is back, where whoever agreed to it may still be here."""
    task = state.task
    if task is None or task.stage is not Stage.FAILED or not (task.is_away and task.may_go_on):
        return None
    return next((stick for stick in state.sticks if is_same(task.stick, stick)), None)


def after_start(state: StickState, stick: Stick) -> StickState:
    """Return the state after somebody who may has agreed to a stick."""
    percent = state.resumes_at if state.task and is_same(state.task.stick, stick) else 0
    return replace(state, task=Task(stick=stick, percent=float(percent)))


def after_progress(state: StickState, progress: Progress) -> StickState:
    """Return the state after something was told about the bringing; percent never fall."""
    if state.task is None or state.task.stage is not Stage.RUNNING:
        return state
    percent = max(state.task.percent, progress.percent or 0.0)
    return replace(state, task=replace(state.task, progress=progress, percent=percent))


def after_done(state: StickState, brought: BroughtNews) -> StickState:
    """Return the state after all is done: only now may anybody say that the stick may be pulled out."""
    if state.task is None:
        return state
    task = replace(state.task, stage=Stage.DONE, brought=brought, percent=100.0)
    is_here = any(stick.device == task.stick.device for stick in state.sticks)
    is_known = state.trouble is None  # otherwise it may well be here
    return replace(state, task=task if is_here or not is_known else None)


def after_failure(state: StickState, trouble: TroubleNews) -> StickState:
    """Return the state after the bringing has failed."""
    if state.task is None:
        return state
    is_here = any(stick.device == state.task.stick.device for stick in state.sticks)
    task = replace(state.task, stage=Stage.FAILED, trouble=trouble, is_away=not is_here)
    return replace(state, task=task, is_noticed=False)


def after_cancel(state: StickState) -> StickState:
    """Return the state after the clerk has stopped the bringing."""
    task = state.task
    return replace(state, task=replace(task, stage=Stage.STOPPED) if task else None)


def after_leaving(state: StickState) -> StickState:
    """Return the state after the person has gone: what runs goes on, but whoever comes next has agreed to nothing.

    A stick that was pulled out before that is not asked for over every page for ever.
    """
    task = state.task
    if task is None:
        return state
    is_away = task.stage is Stage.FAILED and task.is_away
    return replace(state, task=replace(task, may_go_on=False), is_noticed=state.is_noticed or is_away)


def after_notice(state: StickState) -> StickState:
    """Return the state once a clerk has seen the card."""
    return replace(state, is_noticed=True)


def after_blindness(state: StickState, trouble: TroubleNews) -> StickState:
    """Return the state when nobody can tell any more what is plugged in."""
    return replace(state, sticks=(), left_out=(), trouble=trouble)
