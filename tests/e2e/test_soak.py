"""An hour of touches in a few minutes: nothing may crash, complain or grow.

Only a soak finds faults in reference counts: a binding that drops a reference to None dies after thousands of calls,
long after every short test has passed.

How growth is judged. After every fifty taps the person is sent away, and the kiosk is weighed at rest once it has
tidied up by itself; nothing is emptied for the weighing. Each page is seen once before the first tap: it is made on its
first visit and stays, and the clerk's alone is 3 MiB. The first thousand taps fill most of what else fills once; what a
seed meets later still counts. Growth is what follows: the slope of the weighings from tap 1,000 to tap 2,000 by
Theil and Sen, the middle one of the slopes between every two of them, times 1,000 taps. A leak tilts all of these
slopes; a weighing that met something half done tilts a few, and the middle one does not move. A second soak loses 3 KiB
with every tap and must be found too heavy.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.growth import slope
from tests.screen.remote import ROOT, Villager, kiosk_on

pytestmark = [pytest.mark.e2e, pytest.mark.long]

TAPS = 2_000
LAST = 1_000
STRIDE = 50
SEED = 20_261_122
GROWTH_MIB = 2.0
LEAK_BYTES = 3 * 1024
PATIENCE_S = 600.0
PAGES = ("clerk", "help", "home", "item", "list", "rest", "search", "size", "take_home", "themes")


@pytest.mark.timeout(1200)
def test_two_thousand_taps_leave_nothing_behind(starter_home, tmp_path, capsys):
    with _soaked(starter_home, tmp_path) as kiosk:
        weights = [_tapped(kiosk, number) for number in range(TAPS // STRIDE)]
        growth = _growth(weights)
        with capsys.disabled():
            for figure in ("mib", "threads", "objects"):
                sys.stdout.write(f"\n{figure} " + " ".join(f"{entry[figure]:.6g}" for entry in weights))
            sys.stdout.write(f"\ngrowth over the last {LAST} taps {growth:.2f} MiB\n")
        assert kiosk.ask("warnings") == []
        assert set(kiosk.ask("pages_seen")) >= set(PAGES)
        assert kiosk.leave() == 0
        assert kiosk.said() == ""
    last = _last(weights)
    assert last[-1]["threads"] <= last[0]["threads"]
    assert growth <= GROWTH_MIB


@pytest.mark.timeout(1200)
def test_a_leak_of_three_kib_a_tap_is_found_too_heavy(starter_home, tmp_path, capsys):
    with _soaked(starter_home, tmp_path) as kiosk:
        growth = _growth([_tapped(kiosk, number, LEAK_BYTES) for number in range(TAPS // STRIDE)])
        with capsys.disabled():
            sys.stdout.write(f"\nwith a leak of {LEAK_BYTES} bytes a tap {growth:.2f} MiB\n")
    assert growth > GROWTH_MIB


@contextmanager
def _soaked(home, scratch) -> Iterator[Villager]:
    """Give a kiosk to tap about on."""
    (home / "site.toml").write_text('sound = "null"\nidle_s = 30\nwarn_s = 5\n')
    with kiosk_on(home, scratch, QT_QPA_PLATFORM="offscreen") as kiosk:
        kiosk.ask("see_every_page", patience_s=PATIENCE_S)
        yield kiosk


def _growth(weights: list[dict[str, float]]) -> float:
    """Return by how many MiB a kiosk grows with `LAST` taps, after the first ones."""
    return slope([entry["mib"] for entry in _last(weights)]) * LAST / STRIDE


def _last(weights: list[dict[str, float]]) -> list[dict[str, float]]:
    """Return the weighing that the last taps begin with, and all after it."""
    return weights[-LAST // STRIDE - 1 :]


def _tapped(kiosk: Villager, number: int, leak_bytes: int = 0) -> dict[str, float]:
    """Tap fifty times, scroll a little, send the person away, and weigh the kiosk."""
    kiosk.ask("tap_about", seed=SEED + number, count=STRIDE, leak_bytes=leak_bytes, patience_s=PATIENCE_S)
    kiosk.ask("drag_about", seed=SEED + number, count=4, patience_s=PATIENCE_S)
    kiosk.ask("send_away")
    return kiosk.ask("weight", patience_s=PATIENCE_S)


_CALLS = """
import gc, sys
from PySide6.QtCore import QCoreApplication, QModelIndex
from ui.models.row_model import RowModel
from ui.sight import AppearanceState, TileRow
from ui.viewmodels.appearance import AppearanceViewModel
from ui.viewmodels.navigator import Navigator

application = QCoreApplication([])
navigator, appearance = Navigator(), AppearanceViewModel(AppearanceState())
rows = RowModel(TileRow, [TileRow(id="a", title="b", detail="c", glyph="d", hue=1)])
told = []
navigator.stateChanged.connect(lambda: told.append(None))

def call() -> None:
    navigator.home(); navigator.help(); navigator.property("page"); navigator.back(); navigator.note(tab="")
    appearance.chooseSize(1); appearance.property("size"); appearance.reset()
    rows.data(rows.index(0, 0)); rows.data(QModelIndex()); rows.show(())
    rows.show([TileRow(id="a", title="b", detail="c", glyph="d", hue=1)])

CALLS = 12
for _ in range(200):
    call()
told.clear(); gc.collect()
before = sys.getrefcount(None)
for _ in range(100_000 // CALLS + 1):
    call()
signals = len(told)
told.clear(); gc.collect()
print(before, sys.getrefcount(None), signals)
"""


def test_a_hundred_thousand_calls_into_qt_keep_every_reference(capsys):
    answer = subprocess.run(
        [sys.executable, "-c", _CALLS], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert answer.returncode == 0, answer.stderr
    before, after, signals = map(int, answer.stdout.split())
    with capsys.disabled():
        sys.stdout.write(f"\n100,000 calls: references to None {before} → {after}, {signals} signals\n")
    assert signals > 10_000
    assert abs(after - before) < 100
