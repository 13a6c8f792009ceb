"""What the listening bar shows, and how that follows from what happened: pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.speech.rate import Rate
from kiosk.words import Sentence, SpeechEvent, SpeechState
from ui.text_units import code_points_of, utf16_of

MOVING = frozenset({SpeechState.LOADING, SpeechState.PLAYING})
_DARK = frozenset({SpeechState.IDLE, SpeechState.FINISHED})
CANNOT_READ = "这一段现在读不出来，请看着字，或请村里工作人员念一念。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningState:
    """One moment of reading aloud.

    Attributes:
        available: This machine has a voice and a loudspeaker.
        texts: Text of each part of the page.
        sentences: What can be read of it, in order.
        begin: Index of the sentence at which 听一听 begins.
        is_open: The bar is shown: somebody wants to listen.
        is_prepared: The sentences are those of the page, not still to come.
        is_wanted: Listening was asked for before the sentences were there.
        speech: What the reader is doing.
        index: The sentence it is at, -1 if none.
        rate: How fast.
        unheard_stops: Stops that were ordered and not yet told: until then news is of the last page.
    """

    available: bool = False
    texts: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    begin: int = 0
    is_open: bool = False
    is_prepared: bool = False
    is_wanted: bool = False
    speech: SpeechState = SpeechState.IDLE
    index: int = -1
    rate: Rate = Rate.NORMAL
    unheard_stops: int = 0

    @property
    def lit(self) -> Sentence | None:
        """The sentence that is lit, None if none is or all have been read."""
        if self.speech in _DARK:
            return None
        return self.sentences[self.index] if 0 <= self.index < len(self.sentences) else None

    @property
    def lit_units(self) -> tuple[int, int]:
        """Where the lit sentence begins and ends in its part, in UTF-16 units; (0, 0) if none is lit."""
        if self.lit is None:
            return 0, 0
        text = self.texts[self.lit.part]
        return utf16_of(text, self.lit.start), utf16_of(text, self.lit.end)

    @property
    def can_listen(self) -> bool:
        """Whether the page can be listened to on this machine, as far as is known."""
        return self.available and bool(self.sentences if self.is_prepared else self.texts)

    @property
    def is_moving(self) -> bool:
        """Whether something is heard or about to be."""
        return self.speech in MOVING or self.is_wanted

    @property
    def trouble(self) -> str:
        """What to say where reading failed; empty if it did not."""
        return CANNOT_READ if self.speech is SpeechState.FAILED else ""


def with_page(state: ListeningState, texts: Sequence[str]) -> ListeningState:
    """Return the state with another page to read, whose sentences are still to come; the last page's reading stops."""
    return ListeningState(
        available=state.available, texts=tuple(texts), rate=state.rate, unheard_stops=state.unheard_stops + 1
    )


def with_sentences(state: ListeningState, sentences: Sequence[Sentence], first_part: int) -> ListeningState:
    """Return the state with the sentences of the page, of which listening begins in ``first_part`` or after it."""
    begin = next((number for number, sentence in enumerate(sentences) if sentence.part >= first_part), 0)
    return replace(
        state,
        sentences=tuple(sentences),
        begin=begin,
        is_prepared=True,
        is_wanted=False,
        unheard_stops=state.unheard_stops + 1,
    )


def after_event(state: ListeningState, event: SpeechEvent) -> ListeningState:
    """Return the state that follows what the reader told; what it told of another page is ignored."""
    if state.unheard_stops:
        return replace(state, unheard_stops=state.unheard_stops - (event.state is SpeechState.IDLE))
    return replace(state, speech=event.state, index=event.sentence)


def sentence_at(state: ListeningState, part: int, unit: int) -> int:
    """Return the sentence that stands at a place, or the next one of its part; -1 if that part is not read.

    A recording stands for every part up to the next sentence.

    Args:
        state: With sentences.
        part: As numbered on the page.
        unit: Place in the part's text in UTF-16 units.
    """
    if not 0 <= part < len(state.texts):
        return -1
    place = code_points_of(state.texts[part], unit)
    before = bisect_right(state.sentences, (part, place), key=lambda sentence: (sentence.part, sentence.start)) - 1
    if before >= 0 and (state.sentences[before].part == part or state.sentences[before].recording):
        return before
    after = before + 1
    return after if after < len(state.sentences) and state.sentences[after].part == part else -1
