"""Write kiosk/speech/engine.tsv: the words that espeak-ng would misread, found by asking it.

Run by hand when the engine or the dictionaries change: ``python packaging/voice_readings.py``. It needs espeak-ng,
jieba and pypinyin. Words of packaging/voice_readings.txt, written by people, come first; the rest are the commoner
words of jieba's dictionary whose reading in pypinyin's phrases is not the one that the engine makes of them.
"""

import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from kiosk.speech.engine_text import syllable
from kiosk.speech.measures import COUNTED
from kiosk.speech.polyphones import READING, Table, table_of, with_readings

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "kiosk/speech/engine.tsv"
BY_HAND = ROOT / "packaging/voice_readings.txt"
VOICE = "cmn-latn-pinyin"
FOURTH_TONE = ROOT / "kiosk/speech/fourth_tone.txt"
COMMON_WORD = 40
COMMON_CHARACTER = 100
CLEAR_MAJORITY = 0.8
LONGEST_WORD = 4
NUMBER_BEFORE = {f"一{word}" for word in (*COUNTED, "一", "二", "九", "五")}
"""A number may end there (二零二一年), so its tone is not changed."""
HEADER = "# What espeak-ng 1.51 would misread. Written by packaging/voice_readings.py.\n"


def phonemes(texts: list[str]) -> dict[str, str]:
    """Return what the engine makes of each text on its own."""
    said = subprocess.run(  # noqa: S603
        ["espeak-ng", "-v", VOICE, "-x", "-q"],  # noqa: S607 (a developer's own machine)
        input="".join(f"{text}。\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in said.stdout.splitlines() if line.strip()]
    return dict(zip(texts, lines, strict=True))


def common_words() -> dict[str, int]:
    """Return the commoner words of jieba's dictionary with how often they occur."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines)
    return {
        word: int(count)
        for word, count, _ in entries
        if len(word) <= LONGEST_WORD and _is_plain_chinese(word) and (len(word) == 1 or word in phrases_dict)
    }


def _is_plain_chinese(word: str) -> bool:
    """Return whether all characters are among the 6,763 of the old national standard."""
    return word.isalpha() and len(word.encode("gb2312", "ignore")) == 2 * len(word)


class Readings:
    """What words should sound like, and what the engine makes of them."""

    def __init__(self, words: dict[str, int], by_hand: list[str]) -> None:
        self.wanted = {word: lazy_pinyin(word, style=Style.TONE) for word in words}
        signs = {sign for word in (*words, *by_hand) for sign in READING.sub(r"\1", word)}
        said = {one for readings in self.wanted.values() for one in readings}
        said |= {found[2] for word in by_hand for found in READING.finditer(word)}
        self.by_character = phonemes(sorted(signs))
        self.by_syllable = phonemes(sorted({syllable(one) for one in said}))

    def differs(self, character: str, reading: str) -> bool:
        """Return whether the engine would say something else. A neutral tone is let be."""
        number = syllable(reading)
        return not number.endswith("5") and self.by_character[character] != self.by_syllable[number]

    def marked(self, word: str) -> str:
        """Return the word with a reading behind each character that the engine would miss."""
        pairs = zip(word, self.wanted[word], strict=True)
        return "".join(f"{sign}{{{one}}}" if self.differs(sign, one) else sign for sign, one in pairs)


def by_character(words: dict[str, int], readings: Readings) -> list[str]:
    """Return the single characters that are nearly always read in a way that is not the engine's."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words.items():
        for sign, one in zip(word, readings.wanted[word], strict=True):
            votes[sign][one] += count
    lines = []
    for sign, counted in sorted(votes.items()):
        one, count = counted.most_common(1)[0]
        clear = count >= max(COMMON_CHARACTER, CLEAR_MAJORITY * counted.total())
        if clear and readings.differs(sign, one):
            lines.append(f"{sign}{{{one}}}")
    return lines


def sounds(text: str, readings: Readings) -> list[str]:
    """Return what the engine makes of a text with readings, character by character."""
    given = {found.start(): found[2] for found in READING.finditer(text)}
    plain = [
        (at, sign) for at, sign in enumerate(READING.sub(lambda found: found[1] + " " * (len(found[0]) - 1), text))
    ]
    return [
        readings.by_syllable[syllable(given[at])] if at in given else readings.by_character[sign]
        for at, sign in plain
        if sign != " "
    ]


def main() -> None:
    """Write the table."""
    by_hand = BY_HAND.read_text(encoding="utf-8").split()
    words = {word: count for word, count in common_words().items() if count >= COMMON_WORD}
    readings = Readings(words, by_hand)
    lines = list(dict.fromkeys(by_hand + by_character(words, readings)))
    settled = NUMBER_BEFORE | {READING.sub(r"\1", word) for word in by_hand}
    known: Table = table_of(lines)
    for length in range(2, LONGEST_WORD + 1):
        for word in sorted(word for word in words.keys() - settled if len(word) == length):
            right = readings.marked(word)
            if sounds(with_readings(word, known), readings) != sounds(right, readings) and not _neutral(word, readings):
                lines.append(right)
        lines = list(dict.fromkeys(lines))
        known = table_of(lines)
    TARGET.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    fourth = sorted(word for word in words if len(word) == 1 and syllable(readings.wanted[word][0]).endswith("4"))
    FOURTH_TONE.write_text("".join(fourth) + "\n", encoding="utf-8")
    print(f"{len(lines)} words, {TARGET.stat().st_size} bytes")


def _neutral(word: str, readings: Readings) -> bool:
    return any(syllable(one).endswith("5") for one in readings.wanted[word])


if __name__ == "__main__":
    main()
