"""``make bench``: a table on the screen and the same figures as JSON.

Ratios are measured side by side in one run, because these machines differ from day to day and kiosks from ours.
"""

import argparse
import importlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.measure import Measure

FAMILIES = ("start", "pages", "speech", "suggest", "resources", "install", "index", "trust", "sync", "card")


def main() -> int:
    """Run the families that were asked for; 0 if every bar is met."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", type=Path, default=Path("build/bench.json"))
    arguments.add_argument("families", nargs="*", default=FAMILIES)
    options = arguments.parse_args()
    console = Console()
    measures: list[Measure] = []
    for family in options.families:
        console.print(f"[dim]{family} …[/dim]")
        measures += importlib.import_module(f"tests.bench.{family}").measure()
    console.print(_table(measures))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(entry), "holds": entry.holds} for entry in measures]
    options.json.write_text(json.dumps({"commit": _commit(), "measures": rows}, ensure_ascii=False, indent=1))
    return 0 if all(entry.holds for entry in measures) else 1


def _table(measures: list[Measure]) -> Table:
    table = Table("measure", "figure", "bar", "", "beside")
    for entry in measures:
        bar, mark = "", ""
        if entry.bar is not None:
            bar = f"{'≥' if entry.at_least else '≤'} {entry.bar:g} {entry.unit}"
            mark = "[green]✓[/green]" if entry.holds else "[red]✗[/red]"
        table.add_row(entry.name, f"{entry.value:.3g} {entry.unit}", bar, mark, entry.beside)
    return table


def _commit() -> str:
    answer = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
