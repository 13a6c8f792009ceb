"""What was found, as rows to show: each says why it was found. Pure, no Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from kiosk.labels import KIND_LABELS, STATUS_LABELS
from kiosk.words import Hit, SearchAnswer, Snippet
from ui.tiles import STATUS_TONES

_SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One found item.

    Attributes:
        pack: Pack of the item.
        id: Of the item.
        section: Number of the section that matched best.
        title: In the words of the village.
        snippet: The place that matched, one line, as markup: what matches stands between ``<b>`` and ``</b>``.
        why: Why it was found, where the snippet does not show it; empty where it does.
        kind: In words.
        status: In words.
        tone: Which of three looks the status has.
        year: In words, empty if unknown.
        badge: Mark beside it, such as 未签名; empty if none.
        spoken: All of it, for a screen reader.
    """

    pack: str
    id: str
    section: int
    title: str
    snippet: str
    why: str
    kind: str
    status: str
    tone: str
    year: str
    badge: str
    spoken: str


def found_rows(answer: SearchAnswer) -> tuple[FoundRow, ...]:
    """Return the rows of an answer, best first."""
    return tuple(_row(hit, answer.query) for hit in answer.hits)


def why_found(query: str, hit: Hit) -> str:
    """Return why an item was found, for whoever cannot see it from title and snippet; empty if it can be seen."""
    asked = query.strip()
    if not asked or asked in hit.title or hit.snippet.marks:
        return ""
    if asked.isascii() and not any(map(str.isdigit, asked)):
        return "读音相同或首字母相同"
    keyword = next(_keywords_like(asked, hit.keywords), "")
    return f"也叫“{keyword}”" if keyword else "内容相近"


def marked(snippet: Snippet) -> str:
    """Return a snippet as markup of one line: what matches is bold."""
    pieces = []
    place = 0
    for start, end in snippet.marks:
        pieces.append(escape(snippet.text[place:start]))
        pieces.append(f"<b>{escape(snippet.text[start:end])}</b>")
        place = end
    pieces.append(escape(snippet.text[place:]))
    return " ".join("".join(pieces).split())


def _keywords_like(asked: str, keywords: tuple[str, ...]) -> Iterator[str]:
    """Give the keywords that hold what was asked, or are held by it, the same word first."""
    yield from (keyword for keyword in keywords if keyword == asked)
    yield from (keyword for keyword in keywords if len(asked) >= _SHORTEST_WORD and asked in keyword)
    yield from (keyword for keyword in keywords if len(keyword) >= _SHORTEST_WORD and keyword in asked)


def _row(hit: Hit, query: str) -> FoundRow:
    kind, status = KIND_LABELS[hit.kind], STATUS_LABELS[hit.status]
    why = why_found(query, hit)
    year = f"{hit.year}年" if hit.year else ""
    told = (hit.title, " ".join(hit.snippet.text.split()), why, kind, year, status, hit.badge)
    return FoundRow(
        pack=hit.ref.pack,
        id=hit.ref.id,
        section=hit.section,
        title=hit.title,
        snippet=marked(hit.snippet),
        why=why,
        kind=kind,
        status=status,
        tone=STATUS_TONES[hit.status],
        year=year,
        badge=hit.badge,
        spoken="，".join(part for part in told if part),
    )
