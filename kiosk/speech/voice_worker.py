"""The process that holds the synthesiser: ``python -m kiosk.speech.voice_worker``.

It speaks lines of JSON. Its first line tells which voices there are: ``{"voices": ["sit/cmn", …]}``. Each line it is
given, ``{"text": …, "voice": …, "rate": words a minute, "path": …}``, becomes one complete WAV file and is answered, in
order, by ``{"seconds": …}`` or ``{"error": …}``. It ends when its input ends, so it never outlives its parent.
"""

import json
import os
import sys
import threading
import time
import wave
from array import array
from pathlib import Path
from typing import Any, TextIO

import pyttsx3
from pyttsx3.drivers import _espeak

from kiosk.speech.engine_text import engine_text
from kiosk.speech.silence import trimmed

NICENESS = 5
FINISH_TIMEOUT_S = 3.0
_ATTEMPTS = 2
_SETTLE_TIMEOUT_S = 0.2
_SETTLE_STEP_S = 0.002


class Synthesiser:
    """pyttsx3, tamed: one text → one complete file. It blocks, and it is not for several threads.

    The engine speaks on a thread of its own. pyttsx3 tells of the end of a text while that thread is still inside it,
    and what is begun in this moment is lost: so a text counts as finished when the thread has left. And at the start of
    each text pyttsx3 cancels whatever the engine is doing, be it setting the rate or beginning this very text: so its
    stop does nothing here.
    """

    def __init__(self) -> None:
        self._engine: Any = pyttsx3.init("espeak")
        self._driver = self._engine.proxy._driver  # noqa: SLF001 (pinned; nothing public tells of the thread)
        self._driver.stop = _nothing
        self._engine.connect("finished-utterance", self._note_end)
        self._completed = False
        self._left = threading.Event()
        _espeak.SetSynthCallback(self._pass_on)
        self._engine.runAndWait()  # only now are properties set at once instead of being queued
        self._set: dict[str, object] = {}
        # The engine writes into memory: where its file cannot be written, it never comes back to tell.
        self._memory = os.memfd_create("spoken")

    def voices(self) -> list[str]:
        """Return the names of all voices, in the engine's order."""
        return [voice.id for voice in self._engine.getProperty("voices")]

    def write(self, text: str, path: Path, *, voice: str, rate: int) -> float:
        """Write a spoken form to a WAV file, without needless silence, and return its seconds.

        Raises:
            OSError: The file cannot be written, or the engine does not come to an end.
            ValueError: The engine does not know the voice.
        """
        self._settle("voice", voice)
        self._settle("rate", rate)
        spoken = Path(f"/proc/self/fd/{self._memory}")
        for _ in range(_ATTEMPTS):
            self._completed = False
            self._left.clear()
            os.truncate(self._memory, 0)
            self._engine.save_to_file(engine_text(text), str(spoken), "sentence")
            self._engine.runAndWait()
            if self._left.wait(FINISH_TIMEOUT_S):
                return _copy_trimmed(spoken, path)
        raise TimeoutError("the engine did not finish")

    def _pass_on(self, samples: object, count: int, events: object) -> int:
        """Take sound on the engine's thread."""
        self._driver._onSynth(samples, count, events)  # noqa: SLF001
        if self._completed:
            self._left.set()
        return 0

    def _note_end(self, *, completed: bool, **_said: object) -> None:
        self._completed = completed

    def _settle(self, name: str, value: object) -> None:
        """Set a property and wait until it holds: the engine takes it on its own thread, and tells no errors."""
        if self._set.get(name) == value:
            return
        for _ in range(_ATTEMPTS):
            self._engine.setProperty(name, value)
            deadline = time.monotonic() + _SETTLE_TIMEOUT_S
            while time.monotonic() < deadline:
                if self._engine.getProperty(name) == value:
                    self._set[name] = value
                    return
                time.sleep(_SETTLE_STEP_S)
        raise ValueError(f"the engine refuses {name} {value}")


def _nothing() -> None:
    """Stand in for what must not happen."""


def _copy_trimmed(source: Path, target: Path) -> float:
    with wave.open(str(source), "rb") as file:
        settings, samples = file.getparams(), array("h", file.readframes(file.getnframes()))
    samples = trimmed(samples, settings.framerate)
    with wave.open(str(target), "wb") as file:
        file.setparams(settings)
        file.writeframes(samples.tobytes())
    return len(samples) / settings.framerate


def answer(synthesiser: Synthesiser, line: str) -> dict[str, object]:
    """Return the answer to one line: never raises for a text or a path that does not work."""
    order = json.loads(line)
    try:
        seconds = synthesiser.write(order["text"], Path(order["path"]), voice=order["voice"], rate=order["rate"])
    except (OSError, ValueError, wave.Error) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"seconds": round(seconds, 3)}


def serve(orders: TextIO, answers: TextIO) -> None:
    """Answer every line of orders until they end."""
    synthesiser = Synthesiser()
    _say(answers, {"voices": synthesiser.voices()})
    for line in orders:
        _say(answers, answer(synthesiser, line))


def _say(answers: TextIO, words: dict[str, object]) -> None:
    answers.write(json.dumps(words, ensure_ascii=False) + "\n")
    answers.flush()


def main() -> None:
    """Serve standard input and output; what libraries print goes to standard error instead."""
    os.nice(NICENESS)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(os.fdopen(0, encoding="utf-8"), answers)
    answers.close()
    sys.stdout.flush()
    os._exit(0)  # espeak-ng does not always survive its own end


if __name__ == "__main__":
    main()
