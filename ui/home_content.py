"""The first sight as packs and settings give it."""

from typing import Final

from kiosk.clock import date_words
from kiosk.labels import SOME_UNSIGNED
from kiosk.library import Library
from kiosk.settings import Settings
from kiosk.words import ItemCard, ThemeTile
from ui.fonts import glyph
from ui.sight import AppearanceState, AskedRow, FirstSight, HomeContent, TileRow
from ui.tiles import person_row, theme_row

HOME_TILES: Final = 8
MOST_PEOPLE: Final = 5
MOST_ASKED: Final = 6
SIZES: Final = ("standard", "large", "largest")


def first_sight(settings: Settings, library: Library) -> FirstSight:
    """Return what is seen first of a kiosk."""
    return FirstSight(
        content=home_content(settings.village, library),
        appearance=appearance_of(settings),
        screen_inches=settings.screen_inches,
        viewing_distance_mm=settings.viewing_distance_mm,
        idle_s=settings.idle_s,
        warn_s=settings.warn_s,
    )


def home_content(village: str, library: Library) -> HomeContent:
    """Return what home shows of the active packs."""
    themes = library.themes()
    notice = next(iter(library.notices()), None)
    return HomeContent(
        village=village,
        updated=f"内容更新于{date_words(library.updated_on())}" if library.packs() else "",
        remark="" if library.is_signed else SOME_UNSIGNED,
        notice=_asked_row(notice) if notice else None,
        tiles=home_tiles(themes),
        themes=tuple(map(theme_row, themes)),
        people=tuple(map(person_row, library.people()[:MOST_PEOPLE])),
        asked=tuple(map(_asked_row, library.hot()[:MOST_ASKED])),
    )


def home_tiles(themes: tuple[ThemeTile, ...]) -> tuple[TileRow, ...]:
    """Return the tiles of the home page: at most eight, the last of which leads to the others if there are more."""
    rows = tuple(map(theme_row, themes))
    if len(rows) <= HOME_TILES:
        return rows
    return (*rows[: HOME_TILES - 1], TileRow(id="", title="更多", detail="全部分类", glyph=glyph("apps"), hue=12))


def appearance_of(settings: Settings) -> AppearanceState:
    """Return how a site wants its pages to look when somebody new comes."""
    return AppearanceState(
        size=SIZES.index(settings.text_size),
        high_contrast=settings.high_contrast,
        left_handed=settings.left_handed,
        reduced_motion=settings.reduced_motion,
    )


def _asked_row(card: ItemCard) -> AskedRow:
    return AskedRow(pack=card.ref.pack, id=card.ref.id, title=card.title, badge=card.badge)
