"""Tap → first audio, with a warm worker and the null sound device, as on a kiosk that has just shown an item."""

import time
from threading import Event

from kiosk.speech.player import Player
from kiosk.speech.reader import Reader
from kiosk.speech.script import Part, sentences
from kiosk.speech.voice import Voice
from kiosk.words import SpeechState
from tests.bench.measure import Measure, median, percentile

ROUNDS = 20
LIMIT_S = 20.0
_TEXT = "第{n}次。年满60岁就可以按月领养老金。带上身份证和社保卡，到村里或乡镇窗口去办。"


def measure() -> list[Measure]:
    """Return the delay from play() to the first sample, over sentences that were never spoken before."""
    started = Event()
    voice = Voice()
    voice.start()

    def heard(event: object) -> None:
        if getattr(event, "state", None) is SpeechState.PLAYING:
            started.set()

    reader = Reader(voice, Player("null"), lambda _pack, _sha: b"", heard)
    try:
        assert reader.available(), reader.trouble()
        delays = [_delay(reader, started, number) for number in range(ROUNDS)]
    finally:
        reader.close()
    return [
        Measure(
            name="tap → first audio, p95",
            value=percentile(delays, 0.95),
            unit="ms",
            bar=200,
            beside=f"median {median(delays):.0f} ms, {ROUNDS} new sentences, warm worker",
        )
    ]


def _delay(reader: Reader, started: Event, number: int) -> float:
    reader.load(sentences([Part(text=_TEXT.format(n=number))]))
    time.sleep(0.1)
    started.clear()
    begin = time.monotonic()
    reader.play()
    assert started.wait(LIMIT_S)
    delay = time.monotonic() - begin
    reader.stop()
    return delay * 1000
