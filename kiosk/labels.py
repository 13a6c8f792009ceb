"""The Chinese words for what the program knows by name: kinds, statuses, life stages, tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from content_packs.harmless import one_line
from content_packs.model import Kind, LifeStage, Status
from kiosk.clock import date_words
from kiosk.words import TabKind

UNSIGNED: Final = "未签名"
SOME_UNSIGNED: Final = "有未签名的内容"

KIND_LABELS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.POLICY: "政策原文",
        Kind.INTERPRETATION: "政策解读",
        Kind.GUIDE: "办事指南",
        Kind.FAQ: "问答",
        Kind.NOTICE: "通知",
        Kind.CASE: "案例",
        Kind.TUTORIAL: "使用教程",
        Kind.CONTACT: "联系电话",
        Kind.VILLAGE_DISCLOSURE: "村务公开",
    }
)

STATUS_LABELS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.NOT_YET: "未生效",
        Status.IN_FORCE: "有效",
        Status.REVIEW: "待核实",
        Status.EXPIRED: "已过期",
        Status.REPEALED: "已废止",
        Status.SUPERSEDED: "已被替代",
    }
)

TAB_LABELS: Final[Mapping[TabKind, str]] = MappingProxyType(
    {
        TabKind.GUIDE: "怎么办",
        TabKind.INTERPRETATION: "解读",
        TabKind.FAQ: "问答",
        TabKind.ORIGINAL: "原文",
        TabKind.RELATED: "相关",
    }
)


@dataclass(frozen=True, slots=True)
class StageLabel:
    """A life stage as a tile: its words and its picture, a name in Material Design Icons."""

    title: str
    icon: str


STAGE_LABELS: Final[Mapping[LifeStage, StageLabel]] = MappingProxyType(
    {
        LifeStage.ELDER: StageLabel("老年人", "human-cane"),
        LifeStage.FARMER: StageLabel("种养户", "tractor"),
        LifeStage.PATIENT: StageLabel("生病住院", "hospital-box"),
        LifeStage.DISABLED: StageLabel("残疾人", "wheelchair-accessibility"),
        LifeStage.WORKER: StageLabel("打工就业", "account-hard-hat"),
        LifeStage.STUDENT: StageLabel("上学", "school"),
        LifeStage.BIRTH: StageLabel("生孩子", "baby-carriage"),
        LifeStage.CHILD: StageLabel("养娃", "human-male-child"),
        LifeStage.MARRIAGE: StageLabel("结婚", "ring"),
        LifeStage.HOUSING: StageLabel("建房修房", "home-edit"),
        LifeStage.VETERAN: StageLabel("退役军人", "shield-star"),
        LifeStage.DEATH: StageLabel("身后事", "candle"),
    }
)

STAGE_ORDER: Final[tuple[LifeStage, ...]] = tuple(STAGE_LABELS)
"""The row 按人找, those with most errands first."""


def status_sentence(
    status: Status,
    *,
    verified_on: date | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    repealed_on: date | None = None,
) -> str:
    """Return what the item page says about a status, with the date that it rests on.

    That something is in force today can never be proven by a machine without a trusted clock. So it is said when
    somebody last checked.
    """
    word = STATUS_LABELS[status]
    if status is Status.IN_FORCE and verified_on:
        return f"{word}（核对于{date_words(verified_on)}）"
    if status is Status.NOT_YET and valid_from:
        return f"{word}（{date_words(valid_from)}起施行）"
    if status is Status.REVIEW:
        return f"{word}（可能已过期，办之前先打电话问）"
    if status is Status.EXPIRED and valid_to:
        return f"{word}（到{date_words(valid_to)}为止）"
    if status is Status.REPEALED and repealed_on:
        return f"{word}（{date_words(repealed_on)}起）"
    return word


def verified_words(verified_on: date | None) -> str:
    """Return when somebody last compared an item with its sources; empty if nobody has said."""
    return f"核对于{date_words(verified_on)}" if verified_on else ""


def badge_words(badge: str, *, signed: bool) -> str:
    """Return the mark beside an item's title: its own, after 未签名 where nobody answers for its pack."""
    return badge if signed else f"{UNSIGNED} {badge}".rstrip()


def pack_words(title: str, version: int, *, signed: bool) -> str:
    """Return how a pack is named on paper and for the clerk, with 未签名 where that is so."""
    return f"{one_line(title)} 第{version}版" + ("" if signed else f" · {UNSIGNED}")
