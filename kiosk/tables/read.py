"""Reads the tables, each when it is first needed, without the libraries that made them."""

import json
import mmap
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from content_packs.errors import SiteError
from kiosk.tables.layout import FILES, KEY_BITS, RANGES, TABLES_VERSION, WORD_CHARS, initials_key, syllables_key


def default_folder() -> Path:
    """Return the folder in which the tables of this program lie."""
    return Path(__file__).with_name("data")


class Tables:
    """Characters, their sounds and the keyboard's words.

    Nothing is read before it is asked for; the large files are mapped, not loaded.

    Args:
        folder: Where the files lie; by default those of this program.

    Raises:
        SiteError: The tables are missing or were made by another version (on first use).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()

    # --- characters ---------------------------------------------------------------------------------------------

    def fold(self, text: str) -> str:
        """Return text as it is compared: simplified, half-width, lower case; as many code points as before.

        What is folded already is returned itself: thousands of names are, and need not lie in memory twice.
        """
        folded = text.translate(self._folds)
        return text if folded == text else folded

    def readings(self, character: str) -> tuple[str, ...]:
        """Return the toneless syllables of a character, most common first; empty if it is not read in Chinese."""
        return self._pool[self.readings_number(ord(character))]

    def readings_number(self, code: int) -> int:
        """Return which set of readings a code point has, as a place in `readings_pool`; 0 is the empty set."""
        start = 0
        for low, high in RANGES:
            if low <= code < high:
                return self._reading_numbers[start + code - low]
            start += high - low
        return 0

    @property
    def readings_pool(self) -> Sequence[tuple[str, ...]]:
        """Every distinct set of readings; the first is empty."""
        return self._pool

    @cached_property
    def syllables(self) -> tuple[str, ...]:
        """Every toneless syllable, in alphabetical order."""
        return tuple(self._about["syllables"])

    @cached_property
    def syllable_numbers(self) -> dict[str, int]:
        """Syllable → its number, from 1."""
        return {syllable: place + 1 for place, syllable in enumerate(self.syllables)}

    # --- words --------------------------------------------------------------------------------------------------

    @property
    def village(self) -> tuple[str, ...]:
        """Words that people at a service point look for, of any length."""
        return tuple(self._about["village"])

    def group(self, initials: str) -> range:
        """Return the places of the words with exactly these initials, ordered by sound, then most common first."""
        if not 1 <= len(initials) <= WORD_CHARS:
            return range(0)
        keys = self._groups[::2]
        place = bisect_left(keys, key := initials_key(initials))
        if place == len(keys) or keys[place] != key:
            return range(0)
        end = self._groups[2 * place + 3] if place + 1 < len(keys) else len(self._weights)
        return range(self._groups[2 * place + 1], end)

    def sounding(self, group: range, numbers: Sequence[int], last: range) -> range:
        """Return the places within a group whose first syllables are these and whose next one lies in a range.

        Args:
            group: From `group`.
            numbers: Syllable numbers of all but the last syllable that is known.
            last: Numbers that the last known syllable may have, such as all that begin with ``y``.
        """
        before = tuple(numbers)
        low = syllables_key((*before, last.start))
        high = syllables_key((*before, last.stop))
        keys = self._keys
        start = bisect_left(keys, low, group.start, group.stop)
        return range(start, bisect_left(keys, high, start, group.stop))

    def word(self, place: int) -> str:
        """Return the word at a place."""
        units = self._words[WORD_CHARS * place : WORD_CHARS * (place + 1)]
        return "".join(map(chr, units)).rstrip("\0")

    def word_numbers(self, place: int) -> tuple[int, ...]:
        """Return the syllable numbers of the word at a place."""
        key = self._keys[place]
        mask = (1 << KEY_BITS) - 1
        numbers = (key >> KEY_BITS * shift & mask for shift in range(WORD_CHARS - 1, -1, -1))
        return tuple(number for number in numbers if number)

    @property
    def word_units(self) -> memoryview:
        """Code units of all words, `WORD_CHARS` each, padded with 0."""
        return self._words

    @property
    def word_weights(self) -> memoryview:
        """How common each word is, 1 to 255, in the order of the words."""
        return self._weights

    def weight(self, place: int) -> int:
        """Return how common the word at a place is, 1 to 255."""
        return self._weights[place]

    def heaviest(self, places: range, limit: int) -> Iterator[int]:
        """Yield at most ``limit`` of these places, most common first, equal ones in order."""
        weights = self._weights
        yield from sorted(places, key=lambda place: -weights[place])[:limit]

    def syllable_range(self, beginning: str) -> range:
        """Return the numbers of the syllables that begin with these letters."""
        low = bisect_left(self.syllables, beginning)
        return range(low + 1, bisect_right(self.syllables, beginning + "~") + 1)

    # --- matters ------------------------------------------------------------------------------------------------

    @property
    def matters(self) -> str:
        """Names of the matters of `kiosk.tables.matters`, as JSON."""
        return self._text("matters.json")

    def matter(self, part: str) -> memoryview:
        """Return one of the files of `kiosk.tables.matters` as bytes, such as ``weights``."""
        return self._mapped(f"matter_{part}.bin", "B")

    # --- files --------------------------------------------------------------------------------------------------

    @cached_property
    def _about(self) -> dict[str, Any]:
        try:
            about: dict[str, Any] = json.loads((self._folder / "tables.json").read_bytes())
            missing = [name for name in FILES if not (self._folder / name).is_file()]
        except (OSError, ValueError) as error:
            raise self._unusable(str(error)) from error
        if missing or about.get("version") != TABLES_VERSION or sys.byteorder != "little":
            raise self._unusable(f"version {about.get('version')}, missing {missing}")
        return about

    def _unusable(self, why: str) -> SiteError:
        return SiteError("字表不能用。", why=f"{self._folder}: {why}", todo="请重新安装本程序。", code="M-350")

    @cached_property
    def _folds(self) -> dict[int, int]:
        before, after, _ = self._text("fold.txt").split("\n")
        return dict(zip(map(ord, before), map(ord, after), strict=True))

    @cached_property
    def _pool(self) -> tuple[tuple[str, ...], ...]:
        lines = self._text("readings.txt").splitlines()
        syllables = ("", *self.syllables)
        return ((), *(tuple(syllables[int(number)] for number in line.split()) for line in lines))

    @cached_property
    def _reading_numbers(self) -> memoryview:
        return self._mapped("readings.bin", "H")

    @cached_property
    def _words(self) -> memoryview:
        return self._mapped("words.bin", "H")

    @cached_property
    def _keys(self) -> memoryview:
        return self._mapped("keys.bin", "Q")

    @cached_property
    def _weights(self) -> memoryview:
        return self._mapped("weights.bin", "B")

    @cached_property
    def _groups(self) -> memoryview:
        return self._mapped("groups.bin", "I")

    def _text(self, name: str) -> str:
        self._about  # noqa: B018 - checks the version before anything is believed
        return (self._folder / name).read_text("utf-8")

    def _mapped(self, name: str, kind: str) -> memoryview:
        self._about  # noqa: B018 - as above
        with (self._folder / name).open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast(kind)  # type: ignore[call-overload, no-any-return]
