"""The voice: the real worker process with the real espeak-ng."""

import io
import json
import os
import signal
import subprocess
import sys
import wave
from array import array
from contextlib import closing

import psutil
import pytest

from content_packs.errors import VoiceError
from kiosk.speech.rate import Rate
from kiosk.speech.script import Part, sentences
from kiosk.speech.silence import QUIET_LEVEL
from kiosk.speech.voice import Voice
from kiosk.speech.whole import whole_wav

TEXT = "年满六十周岁的村民。"


@pytest.fixture(scope="module")
def voice():
    with closing(Voice()) as voice:
        voice.start()
        yield voice


def samples_of(path):
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), array("h", file.readframes(file.getnframes()))


def seconds_of(path):
    rate_hz, samples = samples_of(path)
    return len(samples) / rate_hz


def test_a_sentence_becomes_one_complete_file_without_needless_silence(voice):
    rate_hz, samples = samples_of(voice.synthesise(TEXT))
    loud = [at / rate_hz for at, level in enumerate(samples) if abs(level) > QUIET_LEVEL]
    assert 2.4 < len(samples) / rate_hz < 3.4
    assert loud[0] < 0.02
    assert 0.05 < len(samples) / rate_hz - loud[-1] < 0.12


def test_three_rates_take_effect_at_once_in_any_order(voice):
    voice.forget()
    order = [Rate.SLOW, Rate.FAST, Rate.NORMAL, Rate.SLOW, Rate.NORMAL, Rate.FAST]
    found = {}
    for rate in order:
        voice.forget()
        found.setdefault(rate, set()).add(round(seconds_of(voice.synthesise(TEXT, rate)), 1))
    assert all(len(lengths) == 1 for lengths in found.values()), found
    assert min(found[Rate.SLOW]) > 1.25 * max(found[Rate.NORMAL])
    assert min(found[Rate.NORMAL]) > 1.25 * max(found[Rate.FAST])


def test_a_warm_worker_answers_with_little_work(voice):
    """How soon the first sound comes is for ``make bench``; here it is what the processor has to do for a sentence."""
    voice.synthesise("预热。")
    worker, took = psutil.Process(voice.worker_pid), []
    for number in "一二三四五六七八九":
        begun = sum(worker.cpu_times()[:2])
        voice.synthesise(f"第{number}，请带好身份证和户口簿，到村委会办理城乡居民养老保险。")
        took.append(sum(worker.cpu_times()[:2]) - begun)
    assert voice.worker_pid == worker.pid
    assert sorted(took)[len(took) // 2] < 0.3


def test_the_same_sentence_is_spoken_once_and_forgotten_when_told(voice):
    first = voice.synthesise("同一句话。")
    written = first.stat().st_mtime_ns
    assert voice.synthesise("同一句话。") == first
    assert first.stat().st_mtime_ns == written
    voice.forget()
    assert not first.exists()
    assert voice.synthesise("同一句话。").exists()


def test_a_worker_that_is_killed_is_replaced_unnoticed(voice):
    voice.synthesise("先说一句。")
    killed = voice.worker_pid
    os.kill(killed, signal.SIGKILL)
    assert seconds_of(voice.synthesise("再说一句。")) > 0.5
    assert voice.worker_pid not in {0, killed}


def test_a_worker_that_hangs_is_replaced_within_the_time_limit():
    with closing(Voice(timeout_s=3)) as voice:
        assert voice.trouble() is None
        hung = voice.worker_pid
        os.kill(hung, signal.SIGSTOP)
        assert seconds_of(voice.synthesise("停住了也要读。")) > 0.5
        assert not psutil.pid_exists(hung)


def test_text_that_makes_no_sound_is_an_empty_file(voice):
    assert seconds_of(voice.synthesise("，")) == 0


def test_an_unknown_voice_is_told_with_what_to_do():
    with closing(Voice("sit/nowhere")) as voice:
        trouble = voice.trouble()
        assert trouble is not None
        assert "sit/nowhere" in trouble.why
        with pytest.raises(VoiceError, match="普通话"):
            voice.synthesise("好。")


@pytest.mark.parametrize(
    "command",
    [["/nonexistent/python"], [sys.executable, "-S", "-c", "pass"], [sys.executable, "-S", "-c", "print('no json')"]],
)
def test_without_an_engine_the_trouble_is_told(command):
    with closing(Voice(command=command)) as voice:
        voice.start()
        assert "espeak-ng" in voice.trouble().todo
        with pytest.raises(VoiceError):
            voice.synthesise("好。")


def worker(*answers):
    """Return the command of a worker that has one voice and gives these answers, then dies."""
    lines = "".join(f"sys.stdin.readline(); print({answer!r}, flush=True)\n" for answer in answers)
    program = f"import sys\nprint({json.dumps({'voices': ['sit/cmn']})!r}, flush=True)\n{lines}sys.stdin.readline()"
    return [sys.executable, "-S", "-c", program]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (['{"seconds": 0.4}'], "ended"),
        (['{"seconds": 0.4}', '{"error": "OSError: disk full"}'], "disk full"),
        (['{"seconds": 0.0}'], "没有声音"),
        (['{"error": "ValueError: the engine refuses"}'], "refuses"),
    ],
)
def test_a_worker_that_dies_again_refuses_or_is_mute_is_told(answers, why):
    with closing(Voice(command=worker(*answers))) as voice:
        with pytest.raises(VoiceError, match="读不出来") as refused:
            voice.synthesise("好。")
        assert why in refused.value.why


def test_closing_ends_the_worker_and_removes_the_files():
    voice = Voice()
    path = voice.synthesise("好。")
    pid = voice.worker_pid
    voice.close()
    assert not psutil.pid_exists(pid)
    assert not path.parent.exists()


def test_the_worker_keeps_its_output_clean_yields_to_others_and_ends_with_its_parent(tmp_path):
    orders = f'{{"text": "好。", "voice": "sit/cmn-latn-pinyin", "rate": 150, "path": "{tmp_path / "a.wav"}"}}\n'
    orders += f'{{"text": "好。", "voice": "sit/nowhere", "rate": 150, "path": "{tmp_path / "b.wav"}"}}\n'
    orders += f'{{"text": "好。", "voice": "sit/cmn-latn-pinyin", "rate": 150, "path": "{tmp_path / "no/c.wav"}"}}\n'
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.speech.voice_worker"],
        input=orders,
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ['{"voices"', '{"seconds"', '{"error"', '{"error"']
    assert seconds_of(tmp_path / "a.wav") > 0.2


def test_the_worker_is_small_and_nice(voice):
    voice.synthesise("好。")
    worker = psutil.Process(voice.worker_pid)
    assert worker.nice() > 0
    assert worker.memory_full_info().pss < 40 * 2**20


def test_a_whole_text_is_one_file(voice):
    script = sentences([Part(text="年满60周岁。拨打12333。")])
    apart = sum(seconds_of(voice.synthesise(sentence.spoken)) for sentence in script)
    with wave.open(io.BytesIO(whole_wav(script, voice)), "rb") as whole:
        assert whole.getnframes() / whole.getframerate() == pytest.approx(apart, abs=0.01)
