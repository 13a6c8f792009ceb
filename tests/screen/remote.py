"""A kiosk in another process, and whoever stands before it."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0
END_LIMIT_S = 60.0


class Villager:
    """Stands before a kiosk that runs in another process: sees names, touches, waits."""

    def __init__(self, process: subprocess.Popen[str], complaints: IO[str]) -> None:
        self.process = process
        self._complaints = complaints

    def ask(self, do: str, *, patience_s: float = PATIENCE_S, **wish: Any) -> Any:
        """Let the driver in the other process do something and return what it answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **wish}) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], patience_s)
        assert ready, f"the kiosk does not answer to {do}: {self.said()}"
        line = self.process.stdout.readline()
        assert line, f"the kiosk has ended: {self.said()}"
        answer = json.loads(line)
        assert "answer" in answer, f"{do}: {answer['failed']}"
        return answer["answer"]

    def touch(self, name: str, *, begins: bool = False) -> str:
        """Touch what is called so, as soon as it is in sight and enabled; return its full name."""
        return self.wait_for(lambda: self.ask("touch", name=name, begins=begins), f"nothing called {name!r} to touch")

    def read(self, model: str, attribute: str) -> Any:
        """Return a property of a view model."""
        return self.ask("read", model=model, attribute=attribute)

    def wait_until(self, model: str, attribute: str, value: object) -> None:
        """Wait until a property of a view model has a value."""
        self.wait_for(lambda: self.read(model, attribute) == value, f"{model}.{attribute} never became {value!r}")

    def wait_for(self, met: Callable[[], Any], trouble: str, patience_s: float = PATIENCE_S) -> Any:
        """Wait until something holds and return it."""
        deadline = time.monotonic() + patience_s
        while not (found := met()):
            if time.monotonic() > deadline:
                raise AssertionError(f"{trouble}; in sight: {self.ask('names')}; said: {self.said()}")
            time.sleep(0.02)
        return found

    def said(self) -> str:
        """Return what the kiosk wrote to standard error so far."""
        self._complaints.seek(0)
        return self._complaints.read()

    def leave(self) -> int:
        """End the kiosk and return its status."""
        self.process.terminate()
        return self.process.wait(timeout=END_LIMIT_S)


@contextmanager
def kiosk_on(
    home: Path, scratch: Path, *, size: str = "1080x1920", driver: str = "tests.screen.driven", **environment: str
) -> Iterator[Villager]:
    """Open the real application over a home.

    Args:
        home: With whatever packs and site file it should have.
        scratch: Where its complaints are kept.
        size: Of its window.
        driver: The module that runs it and obeys.
        environment: Variables to add.
    """
    with (scratch / "stderr.txt").open("w+") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", driver, "--home", str(home), "--size", size],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            cwd=ROOT,
            env={**os.environ, "QT_QUICK_BACKEND": "software", **environment},
        )
        try:
            yield Villager(process, complaints)
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()
