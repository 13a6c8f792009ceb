"""Makes the tables: ``python -m kiosk.tables.build OUTDIR``.

Runs when the program is built, never on a kiosk: it needs pypinyin, OpenCC and jieba's dictionary. The same versions of
these give the same bytes.
"""

import argparse
import importlib.metadata
import json
import math
import os
import re
import struct
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

from kiosk.tables import learning
from kiosk.tables.layout import RANGES, TABLES_VERSION, WORD_CHARS, initials_key, syllables_key

WORD_LIMIT = 90_000
"""Words of two and more characters that are kept, most common first."""

CHAR_LIMIT = 8_000
"""Single characters that are kept beside them."""

VILLAGE_WEIGHT = 250
"""Weight of words of ``village_words.txt``: above everything but the commonest."""

_SYLLABLE = re.compile(r"(?=.*[aeiouv])[a-z]+")
_HAN = re.compile(r"[\u3007\u3400-\u9fff]+")
_MAX_WEIGHT = 240
_COMMON = 20

Reading = tuple[str, ...]


def dictionary_path() -> Path:
    """Return the place of jieba's dictionary without importing jieba."""
    found = importlib.metadata.distribution("jieba").locate_file("jieba/dict.txt")
    return Path(str(found))


def dictionary_words(path: Path) -> dict[str, int]:
    """Return word → count for the purely Chinese words of at most `WORD_CHARS` characters."""
    words: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, count, *_ = line.split()
            if len(word) <= WORD_CHARS and _HAN.fullmatch(word) and _is_common(word):
                words[word] = int(count)
    return words


def _is_common(word: str) -> bool:
    """Return whether all characters are of the basic simplified set: no variants, no traditional ones."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def village_words(path: Path | None = None) -> tuple[str, ...]:
    """Return the words of ``village_words.txt`` in the order of the file."""
    text = (path or Path(__file__).with_name("village_words.txt")).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def chosen_words(counts: dict[str, int], village: Iterable[str]) -> dict[str, int]:
    """Return the words of the keyboard's list with their weights of 1 to 255.

    Args:
        counts: Word → count.
        village: Words that are always kept, with `VILLAGE_WEIGHT`.
    """
    order = sorted(counts, key=lambda word: (-counts[word], word))
    kept = [word for word in order if len(word) > 1][:WORD_LIMIT] + [word for word in order if len(word) == 1][
        :CHAR_LIMIT
    ]
    top = max(counts.values(), default=1)
    scale = _MAX_WEIGHT / math.log1p(top)
    weights = {word: max(1, round(math.log1p(counts[word]) * scale)) for word in kept}
    weights.update({word: VILLAGE_WEIGHT for word in village if len(word) <= WORD_CHARS})
    return weights


def word_syllables(word: str) -> Reading:
    """Return the toneless syllables of a word, one per character; empty if one of them has no reading."""
    syllables = tuple(lazy_pinyin(word, style=Style.NORMAL, errors="ignore"))
    fits = len(syllables) == len(word) and all(_SYLLABLE.fullmatch(syllable) for syllable in syllables)
    return syllables if fits else ()


def character_readings(spoken: dict[str, Reading], counts: dict[str, int]) -> dict[str, Reading]:
    """Return character → all its toneless readings, the one that is heard most often first.

    Args:
        spoken: Word → its syllables.
        counts: Word → how often it occurs.
    """
    heard: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in spoken.items():
        for character, syllable in zip(word, syllables, strict=True):
            heard[character][syllable] += counts.get(word, 0)
    readings: dict[str, Reading] = {}
    for code, marked in sorted(pinyin_dict.items()):
        plain = dict.fromkeys(to_normal(reading) for reading in marked.split(","))
        valid = [syllable for syllable in plain if _SYLLABLE.fullmatch(syllable)]
        character = chr(code)
        if valid and _may_be_read(character):
            readings[character] = tuple(sorted(valid, key=lambda syllable: -heard[character][syllable]))
    return readings


def fold_pairs() -> dict[str, str]:
    """Return character → what it is compared as: simplified, half-width, lower case; always one character for one."""
    to_simplified = opencc.OpenCC("t2s")
    pairs: dict[str, str] = {}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        if len(folded) != 1:
            folded = character
        if _may_be_read(folded):
            simplified = to_simplified.convert(folded)
            folded = simplified if len(simplified) == 1 else folded
        if folded != character:
            pairs[character] = folded
    return pairs


def _may_be_read(character: str) -> bool:
    return any(low <= ord(character) < high for low, high in RANGES)


def build_tables(out: Path) -> None:
    """Write every table into a folder, replacing what is there file by file.

    Args:
        out: Folder; made if it is missing.
    """
    village = village_words()
    counts = dictionary_words(dictionary_path())
    weights = chosen_words(counts, village)
    spoken = {word: heard for word in weights if (heard := word_syllables(word))}
    readings = character_readings(spoken, counts)
    syllables = sorted({syllable for reading in readings.values() for syllable in reading})
    number = {syllable: place + 1 for place, syllable in enumerate(syllables)}
    entries = _ordered_entries(spoken, readings, weights, number)
    files = {
        "fold.txt": _fold_file(fold_pairs()),
        **_reading_files(readings, number),
        **_word_files(entries),
        **_learnt_files(counts),
    }
    about = {"version": TABLES_VERSION, "words": len(entries), "village": list(village), "syllables": syllables}
    files["tables.json"] = json.dumps(about, ensure_ascii=False).encode()
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        _replace(out / name, data)


def _learnt_files(counts: dict[str, int]) -> dict[str, bytes]:
    """Return what is learnt about matters; common words of the dictionary are about none."""
    matters = learning.read_matters(learning.SOURCE.read_text("utf-8"))
    return learning.learnt_files(
        matters, learning.strange_words((word for word in counts if counts[word] >= _COMMON), matters)
    )


Entry = tuple[int, int, int, str]
"""Initials key, syllables key, weight, word."""


def _ordered_entries(
    spoken: dict[str, Reading], readings: dict[str, Reading], weights: dict[str, int], number: dict[str, int]
) -> list[Entry]:
    entries: list[Entry] = []
    heard = {(character, syllable) for word in spoken for character, syllable in zip(word, spoken[word], strict=True)}
    for word, syllables in spoken.items():
        rest = (
            [(syllable,) for syllable in readings.get(word, ()) if (word, syllable) in heard] if len(word) == 1 else []
        )
        for place, reading in enumerate(rest or [syllables]):
            if all(syllable in number for syllable in reading):
                initials = initials_key("".join(syllable[0] for syllable in reading))
                weight = max(1, weights[word] - 40 * place)  # a rare reading of a common character comes later
                entries.append((initials, syllables_key(tuple(number[syllable] for syllable in reading)), weight, word))
    entries.sort(key=lambda entry: (entry[0], entry[1], -entry[2], entry[3]))
    return entries


def _fold_file(pairs: dict[str, str]) -> bytes:
    before = sorted(pairs)
    return ("".join(before) + "\n" + "".join(pairs[character] for character in before) + "\n").encode()


def _reading_files(readings: dict[str, Reading], number: dict[str, int]) -> dict[str, bytes]:
    pool: dict[Reading, int] = {}
    places: list[int] = []
    for low, high in RANGES:
        for code in range(low, high):
            reading = readings.get(chr(code))
            places.append(pool.setdefault(reading, len(pool) + 1) if reading else 0)
    lines = "".join(" ".join(str(number[syllable]) for syllable in reading) + "\n" for reading in pool)
    return {"readings.txt": lines.encode(), "readings.bin": struct.pack(f"<{len(places)}H", *places)}


def _word_files(entries: Sequence[Entry]) -> dict[str, bytes]:
    words = bytearray()
    groups: list[int] = []
    previous = -1
    for place, (initials, _, _, word) in enumerate(entries):
        words += word.encode("utf-16-le").ljust(2 * WORD_CHARS, b"\0")
        if initials != previous:
            groups += [initials, place]
            previous = initials
    return {
        "words.bin": bytes(words),
        "keys.bin": struct.pack(f"<{len(entries)}Q", *(key for _, key, _, _ in entries)),
        "weights.bin": bytes(weight for _, _, weight, _ in entries),
        "groups.bin": struct.pack(f"<{len(groups)}I", *groups),
    }


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105 - the house word for a swap


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    build_tables(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
