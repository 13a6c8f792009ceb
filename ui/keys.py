"""The keys of the on-screen keyboard: what stands where and what each does. Pure, no Qt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

COLUMNS = 10.0
"""Width of every row of keys, in widths of a letter."""

ROWS = 4
"""Every mode has as many rows, so that nothing moves when the mode changes."""

RECENT_YEARS = 5
_SHOWN_ON_SPACE = 6

ISSUERS = ("国发", "国办发", "国务院令", "主席令", "中发", "医保发", "民发", "人社部发", "农办", "财社")
"""Beginnings of document numbers, those that reach a village most often first."""


class Mode(StrEnum):
    """What the keyboard types."""

    LETTERS = "letters"
    DIGITS = "digits"
    DOC_NO = "doc_no"


class KeyKind(StrEnum):
    """What a key does."""

    LETTER = "letter"
    TEXT = "text"
    SPACE = "space"
    DELETE = "delete"
    CLEAR = "clear"
    MODE = "mode"
    SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key.

    Attributes:
        kind: What it does.
        label: What stands on it.
        value: What it types, or the mode it opens.
        spoken: What a screen reader calls it.
        row: From 0 at the top.
        column: Where it begins, in widths of a letter.
        span: How wide it is, in widths of a letter.
        quick: Acts as soon as it is touched; the others, which undo or lead elsewhere, when the finger leaves.
        repeats: Goes on while it is held.
    """

    kind: KeyKind
    label: str = ""
    value: str = ""
    spoken: str = ""
    row: int = 0
    column: float = 0.0
    span: float = 1.0
    quick: bool = False
    repeats: bool = False


_MODE_KEYS = {
    Mode.LETTERS: Key(kind=KeyKind.MODE, label="拼音", value=Mode.LETTERS, spoken="换成拼音键盘"),
    Mode.DIGITS: Key(kind=KeyKind.MODE, label="数字", value=Mode.DIGITS, spoken="换成数字键盘"),
    Mode.DOC_NO: Key(kind=KeyKind.MODE, label="文号", value=Mode.DOC_NO, spoken="换成文号键盘"),
}
_DELETE = Key(kind=KeyKind.DELETE, label="删", spoken="删除一个字", quick=True, repeats=True)
_CLEAR = Key(kind=KeyKind.CLEAR, label="清空", spoken="清空，重新输入")
_SPACE = Key(kind=KeyKind.SPACE, label="空格", value=" ", spoken="空格", quick=True)
_SEARCH = Key(kind=KeyKind.SEARCH, label="查", spoken="查")


@cache
def keys_of(mode: Mode, *, year: int, mirrored: bool = False) -> tuple[Key, ...]:
    """Return the keys of a mode, row by row, each row from left to right.

    Args:
        mode: What is typed.
        year: The latest year that is offered as a key.
        mirrored: For a left hand: what edits and what starts the search stands on the left. Letters and digits stay
            where everybody knows them.
    """
    rows = _doc_no_rows(year)
    if mode is not Mode.DOC_NO:
        rows = _letter_rows() if mode is Mode.LETTERS else _digit_rows()
    return tuple(key for number, row in enumerate(rows) for key in row.placed(number, mirrored=mirrored))


def space_key(first_candidate: str) -> Key:
    """Return the space bar: while letters wait for it, it takes the first candidate and says so."""
    if not first_candidate:
        return _SPACE
    shown = first_candidate if len(first_candidate) <= _SHOWN_ON_SPACE else "第一个"
    return replace(_SPACE, label=f"选 {shown}", spoken=f"选{first_candidate}")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its ends change sides for a left hand, what stands between them keeps its order."""

    left: tuple[Key, ...]
    middle: tuple[Key, ...]
    right: tuple[Key, ...]

    def placed(self, number: int, *, mirrored: bool) -> Iterator[Key]:
        """Give the keys from left to right, in the middle of the keyboard."""
        keys = (*self.left, *self.middle, *self.right)
        if mirrored:
            keys = (*reversed(self.right), *self.middle, *reversed(self.left))
        column = (COLUMNS - sum(key.span for key in keys)) / 2
        for key in keys:
            yield replace(key, row=number, column=column)
            column += key.span


def _letter_rows() -> tuple[_Row, ...]:
    return (
        _Row((), _letters("qwertyuiop"), ()),
        _Row((), _letters("asdfghjkl"), ()),
        _Row((_wide(_CLEAR, 1.5),), _letters("zxcvbnm"), (_wide(_DELETE, 1.5),)),
        _last_row(Mode.DIGITS, Mode.DOC_NO),
    )


def _digit_rows() -> tuple[_Row, ...]:
    beside = (*_texts("元月", 2), _MODE_KEYS[Mode.LETTERS], _MODE_KEYS[Mode.DOC_NO])
    middles = ("123", "456", "789", "年0岁")
    ends = (_DELETE, _CLEAR, _SPACE, _SEARCH)
    return tuple(
        _Row((_wide(left, 2),), _texts(middle, 2), (_wide(right, 2),))
        for left, middle, right in zip(beside, middles, ends, strict=True)
    )


def _doc_no_rows(year: int) -> tuple[_Row, ...]:
    years = tuple(
        Key(
            kind=KeyKind.TEXT,
            label=f"{each}年",
            value=f"〔{each}〕",
            spoken=f"{each}年",
            span=COLUMNS / RECENT_YEARS,
            quick=True,
        )
        for each in range(year, year - RECENT_YEARS, -1)
    )
    return (
        _Row((), years, ()),
        _Row((), _texts("1234567890", 1.0), ()),
        _Row((_wide(_CLEAR, 1.5),), _texts("〔〕第令号", 1.4), (_wide(_DELETE, 1.5),)),
        _last_row(Mode.LETTERS, Mode.DIGITS),
    )


def _last_row(first: Mode, second: Mode) -> _Row:
    modes = (_wide(_MODE_KEYS[first], 1.75), _wide(_MODE_KEYS[second], 1.75))
    return _Row(modes, (_wide(_SPACE, 3.75),), (_wide(_SEARCH, 2.75),))


def _letters(letters: str) -> tuple[Key, ...]:
    return tuple(Key(kind=KeyKind.LETTER, label=letter, value=letter, spoken=letter, quick=True) for letter in letters)


_SPOKEN = {"〔": "左括号", "〕": "右括号"}


def _texts(texts: str, span: float) -> tuple[Key, ...]:
    return tuple(
        Key(kind=KeyKind.TEXT, label=text, value=text, spoken=_SPOKEN.get(text, text), span=span, quick=True)
        for text in texts
    )


def _wide(key: Key, span: float) -> Key:
    return replace(key, span=span)


_BY_CHARACTER = {"\b": _DELETE, "\x7f": _DELETE, "\x1b": _CLEAR, "\r": _SEARCH, "\n": _SEARCH, " ": _SPACE}


def key_typing(character: str) -> Key | None:
    """Return the key that a keyboard which is plugged in stands for; None for what is not typed here."""
    if len(character) != 1:
        return None
    if known := _BY_CHARACTER.get(character):
        return known
    if character.isascii() and character.isalpha():
        return Key(kind=KeyKind.LETTER, value=character.lower())
    return Key(kind=KeyKind.TEXT, value=character) if character.isprintable() else None
