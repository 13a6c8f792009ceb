"""Patience for every test with a window, and a place in front: a machine may be as busy as it likes."""

import os
from collections.abc import Iterator
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


@pytest.fixture(scope="session", autouse=True)
def _stays_in_front() -> Iterator[None]:
    """Let no command that a test runs in this process step back: all tests after it would wait for everybody else."""
    with pytest.MonkeyPatch.context() as kept:
        kept.setattr(os, "setpriority", lambda *_: None)
        yield
