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
    """Which part of an item. `TEXT` belongs to sections, the others to the item as a whole."""

    TITLE = "title"
    KEYWORD = "keyword"
    SUMMARY = "summary"
    TEXT = "text"


Field = tuple[Part, Cut]


def field_name(field: Field) -> str:
    """Return the name of a field in the index."""
    part, cut = field
    return f"{part}_{cut}"


FIELDS: tuple[Field, ...] = tuple(
    sorted(
        [(part, cut) for part in Part for cut in (Cut.PAIR, Cut.SOUND, Cut.WORD)]
        + [(Part.TEXT, Cut.CHAR), (Part.TITLE, Cut.NUMBER)],
        key=field_name,
    )
)
"""Every field, in the order in which the index holds them."""
