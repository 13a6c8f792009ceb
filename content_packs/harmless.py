"""Text from strangers that people are shown: the name of a stick, of a file on it, of a pack."""

import re
from typing import Final

_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys, and what turns the direction of writing."""


def harmless(text: str) -> str:
    """Return a text in which nothing is left that a screen would obey instead of showing it."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Return a harmless text on one line: a name must not look like what stands below it."""
    return " ".join(harmless(text).split())
