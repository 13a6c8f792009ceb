"""A chore in a process of its own: it tells, it fails, it is ended, and it never outlives who started it."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from content_packs.errors import CancelledError, KioskError, SiteError
from content_packs.progress import CancelToken, Progress
from kiosk.chores.child import AS_CHILD, CUNKOU, run_chore

PATIENCE_S = 60


def python(code):
    return (sys.executable, "-c", code)


def test_it_tells_where_it_is_and_what_it_did():
    seen = []
    said = (
        "print('not a line of ours');"
        'print(\'{"line":"progress","done":1,"total":2,"phase":"读","unit":"items"}\');'
        'print(\'{"line":"done","result":{"n":5}}\')'
    )
    assert run_chore(python(said), on_progress=seen.append) == {"n": 5}
    assert seen == [Progress(1, 2, "读")]


def test_its_failure_is_told_in_its_own_words():
    failed = '{"line":"failed","what":"磁盘满了。","why":"w","todo":"清理。","code":"M-310"}'
    with pytest.raises(KioskError) as caught:
        run_chore(python(f"print('{failed}')"))
    assert (caught.value.what, caught.value.telephone_code) == ("磁盘满了。", "M-310")


def test_an_end_without_a_word_is_a_failure():
    with pytest.raises(SiteError) as caught:
        run_chore(python("raise SystemExit(7)"))
    assert caught.value.telephone_code == "M-317"
    assert "7" in caught.value.why


def test_a_program_that_is_not_there_is_said_in_words(tmp_path):
    with pytest.raises(SiteError) as caught:
        run_chore([str(tmp_path / "none")])
    assert caught.value.telephone_code == "M-316"


@pytest.mark.parametrize("stubborn", [False, True])
def test_it_can_be_ended_even_if_it_does_not_want_to(monkeypatch, stubborn):
    monkeypatch.setattr("kiosk.chores.child._GRACE_S", 0.3)
    cancel, seen = CancelToken(), []
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" if stubborn else ""
    line = '{"line":"progress","done":%d,"total":2,"phase":"p","unit":"u"}'
    code = f"import os, time; {ignore} print('{line}' % os.getpid(), flush=True); time.sleep(600)"

    def stop(progress):
        seen.append(progress.done)
        cancel.cancel()

    with pytest.raises(CancelledError):
        run_chore(python(code), on_progress=stop, cancel=cancel)
    assert not psutil.pid_exists(seen[0])


def test_what_was_cancelled_before_does_not_begin(tmp_path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        run_chore([str(tmp_path / "none")], cancel=cancel)


CHILD = """
import os, time
from pathlib import Path
from kiosk.chores.quietly import end_with_parent, step_back
step_back(); end_with_parent()
Path({note!r}).write_text(str(os.getpid()))
time.sleep(600)
"""


def test_it_steps_back_and_dies_with_a_parent_that_is_killed(tmp_path):
    note = tmp_path / "pid"
    code = CHILD.format(note=str(note))
    parent = subprocess.Popen(
        python(f"import sys; from kiosk.chores.child import run_chore; run_chore((sys.executable, '-c', {code!r}))")
    )
    try:
        child = psutil.Process(wait_for(lambda: note.exists() and note.read_text() and int(note.read_text())))
        assert child.nice() == 19
        if hasattr(psutil, "IOPRIO_CLASS_IDLE"):
            assert child.ionice().ioclass == psutil.IOPRIO_CLASS_IDLE
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_the_command_speaks_in_lines_and_so_does_its_failure(tmp_path):
    command = (*CUNKOU, "index", *AS_CHILD, "--home", str(tmp_path))
    assert run_chore(command) == {"packs": []}
    damaged = tmp_path / "packs" / "cn.test.pack" / ("1-" + "0" * 16) / "content.db"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"damaged")
    with pytest.raises(KioskError) as caught:
        run_chore(command)
    assert caught.value.telephone_code == "M-314"
    assert "cn.test.pack" in caught.value.what


def wait_for(condition):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("waited in vain")
    return None
