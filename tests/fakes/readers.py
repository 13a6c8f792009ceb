"""A voice that notes what it was asked, and answers when the test says so."""

from collections.abc import Callable, Sequence

from kiosk.speech.rate import Rate
from kiosk.words import Sentence, SpeechEvent, SpeechState


class NotingReader:
    """Fulfils `kiosk.ports.ReadsAloud`; what was loaded, played and so on stands in ``asked``, in order."""

    error = None
    position_s = 0.0

    def __init__(self, on_event: Callable[[SpeechEvent], None], *, works: bool = True) -> None:
        self.on_event = on_event
        self.works = works
        self.asked: list[object] = []
        self.sentences: tuple[Sentence, ...] = ()

    def tell(self, state: SpeechState, sentence: int = -1) -> None:
        self.on_event(SpeechEvent(state=state, sentence=sentence))

    def trouble(self):
        return None

    def available(self) -> bool:
        return self.works

    def load(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = tuple(sentences)
        self.asked.append(("load", len(self.sentences)))
        self.tell(SpeechState.IDLE)

    def play(self, index: int = 0) -> None:
        self.asked.append(("play", index))
        self.tell(SpeechState.LOADING, index)
        self.tell(SpeechState.PLAYING, index)

    def pause(self) -> None:
        self.asked.append("pause")
        self.tell(SpeechState.PAUSED, 0)

    def resume(self) -> None:
        self.asked.append("resume")
        self.tell(SpeechState.PLAYING, 0)

    def next(self) -> None:
        self.asked.append("next")

    def previous(self) -> None:
        self.asked.append("previous")

    def again(self) -> None:
        self.asked.append("again")

    def set_rate(self, rate: Rate | str) -> None:
        self.asked.append(("rate", Rate(rate)))

    def stop(self) -> None:
        self.asked.append("stop")

    def close(self) -> None:
        self.asked.append("close")
