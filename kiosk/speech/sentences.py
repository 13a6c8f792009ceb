"""Where a text is cut for reading aloud: pure.

A sentence is what is lit while it is spoken, so it must be neither a fragment nor half a page.
"""

import re

LONGEST_CHARS = 60
"""Beyond this a sentence is cut at a comma, near its middle."""

_ADDRESS = r"(?:https?://|www\.)[!-~]+"
_SENTENCE_END = r"[。！？；!?;…]+[”’」』）)》】〕\]\"']*"
_STOP = re.compile(rf"(?P<address>{_ADDRESS})|{_SENTENCE_END}|\n", re.IGNORECASE)
_WEAK_STOPS = (re.compile(r"，|：(?!\d)|,(?!\d)"), re.compile(r"、|\s"))
_WORD_EDGE = re.compile(r"(?<![!-~])(?=.)|(?<=[!-~])(?![!-~])")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text stand.

    Args:
        text: One block, may have several lines.

    Returns:
        Pairs of start and end in code points, ordered, disjoint, without blanks at their edges, never empty. A span
        keeps its closing punctuation and quotes. It holds at most `LONGEST_CHARS` unless it is an address.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop["address"] is None:
            spans += _shortened(text, start, stop.end())
            start = stop.end()
    spans += _shortened(text, start, len(text))
    return tuple(spans)


def _shortened(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the span without blanks at its edges, in as few parts as make it short enough."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return []
    if end - start <= LONGEST_CHARS or not (cut := _middle_cut(text, start, end)):
        return [(start, end)]
    return _shortened(text, start, cut) + _shortened(text, cut, end)


def _middle_cut(text: str, start: int, end: int) -> int:
    """Return the best place to cut between a quarter and three quarters of the span; 0 if no place will do."""
    middle, quarter = (start + end) // 2, (end - start) // 4
    closed = [found.span() for found in re.finditer(_ADDRESS, text)]
    for pattern in (*_WEAK_STOPS, _WORD_EDGE):
        places = [found.end() for found in pattern.finditer(text, start + quarter, end - quarter)]
        places = [place for place in places if not any(left < place < right for left, right in closed)]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return 0
