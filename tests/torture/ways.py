"""What changes the packs of a kiosk: content from a folder, a server or a stick, and a clerk who takes one away."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from content_packs.errors import KioskError
from kiosk.cli.main import run
from sync.layout import RECEIPTS_FOLDER
from sync.receipt import receipt_signer, verify_receipt
from tests.fakes.udisks import running_udisks
from tests.fakes.web import running_nginx
from tests.torture.world import FIRST, NEW, OLD, SECOND, World, leftovers, require, sync_of, violations


def _is_new(home: Path) -> list[str]:
    """Return what is wrong once a command has said that everything came."""
    return violations(home, versions=(NEW,))


def _brought(home: Path) -> list[str]:
    """Return what is wrong once everything has come and may have been broken before."""
    return violations(home, versions=(NEW,), searchable=True) + leftovers(home)


@dataclass(frozen=True)
class Way:
    """One way that is open. Whoever looks at a home returns what is wrong with it.

    Attributes:
        go: Does it to a home; returns the command's exit status.
        broken_off: Looks when it failed or died.
        once_done: Looks when it told its success.
        in_the_end: Looks when it was done again and succeeded.
        receipts: Returns what is wrong with what was written back, and takes all of it away.
    """

    go: Callable[[Path], int]
    broken_off: Callable[[Path], list[str]] = violations
    once_done: Callable[[Path], list[str]] = _is_new
    in_the_end: Callable[[Path], list[str]] = _brought
    receipts: Callable[[], list[str]] = list


Opened = Callable[[World, Path], AbstractContextManager[Way]]
"""Opens a way into a world, with a folder for what it needs itself."""


@contextmanager
def from_a_folder(world: World, folder: Path) -> Iterator[Way]:
    """Open ``cunkou sync FOLDER``."""
    del folder
    yield Way(lambda home: sync_of(home, world.stick))


@contextmanager
def over_http(world: World, folder: Path) -> Iterator[Way]:
    """Open ``cunkou sync http://…``, to a real server."""
    with running_nginx(folder / "nginx", world.stick) as nginx:
        yield Way(lambda home: run(["sync", nginx.url, "--home", str(home)]))


@contextmanager
def from_a_stick(world: World, folder: Path) -> Iterator[Way]:
    """Open ``cunkou stick sync``: mounted by the bus, read, and a receipt written back.

    A kiosk that dies leaves the stick mounted, and finds it so when it comes back.
    """
    kept = world.stick / RECEIPTS_FOLDER
    kept.mkdir()
    with running_udisks(folder) as udisks:
        udisks.plug(world.stick)
        yield Way(
            lambda home: run(["stick", "sync", "--bus", udisks.address, "--home", str(home)]),
            receipts=lambda: _read_and_removed(kept),
        )


@contextmanager
def by_removal(world: World, folder: Path) -> Iterator[Way]:
    """Open ``cunkou remove PACK``: the pack is there or gone, the other one stays, and a sync brings both.

    It is done once before, so that no file of the program is read when calls fail.
    """
    gone = partial(violations, versions=(OLD,), packs=(SECOND,))

    def removed(home: Path) -> int:
        status = run(["remove", FIRST, "--home", str(home)])
        return status if (home / "packs" / FIRST).exists() else 0

    def in_the_end(home: Path) -> list[str]:
        found = gone(home)
        if run(["index", "--home", str(home)]) != 0:
            found.append("the kiosk cannot make its indexes as it starts")
        found += gone(home, searchable=True) + leftovers(home)
        if sync_of(home, world.stick) != 0:
            found.append("the next sync failed")
        return found + [f"after the next sync: {each}" for each in _brought(home)]

    with redirect_stdout(io.StringIO()):
        require(removed(world.kiosk(folder / "once")) == 0, "taking a pack away")
    yield Way(
        removed,
        broken_off=partial(violations, versions=(OLD,), may_lack=(FIRST,)),
        once_done=gone,
        in_the_end=in_the_end,
    )


def _read_and_removed(folder: Path) -> list[str]:
    """Return which receipts nobody can believe; one that was not finished has a hidden name."""
    wrong: list[str] = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        try:
            if not path.name.startswith("."):
                verify_receipt(data, receipt_signer(data))
        except KioskError as error:
            wrong.append(f"a receipt that is none: {path.name}: {error.why}")
        path.unlink()
    return wrong
