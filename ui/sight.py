"""What is seen first, in words: what home shows, and how the site wants its screen.

Everything here is needed before the first frame, so nothing here imports what reads packs or settings. Named tuples,
here and in whatever else home needs: a frozen dataclass takes nine times as long to make, and brings more modules.
"""

from typing import NamedTuple


class TileRow(NamedTuple):
    """One tile: where it leads, two to six characters, one line of examples, a picture on its hue."""

    id: str
    title: str
    detail: str
    glyph: str
    hue: int


class AskedRow(NamedTuple):
    """One line of 大家都在问, or a notice; with the mark beside its title, such as 未签名, empty if none."""

    pack: str
    id: str
    title: str
    badge: str


class HomeContent(NamedTuple):
    """What home and rest show of the packs. The day of the machine's clock changes nothing in it.

    Attributes:
        village: Whose kiosk it is.
        updated: How fresh the content is, in words; empty without packs.
        remark: Stands on every page, such as 有未签名的内容; empty if somebody answers for everything.
        notice: The newest notice that holds; None if there is none.
        tiles: The tiles of home.
        themes: All themes.
        people: The row 按人找.
        asked: The row 大家都在问.
    """

    village: str
    updated: str
    remark: str
    notice: AskedRow | None
    tiles: tuple[TileRow, ...]
    themes: tuple[TileRow, ...]
    people: tuple[TileRow, ...]
    asked: tuple[AskedRow, ...]


class AppearanceState(NamedTuple):
    """How the pages look. ``size`` is 0 (标准), 1 (大) or 2 (最大)."""

    size: int = 0
    high_contrast: bool = False
    left_handed: bool = False
    reduced_motion: bool = False


class FirstSight(NamedTuple):
    """All that the first frame depends on, and the first touch.

    Attributes:
        content: What home shows.
        appearance: How the site wants its pages to look.
        screen_inches: Diagonal of the panel; 0 asks the panel.
        viewing_distance_mm: From the eye to the panel.
        idle_s: After this, somebody who does not touch is asked whether they are still there.
        warn_s: How long they are asked.
    """

    content: HomeContent
    appearance: AppearanceState
    screen_inches: float
    viewing_distance_mm: int
    idle_s: int
    warn_s: int
