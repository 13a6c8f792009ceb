"""From the spoken form to what espeak-ng is given: pure.

Its pinyin voice accepts a toneful syllable such as ``hang2`` anywhere in a text, which is how a reading in braces reaches it.
"""

import unicodedata

from kiosk.speech.polyphones import READING

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
    return READING.sub(lambda found: f" {syllable(found[2])} ", spoken).strip()
