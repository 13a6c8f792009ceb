"""Objects of Qt die on the UI thread, whoever allocates."""

import gc
from threading import get_ident
from weakref import finalize

import pytest

from ui.garbage import UiThreadGarbage, due
from ui.jobs import Lane, ThreadedJobs

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

THRESHOLDS = (700, 10, 10)


@pytest.mark.parametrize(
    ("counts", "generation"),
    [((700, 50, 50), -1), ((701, 10, 50), 0), ((701, 11, 10), 1), ((701, 11, 11), 2)],
)
def test_a_generation_is_due_as_python_would_have_it(counts, generation):
    assert due(counts, THRESHOLDS) == generation


class Knot:
    """Garbage that only the cyclic collector finds."""

    def __init__(self, died):
        self.itself = self
        finalize(self, lambda: died.append(get_ident()))


def test_garbage_that_a_worker_meets_is_collected_by_the_ui_thread(qtbot):
    died, done = [], []

    def allocate():
        Knot(died)
        return len([[number] for number in range(5_000)] + [[number] for number in range(5_000)])

    gc.collect()
    jobs = ThreadedJobs()
    try:
        Knot(died)
        jobs.run(Lane.PAGES, allocate, done.append)
        qtbot.waitUntil(lambda: bool(done))
        assert died == []
        jobs._garbage.look()
        gc.collect()
        assert died == [get_ident()] * 2
    finally:
        jobs.close()
    assert gc.isenabled()


def test_whoever_had_switched_it_off_finds_it_off(qtbot):
    gc.disable()
    try:
        UiThreadGarbage().close()
        assert not gc.isenabled()
    finally:
        gc.enable()
