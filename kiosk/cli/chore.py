"""How long work is told: a bar and sentences to people, lines of JSON to the program that started it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Protocol

import typer

from content_packs.errors import KioskError
from content_packs.harmless import harmless
from content_packs.progress import CancelToken, OnProgress, Progress
from kiosk.chores.lines import Telling, write_line
from kiosk.chores.quietly import end_with_parent, step_back
from kiosk.cli.show import progress_bar

ChildOption = Annotated[
    bool, typer.Option("--as-child", hidden=True, help="标准输入结束时，这个程序也结束。屏幕程序用它。")
]


def stop_when_asked(cancel: CancelToken) -> None:
    """Let SIGTERM raise a token, so that work stops at its next step, lets go of a stick and notes that it was stopped.

    Whoever started this process kills it where that takes too long.
    """
    signal.signal(signal.SIGTERM, lambda *_: cancel.cancel())


class Tells(Protocol):
    """Whoever is told about the work."""

    def progress(self, progress: Progress) -> None:
        """Tell where the work stands."""

    def news(self, news: dict[str, Any]) -> None:
        """Tell programs something while the work goes on."""

    def done(self, result: dict[str, Any], *sentences: str) -> None:
        """Tell that the work is done: the result to programs, the sentences to people."""


@contextmanager
def chore(*, as_json: bool, as_child: bool) -> Iterator[Tells]:
    """Step back behind everything else on the machine, and give what is to be told about the work inside.

    Args:
        as_json: In lines of JSON, see `kiosk.chores.lines`; an error is told there too.
        as_child: The process ends when its standard input does.

    Raises:
        KioskError: The work inside raised it.
    """
    step_back()
    if as_child:
        end_with_parent()
    if not as_json:
        with progress_bar() as on_progress:
            people = _People(on_progress)
            yield people
        people.tell()
        return
    lines = _Lines(Telling(write_line))
    try:
        yield lines
    except KioskError as error:
        lines.failed(error)
        raise


class _People:
    """Shows a bar, and sentences once it is gone."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._sentences: tuple[str, ...] = ()

    def progress(self, progress: Progress) -> None:
        self._on_progress(progress)

    def news(self, news: dict[str, Any]) -> None:
        del news

    def done(self, result: dict[str, Any], *sentences: str) -> None:
        del result
        self._sentences = sentences

    def tell(self) -> None:
        """Print the sentences."""
        for sentence in self._sentences:
            print(harmless(sentence))


class _Lines:
    """Writes lines of JSON."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    def progress(self, progress: Progress) -> None:
        self._telling.progress(progress)

    def news(self, news: dict[str, Any]) -> None:
        self._telling.news(news)

    def done(self, result: dict[str, Any], *sentences: str) -> None:
        del sentences
        self._telling.done(result)

    def failed(self, error: KioskError) -> None:
        """Tell that the work has failed."""
        self._telling.failed(error)
