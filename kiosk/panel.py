"""How large the screen is, and whether fingers of old hands fit on it: pure.

Sizes of the screen's parts are millimetres. They follow from the panel, never from its pixels alone.
"""

from math import hypot
from typing import Final, NamedTuple

FULL_TARGET_MM: Final = 15.0
SMALL_TARGET_MM: Final = 12.0

_KEYBOARD_MM: Final = 10 * FULL_TARGET_MM + 9 * 2 + 2 * 6
"""Ten keys in a row, 2 mm apart, with 6 mm on both sides: the widest row of targets there is."""

_KEYBOARD_SHARE: Final = 0.55
"""Of the width, where the keyboard stands beside the results."""

_MM_PER_INCH: Final = 25.4
_EDID_HEADER: Final = bytes((0, 255, 255, 255, 255, 255, 255, 0))
_EDID_WIDTH_CM, _EDID_HEIGHT_CM = 21, 22


class Panel(NamedTuple):
    """The visible part of a screen, in millimetres, as it hangs."""

    width_mm: float
    height_mm: float

    @property
    def is_portrait(self) -> bool:
        """Whether it is higher than wide."""
        return self.height_mm > self.width_mm

    @property
    def target_mm(self) -> float:
        """Least height of what can be touched: 15 mm, or 12 mm where ten keys of 15 mm do not fit beside each other."""
        room = self.width_mm if self.is_portrait else self.width_mm * _KEYBOARD_SHARE
        return FULL_TARGET_MM if room >= _KEYBOARD_MM else SMALL_TARGET_MM


def panel_of(inches: float, width_px: float, height_px: float) -> Panel:
    """Return the panel of a diagonal in inches, with the proportions of its pixels.

    Args:
        inches: Above 0.
        width_px: Above 0; only its ratio to the height matters.
        height_px: Above 0.
    """
    scale = inches * _MM_PER_INCH / hypot(width_px, height_px)
    return Panel(width_px * scale, height_px * scale)


def turned(panel: Panel, orientation: str) -> Panel:
    """Return the panel as the setting ``orientation`` says it hangs; ``auto`` changes nothing."""
    if orientation == "auto" or panel.is_portrait == (orientation == "portrait"):
        return panel
    return Panel(panel.height_mm, panel.width_mm)


def panel_of_edid(edid: bytes) -> Panel | None:
    """Return the size that a screen tells about itself (VESA E-EDID 1.4, 3.6.2); None if it tells none."""
    if len(edid) <= _EDID_HEIGHT_CM or not edid.startswith(_EDID_HEADER):
        return None
    width, height = edid[_EDID_WIDTH_CM] * 10, edid[_EDID_HEIGHT_CM] * 10
    return Panel(width, height) if width and height else None
