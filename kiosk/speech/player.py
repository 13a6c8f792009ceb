"""The loudspeaker: clips one after the other without a gap, a true pause, and a clock that counts what was played."""

from array import array
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from content_packs.errors import VoiceError
from kiosk.speech.without_radio import without_radio

with without_radio():
    import miniaudio

RATE_HZ = 44_100
_PERIOD_MS = 40
_PERIODS = 3
_BYTES_PER_FRAME = 2
_BUFFER_BYTES = RATE_HZ * _PERIOD_MS * _PERIODS // 1000 * _BYTES_PER_FRAME
"""What the device holds beyond what is heard; it is lost when the device is stopped, so it is played again."""

_SOUND_NODES = Path("/dev/snd")


@dataclass(slots=True)
class _Clip:
    number: int
    samples: Generator[Any, int, None]
    frames: int = 0


class Player:
    """Plays clips on the default sound device. Its methods may be called from any thread but that of the callbacks.

    The device is opened when the first clip starts. Paused, it stands still and uses no processor.

    Args:
        sound: ``auto`` plays on the machine's loudspeaker; ``null`` plays in real time and is not heard; ``off`` never
            plays.
        on_start: Called with a clip's number when its first sample leaves, on the sound thread: hand over and return.
        on_end: Likewise, when its last sample has left.
    """

    def __init__(
        self,
        sound: Literal["auto", "null", "off"] = "auto",
        *,
        on_start: Callable[[int], None] = lambda _number: None,
        on_end: Callable[[int], None] = lambda _number: None,
    ) -> None:
        self._sound = sound
        self.on_start = on_start
        self.on_end = on_end
        self._clips: deque[_Clip] = deque()
        self._recent = b""
        self._replay = b""
        self._clips_lock = Lock()
        self._device: Any = None
        self._device_lock = Lock()

    @property
    def running(self) -> bool:
        """Whether the device takes sound, be there any or not."""
        return self._device is not None and bool(self._device.running)

    @property
    def position_s(self) -> float:
        """Seconds played of the current clip, 0 if there is none."""
        with self._clips_lock:
            return self._clips[0].frames / RATE_HZ if self._clips else 0.0

    def trouble(self) -> VoiceError | None:
        """Return why nothing can be heard here, None if all is well."""
        with self._device_lock:
            try:
                self._opened()
            except VoiceError as error:
                return error
            return None

    def append(self, number: int, sound: bytes) -> None:
        """Queue a clip behind those that wait. It is heard when the player runs.

        Args:
            number: Names the clip in callbacks.
            sound: A whole wav, mp3, ogg or flac file.

        Raises:
            VoiceError: The bytes are no sound.
        """
        try:
            samples = miniaudio.stream_memory(sound, nchannels=1, sample_rate=RATE_HZ)
        except miniaudio.MiniaudioError as error:
            raise VoiceError("这段录音放不出来。", why=str(error), todo="请换一份内容包。", code="M-346") from error
        with self._clips_lock:
            self._clips.append(_Clip(number, samples))

    def clear(self) -> None:
        """Drop all clips, the playing one too, without telling their end."""
        with self._clips_lock:
            self._clips.clear()
            self._recent = self._replay = b""

    def keep_current(self) -> int:
        """Drop all clips but the playing one and return its number, -1 if there is none."""
        with self._clips_lock:
            while len(self._clips) > 1:
                self._clips.pop()
            return self._clips[0].number if self._clips else -1

    def run(self) -> None:
        """Play what is queued, from where it was paused.

        Raises:
            VoiceError: There is no sound device, or it does not start.
        """
        with self._device_lock:
            device = self._opened()
            if device.running:
                return
            try:
                device.start(self._primed())
            except miniaudio.MiniaudioError as error:
                self._close_device()
                raise _no_device(_reason(error)) from error

    def pause(self) -> None:
        """Stand still at once. The clock stands too, and no sound is lost."""
        with self._device_lock:
            if not self.running:
                return
            try:
                self._device.stop()
            except miniaudio.MiniaudioError:
                self._close_device()
            with self._clips_lock:
                self._recent, self._replay = b"", self._recent

    def close(self) -> None:
        """Stop, and give the device back."""
        self.clear()
        with self._device_lock:
            self._close_device()

    def _opened(self) -> Any:  # noqa: ANN401 (miniaudio has no types)
        """Return the open device.

        Raises:
            VoiceError: There is none, or the administrator has switched sound off.
        """
        if self._sound == "off":
            raise VoiceError(
                "本机不放声音。", why="设置里 sound 是 off", todo="要朗读，请把 sound 改成 auto。", code="M-344"
            )
        if self._device is None:
            try:
                self._device = miniaudio.PlaybackDevice(
                    miniaudio.SampleFormat.SIGNED16,
                    1,
                    RATE_HZ,
                    _PERIOD_MS,
                    callback_periods=_PERIODS,
                    backends=self._backends(),
                    app_name="cunkou",
                )
            except miniaudio.MiniaudioError as error:
                raise _no_device(_reason(error)) from error
        return self._device

    def _backends(self) -> list[miniaudio.Backend]:
        """Return what may play. ALSA without a device writes a page to the terminal, so it is not asked then."""
        if self._sound == "null":
            return [miniaudio.Backend.NULL]
        alsa = [miniaudio.Backend.ALSA] if any(_SOUND_NODES.glob("pcm*p")) else []
        return [miniaudio.Backend.PULSEAUDIO, *alsa]

    def _close_device(self) -> None:
        if self._device is not None:
            self._device.close()
        self._device = None

    def _primed(self) -> Generator[bytes, int, None]:
        frames = self._frames()
        next(frames)
        return frames

    def _frames(self) -> Generator[bytes, int, None]:
        """Yield as many frames as are sent, fewer only when the clips are at an end. Runs on the sound thread."""
        wanted = yield b""
        while True:
            piece = b""
            while (missing := wanted - len(piece) // _BYTES_PER_FRAME) and (more := self._next_piece(missing)):
                piece += more
            wanted = yield piece

    def _next_piece(self, wanted: int) -> bytes:
        """Return up to that many frames of one clip, of the next where it has ended; empty at the very end."""
        while True:
            with self._clips_lock:
                if self._replay:
                    piece = self._replay[: wanted * _BYTES_PER_FRAME]
                    self._replay = self._replay[len(piece) :]
                    return piece
                if not self._clips:
                    return b""
                clip = self._clips[0]
                samples = _some_samples(clip, wanted)
                started = clip.frames == 0
                clip.frames += len(samples)
                piece = samples.tobytes()
                self._recent = (self._recent + piece)[-_BUFFER_BYTES:]
                if not piece:
                    self._clips.popleft()
            if not piece:
                self.on_end(clip.number)
                continue
            if started:
                self.on_start(clip.number)
            return piece


def _some_samples(clip: _Clip, wanted: int) -> "array[int]":
    """Return up to that many samples; none at the end of the clip, or where its bytes are damaged."""
    try:
        samples: array[int] = clip.samples.send(wanted)
    except (StopIteration, miniaudio.MiniaudioError):
        return array("h")
    return samples


def _reason(error: miniaudio.MiniaudioError) -> str:
    """Return the library's own words and its number, such as ``cannot init context, -203``."""
    return ", ".join(str(part) for part in error.args)


def _no_device(why: str) -> VoiceError:
    return VoiceError("找不到喇叭。", why=why, todo="请接好喇叭或声卡，再重启本机。", code="M-345")
