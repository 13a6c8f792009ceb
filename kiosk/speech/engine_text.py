"""From the spoken form to what espeak-ng is given: pure, in the worker's process.

Its pinyin voice accepts a syllable such as ``hang2`` anywhere in a text, which is how a reading in braces reaches it.
What the engine misreads beyond those is in ``engine.tsv`` (see ``packaging/voice_readings.py``); and it does not know
that 不 rises before a fourth tone.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from kiosk.speech.polyphones import READING, table, with_readings

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_DIAERESIS = "\u0308"
_NEUTRAL = "5"


def syllable(pinyin: str) -> str:
    """Return a syllable with its tone as a digit: ``háng`` → ``hang2``, ``lǜ`` → ``lv4``, ``de`` → ``de5``."""
    letters, tone = "", _NEUTRAL
    for sign in unicodedata.normalize("NFD", pinyin):
        if sign == _DIAERESIS:
            letters = letters[:-1] + "v"
        elif sign in _TONES:
            tone = _TONES[sign]
        else:
            letters += sign
    return letters + tone


def engine_text(spoken: str) -> str:
    """Return what the engine is given for a spoken form."""
    text = _before_fourth_tone().sub("不{bú}", with_readings(spoken, table("engine.tsv")))
    return " ".join(READING.sub(lambda found: f" {syllable(found[2])} ", text).split())


@cache
def _before_fourth_tone() -> re.Pattern[str]:
    """Return the pattern of a 不 without a reading before a character of the fourth tone."""
    fourth = files("kiosk.speech").joinpath("fourth_tone.txt").read_text(encoding="utf-8").strip()
    return re.compile(rf"不(?=[{fourth}](?!\{{)|.\{{[^}}]*[àèìòùǜ])")
