"""Names of the divisions of the country, for choosing one by touch. Loaded when somebody chooses, not before."""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kiosk.regions import COUNTRY

FILE: Final = Path(__file__).with_name("divisions.txt")
_PROVINCE, _PREFECTURE, _COUNTY = 2, 4, 6


class Division(NamedTuple):
    """A province, prefecture or county: its code of 2, 4 or 6 digits, and its name."""

    code: str
    name: str


@cache
def _names() -> dict[str, str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def divisions_in(code: str) -> tuple[Division, ...]:
    """Return what a division is divided into, in the order of the codes; empty for a county or an unknown code.

    Counties that belong to no prefecture stand among the prefectures of their province.

    Args:
        code: Of a province or prefecture; ``0`` means the country.
    """
    names = _names()
    if code == COUNTRY:
        found = [each for each in names if len(each) == _PROVINCE]
    elif len(code) == _PROVINCE:
        found = [each for each in names if each.startswith(code) and _is_below_province(each)]
    elif len(code) == _PREFECTURE:
        found = [each for each in names if len(each) == _COUNTY and each.startswith(code)]
    else:
        found = []
    return tuple(Division(each, names[each]) for each in found)


def division_path(code: str) -> tuple[Division, ...]:
    """Return a division with all that it lies in, the widest first; what has no name here is left out."""
    names = _names()
    steps = (code[:digits] for digits in (_PROVINCE, _PREFECTURE, _COUNTY) if len(code) >= digits)
    return tuple(Division(each, names[each]) for each in steps if each in names)


def _is_below_province(code: str) -> bool:
    return len(code) == _PREFECTURE or (len(code) == _COUNTY and code[:_PREFECTURE] not in _names())
