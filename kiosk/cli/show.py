"""How commands talk: JSON for programs, tables and a bar for people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from content_packs.harmless import harmless
from content_packs.progress import OnProgress, Progress

_WIDTH_WITHOUT_TERMINAL = 160


def print_json(value: object) -> None:
    """Print one value as a line of JSON."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def print_table(title: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print a table, wide enough to read where there is no terminal."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL)
    table = Table(title=title, title_justify="left", show_lines=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    console.print(table)


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """Give a callback that draws a bar with the time left on the error stream; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("还要"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.phase not in tasks:
                tasks[progress.phase] = bar.add_task(progress.phase, total=progress.total, count="")
            bar.update(
                tasks[progress.phase],
                completed=progress.done,
                total=progress.total,
                count=_count(progress),
            )

        yield show


def _count(progress: Progress) -> str:
    if progress.unit == "bytes":
        return f"{progress.done / 1e6:.0f}/{progress.total / 1e6:.0f} MB"
    return f"{progress.done}/{progress.total}"
