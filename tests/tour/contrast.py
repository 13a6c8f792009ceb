"""Whether letters can be told from their ground, judged by the pixels that were really painted. Pure.

WCAG 2.2, 1.4.3 and 1.4.6: 4.5:1, in high contrast 7:1, for words of every size (the easing to 3:1 for large letters is
not used); 3:1 for icons (1.4.11). What stands on a button that cannot be touched now is exempt, as there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.tour.shown import Colour, Fault, Rect, Shown

WORDS = 4.5
WORDS_STRONG = 7.0
ICONS = 3.0

SAME = 28
"""Steps of one channel up to which two colours are taken for one: edges of letters are smoothed."""

Pixels = NDArray[np.uint8]
"""Rows × columns × red, green, blue."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pixels behind some words say: the ground that dominates, and whether their colour is there at all."""

    ground: Colour
    is_painted: bool


def luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG 2.2, 0 to 1."""
    channels = [value / 255 for value in colour]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen_in(pixels: Pixels, ink: Colour) -> Seen:
    """Return what dominates some pixels beside the colour of the letters; ink itself where there is nothing else."""
    flat = pixels.reshape(-1, 3)
    distance = np.abs(flat.astype(np.int16) - np.array(ink, dtype=np.int16)).max(axis=1)
    others = flat[distance > SAME]
    painted = bool((distance <= SAME).any())
    if not len(others):
        return Seen(ink, painted)
    coarse = (others >> 3).astype(np.int32)
    bins = coarse[:, 0] << 10 | coarse[:, 1] << 5 | coarse[:, 2]
    most = others[bins == np.bincount(bins).argmax()]
    red, green, blue = (int(value) for value in np.median(most, axis=0))
    return Seen((red, green, blue), painted)


def part_of(picture: Pixels, place: Rect) -> Pixels:
    """Return the pixels of a place."""
    top, left = max(0, int(place.y)), max(0, int(place.x))
    return picture[top : int(np.ceil(place.bottom)), left : int(np.ceil(place.right))]


def faint_words(shown: Shown, picture: Pixels, *, strong: bool) -> Iterator[Fault]:
    """Find what cannot be told from its ground, or was not painted at all.

    Args:
        shown: What the tree says is there.
        picture: The whole window.
        strong: In high contrast.
    """
    for text in shown.texts:
        letters = text.letters.cut(text.visible)
        pixels = part_of(picture, letters)
        if text.faint or text.covered or letters.height < text.em / 2 or not pixels.size:
            continue
        seen = seen_in(pixels, text.colour)
        least = ICONS if text.icon else WORDS_STRONG if strong else WORDS
        found = ratio(text.colour, seen.ground)
        if not seen.is_painted:
            yield Fault("contrast", text.name, f"its colour {_hex(text.colour)} is nowhere in its place")
        elif found < least:
            yield Fault("contrast", text.name, f"{found:.1f} < {least}: {_hex(text.colour)} on {_hex(seen.ground)}")


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{value:02X}" for value in colour)
