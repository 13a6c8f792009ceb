"""A whole text as one WAV file."""

import io
import wave
from collections.abc import Iterable
from pathlib import Path

from kiosk.speech.rate import Rate
from kiosk.speech.voice import Voice
from kiosk.words import Sentence


def whole_wav(sentences: Iterable[Sentence], voice: Voice, rate: Rate = Rate.NORMAL) -> bytes:
    """Return the sentences, one after the other, as one WAV file; recordings are not in it.

    Raises:
        VoiceError: The voice cannot speak one of them.
    """
    whole = io.BytesIO()
    with wave.open(whole, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(22_050)
        for sentence in sentences:
            rate_hz, frames = _frames(voice.synthesise(sentence.spoken, rate))
            if target.getnframes() == 0:
                target.setframerate(rate_hz)
            target.writeframes(frames)
    return whole.getvalue()


def _frames(path: Path) -> tuple[int, bytes]:
    with wave.open(str(path), "rb") as source:
        return source.getframerate(), source.readframes(source.getnframes())
