"""The ways by which new content comes to a kiosk: from a folder, from a server, from a stick that a clerk plugs in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import KioskError
from kiosk.cli.main import run
from sync.layout import RECEIPTS_FOLDER
from sync.receipt import receipt_signer, verify_receipt
from tests.fakes.udisks import running_udisks
from tests.fakes.web import running_nginx
from tests.torture.world import World, sync_of


@dataclass(frozen=True)
class Way:
    """One way that is open.

    Attributes:
        sync: Brings what is there into a home; returns the command's exit status.
        receipts: Returns what is wrong with what was written back, and takes all of it away.
    """

    sync: Callable[[Path], int]
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
            lambda: _read_and_removed(kept),
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
