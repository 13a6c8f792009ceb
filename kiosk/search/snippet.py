"""The place of a text that matches, with marks. Own code, because it must be quick and count in code points. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.words import Snippet

LONGEST_CHARS = 60

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_CLAUSE = re.compile(r"[^，、：,:\s]*[，、：,:\s]?")


class Match(NamedTuple):
    """A matched place of a text: half-open, in code points, and the term that matches."""

    start: int
    end: int
    term: str


def snippet_of(text: str, matches: Sequence[Match]) -> Snippet:
    """Return the sentence or clauses that hold most of what was asked, with marks.

    Args:
        text: As it is shown.
        matches: In the order of their places; may overlap.

    Returns:
        At most `LONGEST_CHARS` code points that begin where a sentence or a clause begins. Where nothing matches: how
        the text begins.
    """
    sentences = [(found.start(), found.end()) for found in _SENTENCE.finditer(text) if found[0].strip()]
    if not sentences:
        return Snippet(text="")
    start, end = max(sentences, key=lambda span: (_worth(matches, span), -span[0]))
    if end - start > LONGEST_CHARS:
        start, end = _window(text, start, end, matches)
    else:
        end = _with_next(sentences, end, start, text)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    marks = _joined(
        (match.start - start, match.end - start) for match in matches if start <= match.start and match.end <= end
    )
    return Snippet(text=text[start:end].replace("\n", " "), marks=marks)


def _worth(matches: Iterable[Match], span: tuple[int, int]) -> int:
    """Return how many different terms match within a span."""
    return len({match.term for match in matches if span[0] <= match.start and match.end <= span[1]})


def _window(text: str, start: int, end: int, matches: Sequence[Match]) -> tuple[int, int]:
    """Return the best run of clauses within a long sentence."""
    clauses = [(start + found.start(), start + found.end()) for found in _CLAUSE.finditer(text[start:end]) if found[0]]
    windows = []
    for place, (begin, first_end) in enumerate(clauses):
        stop = min(first_end, begin + LONGEST_CHARS)
        for _, clause_end in clauses[place + 1 :]:
            if clause_end - begin > LONGEST_CHARS:
                break
            stop = clause_end
        windows.append((begin, stop))
    return max(windows, key=lambda span: (_worth(matches, span), -span[0]))


def _with_next(sentences: Sequence[tuple[int, int]], end: int, start: int, text: str) -> int:
    """Return the end after as many further sentences of the same line as fit."""
    for begin, stop in sentences:
        if begin >= end:
            if stop - start > LONGEST_CHARS or "\n" in text[start:begin]:
                break
            end = stop
    return end


def _joined(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
