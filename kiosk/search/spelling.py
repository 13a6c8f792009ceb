"""Reads a question as it was meant: letters become characters, misspelt words those that they stand for.

A question is cut into words so that the whole costs least: a word of the packs costs little, a word of the language
more, a character that belongs to no word most; whatever was misspelt costs something on top. So nothing is changed that
makes sense as it stands.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice, product
from typing import Final, NamedTuple

from kiosk.search.dictionary import Dictionary
from kiosk.search.query import ASKING_ALONE
from kiosk.search.reading import Reading
from kiosk.search.slips import LONGEST, Slip
from kiosk.search.sounds import fold_syllable, slurred
from kiosk.search.vocabulary import SHORTEST, Vocabulary
from kiosk.search.wordlist import SERVICES
from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables
from kiosk.typing.cut import VOWELS, Cutter, Unit, UnitKind, typed
from kiosk.typing.lexicon import WordList

LONGEST_READ: Final = 40
"""Characters and syllables of a question that is read; a longer one tells enough as it stands."""

_RUN = re.compile(r"[a-z]+(?:[' ]+[a-z]+)*")
_TONE = re.compile(r"([a-z]+)[1-5](?![0-9])")

# What is paid for a piece of a question, roughly minus the logarithm of how likely it is.
_WORD, _OFTEN, _LEAST_WORD = 2.1, 0.3, 1.4
_COMMON, _PER_WEIGHT = 7.0, 1 / 45
_ALONE, _SYLLABLE_ALONE, _LETTER_ALONE, _OTHER, _PER_LETTER = 7.5, 9.0, 9.0, 3.0, 2.0
_SAME_SOUND, _NEAR_SOUND, _ALIKE, _UNLIKE = 2.4, 3.0, 2.8, 5.5
_SLIPS: Final = {Slip.SWAPPED: 3.0, Slip.LEFT_OUT: 3.3, Slip.TOO_MANY: 3.6}
_RARELY, _SPOKEN_NEAR, _INITIAL, _BEGUN = 0.4, 1.2, 1.3, 1.0
_SHORT = 1.0
_LEAST_UNLIKE = 5
_OFTEN_ENOUGH = 6
_LEAST_GAIN = 0.6
_CUTTINGS = 4
_CLEAR_SHARE = 0.5
_DEAREST = 3.6
_RIVALS = 0.5
_THING_AND_SERVICE = 2
_APART = 5
_SMALL = ASKING_ALONE | frozenset("的了吗呢吧啊")


class _Sort:
    HAN, SYLLABLE, BEGUN, OTHER = range(4)


class _Sign(NamedTuple):
    """One character, one syllable or the beginning of one, or anything else that stands in a question."""

    text: str
    sort: int


class _Piece(NamedTuple):
    """What some signs stand for.

    Attributes:
        end: Sign after the last.
        text: What is meant.
        cost: Least is best.
        is_word: Whether it is a word of the packs.
        is_read: Whether it was not written like this.
        is_open: Whether letters were left that stand for nothing.
    """

    end: int
    text: str
    cost: float
    is_word: bool = False
    is_read: bool = False
    is_open: bool = False


class Speller:
    """Reads questions.

    Args:
        vocabulary: Words that answers are about.
        tables: Words of the language, and the sounds of characters.
        look_alikes: Characters that are taken for one another.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Tables, look_alikes: LookAlikes) -> None:
        self._vocabulary = vocabulary
        self._tables = tables
        self._look_alikes = look_alikes
        self._dictionary = Dictionary(tables)
        self._list = WordList(tables)
        self._is_full = frozenset(tables.syllables)

    def read(self, text: str) -> Reading:
        """Return what a question most likely means.

        Args:
            text: Folded, letters without accents.
        """
        plain = _TONE.sub(lambda found: found[1] if self._is_spelled(found[1]) else found[0], text)
        ways = [signs for signs in self._ways(plain) if len(signs) <= LONGEST_READ]
        if not ways:
            return Reading(text, is_other=False, pieces=(text,))
        readings = [self._best(signs) for signs in ways]
        best = min(readings, key=lambda reading: reading.cost)
        return best if best.is_other else replace(best, text=text)

    def is_only(self, reading: Reading) -> bool:
        """Return whether what was read from first letters is one word, and hardly another one begins like it.

        Two words are one thing and what is wanted of it, such as dbsq, 低保申请.
        """
        if reading.words != reading.pieces:
            return False
        if len(reading.words) == _THING_AND_SERVICE:
            return reading.words[1] in SERVICES and reading.words[0] not in SERVICES
        if len(reading.words) != 1:
            return False
        initials = "".join(self._tables.readings(character)[0][0] for character in reading.text)
        counts = [self._vocabulary.counts[word] for word in self._vocabulary.with_initials(initials)]
        return sum(counts) - max(counts, default=0) <= _RIVALS * max(counts, default=0)

    # --- signs ------------------------------------------------------------------------------------------------------

    def _ways(self, text: str) -> Iterator[list[_Sign]]:
        """Give the ways in which the letters of a question can be cut into syllables."""
        runs = list(_RUN.finditer(text))
        cuttings = [self._cuttings(run[0]) for run in runs]
        if any(map(self._tables.readings, text)):  # a syllable is half typed at the very end of letters only
            cuttings = [
                [*(way for way in ways if not _is_broken(way)), [_Sign(run[0], _Sort.OTHER)]]
                for run, ways in zip(runs, cuttings, strict=True)
            ]
        if len(runs) > 1:
            cuttings = [ways[:1] for ways in cuttings]
        for chosen in islice(product(*cuttings), _CUTTINGS + 1):
            signs: list[_Sign] = []
            place = 0
            for run, units in zip(runs, chosen, strict=True):
                signs += map(self._sign, text[place : run.start()])
                signs += units
                place = run.end()
            signs += map(self._sign, text[place:])
            yield signs

    def _sign(self, character: str) -> _Sign:
        return _Sign(character, _Sort.HAN if self._tables.readings(character) else _Sort.OTHER)

    def _cuttings(self, letters: str) -> list[list[_Sign]]:
        word = typed(letters)
        ways = [list(map(_sign_of, units)) for units in self._cutter.cuttings(word)[:_CUTTINGS]]
        if "a" not in self._vocabulary.counts and not {"i", "u", "v"} & set(word.letters):
            ways.append([_Sign(letter, _Sort.BEGUN) for letter in word.letters])
        return ways or [[_Sign(letters, _Sort.OTHER)]]

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter((*self._tables.syllables, *slurred(self._tables.syllables)))

    def _is_spelled(self, letters: str) -> bool:
        return any(all(unit.kind is UnitKind.FULL for unit in units) for units in self._cutter.cuttings(typed(letters)))

    # --- the cheapest way -------------------------------------------------------------------------------------------

    def _best(self, signs: Sequence[_Sign]) -> Reading:
        text = "".join(sign.text if sign.sort == _Sort.HAN else " " for sign in signs)
        known = self._dictionary.weights(text)
        sounds = [self._heard(sign) if sign.sort == _Sort.HAN else "" for sign in signs]
        has_letters = any(sign.sort in {_Sort.SYLLABLE, _Sort.BEGUN} for sign in signs)
        written = [
            list(self._as_written(signs, text, known, start, has_letters=has_letters)) for start in range(len(signs))
        ]
        plain = _cheapest(len(signs), written)
        misspelt = self._misspelt(signs, text, sounds, plain)
        for start, piece in misspelt:
            written[start].append(piece)
        pieces = _cheapest(len(signs), written) if misspelt else plain
        is_other = any(piece.is_read for piece in pieces)
        if is_other and not has_letters:
            is_other = _cost(plain) - _cost(pieces) >= _LEAST_GAIN
            pieces = pieces if is_other else plain
        meant = "".join(piece.text for piece in pieces)
        words = [piece.text for piece in pieces if piece.is_word]
        return Reading(
            text=meant,
            is_other=is_other,
            is_whole=not any(piece.is_open for piece in pieces) and _cost(pieces) <= _DEAREST * len(meant),
            is_clear=len("".join(words)) >= _CLEAR_SHARE * len(meant),
            is_begun=any(sign.sort == _Sort.BEGUN for sign in signs),
            words=tuple(piece.text for piece in pieces if piece.is_word and piece.is_read),
            pieces=tuple(piece.text for piece in pieces),
            has_thing=any(self._vocabulary.is_thing(piece.text) and piece.text not in SERVICES for piece in pieces),
            apart=tuple(self._apart([piece.text for piece in pieces])),
            cost=_cost(pieces) if pieces or not signs else math.inf,
        )

    def _as_written(
        self, signs: Sequence[_Sign], text: str, known: Sequence[Sequence[int]], start: int, *, has_letters: bool
    ) -> Iterator[_Piece]:
        """Give what signs mean as they stand: words, single characters, letters by their sound."""
        sign = signs[start]
        if sign.sort == _Sort.OTHER:
            yield _Piece(start + 1, sign.text, max(_OTHER, _PER_LETTER * len(sign.text)))
            return
        if sign.sort == _Sort.HAN:
            yield _Piece(start + 1, sign.text, _ALONE - known[start][0] * _PER_WEIGHT)
        for end in range(start + SHORTEST, min(start + LONGEST, len(signs)) + 1):
            if signs[end - 1].sort == _Sort.OTHER:
                break
            piece = text[start:end]
            if " " in piece:
                continue
            if piece in self._vocabulary.counts:
                yield _Piece(end, piece, self._cost_of(piece), is_word=True)
            elif end - start <= WORD_CHARS and (weight := known[start][end - start - 1]):
                yield _Piece(end, piece, _COMMON - weight * _PER_WEIGHT)
        if has_letters:
            yield from self._by_letters(signs, start)

    def _by_letters(self, signs: Sequence[_Sign], start: int) -> Iterator[_Piece]:
        """Give the words that begin with a sign and hold letters."""
        if signs[start].sort == _Sort.BEGUN:
            yield _Piece(start + 1, signs[start].text, _LETTER_ALONE, is_read=True, is_open=True)
        for end in range(start + 1, min(start + LONGEST, len(signs)) + 1):
            part = signs[start:end]
            if part[-1].sort == _Sort.OTHER:
                break
            if all(sign.sort == _Sort.HAN for sign in part):
                continue
            is_begun = any(sign.sort == _Sort.BEGUN for sign in part)
            if end - start >= SHORTEST:
                for word in self._candidates(part, is_begun=is_begun):
                    cost = self._distance(part, word)
                    if cost is not None:
                        short = _SHORT if is_begun and len(part) == SHORTEST else 0.0
                        yield _Piece(end, word, self._cost_of(word) + cost + short, is_word=True, is_read=True)
            if end - start <= WORD_CHARS and not is_begun:
                yield from self._common(part, end)

    def _candidates(self, part: Sequence[_Sign], *, is_begun: bool) -> tuple[str, ...]:
        if is_begun:
            return self._vocabulary.with_initials("".join(map(self._initial, part)))
        heard = [self._heard(sign) for sign in part]
        blurred = [
            "r" + sound[1:] if sign.sort == _Sort.SYLLABLE and sign.text[0] == "l" else sound
            for sign, sound in zip(part, heard, strict=True)
        ]
        return self._vocabulary.sounding(heard) or self._vocabulary.sounding(blurred)

    def _common(self, part: Sequence[_Sign], end: int) -> Iterator[_Piece]:
        units = [Unit(self._syllable(sign), UnitKind.FULL, 0) for sign in part]
        if all(unit.text in self._is_full for unit in units):
            for found in self._list.fitting(units, 3):
                if all(sign.sort != _Sort.HAN or sign.text == found.text[place] for place, sign in enumerate(part)):
                    dearest = _SYLLABLE_ALONE if len(part) == 1 else _COMMON
                    is_word = found.text in self._vocabulary.counts
                    cost = dearest - found.weight * _PER_WEIGHT
                    yield _Piece(end, found.text, cost, is_word=is_word, is_read=True)
                    break
        if len(part) == 1:
            yield _Piece(end, part[0].text, _LETTER_ALONE, is_read=True, is_open=True)

    def _apart(self, pieces: Sequence[str]) -> Iterator[str]:
        """Yield the words of two characters, a verb and its object, that stand apart: 砍 and 树 in 砍自家门口的树."""
        for place, verb in enumerate(pieces):
            if len(verb) != 1 or verb in ASKING_ALONE:
                continue
            for other in pieces[place + 1 : place + _APART]:
                words = [verb + other[-1], other + verb] if len(other) == 1 else [verb + other[-1]]
                yield from (word for word in words if self._vocabulary.is_thing(word) and other not in ASKING_ALONE)

    # --- what is misspelt -------------------------------------------------------------------------------------------

    def _misspelt(
        self, signs: Sequence[_Sign], text: str, sounds: Sequence[str], plain: Sequence[_Piece]
    ) -> list[tuple[int, _Piece]]:
        """Return where other words may stand, and what they would cost: less than what is written there."""
        spent = [0.0]
        for piece in plain:
            spent += [spent[-1]] * (piece.end - len(spent)) + [spent[-1] + piece.cost]
        starts, ends = self._dear(text, spent)
        found: list[tuple[int, _Piece]] = []
        for number, word, slip, place in self._vocabulary.slips(text, sounds, starts, ends) if starts else ():
            start, end = starts[number], ends[number]
            cost = self._cost_of_slip(signs[start:end], word, slip, place)
            if cost is None or (len(word) == SHORTEST and self._vocabulary.counts[word] < _OFTEN_ENOUGH):
                continue
            total = self._cost_of(word) + cost + (_SHORT if end - start <= SHORTEST else 0.0)
            if total <= spent[end] - spent[start] - _LEAST_GAIN:
                found.append((start, _Piece(end, word, total, is_word=True, is_read=True)))
        return found

    def _dear(self, text: str, spent: Sequence[float]) -> tuple[list[int], list[int]]:
        """Return where the pieces begin and end that cost more than a word that was misspelt, and are none."""
        starts: list[int] = []
        ends: list[int] = []
        for start in range(len(text) - 1):
            least = spent[start] + _LEAST_GAIN + _LEAST_WORD + _SAME_SOUND
            for end in range(start + SHORTEST, min(start + LONGEST + 1, len(text)) + 1):
                if text[end - 1] == " " or text[start] == " ":
                    break
                if spent[end] < (least + _SHORT if end - start == SHORTEST else least):
                    continue
                piece = text[start:end]
                if piece in self._vocabulary.counts or (len(piece) == SHORTEST and not _SMALL.isdisjoint(piece)):
                    continue  # nobody misspells the small words
                starts.append(start)
                ends.append(end)
        return starts, ends

    def _cost_of_slip(self, part: Sequence[_Sign], word: str, slip: Slip, place: int) -> float | None:
        """Return what it costs that a word was misspelt like this; None if it was not."""
        if slip is Slip.SOUND:
            is_near = self._vocabulary.is_thing(word) and any(
                sign.text == character for sign, character in zip(part, word, strict=True)
            )
            return self._distance(part, word) if is_near else None
        if slip is Slip.OTHER:
            if self._look_alikes.are_alike(part[place].text, word[place]):
                return _ALIKE
            return _UNLIKE if len(word) >= _LEAST_UNLIKE else None
        return _SLIPS[slip]

    def _distance(self, part: Sequence[_Sign], word: str) -> float | None:
        """Return what it costs that signs stand for the characters of a word; None if they do not."""
        total = 0.0
        for sign, character in zip(part, word, strict=True):
            if sign.sort == _Sort.HAN and sign.text == character:
                continue
            readings = self._tables.readings(character)
            if sign.sort == _Sort.BEGUN:
                if not any(reading.startswith(sign.text) for reading in readings):
                    return None
                total += _INITIAL if len(sign.text) == 1 else _BEGUN
            elif sign.sort == _Sort.SYLLABLE:
                if sign.text not in readings and not _is_near(sign.text, readings):
                    return None
                total += _SPOKEN_NEAR if sign.text not in readings else 0.0 if sign.text == readings[0] else _RARELY
            else:
                same = set(self._tables.readings(sign.text)) & set(readings)
                total += _SAME_SOUND if same else _NEAR_SOUND
        return total

    def _heard(self, sign: _Sign) -> str:
        return fold_syllable(self._syllable(sign))

    def _initial(self, sign: _Sign) -> str:
        return self._syllable(sign)[0]

    def _syllable(self, sign: _Sign) -> str:
        return self._tables.readings(sign.text)[0] if sign.sort == _Sort.HAN else sign.text

    def _cost_of(self, word: str) -> float:
        return _worth(self._vocabulary.counts[word])


def _sign_of(unit: Unit) -> _Sign:
    return _Sign(unit.text, _Sort.SYLLABLE if unit.kind is UnitKind.FULL else _Sort.BEGUN)


def _is_near(syllable: str, readings: Sequence[str]) -> bool:
    """Return whether a syllable is one of some readings to ears that hear no difference between some sounds."""
    heard = {fold_syllable(syllable)}
    if syllable[0] == "l":
        heard.add(fold_syllable(f"r{syllable[1:]}"))
    return any(fold_syllable(reading) in heard for reading in readings)


def _is_broken(signs: Sequence[_Sign]) -> bool:
    """Return whether a syllable is begun with more than its initial."""
    return any(sign.sort == _Sort.BEGUN and sign.text[-1] in VOWELS for sign in signs)


@lru_cache(maxsize=256)
def _worth(count: int) -> float:
    return max(_LEAST_WORD, _WORD - _OFTEN * len(str(count)) / 2)


def _cheapest(count: int, pieces_at: Sequence[Iterable[_Piece]]) -> list[_Piece]:
    """Return the pieces that cost least together, of those that begin at each sign."""
    best: list[tuple[float, int, _Piece | None]] = [(math.inf, 0, None)] * (count + 1)
    best[0] = (0.0, 0, None)
    for start in range(count):
        before = best[start][0]
        if before == math.inf:
            continue
        for piece in pieces_at[start]:
            if before + piece.cost < best[piece.end][0]:
                best[piece.end] = (before + piece.cost, start, piece)
    pieces: list[_Piece] = []
    place = count
    while (last := best[place][2]) is not None:
        pieces.append(last)
        place = best[place][1]
    return pieces[::-1]


def _cost(pieces: Sequence[_Piece]) -> float:
    return sum(piece.cost for piece in pieces)
