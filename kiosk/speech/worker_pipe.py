"""A child process that answers each line of JSON by one: the parent's end."""

import json
import os
import selectors
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class WorkerGoneError(Exception):
    """The child has ended, or is silent for too long; it must be replaced."""


class WorkerPipe:
    """One running child.

    Args:
        command: Program and arguments.
        folder: Working directory of the child.

    Raises:
        WorkerGoneError: The program cannot be started.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                command,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise WorkerGoneError(str(error)) from error
        assert self._process.stdin is not None  # noqa: S101 (asked for above)
        assert self._process.stdout is not None  # noqa: S101
        self._orders, self._answers = self._process.stdin, self._process.stdout
        self._unread = b""

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    def ask(self, order: dict[str, object], timeout_s: float) -> dict[str, Any]:
        """Send an order and return its answer.

        Raises:
            WorkerGoneError: There is no answer in time, or there will never be one.
        """
        line = json.dumps(order, ensure_ascii=False).encode() + b"\n"
        try:
            while line:
                line = line[self._orders.write(line) or 0 :]
        except OSError as error:
            raise WorkerGoneError(str(error)) from error
        return self.answer(timeout_s)

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """Return the next answer; see `ask`."""
        deadline = time.monotonic() + timeout_s
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise WorkerGoneError("no answer in time")
                if not (piece := os.read(self._answers.fileno(), 65_536)):
                    raise WorkerGoneError("the process has ended")
                self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise WorkerGoneError("an answer is not JSON") from error
        return answer

    def end(self) -> None:
        """Close the child's input, give it a moment, then kill it. May be called twice."""
        self._orders.close()
        try:
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()
