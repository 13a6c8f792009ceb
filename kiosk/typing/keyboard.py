"""From typed letters to what they may mean."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from kiosk.tables.layout import WORD_CHARS
from kiosk.tables.read import Tables
from kiosk.typing.cut import Cutter, Typed, Unit, UnitKind, typed
from kiosk.typing.lexicon import ExtraWords, Found, WordList
from kiosk.words import Candidate

LONGEST_INPUT = 60
"""Letters that are looked at; more are left for later."""

_COMPLETIONS = 6
_BEFORE_COMPLETIONS = 4
_SHORTER_WORDS = 6
_FROM_LIST = 40
_FROM_EXTRA = 20
_REMEMBERED = 2_000
_SENTENCE_WEIGHT = 200
_PER_WEIGHT = 0.057
_PER_WORD = -18.0
_PER_MISSING = -4.0


class Keyboard:
    """Turns letters into candidates: words, sentences and single characters.

    Args:
        tables: Characters and words.
        extra_words: Words of the installed packs, such as titles, keywords and synonyms.
    """

    def __init__(self, tables: Tables, extra_words: Iterable[str] = ()) -> None:
        self._tables = tables
        self._extra_words = tuple(extra_words)  # until they are looked up for the first time
        self._list = WordList(tables)
        self._known: dict[tuple[tuple[str, UnitKind], ...], tuple[Found, ...]] = {}

    def candidates(self, letters: str, limit: int = 20) -> tuple[Candidate, ...]:
        """Return what the letters may mean, likeliest first, without repetition.

        First what uses all letters: a word, what the village's words go on to, a sentence; then shorter words and
        single characters for the first letters.

        Args:
            letters: Pinyin without tones, whole or begun, initials, or mixed; an apostrophe parts syllables.
            limit: Most candidates that are returned.

        Returns:
            Each with the number of characters of ``letters`` that it uses up. Empty if the letters are no pinyin.
        """
        word = typed(letters[:LONGEST_INPUT])
        if not word.letters:
            return ()
        found: dict[str, Candidate] = {}
        for text, used in self._likeliest(word):
            found.setdefault(text, Candidate(text=text, used=word.raw_ends[used]))
            if len(found) == limit:
                break
        return tuple(found.values())

    def forget(self) -> None:
        """Forget what was typed so far: it is kept so that the same letters are answered sooner, never for longer."""
        self._known.clear()

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tables.syllables)

    @cached_property
    def _extra(self) -> ExtraWords:
        words, self._extra_words = self._extra_words, ()
        return ExtraWords(self._tables, (*words, *self._tables.village))

    def _likeliest(self, word: Typed) -> Iterator[tuple[str, int]]:
        end = len(word.letters)
        cuttings = self._cutter.cuttings(word)
        whole = self._whole(cuttings)
        yield from ((text, end) for text in whole[:_BEFORE_COMPLETIONS])
        for units in cuttings:
            yield from ((found.text, end) for found in self._extra.completing(units, _COMPLETIONS))
        if cuttings and not whole:
            yield from ((text, end) for text in self._sentences(cuttings))
        yield from ((text, end) for text in whole[_BEFORE_COMPLETIONS:])
        yield from self._beginnings(word)

    def _whole(self, cuttings: Sequence[tuple[Unit, ...]]) -> list[str]:
        scored: dict[str, float] = {}
        for units in cuttings:
            missing = sum(unit.kind is not UnitKind.FULL for unit in units)
            for found in self._words(units):
                score = found.weight - 8.0 * missing - len(units)
                scored[found.text] = max(score, scored.get(found.text, score))
        return sorted(scored, key=lambda text: -scored[text])

    def _words(self, units: Sequence[Unit]) -> tuple[Found, ...]:
        key = tuple((unit.text, unit.kind) for unit in units)
        words = self._known.get(key)
        if words is None:
            words = (*self._list.fitting(units, _FROM_LIST), *self._extra.fitting(units, _FROM_EXTRA))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = words
        return words

    def _sentences(self, cuttings: Sequence[tuple[Unit, ...]]) -> Iterator[str]:
        for units in cuttings:
            if len(units) == len(cuttings[0]) and (text := self._sentence(units)):
                yield text

    def _sentence(self, units: Sequence[Unit]) -> str:
        best: list[tuple[float, str] | None] = [None] * (len(units) + 1)
        best[0] = (0.0, "")
        for start in range(len(units)):
            before = best[start]
            if before is None:
                continue
            for end in range(start + 1, len(units) + 1):
                part = units[start:end]
                words = self._words(part) if len(part) <= WORD_CHARS else self._extra.fitting(part, 1)
                if words:
                    top = max(words, key=lambda found: found.weight)
                    missing = sum(unit.kind is not UnitKind.FULL for unit in part)
                    weight = min(top.weight, _SENTENCE_WEIGHT) * _PER_WEIGHT
                    score = before[0] + weight + _PER_WORD + _PER_MISSING * missing
                    known = best[end]
                    if known is None or score > known[0]:
                        best[end] = (score, before[1] + top.text)
        last = best[-1]
        return last[1] if last else ""

    def _beginnings(self, word: Typed) -> Iterator[tuple[str, int]]:
        found: list[tuple[int, int, int, str]] = []
        paths: list[tuple[Unit, ...]] = [()]
        for _ in range(WORD_CHARS):
            paths = [(*path, unit) for path in paths for unit in self._cutter.units(word, path[-1].end if path else 0)]
            for path in paths:
                missing = sum(unit.kind is not UnitKind.FULL for unit in path)
                found.extend((missing, -path[-1].end, -each.weight, each.text) for each in self._words(path))
        found.sort()
        yield from islice(((text, -used) for _, used, _, text in found if len(text) > 1), _SHORTER_WORDS)
        yield from ((text, -used) for _, used, _, text in found if len(text) == 1)
