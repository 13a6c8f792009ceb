"""``cunkou sync``: bring packs here from a stick, a folder or a server, and make them searchable."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from content_packs.errors import KioskError
from content_packs.progress import CancelToken
from kiosk.chores.syncing import Syncing, addresses, next_sync, open_source
from kiosk.cli.chore import ChildOption, chore
from kiosk.cli.options import HomeOption, JsonOption, UsageError, home_of
from kiosk.cli.show import print_json
from kiosk.settings import load_settings
from sync.history import Result
from sync.look import Look
from sync.plan import Action, Plan, Step
from sync.receipt import kiosk_key
from sync.run import Outcome

PARTLY = 5
"""Exit status when some packs came and others could not be had."""

_WORDS = {
    Action.ADD: "新增",
    Action.REPLACE: "更新",
    Action.KEEP: "不变",
    Action.REFUSE: "没有采用",
    Action.WITHDRAW: "撤回",
}
_MB = 1_000_000
_MINUTE_S = 60


def sync(
    source: Annotated[
        str,
        typer.Argument(metavar="[SOURCE]", help="文件夹、U 盘的位置，或 https:// 网址。", show_default="设置里的网址"),
    ] = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看看会做什么，不动手。")] = False,
    when: Annotated[bool, typer.Option("--when", help="只说下一次什么时候自己去取。")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_child: ChildOption = False,
) -> None:
    """Sync from one source, or from every server that is set.

    Raises:
        UsageError: No source was named and none is set.
        KioskError: Nothing could be had.
    """
    place = home_of(home)
    settings = load_settings(place)
    if when:
        now = datetime.now(UTC).astimezone()
        due = next_sync(place, settings, kiosk_key(place.root).id.fingerprint, now)
        _say_when(due, as_json=as_json)
        return
    names = (source,) if source else addresses(settings)
    if not names:
        raise UsageError("不知道从哪里取。", todo="写上文件夹或网址，或在 site.toml 里设 sync_urls。")
    place.create()
    with chore(as_json=as_json, as_child=as_child) as telling:
        cancel = CancelToken()
        job = Syncing(place, settings, on_progress=telling.progress, cancel=cancel)
        done: list[tuple[str, Look, Outcome | None]] = []
        failed: list[tuple[str, KioskError]] = []
        for number, name in enumerate(names):
            try:
                opened = open_source(name, settings, cancel)
                if dry_run:
                    done.append((opened.label, job.look(opened), None))
                else:
                    found, outcome = job.sync(opened, number=number, of=len(names))
                    done.append((opened.label, found, outcome))
            except KioskError as error:
                failed.append((name, error))
        if any(outcome and outcome.changes for _, _, outcome in done):
            job.tidy()
        if failed and not done:
            raise failed[0][1]
        result = {"sources": [_described(*each) for each in done], "failed": [_failure(*each) for each in failed]}
        telling.done(result, *(line for each in done for line in _told(*each)), *(str(error) for _, error in failed))
    if failed or any(outcome and outcome.result in {Result.PARTLY, Result.FAILED} for _, _, outcome in done):
        raise typer.Exit(PARTLY if _has_some(done) else 1)


def _has_some(done: list[tuple[str, Look, Outcome | None]]) -> bool:
    return any(outcome is None or outcome.result is not Result.FAILED for _, _, outcome in done)


def _say_when(due: datetime | None, *, as_json: bool) -> None:
    if as_json:
        print_json({"next": due.isoformat() if due else None})
    elif due is None:
        print("本机不自己去取：没有设网址（sync_urls），或没有设时间（sync_hours）。")
    else:
        print(f"下一次自己去取：{due:%Y-%m-%d %H:%M}")


def _described(label: str, found: Look, outcome: Outcome | None) -> dict[str, Any]:
    """Return what programs are told about one source."""
    plan = found.plan
    told: dict[str, Any] = {
        "source": label,
        "repository": found.offering.repository,
        "issued": found.offering.issued.isoformat(),
        "stale": found.offering.is_stale,
        "fetch_bytes": plan.fetch_bytes,
        "room_bytes": plan.room_bytes,
        "free_bytes": plan.free_bytes,
        "expected_s": round(plan.seconds, 1),
        "steps": [_step(step) for step in plan.steps],
    }
    if outcome:
        told["result"] = outcome.result.value
        told["fetched_bytes"] = outcome.fetched
        told["seconds"] = round(outcome.seconds, 1)
        told["changes"] = [
            {"pack": change.pack_id, "title": change.title, "before": change.before, "version": change.version}
            for change in outcome.changes
        ]
        told["troubles"] = [_failure(trouble.pack_id, trouble.error) for trouble in outcome.troubles]
    return told


def _step(step: Step) -> dict[str, Any]:
    offer = step.offer
    return {
        "action": step.action.value,
        "pack": step.pack_id,
        "title": step.title,
        "version": step.version,
        "before": step.before,
        "why": step.why,
        "publisher": offer.publisher if offer else None,
        "issued_on": offer.issued_on.isoformat() if offer else None,
        "region": offer.region if offer else None,
    }


def _failure(name: str, error: KioskError) -> dict[str, Any]:
    return {"name": name, "what": error.what, "why": error.why, "todo": error.todo, "code": error.telephone_code}


def _told(label: str, found: Look, outcome: Outcome | None) -> list[str]:
    """Return what people are told about one source, in sentences."""
    old = "，已经过期" if found.offering.is_stale else ""
    lines = [f"{label}：{found.offering.repository}，{found.offering.issued} 签发{old}。"]
    for step in found.plan.steps:
        before = f"（原来第 {step.before} 版）" if step.before and step.before != step.version else ""
        why = f"：{step.why}" if step.why else ""
        lines.append(f"  {_WORDS[step.action]}《{step.title}》第 {step.version} 版{before}{why}")
    if outcome is None:
        lines.append(_forecast(found.plan))
        return lines
    lines += [f"  《{trouble.title}》{trouble.error}" for trouble in outcome.troubles]
    if outcome.result is Result.NOTHING_NEW:
        lines.append("没有新内容。")
    else:
        lines.append(f"取了 {outcome.fetched / _MB:.1f} MB，用了 {_duration(outcome.seconds)}。")
    return lines


def _forecast(plan: Plan) -> str:
    if not plan.has_work:
        return "没有新内容。"
    room = "" if plan.room_bytes <= plan.free_bytes else "；磁盘放不下全部"
    return f"要取 {plan.fetch_bytes / _MB:.1f} MB，大约 {_duration(plan.seconds)}{room}。这次没有动手。"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < _MINUTE_S else f"{seconds / _MINUTE_S:.0f} 分钟"
