"""Patience for every test with a window: a machine may be as busy as it likes."""

from functools import partial

import pytest

PATIENCE_MS = 60_000
"""What is waited for comes, or it does not. Five seconds, as pytest-qt has it, are too few beside other work."""


@pytest.fixture
def qtbot(qtbot):
    """Whoever drives Qt, waiting so long where a test does not say how long."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    qtbot.waitSignal = partial(qtbot.waitSignal, timeout=PATIENCE_MS)
    return qtbot
