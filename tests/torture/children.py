"""Work in forked children: quick, because everything is imported already, and free to die."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CRASHED = 99
"""Exit status of a child that ended by an exception."""


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

    def wait(self) -> int:
        """Return its exit status; negative for the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

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
    if child.wait() != 0:
        raise RuntimeError(child.said[-2000:])
    return json.loads(output.with_suffix(".answer").read_text())
