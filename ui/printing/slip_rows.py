"""A slip as rows from top to bottom: pure, no Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from kiosk.labels import STATUS_LABELS
from kiosk.words import CodeCard, Slip

Size = Literal["title", "body", "small"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """Wrapped text; ``gap`` below it is a multiple of the style's gap, ``marker`` hangs before an indented entry."""

    text: str
    size: Size = "body"
    bold: bool = False
    centred: bool = False
    marker: str = ""
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A dashed line across."""

    gap: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesRow:
    """Codes side by side, each with its caption below; equally many of both, at least one."""

    payloads: tuple[str, ...]
    captions: tuple[TextRow, ...]
    gap: float = 1.0


SlipRow = TextRow | RuleRow | CodesRow


def rows_of(slip: Slip, *, columns: int) -> tuple[SlipRow, ...]:
    """Return the rows of a slip, with at most ``columns`` codes beside each other."""
    return tuple(_rows(slip, columns))


def _rows(slip: Slip, columns: int) -> Iterator[SlipRow]:
    yield TextRow(text=slip.village, size="small", centred=True, gap=0.6)
    yield TextRow(text=slip.title, size="title", bold=True, gap=0.8)
    if slip.answer:
        yield TextRow(text=slip.answer, gap=1)
    yield RuleRow()
    for line in slip.lines:
        yield TextRow(text=line.label, bold=True, gap=0.2)
        yield from _entries(line.entries)
    if slip.phones:
        yield TextRow(text="打哪个电话", bold=True, gap=0.2)
        yield from _entries(tuple(f"{phone.number}　{phone.label}".strip() for phone in slip.phones))
    yield from _codes(slip.codes, columns)
    yield RuleRow()
    yield from _small(slip)


def _entries(entries: tuple[str, ...]) -> Iterator[SlipRow]:
    last = len(entries) - 1
    for index, entry in enumerate(entries):
        yield TextRow(text=entry, marker="·" if last else "", gap=0.9 if index == last else 0.2)


def _codes(codes: tuple[CodeCard, ...], columns: int) -> Iterator[SlipRow]:
    scanned = iter([code for code in codes if code.payload])
    named = [code for code in codes if not code.payload]
    if any(code.payload for code in codes):
        yield RuleRow()
    while batch := tuple(islice(scanned, columns)):
        yield CodesRow(payloads=tuple(code.payload for code in batch), captions=tuple(map(_caption, batch)))
    for code in named:
        yield TextRow(text=code.search_words, bold=True, gap=0.8)


def _caption(code: CodeCard) -> TextRow:
    words = "\n".join(part for part in (f"扫码：{code.caption}", code.host_words) if part)
    return TextRow(text=words, size="small", centred=True)


def _small(slip: Slip) -> Iterable[SlipRow]:
    status = f"{STATUS_LABELS[slip.status]}（{slip.verified}）" if slip.verified else STATUS_LABELS[slip.status]
    lines = (status, slip.source, f"打印：{slip.printed}", slip.pack)
    return (TextRow(text=line, size="small", gap=0.2) for line in lines if line)
