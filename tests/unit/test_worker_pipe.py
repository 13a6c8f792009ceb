"""The parent's end of a child that answers line by line; the children here misbehave."""

import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kiosk.speech.worker_pipe import WorkerGoneError, WorkerPipe

PATIENCE_S = 60
ECHO = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"


@contextmanager
def child(program):
    pipe = WorkerPipe([sys.executable, "-S", "-c", program], Path.cwd())
    try:
        yield pipe
    finally:
        pipe.end()
        pipe.end()


def test_an_order_is_answered():
    with child(ECHO) as pipe:
        assert pipe.ask({"text": "村口", "n": 1}, PATIENCE_S) == {"text": "村口", "n": 1}
        assert pipe.ask({"n": 2}, PATIENCE_S) == {"n": 2}
        assert pipe.pid > 0


def test_answers_in_pieces_or_together_are_told_apart():
    program = """if True:
        import sys, time
        sys.stdout.write('{"n"'); sys.stdout.flush()
        time.sleep(0.05)
        sys.stdout.write(': 1}\\n{"n": 2}\\n'); sys.stdout.flush()"""
    with child(program) as pipe:
        assert [pipe.answer(PATIENCE_S), pipe.answer(PATIENCE_S)] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(
    ("program", "why"),
    [("pass", "ended"), ("print('no json')", "not JSON"), ("import time; time.sleep(999)", "in time")],
)
def test_a_child_that_cannot_answer_is_gone(program, why):
    with child(program) as pipe, pytest.raises(WorkerGoneError, match=why):
        pipe.answer(0.3 if "sleep" in program else PATIENCE_S)


def test_an_order_to_a_dead_child_is_refused():
    with child("pass") as pipe:
        with pytest.raises(WorkerGoneError):
            pipe.answer(PATIENCE_S)
        time.sleep(0.05)
        with pytest.raises(WorkerGoneError):
            pipe.ask({"n": 1}, PATIENCE_S)


def test_a_program_that_is_not_there_is_gone_from_the_start(tmp_path):
    with pytest.raises(WorkerGoneError):
        WorkerPipe([str(tmp_path / "missing")], tmp_path)


def test_a_child_that_does_not_want_to_end_is_ended():
    with child(
        "import signal,time\nsignal.signal(15, signal.SIG_IGN)\nprint('{}', flush=True)\ntime.sleep(3600)"
    ) as pipe:
        pipe.answer(PATIENCE_S)
        pipe.end()
        assert not psutil.pid_exists(pipe.pid), "it would have slept for an hour"
