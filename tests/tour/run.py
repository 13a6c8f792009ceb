"""``make tour DIR=…``: a picture of every page in all sizes, themes and orientations, and a table of what is wrong.

Ends with 1 if anything is.
"""

import argparse
import multiprocessing
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from rich.console import Console

from tests.tour.looks import LOOKS, PANELS, PLAIN, STRONG, Look, PanelKind
from tests.tour.pictures import write_readme_pictures, write_sheets
from tests.tour.report import rows_of, table_of
from tests.tour.scenes import SCENES, Scene
from tests.tour.walk import Outcome, walk
from tests.tour.world import furnish
from ui.home_content import SIZES

PROCESSES = 2
SHORT = [
    "rest",
    "home",
    "list",
    "item_guide",
    "table",
    "listening",
    "keyboard",
    "emergency",
    "slip",
    "size",
    "stick_good",
    "pin",
    "countdown",
]
"""What `tests/e2e/test_tour.py` looks at: upright, standard size, both themes."""


def main() -> int:
    """Walk, write the pictures, print the table; 1 if anything is wrong."""
    options = _options()
    console = Console(width=None if sys.stdout.isatty() else 240)
    if options.readme:
        write_readme_pictures(Path("docs/pictures"))
        return 0
    options.dir.mkdir(parents=True, exist_ok=True)
    names = (
        SHORT if options.short else [scene.name for scene in SCENES if not options.only or scene.name in options.only]
    )
    panels = PANELS[:1] if options.short else [panel for panel in PANELS if options.panel in {None, panel.name}]
    with tempfile.TemporaryDirectory(prefix="cunkou-tour-") as folder:
        home = furnish(Path(folder))
        one_walk = partial(_walk_one, home, names, _looks(options), options.dir)
        outcomes = [one_walk(panels[0])] if len(panels) == 1 else _side_by_side(one_walk, panels)
    rows = rows_of(one for outcome in outcomes for one in outcome.found)
    if options.contact_sheet:
        for sheet in write_sheets(options.dir):
            console.print(f"sheet {sheet}")
    if rows:
        console.print(table_of(rows))
    views, seconds = sum(outcome.views for outcome in outcomes), max(outcome.seconds for outcome in outcomes)
    console.print(f"{views} views in {seconds:.0f} s, {len(rows)} faults, pictures in {options.dir}")
    return 1 if rows or not views else 0


def _walk_one(home: object, names: list[str], looks: list[Look], out: Path, panel: PanelKind) -> Outcome:
    return walk(home, panel, _scenes(names), looks, out)  # type: ignore[arg-type]


def _scenes(names: list[str]) -> list[Scene]:
    return [scene for scene in SCENES if scene.name in names]


def _side_by_side(one_walk, panels: list[PanelKind]) -> list[Outcome]:
    """Walk in processes of their own: one Qt application shows one panel."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn, max_tasks_per_child=1) as pool:
        return list(pool.map(one_walk, panels))


def _looks(options: argparse.Namespace) -> list[Look]:
    if options.short:
        return [look for look in LOOKS if look.size == 0]
    strong = {None: {False, True}, PLAIN: {False}, STRONG: {True}}[options.theme]
    return [look for look in LOOKS if options.size in {None, SIZES[look.size]} and look.strong in strong]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.tour.run", description=__doc__)
    parser.add_argument("dir", type=Path, nargs="?", default=Path("build/tour"), help="folder for the pictures")
    parser.add_argument("--only", action="append", choices=[scene.name for scene in SCENES], help="one page")
    parser.add_argument("--size", choices=SIZES, help="one size of letters")
    parser.add_argument("--theme", choices=(PLAIN, STRONG), help="one theme")
    parser.add_argument("--panel", choices=[panel.name for panel in PANELS], help="one screen")
    parser.add_argument("--short", action="store_true", help="the few pages that every test run looks at")
    parser.add_argument("--contact-sheet", action="store_true", help="also write overviews")
    parser.add_argument("--readme", action="store_true", help="only write the pictures of README.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
