"""The loudspeaker, on miniaudio's null device: real time, nothing heard."""

import io
import math
import queue
import time
import wave
from array import array
from contextlib import closing
from functools import partial
from itertools import pairwise

import miniaudio
import pytest

from content_packs.errors import VoiceError
from kiosk.speech.player import Player

RATE_HZ = 22_050
PLAYED_HZ = 44_100


def tone(seconds):
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        wanted = range(int(seconds * RATE_HZ))
        file.writeframes(array("h", [int(8_000 * math.sin(at / 8)) for at in wanted]).tobytes())
    return target.getvalue()


@pytest.fixture
def told():
    return queue.SimpleQueue()


@pytest.fixture
def player(told):
    def tell(what, number):
        told.put((what, number))

    with closing(Player("null", on_start=partial(tell, "start"), on_end=partial(tell, "end"))) as player:
        yield player


def events(told, count):
    return [told.get(timeout=60) for _ in range(count)]


def test_clips_follow_each_other_without_a_gap(player, told):
    for number in (7, 8, 9):
        player.append(number, tone(0.2))
    player.run()
    found = events(told, 6)
    expected = [("start", 7), ("end", 7), ("start", 8), ("end", 8), ("start", 9), ("end", 9)]
    assert found == expected
    assert player.position_s == 0


class FakeDevice:
    """A device that is pulled by hand and, like ALSA, loses what it has not played when it stops."""

    def __init__(self, *_arguments, **_settings):
        self.running = False
        self.frames = None

    def start(self, frames):
        self.running, self.frames = True, frames

    def stop(self):
        self.running = False

    close = stop

    def pull(self, frames):
        return bytes(self.frames.send(frames))


def test_between_two_clips_there_is_no_silence(player, monkeypatch):
    monkeypatch.setattr("miniaudio.PlaybackDevice", FakeDevice)
    for number in (7, 8, 9):
        player.append(number, tone(0.2))
    player.run()
    played = array("h", b"".join(player._device.pull(1764) for _ in range(20)))
    loud = [at for at, level in enumerate(played) if level]
    assert loud[-1] - loud[0] == pytest.approx(3 * 0.2 * PLAYED_HZ, abs=60)
    assert max(after - before for before, after in pairwise(loud)) < 20


def test_the_clock_runs_with_the_sound_and_stands_while_it_is_paused(player, monkeypatch):
    monkeypatch.setattr("miniaudio.PlaybackDevice", FakeDevice)
    player.append(1, tone(3))
    player.run()
    for _ in range(10):
        player._device.pull(1764)
    assert player.position_s == pytest.approx(10 * 1764 / PLAYED_HZ)
    player.pause()
    stood = player.position_s
    assert not player.running
    player.run()
    for _ in range(5):
        player._device.pull(1764)
    repeated = 3  # what the device had not played when it was stopped
    assert player.position_s == pytest.approx(stood + (5 - repeated) * 1764 / PLAYED_HZ)


def test_no_sound_is_lost_in_the_device_when_it_is_paused(player, monkeypatch):
    monkeypatch.setattr("miniaudio.PlaybackDevice", FakeDevice)
    player.append(1, tone(1))
    player.run()
    device = player._device
    before = b"".join(device.pull(1764) for _ in range(5))
    player.pause()
    stood = player.position_s
    player.run()
    after = b"".join(device.pull(1000) for _ in range(10))
    assert before[-3 * 1764 * 2 :] == after[: 3 * 1764 * 2]
    assert player.position_s == pytest.approx(stood + (10_000 - 3 * 1764) / 44_100)
    player.clear()
    assert device.pull(1000) == b""


def test_a_device_that_does_not_start_or_stop_is_opened_anew(player, monkeypatch):
    def refuse(*_arguments):
        raise miniaudio.MiniaudioError("gone")

    class Broken(FakeDevice):
        start = refuse

    monkeypatch.setattr("miniaudio.PlaybackDevice", Broken)
    with pytest.raises(VoiceError, match="喇叭"):
        player.run()
    monkeypatch.setattr("miniaudio.PlaybackDevice", FakeDevice)
    player.run()
    assert player.running
    monkeypatch.setattr(FakeDevice, "stop", refuse)
    player.pause()
    assert not player.running


def test_clearing_is_silent_and_the_next_clip_plays(player, told):
    player.append(1, tone(2))
    player.append(2, tone(2))
    player.run()
    assert events(told, 1)[0] == ("start", 1)
    player.clear()
    player.append(3, tone(0.1))
    assert events(told, 2) == [("start", 3), ("end", 3)]


def test_only_the_current_clip_can_be_kept(player, told):
    assert player.keep_current() == -1
    player.append(1, tone(0.2))
    player.append(2, tone(0.2))
    player.run()
    events(told, 1)
    assert player.keep_current() == 1
    assert events(told, 1)[0] == ("end", 1)
    time.sleep(0.1)
    assert told.empty()


def test_a_clip_without_samples_ends_and_does_not_start(player, told):
    player.append(1, tone(0))
    player.append(2, tone(0.05))
    player.run()
    assert events(told, 3) == [("end", 1), ("start", 2), ("end", 2)]


def test_bytes_that_are_no_sound_are_refused(player):
    with pytest.raises(VoiceError, match="录音"):
        player.append(1, b"<html>")


def test_running_twice_pausing_twice_and_closing_twice_do_no_harm(player):
    player.pause()
    player.append(1, tone(0.5))
    player.run()
    player.run()
    player.pause()
    player.pause()
    player.close()
    assert player.position_s == 0
    player.append(2, tone(0.5))
    player.run()
    assert player.running


def test_sound_can_be_switched_off():
    with closing(Player("off")) as player:
        assert "off" in player.trouble().why
        with pytest.raises(VoiceError):
            player.run()


def test_a_machine_without_a_sound_device_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr("kiosk.speech.player._SOUND_NODES", tmp_path)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    with closing(Player("auto")) as player:
        assert "喇叭" in player.trouble().what
        player.append(1, tone(0.1))
        with pytest.raises(VoiceError, match="喇叭"):
            player.run()
        assert not player.running


def test_the_null_device_is_no_trouble(player):
    assert player.trouble() is None
