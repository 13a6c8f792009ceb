"""What a declared setting is, and whether a value may stand for it: pure."""

import json
import re
from dataclasses import dataclass

Value = bool | int | float | str

_TYPE_WORDS = ((bool, "true 或 false"), (int, "整数"), (float, "数字"), (str, "带引号的文字"))
_SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is said about a setting beside its name, type and default.

    Attributes:
        meaning: What it does, one Chinese sentence for the administrator.
        unit: Of a number, in Chinese; empty if it has none.
        low: Smallest number.
        high: Largest number.
        longest: Most characters of a text.
        pattern: What the whole of a text must match; empty accepts every text.
        form: The pattern in words.
        is_secret: Whether no value of it may be shown to whoever is told of a mistake, not even a wrong one.
    """

    meaning: str
    unit: str = ""
    low: float = 0
    high: float = 0
    longest: int = 200
    pattern: str = ""
    form: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One setting as declared: its name, type, default, choices (empty if free) and rule."""

    name: str
    type: type[bool] | type[int] | type[float] | type[str]
    default: Value
    choices: tuple[Value, ...]
    rule: Rule


def check_value(declared: Declaration, value: object) -> str:
    """Return what is wrong with a value, in words that follow the setting's name; empty if it may stand."""
    rule = declared.rule
    not_this = "" if rule.is_secret else f"，不是 {_shown(value)}"
    if not _has_type(declared, value):
        return f"应是{next(words for kind, words in _TYPE_WORDS if kind is declared.type)}{not_this}"
    if declared.choices:
        choices = "、".join(str(choice) for choice in declared.choices)
        return "" if value in declared.choices else f"只能是 {choices}{not_this}"
    if isinstance(value, str):
        fits = len(value) <= rule.longest and (not rule.pattern or re.fullmatch(rule.pattern, value))
        return "" if fits else f"应是{rule.form or f'最多{rule.longest}个字'}{not_this}"
    if isinstance(value, int | float) and declared.type is not bool and not rule.low <= value <= rule.high:
        return f"应在 {rule.low:g} 到 {rule.high:g} {rule.unit}之间{not_this}"
    return ""


def as_stored(value: Value) -> str:
    """Return a value as it is written in the site file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value:g}"


def _has_type(declared: Declaration, value: object) -> bool:
    if declared.type is float:
        return type(value) in {int, float}
    return type(value) is declared.type


def _shown(value: object) -> str:
    """Return a value as it may stand in an error, cut short."""
    words = repr(value)
    return words if len(words) <= _SHOWN_CHARS else words[: _SHOWN_CHARS - 1] + "…"
