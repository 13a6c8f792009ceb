"""What espeak-ng makes of our readings: its own phonemes, tone by tone."""

import re
import subprocess

import pytest

from kiosk.speech.engine_text import engine_text, syllable
from kiosk.speech.polyphones import READING, table
from kiosk.speech.spoken import spoken

VOICE = "cmn-latn-pinyin"


def phonemes(texts, voice=VOICE):
    said = subprocess.run(
        ["espeak-ng", "-v", voice, "-x", "-q"],
        input="".join(f"{text}。\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = [line.split("_|") for line in said.stdout.splitlines() if line.strip()]
    return [[sound.strip() for sound in line if sound.strip()] for line in lines]


# A third tone bends before another, and a neutral one leans on the tone before it.
ALLOWED_TONES = {"214": {"214", "21", "35"}, "11": {"11", "22", "33", "44"}}


def same(heard, wanted):
    """Return whether two sounds are one syllable in one tone."""
    letters = {re.sub(r"['\d]", "", sound) for sound in (heard, wanted)}
    tone = re.sub(r"\D", "", wanted)
    return len(letters) == 1 and re.sub(r"\D", "", heard) in ALLOWED_TONES.get(tone, {tone})


def misread(lines):
    """Return the lines of a table in which a reading is not heard."""
    plain = [READING.sub(r"\1", line) for line in lines]
    wanted = {found[2] for line in lines for found in READING.finditer(line)}
    by_reading = dict(zip(sorted(wanted), phonemes([syllable(one) for one in sorted(wanted)]), strict=True))
    wrong = []
    for line, word, heard in zip(lines, plain, phonemes([engine_text(line) for line in lines]), strict=True):
        if len(heard) != len(word):
            wrong.append((line, heard))
            continue
        at = 0
        for found in READING.finditer(line):
            at = word.index(found[1], at)
            if not same(heard[at], by_reading[found[2]][0]):
                wrong.append((line, heard))
            at += 1
    return wrong


@pytest.mark.parametrize("name", ["polyphones.tsv", "engine.tsv"])
def test_every_reading_of_the_tables_is_heard(name):
    lines = [line for words in table(name).values() for line in words.values() if "{" in line]
    assert len(lines) > 150
    assert misread(lines) == []


def test_without_the_tables_it_would_be_misread():
    assert phonemes(["银行"])[0][1] != phonemes(["hang2"])[0][0]
    heard = phonemes([engine_text(spoken("到银行，重新办理。"))])
    assert [same(heard[0][2], phonemes(["hang2"])[0][0]), same(heard[1][0], phonemes(["chong2"])[0][0])] == [True, True]


def test_a_negation_rises_before_a_fourth_tone():
    first, second = phonemes([engine_text("不是"), engine_text("不能")])
    assert (re.sub(r"\D", "", first[0]), re.sub(r"\D", "", second[0])) == ("35", "51")
