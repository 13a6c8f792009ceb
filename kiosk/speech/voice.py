"""The voice: text to a WAV file, by a worker process that may die without anybody hearing of it."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock

from content_packs.errors import VoiceError
from kiosk.speech.rate import Rate
from kiosk.speech.spoken_files import LIMIT_BYTES, SpokenFiles
from kiosk.speech.worker_pipe import WorkerGoneError, WorkerPipe

MANDARIN = ("sit/cmn-latn-pinyin", "sit/cmn")
"""Voices that speak Mandarin, best first. espeak-ng 1.51 reads its own pinyin as English in the second one."""

_COMMAND = (sys.executable, "-m", "kiosk.speech.voice_worker")
_ROOT = Path(__file__).resolve().parents[2]
_START_TIMEOUT_S = 15.0
_SENTENCE_TIMEOUT_S = 8.0
_ATTEMPTS = 2
_TRIAL = "好"


class Voice:
    """Speaks Mandarin to files. Safe to use from several threads, which then wait for each other.

    Args:
        name: The engine's name of the voice; empty chooses the best one for Mandarin.
        command: How the worker is started.
        timeout_s: How long a sentence may take before the worker is replaced.
        limit_bytes: How much may be kept of what was spoken.
    """

    def __init__(
        self,
        name: str = "",
        *,
        command: Sequence[str] = _COMMAND,
        timeout_s: float = _SENTENCE_TIMEOUT_S,
        limit_bytes: int = LIMIT_BYTES,
    ) -> None:
        self._wanted = (name.lower(),) if name else MANDARIN
        self._command = command
        self._timeout_s = timeout_s
        self._files = SpokenFiles(limit_bytes=limit_bytes)
        self._pipe: WorkerPipe | None = None
        self._name = ""
        self._lock = RLock()

    @property
    def worker_pid(self) -> int:
        """Process id of the worker, 0 while there is none."""
        return self._pipe.pid if self._pipe else 0

    def start(self) -> None:
        """Start the worker without waiting for it, so that the first sentence does not have to. See `trouble`."""
        with self._lock, suppress(VoiceError):
            self._started()

    def trouble(self) -> VoiceError | None:
        """Return why nothing can be spoken here, None if all is well. Waits for the worker."""
        with self._lock:
            try:
                self._ready()
            except VoiceError as error:
                return error
            return None

    def synthesise(self, text: str, rate: Rate = Rate.NORMAL) -> Path:
        """Return a complete WAV file of a text; it stays until it is forgotten or newer ones need its room.

        Args:
            text: A spoken form, see `kiosk.speech.spoken`; not empty.
            rate: How fast.

        Raises:
            VoiceError: There is no engine, no Mandarin voice, no room, or the engine fails twice.
        """
        with self._lock:
            path = self._files.path(text, rate)
            if not self._files.holds(path):
                self._write(text, rate, path)
                self._files.add(path)
            return path

    def forget(self) -> None:
        """Remove everything that was spoken, so that nothing of the last person stays."""
        with self._lock:
            self._files.forget()

    def close(self) -> None:
        """End the worker and remove the files. The voice may not be used afterwards."""
        with self._lock:
            self._end_worker()
            self._files.close()

    def _write(self, text: str, rate: Rate, path: Path) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                answer = self._ready().ask(_order(text, self._name, rate, path), self._timeout_s)
            except WorkerGoneError as error:
                self._end_worker()
                if attempt == _ATTEMPTS:
                    raise _failed(str(error)) from error
            else:
                if "error" in answer:
                    raise _failed(answer["error"])
                return

    def _ready(self) -> WorkerPipe:
        """Return the worker, started, with a voice that has been tried.

        Raises:
            VoiceError: It cannot be started, has no voice for Mandarin, or is mute.
        """
        pipe = self._started()
        if not self._name:
            try:
                self._name = self._tried_voice(pipe)
            except WorkerGoneError as error:
                self._end_worker()
                raise _no_engine(str(error)) from error
            except VoiceError:
                self._end_worker()
                raise
        return pipe

    def _tried_voice(self, pipe: WorkerPipe) -> str:
        """Return the best voice there is, after it has said a word: that also spares the first sentence the wait."""
        voices = pipe.answer(_START_TIMEOUT_S).get("voices", [])
        name = next((voice for voice in self._wanted if voice in voices), "")
        if not name:
            raise VoiceError(
                "没有普通话的声音。",
                why=f"引擎里没有 {'、'.join(self._wanted)}",
                todo="请安装软件包 espeak-ng-data，或在设置里改 voice。",
                code="M-341",
            )
        answer = pipe.ask(_order(_TRIAL, name, Rate.NORMAL, self._files.path(_TRIAL)), _START_TIMEOUT_S)
        if not answer.get("seconds"):
            raise _failed(answer.get("error", "引擎没有声音"))
        return name

    def _started(self) -> WorkerPipe:
        if self._pipe is None:
            try:
                self._pipe = WorkerPipe(self._command, _ROOT)
            except WorkerGoneError as error:
                raise _no_engine(str(error)) from error
        return self._pipe

    def _end_worker(self) -> None:
        if self._pipe is not None:
            self._pipe.end()
        self._pipe, self._name = None, ""


def _order(text: str, voice: str, rate: Rate, path: Path) -> dict[str, object]:
    return {"text": text, "voice": voice, "rate": rate.words_per_minute, "path": str(path)}


def _no_engine(why: str) -> VoiceError:
    return VoiceError("朗读引擎启动不了。", why=why, todo="请安装软件包 espeak-ng。", code="M-342")


def _failed(why: str) -> VoiceError:
    return VoiceError("这一句读不出来。", why=why, todo="请重启本机再试。", code="M-343")
