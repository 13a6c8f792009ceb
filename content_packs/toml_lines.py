"""Where in a TOML file a field stands: pure. The parser of the standard library does not say."""

import re

_TABLE = re.compile(r"^\s*\[(?P<name>[A-Za-z0-9_.-]+)\]\s*(?:#.*)?$")
_ARRAY = re.compile(r"^\s*\[\[(?P<name>[A-Za-z0-9_.-]+)\]\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(?P<name>[A-Za-z0-9_-]+)\s*=")


def lines_of_fields(text: str) -> dict[str, int]:
    """Return dotted paths such as ``themes[1].hue`` with their lines, counted from 1.

    Tables and keys at the start of a line are seen, which is how ``pack.toml`` is written; what stands inside a value
    of several lines is not.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.split("\n"), 1):
        if array := _ARRAY.match(line):
            name = array["name"]
            counts[name] = counts.get(name, -1) + 1
            prefix = f"{name}[{counts[name]}]."
            found.setdefault(prefix[:-1], number)
            found.setdefault(name, number)
        elif table := _TABLE.match(line):
            prefix = f"{table['name']}."
            found.setdefault(table["name"], number)
        elif key := _KEY.match(line):
            found.setdefault(prefix + key["name"], number)
    return found


def nearest_line(lines: dict[str, int], field: str) -> int:
    """Return the line of a field, else of the nearest field that contains it, else 0."""
    while field:
        if field in lines:
            return lines[field]
        shorter = re.sub(r"(\.[^.\[\]]*|\[\d+\])$", "", field)
        field = "" if shorter == field else shorter
    return 0
