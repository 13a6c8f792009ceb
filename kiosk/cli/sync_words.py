"""How a sync is told: sentences for people, JSON for programs."""

from typing import Any

from content_packs.errors import KioskError
from sync.history import Result
from sync.look import Look
from sync.plan import Action, Plan, Step
from sync.run import Outcome

_WORDS = {
    Action.ADD: "新增",
    Action.REPLACE: "更新",
    Action.KEEP: "不变",
    Action.REFUSE: "没有采用",
    Action.WITHDRAW: "撤回",
}
_MB = 1_000_000
_MINUTE_S = 60


def look_described(label: str, found: Look, outcome: Outcome | None = None) -> dict[str, Any]:
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
        told["troubles"] = [failure_described(trouble.pack_id, trouble.error) for trouble in outcome.troubles]
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


def failure_described(name: str, error: KioskError) -> dict[str, Any]:
    """Return what programs are told about something that went wrong."""
    return {"name": name, "what": error.what, "why": error.why, "todo": error.todo, "code": error.telephone_code}


def look_told(label: str, found: Look, outcome: Outcome | None = None) -> list[str]:
    """Return what people are told about one source, in sentences."""
    old = "，已经过期" if found.offering.is_stale else ""
    name = found.offering.repository
    title = f"{label}：{name}" if label not in {"", name} else name
    lines = [f"{title}，{found.offering.issued} 签发{old}。"]
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
