"""An hour of touches in a few minutes: nothing may crash, complain or grow.

Only a soak finds faults in reference counts: a binding that drops a reference to None dies after thousands of calls,
long after every short test has passed.
"""

import subprocess
import sys
from statistics import median

import pytest

from tests.screen.remote import ROOT, kiosk_on

pytestmark = [pytest.mark.e2e, pytest.mark.long]

TAPS = 2_000
LAST = 1_000
STRIDE = 50
SEED = 20_261_122
GROWTH_MIB = 2.0
PATIENCE_S = 600.0


@pytest.mark.timeout(900)
def test_two_thousand_taps_leave_nothing_behind(starter_home, tmp_path, capsys):
    (starter_home / "site.toml").write_text('sound = "null"\nidle_s = 30\nwarn_s = 5\n')
    with kiosk_on(starter_home, tmp_path, QT_QPA_PLATFORM="offscreen") as kiosk:
        weights = [_tapped(kiosk, number) for number in range(TAPS // STRIDE)]
        with capsys.disabled():
            for figure in ("mib", "threads", "objects"):
                sys.stdout.write(f"\n{figure} " + " ".join(f"{entry[figure]:.6g}" for entry in weights))
            sys.stdout.write(f"\ngrowth over the last {LAST} taps {_growth(weights[-LAST // STRIDE :]):.2f} MiB\n")
        assert kiosk.ask("warnings") == []
        assert kiosk.ask("pages_seen") == sorted(PAGES)
        assert kiosk.leave() == 0
        assert kiosk.said() == ""
    last = weights[-LAST // STRIDE :]
    assert last[-1]["threads"] <= last[0]["threads"]
    assert _growth(last) <= GROWTH_MIB


PAGES = ("clerk", "help", "home", "item", "list", "rest", "search", "size", "take_home", "themes")


def _growth(weights: list[dict[str, float]]) -> float:
    """Return by how many MiB the kiosk grew over these weighings: twice what the second half is heavier than the first.

    One weighing alone says little: a picture of the village that is still held makes eight MiB of difference. So the
    middle weighing of each half is taken; a leak moves it, a picture does not.
    """
    middle = len(weights) // 2
    first, second = ([entry["mib"] for entry in half] for half in (weights[:middle], weights[middle:]))
    return 2 * (median(second) - median(first))


def _tapped(kiosk, number: int) -> dict[str, float]:
    """Tap fifty times, scroll a little, send the person away, and weigh what is left."""
    kiosk.ask("tap_about", seed=SEED + number, count=STRIDE, patience_s=PATIENCE_S)
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
