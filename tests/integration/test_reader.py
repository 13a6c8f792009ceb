"""Reading aloud: real voice, real player on the null device."""

import os
import queue
import signal
import time
import wave
from contextlib import closing

import psutil
import pytest

from content_packs.errors import PackIntegrityError, VoiceError
from kiosk.speech.player import Player
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.speech.script import Part, sentences
from kiosk.speech.voice import Voice
from kiosk.words import Sentence, SpeechState

PAGE = sentences([Part(text="带什么？"), Part(text="户口。银行。"), Part(text="好。")])
LONG = sentences([Part(text="年满六十周岁的村民，可以到户籍所在地的村委会，办理城乡居民养老保险待遇领取手续。好。")])


class Listener:
    """Takes events with the moment at which they came."""

    def __init__(self):
        self.queue = queue.SimpleQueue()
        self.seen = []

    def __call__(self, event):
        self.queue.put((time.monotonic(), event))

    def until(self, state, sentence=None, timeout_s=60):
        """Return moment and event of the first that fits."""
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                when, event = self.queue.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"no {state} of {sentence} after {[event for _, event in self.seen]}")
            self.seen.append((when, event))
            if event.state is state and sentence in {None, event.sentence}:
                return when, event


@pytest.fixture(scope="module")
def spoken_page():
    """How the page sounds as a recording: a whole WAV file."""
    with closing(Voice()) as voice:
        return voice.synthesise(PAGE[0].spoken).read_bytes()


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def voice():
    return Voice()


@pytest.fixture
def reader(voice, listener, spoken_page):
    def media(pack, sha256):
        if pack == "broken":
            raise PackIntegrityError("坏了。")
        if pack == "bug":
            raise RuntimeError(sha256)
        return spoken_page if pack == "good" else b"no sound"

    with closing(Reader(voice, Player("null"), media, listener)) as reader:
        assert reader.available()
        yield reader


def wait_for(holds):
    """Return once something holds: a machine may be as busy as it likes."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def seconds_of(path):
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def test_a_page_is_read_to_its_end_without_gaps(reader, voice, listener):
    reader.set_rate("fast")
    reader.load(PAGE)
    reader.play()
    finished, _ = listener.until(SpeechState.FINISHED)
    states = [(event.state, event.sentence) for _, event in listener.seen]
    playing = [(SpeechState.PLAYING, number) for number in range(len(PAGE))]
    assert states == [(SpeechState.IDLE, -1), (SpeechState.LOADING, 0), *playing, (SpeechState.FINISHED, 3)]
    begun = listener.seen[2][0]
    lengths = [seconds_of(voice.synthesise(sentence.spoken, Rate.FAST)) for sentence in PAGE]
    assert finished - begun > sum(lengths) / 2, "heard, not skipped"
    wait_for(lambda: not reader._player.running)


def test_what_was_stopped_begins_anew_each_time(reader, listener):
    reader.load(LONG)
    listener.until(SpeechState.IDLE)
    for _ in range(3):
        reader.play()
        _, heard = listener.until(SpeechState.PLAYING)
        assert heard.sentence == 0
        reader.stop()
        listener.until(SpeechState.IDLE)


def test_a_pause_stands_still_and_goes_on_where_it_was(reader, listener):
    reader.load(LONG)
    reader.play()
    listener.until(SpeechState.PLAYING)
    wait_for(lambda: reader.position_s > 0.2)
    reader.pause()
    _, paused = listener.until(SpeechState.PAUSED)
    assert paused.position_s > 0.2
    time.sleep(0.3)
    assert reader.position_s == paused.position_s
    reader.pause()
    reader.resume()
    _, resumed = listener.until(SpeechState.PLAYING)
    assert resumed.position_s > paused.position_s - 0.15
    wait_for(lambda: reader.position_s > paused.position_s)
    reader.resume()


def test_one_can_go_forward_back_and_again(reader, listener):
    reader.load(PAGE)
    reader.play(1)
    listener.until(SpeechState.PLAYING, 1)
    reader.next()
    listener.until(SpeechState.PLAYING, 2)
    reader.previous()
    listener.until(SpeechState.PLAYING, 1)
    reader.again()
    listener.until(SpeechState.PLAYING, 1)
    reader.previous()
    reader.previous()
    listener.until(SpeechState.PLAYING, 0)
    reader.play(3)
    listener.until(SpeechState.PLAYING, 3)
    reader.next()
    listener.until(SpeechState.FINISHED, 3)
    reader.again()
    listener.until(SpeechState.PLAYING, 3)


def test_a_place_that_is_not_there_is_ignored(reader, listener):
    reader.play(0)
    reader.next()
    reader.previous()
    reader.pause()
    reader.resume()
    reader.load(PAGE)
    reader.play(99)
    reader.play(-1)
    reader.play(3)
    listener.until(SpeechState.PLAYING, 3)
    assert {event.state for _, event in listener.seen} == {SpeechState.IDLE, SpeechState.LOADING, SpeechState.PLAYING}


def test_another_rate_starts_the_current_sentence_again(reader, listener):
    reader.load(PAGE)
    reader.play(1)
    listener.until(SpeechState.PLAYING, 1)
    wait_for(lambda: reader.position_s > 0.2)
    reader.set_rate(Rate.SLOW)
    listener.until(SpeechState.LOADING, 1)
    listener.until(SpeechState.PLAYING, 1)
    reader.pause()
    listener.until(SpeechState.PAUSED)
    reader.set_rate("slow")
    reader.set_rate("normal")
    reader.resume()
    listener.until(SpeechState.PLAYING, 1)
    with pytest.raises(ValueError, match="quick"):
        reader.set_rate("quick")


def test_a_rate_that_is_set_before_reading_holds(reader, listener, monkeypatch):
    player, appended = reader._player, []
    append = player.append

    def noted(number, sound):
        appended.append(len(sound))
        append(number, sound)

    monkeypatch.setattr(player, "append", noted)
    for rate in (Rate.FAST, Rate.SLOW):
        reader.set_rate(rate)
        reader.load(PAGE[3:])
        reader.play()
        listener.until(SpeechState.FINISHED)
    fast, slow = appended
    assert slow > 1.3 * fast


def recorded(pack="good", sha256="a" * 64):
    return Sentence(part=0, start=0, end=1, spoken="录", lang="ug", recording=sha256, pack=pack)


def test_a_recording_is_played_and_keeps_its_own_speed(reader, listener):
    reader.load([recorded(), PAGE[1]])
    reader.play()
    listener.until(SpeechState.PLAYING, 0)
    reader.set_rate("slow")
    listener.until(SpeechState.PLAYING, 1)
    assert sum(event.state is SpeechState.LOADING for _, event in listener.seen) == 1
    listener.until(SpeechState.FINISHED)


@pytest.mark.parametrize(("pack", "why"), [("broken", "PackIntegrityError"), ("bug", "RuntimeError"), ("noise", "")])
def test_a_recording_that_cannot_be_played_fails_and_the_reader_lives_on(reader, listener, pack, why):
    reader.load([recorded(pack)])
    reader.play()
    listener.until(SpeechState.FAILED, 0)
    assert isinstance(reader.error, VoiceError)
    assert why in reader.error.why
    reader.load(PAGE)
    reader.play()
    listener.until(SpeechState.PLAYING, 0)
    assert reader.error is None


def test_a_failure_ahead_is_told_only_when_it_is_reached(reader, listener):
    reader.set_rate("fast")
    reader.load([PAGE[3], recorded("broken")])
    reader.play()
    begun, _ = listener.until(SpeechState.PLAYING, 0)
    failed, _ = listener.until(SpeechState.FAILED)
    assert failed - begun > 0.2


def test_a_worker_killed_in_the_middle_of_a_sentence_is_not_noticed(reader, voice, listener):
    reader.load(PAGE[2:])
    reader.play()
    listener.until(SpeechState.PLAYING, 0)
    os.kill(voice.worker_pid, signal.SIGKILL)
    reader.set_rate("fast")
    listener.until(SpeechState.FINISHED, 1)
    assert not any(event.state is SpeechState.FAILED for _, event in listener.seen)


def test_stopping_removes_what_was_spoken_and_keeps_the_page(reader, voice, listener):
    reader.load(PAGE)
    reader.play()
    listener.until(SpeechState.PLAYING)
    folder = voice.synthesise("好。").parent
    assert list(folder.iterdir())
    reader.stop()
    listener.until(SpeechState.IDLE)
    assert list(folder.iterdir()) == []
    reader.play(2)
    listener.until(SpeechState.PLAYING, 2)
    reader.load(())
    listener.until(SpeechState.IDLE)
    reader.play()
    time.sleep(0.1)
    assert listener.queue.empty()


def test_a_listener_that_raises_does_not_silence_the_reader(voice, caplog):
    heard = queue.SimpleQueue()

    def listener(event):
        heard.put(event.state)
        raise RuntimeError("bug")

    with closing(Reader(voice, Player("null"), lambda _pack, _hash: b"", listener)) as reader:
        reader.load(PAGE)
        reader.play()
        assert [heard.get(timeout=60) for _ in range(3)][-1] is SpeechState.PLAYING
    assert "not taken" in caplog.text
    assert "带什么" not in caplog.text


def test_without_a_loudspeaker_it_fails_and_says_why(voice, listener):
    with closing(Reader(voice, Player("off"), lambda _pack, _hash: b"", listener)) as reader:
        assert not reader.available()
        reader.load(PAGE)
        reader.play()
        listener.until(SpeechState.FAILED)
        assert reader.error.telephone_code == reader.trouble().telephone_code


def test_a_device_that_takes_no_sound_is_told(voice, listener, monkeypatch):
    monkeypatch.setattr("kiosk.speech.reader._WATCH_S", 0.3)
    player = Player("null")
    with closing(Reader(voice, player, lambda _pack, _hash: b"", listener)) as reader:
        reader.load(LONG)
        reader.play()
        listener.until(SpeechState.PLAYING)
        player.pause()  # as when the cable is pulled: nothing is fetched any more
        listener.until(SpeechState.FAILED)
        assert "喇叭" in reader.error.why


def test_at_rest_it_uses_no_processor(reader, listener):
    reader.load(PAGE[3:])
    reader.set_rate("fast")
    reader.play()
    listener.until(SpeechState.FINISHED)
    time.sleep(0.4)
    me = psutil.Process()
    before = sum(me.cpu_times()[:2])
    time.sleep(0.5)
    assert sum(me.cpu_times()[:2]) - before < 0.2


def test_closing_leaves_no_thread_and_no_process(voice, listener):
    reader = Reader(voice, Player("null"), lambda _pack, _hash: b"", listener)
    reader.load(PAGE)
    reader.play()
    listener.until(SpeechState.PLAYING)
    pid = voice.worker_pid
    reader.close()
    assert not psutil.pid_exists(pid)
    assert not reader._thread.is_alive()
