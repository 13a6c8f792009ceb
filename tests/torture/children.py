"""Work in forked children: quick, because everything is imported already, and free to die."""

import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CRASHED = 99
"""Exit status of a child that ended by an exception."""

HUNG = 98
"""What stands for the exit status of a child that did not end."""

_HANGS_S = 300
"""Much longer than anything here takes, on a slow machine with other work too."""


def stay_in_front() -> None:
    """Let nothing in this process and its children step back: what is at stake here is never who comes first.

    A sync gives way to everybody else on the machine, and the harness with it: beside other work it would take hours.
    """
    os.setpriority = lambda *_: None


@dataclass
class Child:
    """A child that waits for its signal to begin.

    Attributes:
        pid: Of the process.
        output: What it prints, to look at afterwards.
    """

    pid: int
    output: Path
    _gate: int

    def begin(self) -> None:
        """Let it begin."""
        os.write(self._gate, b"!")
        os.close(self._gate)

    def wait(self, at_most_s: float = _HANGS_S) -> int:
        """Return its exit status; negative for the signal that ended it, `HUNG` if it had to be killed."""
        watched = os.pidfd_open(self.pid)
        has_ended = bool(select.select([watched], [], [], at_most_s)[0])
        os.close(watched)
        if not has_ended:
            self.kill()
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return status if has_ended else HUNG

    def kill(self) -> None:
        """End it as a power cut would, if it has not ended."""
        os.kill(self.pid, signal.SIGKILL)

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text(errors="replace")


def waiting(work: Callable[[], int], output: Path) -> Child:
    """Return a child that will do some work and end with the status that it returns.

    It has done all that it does for itself by then: whoever breaks what it does next breaks the work.
    """
    gate_out, gate_in = os.pipe()
    ready_out, ready_in = os.pipe()
    pid = os.fork()
    if pid:
        os.close(gate_out)
        os.close(ready_in)
        os.read(ready_out, 1)
        os.close(ready_out)
        return Child(pid, output, gate_in)
    try:
        os.close(ready_out)
        opened = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for standard in (1, 2):
            os.dup2(opened, standard)
        os.close(gate_in)
        os.write(ready_in, b"!")
        os.close(ready_in)
        if not os.read(gate_out, 1):
            os._exit(CRASHED)
        status = work()
        sys.stdout.flush()
        os._exit(status)
    except BaseException:  # noqa: BLE001 (whatever it is, the parent must see it)
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(CRASHED)


def answer(work: Callable[[], Any], output: Path) -> Any:
    """Return what some work returns that a child did: any JSON.

    Raises:
        RuntimeError: The child failed; holds its last words.
    """

    def told() -> int:
        output.with_suffix(".answer").write_text(json.dumps(work()))
        return 0

    child = waiting(told, output)
    child.begin()
    if status := child.wait():
        raise RuntimeError(f"{'it hangs: ' if status == HUNG else ''}{child.said[-2000:]}")
    return json.loads(output.with_suffix(".answer").read_text())
