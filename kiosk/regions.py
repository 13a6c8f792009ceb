"""Which content holds here: division codes compared by prefix. Pure.

A code of 2, 4, 6, 9 or 12 digits contains every longer code that begins with it; ``0`` contains them all.
"""

from collections.abc import Iterable

COUNTRY = "0"


def nearness(regions: Iterable[str], here: str) -> int | None:
    """Return how near to this place something holds that is meant for these regions.

    Args:
        regions: Where it holds.
        here: Code of this kiosk; ``0`` means that nobody has said where it stands.

    Returns:
        Digits of the longest code that contains ``here``, 0 for the whole country; None if it does not hold here.
    """
    digits = [0 if code == COUNTRY else len(code) for code in regions if code == COUNTRY or here.startswith(code)]
    return max(digits, default=None)
