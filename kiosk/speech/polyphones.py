"""Which reading a character with several of them has here: pure, from the table beside it.

A reading stands in braces behind its character, such as ``银行{háng}卡``; the voice obeys it.
"""

import re
from functools import cache
from importlib.resources import files

READING = re.compile(r"([\u3400-\u9fff])\{([^{}]+)\}")
"""A character with its reading: group 1 and 2."""


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return word → word with readings, and the pattern that finds the longest of the words at a place."""
    lines = files("kiosk.speech").joinpath("polyphones.tsv").read_text(encoding="utf-8").splitlines()
    words = {READING.sub(r"\1", line): line for line in lines if line and not line.startswith("#")}
    return words, re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def with_readings(text: str) -> str:
    """Return a text with the readings that the voice would otherwise miss."""
    words, pattern = _table()
    return pattern.sub(lambda found: words[found[0]], text)
