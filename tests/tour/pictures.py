"""Overviews of a folder of pictures, and the pictures of README.md."""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from tests.tour.looks import LOOKS, PANELS
from tests.tour.scenes import SCENES
from tests.tour.walk import END, picture_name, walk
from tests.tour.world import furnish

SHEET: Final = "sheet_"
COLUMNS: Final = {"portrait": 6, "landscape": 4, "small": 4}
ROWS: Final = 3
THUMB_WIDTH: Final = {"portrait": 300, "landscape": 470, "small": 470}
CAPTION: Final = 18

README: Final = {"home": "home", "keyboard": "search", "item_guide": "item", "slip": "slip"}
README_WIDTH: Final = 540
README_LIMIT_BYTES: Final = 200_000


def write_sheets(folder: Path) -> list[Path]:
    """Write sheets of small pictures, each panel and look apart, and return their paths."""
    by_look: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for panel in PANELS:
        for look in LOOKS:
            for scene in SCENES:
                for part in ("", END):
                    path = folder / (picture_name(scene.name, panel, look, part) + ".png")
                    if path.exists():
                        by_look[panel.name, look.name].append(path)
    return [
        sheet
        for (panel_name, look_name), paths in by_look.items()
        for sheet in _sheets(paths, folder / f"{SHEET}{panel_name}_{look_name}", panel_name)
    ]


def _sheets(paths: list[Path], stem: Path, panel_name: str) -> list[Path]:
    count = COLUMNS[panel_name] * ROWS
    written = []
    for number, start in enumerate(range(0, len(paths), count)):
        path = stem.with_name(f"{stem.name}_{number + 1}.png")
        _sheet(paths[start : start + count], panel_name).save(path)
        written.append(path)
    return written


def _sheet(paths: list[Path], panel_name: str) -> Image.Image:
    width, columns = THUMB_WIDTH[panel_name], COLUMNS[panel_name]
    with Image.open(paths[0]) as first:
        height = round(width * first.height / first.width)
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * (width + 6), rows * (height + CAPTION)), "#808080")
    draw = ImageDraw.Draw(sheet)
    for number, path in enumerate(paths):
        x, y = number % columns * (width + 6), number // columns * (height + CAPTION)
        with Image.open(path) as picture:
            sheet.paste(picture.convert("RGB").resize((width, height), Image.Resampling.BOX), (x, y + CAPTION))
        draw.text((x + 4, y + 3), path.stem, fill="white")
    return sheet


def write_readme_pictures(folder: Path) -> None:
    """Write the pictures that README.md shows: upright, standard size, on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    panel, look = PANELS[0], LOOKS[0]
    with tempfile.TemporaryDirectory(prefix="cunkou-readme-") as name:
        aside = Path(name)
        walk(furnish(aside), panel, [scene for scene in SCENES if scene.name in README], [look], aside)
        for scene, target in README.items():
            with Image.open(aside / (picture_name(scene, panel, look) + ".png")) as picture:
                height = round(README_WIDTH * picture.height / picture.width)
                small = picture.convert("RGB").resize((README_WIDTH, height), Image.Resampling.LANCZOS)
            path = folder / f"{target}.png"
            small.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
            assert path.stat().st_size <= README_LIMIT_BYTES, path
