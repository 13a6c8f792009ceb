"""Which reading a character with several of them has here: pure, from a table beside it.

A reading stands in braces behind its character, such as ``银行{háng}卡``; the voice obeys it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

READING = re.compile(r"([\u3400-\u9fff])\{([^{}]+)\}")
"""A character with its reading: group 1 and 2."""

Table = Mapping[str, Mapping[str, str]]
"""First character → word → word with readings, longer words first."""


@cache
def table(name: str) -> Table:
    """Return the table of that file name: one word with its readings a line, ``#`` begins a remark."""
    lines = files("kiosk.speech").joinpath(name).read_text(encoding="utf-8").splitlines()
    return table_of(line for line in lines if line and not line.startswith("#"))


def table_of(lines: Iterable[str]) -> Table:
    """Return the table of words with their readings; where a word comes twice, the first holds."""
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        found.setdefault(line[0], {}).setdefault(READING.sub(r"\1", line), line)
    return {first: dict(sorted(words.items(), key=_length, reverse=True)) for first, words in found.items()}


def _length(entry: tuple[str, str]) -> int:
    return len(entry[0])


def with_readings(text: str, words: Table) -> str:
    """Return a text in which every word of the table has its readings; at each place the longest word counts.

    A word that bears a reading already is not found, so what was said first holds.
    """
    read, at = "", 0
    while at < len(text):
        word = next((word for word in words.get(text[at], ()) if text.startswith(word, at)), "")
        if word and not text.startswith("{", at + len(word)):
            read, at = read + words[text[at]][word], at + len(word)
        else:
            read, at = read + text[at], at + 1
    return read
