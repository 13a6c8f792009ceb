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

from kiosk.speech.engine_text import engine_text
from kiosk.speech.silence import trimmed

NICENESS = 5
FINISH_TIMEOUT_S = 10.0
_SETTLE_TIMEOUT_S = 0.5
_SETTLE_STEP_S = 0.002


class Synthesiser:
    """pyttsx3, tamed: one text → one complete file. It blocks, and it is not for several threads."""

    def __init__(self) -> None:
        self._engine: Any = pyttsx3.init("espeak")
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", lambda **_said: self._finished.set())
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
        self._finished.clear()
        spoken = Path(f"/proc/self/fd/{self._memory}")
        self._engine.save_to_file(engine_text(text), str(spoken), "sentence")
        self._engine.runAndWait()
        if not self._finished.wait(FINISH_TIMEOUT_S):
            raise TimeoutError("the engine did not finish")
        return _copy_trimmed(spoken, path)

    def _settle(self, name: str, value: object) -> None:
        """Set a property and wait until it holds: the engine takes it late, and forgets it if a text comes first."""
        if self._set.get(name) == value:
            return
        self._engine.setProperty(name, value)
        deadline = time.monotonic() + _SETTLE_TIMEOUT_S
        while self._engine.getProperty(name) != value:
            if time.monotonic() > deadline:
                raise ValueError(f"the engine refuses {name} {value}")
            time.sleep(_SETTLE_STEP_S)
        self._set[name] = value


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
