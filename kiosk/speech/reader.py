"""Reads a page aloud: sentence after sentence, ahead of the listener, and stops where it is told to."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread

from content_packs.errors import KioskError, VoiceError
from kiosk.log import bug_words
from kiosk.speech.player import Player
from kiosk.speech.rate import Rate
from kiosk.speech.voice import Voice
from kiosk.words import Sentence, SpeechEvent, SpeechState

AHEAD = 3
"""Sentences that are ready behind the one that is heard."""

_DRAIN_S = 0.25
_WATCH_S = 2.0
_CLOSE_TIMEOUT_S = 10.0
_MOVING = frozenset({SpeechState.LOADING, SpeechState.PLAYING})
_UNDER_WAY = _MOVING | {SpeechState.PAUSED}
_log = logging.getLogger(__name__)


class Reader:
    """Reads sentences and tells where it is. Every method but `close` and `trouble` returns at once; events follow.

    The reader works on a thread of its own, on which alone it changes. It never raises there: what goes wrong is told
    as `SpeechState.FAILED`, with the reason in `error`.

    Args:
        voice: Speaks; closed with the reader.
        player: Plays; closed with the reader.
        media: Returns the recording of a pack and hash.
        on_event: Told of every change, on any thread: hand over and return.
    """

    def __init__(
        self,
        voice: Voice,
        player: Player,
        media: Callable[[str, str], bytes],
        on_event: Callable[[SpeechEvent], None],
    ) -> None:
        self._voice = voice
        self._player = player
        self._media = media
        self._on_event = on_event
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._sentences: tuple[Sentence, ...] = ()
        self._rate = Rate.NORMAL
        self._state = SpeechState.IDLE
        self._before_pause = SpeechState.IDLE
        self._index = -1
        self._next = 0  # the sentence that is queued next
        self._serial = 0
        self._queued: dict[int, int] = {}  # number of a clip → its sentence
        self._error: VoiceError | None = None
        self._last_position_s = -1.0
        self._closed = False
        player.on_start = lambda number: self._post(self._clip_started, number)
        player.on_end = lambda number: self._post(self._clip_ended, number)
        self._thread = Thread(target=self._run, name="reader", daemon=True)
        self._thread.start()

    # --- what can be asked, from any thread -------------------------------------------------------------------------

    def trouble(self) -> VoiceError | None:
        """Return why nothing can be read aloud on this machine, None if all is well. May take a second."""
        return self._player.trouble() or self._voice.trouble()

    def available(self) -> bool:
        """Return whether there is a Mandarin voice and a sound device. May take a second."""
        return self.trouble() is None

    @property
    def error(self) -> VoiceError | None:
        """Why it failed; None unless the last event was a failure."""
        return self._error if self._state is SpeechState.FAILED else None

    @property
    def position_s(self) -> float:
        """Seconds heard of the current sentence."""
        return self._player.position_s

    def load(self, sentences: Sequence[Sentence]) -> None:
        """Stop, and take these sentences; none at all forgets the last ones."""
        self._post(self._load, tuple(sentences))

    def play(self, index: int = 0) -> None:
        """Read from a sentence on; nothing happens if there is none of that index."""
        self._post(self._play, index)

    def pause(self) -> None:
        """Stand still in the middle of a word if need be."""
        self._post(self._pause)

    def resume(self) -> None:
        """Go on where it was paused."""
        self._post(self._resume)

    def next(self) -> None:
        """Read the next sentence; at the last one, finish."""
        self._post(self._step, 1)

    def previous(self) -> None:
        """Read the sentence before, or the first one again."""
        self._post(self._step, -1)

    def again(self) -> None:
        """Read the current sentence again."""
        self._post(self._step, 0)

    def set_rate(self, rate: Rate | str) -> None:
        """Read at another speed from the current sentence on, which starts again. A recording keeps its own speed.

        Raises:
            ValueError: There is no such rate.
        """
        self._post(self._set_rate, Rate(rate))

    def stop(self) -> None:
        """Be silent and remove everything that was spoken. The sentences stay until others are loaded."""
        self._post(self._stop)

    def close(self) -> None:
        """Stop, end the thread, and close voice and player."""
        self._post(self._close)
        self._thread.join(_CLOSE_TIMEOUT_S)
        self._player.close()
        self._voice.close()

    # --- on the reader's thread -------------------------------------------------------------------------------------

    def _post(self, action: Callable[..., None], *arguments: object) -> None:
        self._inbox.put(partial(action, *arguments))

    def _run(self) -> None:
        while not self._closed:
            try:
                self._next_action()()
            except KioskError as error:
                self._fail(error)
            except Exception as error:  # noqa: BLE001 (a bug: told to the screen, which could not see it on this thread)
                _log.error("reading aloud failed: %s", bug_words(error))
                self._fail(error)

    def _next_action(self) -> Callable[[], None]:
        """Return what to do next: what was asked for, else look ahead, else wait."""
        try:
            return self._inbox.get_nowait()
        except Empty:
            pass
        if self._can_queue():
            return self._queue_next
        try:
            return self._inbox.get(timeout=self._patience_s())
        except Empty:
            return self._watch

    def _can_queue(self) -> bool:
        return (
            self._state in _UNDER_WAY
            and self._error is None
            and self._next < len(self._sentences)
            and len(self._queued) <= AHEAD
        )

    def _patience_s(self) -> float | None:
        """Return after how many seconds to look after the device; None while it stands still."""
        if self._state is SpeechState.FINISHED and self._player.running:
            return _DRAIN_S
        return _WATCH_S if self._state in _MOVING else None

    def _watch(self) -> None:
        """Let the device rest after the last sentence; fail if it stands still while it should play."""
        if self._state not in _MOVING:
            self._player.pause()
            return
        position_s = self._player.position_s
        if position_s == self._last_position_s:
            raise VoiceError("声音停住了。", why="喇叭不再取声音", todo="请检查喇叭的线，再按听一听。", code="M-347")
        self._last_position_s = position_s

    def _load(self, sentences: tuple[Sentence, ...]) -> None:
        self._stop()
        self._sentences = sentences

    def _play(self, index: int) -> None:
        if not 0 <= index < len(self._sentences):
            return
        self._drop_queue(index)
        self._tell(SpeechState.LOADING, index)

    def _pause(self) -> None:
        if self._state in _MOVING:
            self._player.pause()
            self._before_pause = self._state
            self._tell(SpeechState.PAUSED, self._index)

    def _resume(self) -> None:
        if self._state is SpeechState.PAUSED:
            self._player.run()
            self._tell(self._before_pause, self._index)

    def _step(self, by: int) -> None:
        if self._index + by >= len(self._sentences) and self._state in _UNDER_WAY:
            self._drop_queue(len(self._sentences))
            self._tell(SpeechState.FINISHED, self._index)
        else:
            self._play(max(self._index + by, 0))

    def _set_rate(self, rate: Rate) -> None:
        if rate is self._rate:
            return
        self._rate = rate
        if self._state not in _UNDER_WAY:
            return
        if self._sentences[self._index].recording:
            self._keep_recording()
        elif self._state is SpeechState.PAUSED:
            self._drop_queue(self._index)
            self._before_pause = SpeechState.LOADING
        else:
            self._play(self._index)

    def _keep_recording(self) -> None:
        """Queue anew what follows the recording that is heard."""
        number = self._player.keep_current()
        self._queued = {clip: sentence for clip, sentence in self._queued.items() if clip == number}
        self._next = max(self._queued.values(), default=self._index) + 1

    def _stop(self) -> None:
        self._drop_queue(0)
        self._player.pause()
        self._voice.forget()
        self._tell(SpeechState.IDLE, -1)

    def _close(self) -> None:
        self._stop()
        self._closed = True

    def _drop_queue(self, following: int) -> None:
        self._player.clear()
        self._queued.clear()
        self._next = following
        self._error = None

    def _queue_next(self) -> None:
        """Make the next sentence ready, and start the device if it is waited for."""
        sentence = self._sentences[self._next]
        try:
            sound = self._sound(sentence)
            self._serial += 1
            self._player.append(self._serial, sound)
        except KioskError as error:
            if not self._queued:
                raise
            self._error = _as_voice_error(error)  # told when the listener gets there
            return
        self._queued[self._serial] = self._next
        self._next += 1
        if self._state is SpeechState.LOADING:
            self._player.run()

    def _sound(self, sentence: Sentence) -> bytes:
        if sentence.recording:
            return self._media(sentence.pack, sentence.recording)
        return self._voice.synthesise(sentence.spoken, self._rate).read_bytes()

    def _clip_started(self, number: int) -> None:
        if number in self._queued:
            state = SpeechState.PAUSED if self._state is SpeechState.PAUSED else SpeechState.PLAYING
            self._before_pause = SpeechState.PLAYING
            self._last_position_s = -1.0
            self._tell(state, self._queued[number])

    def _clip_ended(self, number: int) -> None:
        if self._queued.pop(number, None) is None or self._queued:
            return
        if self._error is not None:
            raise self._error
        if self._next >= len(self._sentences):
            self._tell(SpeechState.FINISHED, self._index)

    def _fail(self, error: Exception) -> None:
        self._drop_queue(len(self._sentences))
        self._player.pause()
        self._error = _as_voice_error(error)
        self._tell(SpeechState.FAILED, self._index)

    def _tell(self, state: SpeechState, index: int) -> None:
        self._state, self._index = state, index
        position_s = self._player.position_s if state in _UNDER_WAY else 0.0
        try:
            self._on_event(SpeechEvent(state=state, sentence=index, position_s=position_s))
        except Exception as error:  # noqa: BLE001 (the listener's bug must not silence the reader)
            _log.error("an event of the reader was not taken: %s", bug_words(error))


def _as_voice_error(error: Exception) -> VoiceError:
    if isinstance(error, VoiceError):
        return error
    why = f"{type(error).__name__}: {error}"
    return VoiceError("这一段读不出来。", why=why, todo="请换一段，或告诉内容的发布单位。", code="M-348")
