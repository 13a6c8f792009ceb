"""Silence before and after the words."""

from array import array

from kiosk.speech.silence import LEAD_S, TAIL_S, trimmed

RATE_HZ = 22_050


def sound(lead_s, words_s, tail_s):
    samples = [0] * int(lead_s * RATE_HZ) + [3_000] * int(words_s * RATE_HZ) + [0] * int(tail_s * RATE_HZ)
    return array("h", samples)


def test_long_silence_is_cut_to_a_short_pause():
    found = trimmed(sound(0.5, 1.0, 0.6), RATE_HZ)
    assert abs(len(found) / RATE_HZ - (LEAD_S + 1.0 + TAIL_S)) < 0.002
    assert LEAD_S + TAIL_S < 0.15


def test_short_silence_is_kept_and_nothing_is_added():
    samples = sound(0.005, 0.3, 0.05)
    assert abs(len(trimmed(samples, RATE_HZ)) - len(samples)) < 16


def test_without_words_nothing_remains():
    assert trimmed(sound(0.4, 0, 0), RATE_HZ) == array("h")
    assert trimmed(array("h"), RATE_HZ) == array("h")
