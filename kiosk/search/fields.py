"""The fields of the index: which part of an item, cut in which way."""

from enum import StrEnum


class Cut(StrEnum):
    """How text is cut into terms: pairs of characters, pairs of sounds, characters, other words, keys of a 文号."""

    PAIR = "pair"
    SOUND = "sound"
    CHAR = "char"
    WORD = "word"
    NUMBER = "number"


class Part(StrEnum):
    """Which part of an item.

    `TEXT` and `BODY` belong to sections, `CHAPTER` to the chapters of laws, the others to the item as a whole.
    `TEXT` is a section under its title and heading; `BODY` is the same, but for an article of a law its words alone.
    """

    TITLE = "title"
    KEYWORD = "keyword"
    SUMMARY = "summary"
    TEXT = "text"
    BODY = "body"
    CHAPTER = "chapter"


NUMBERED_CUTS = frozenset({Cut.PAIR, Cut.SOUND, Cut.CHAR})
"""Cuts whose terms are numbers."""

Field = tuple[Part, Cut]


def field_name(field: Field) -> str:
    """Return the name of a field in the index."""
    part, cut = field
    return f"{part}_{cut}"


FIELDS: tuple[Field, ...] = tuple(
    sorted(
        [
            (part, cut)
            for part in (Part.TITLE, Part.KEYWORD, Part.SUMMARY, Part.TEXT)
            for cut in (Cut.PAIR, Cut.SOUND, Cut.WORD)
        ]
        + [(Part.BODY, Cut.CHAR), (Part.CHAPTER, Cut.PAIR), (Part.TITLE, Cut.NUMBER)],
        key=field_name,
    )
)
"""Every field, in the order in which the index holds them."""


def is_numbered(field: Field) -> bool:
    """Return whether a field's terms are numbers."""
    return field[1] in NUMBERED_CUTS
