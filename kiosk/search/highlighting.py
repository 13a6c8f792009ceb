"""Where in a text stands what was asked: its terms as they were asked, or else what sounds like them. Pure."""

from kiosk.search.analysis import Analyser
from kiosk.search.fields import Cut
from kiosk.search.findings import Findings
from kiosk.search.snippet import Match


def matches_of(text: str, findings: Findings, analyser: Analyser) -> list[Match]:
    """Return the places of a text to mark, in order; they may overlap.

    Args:
        text: As it is shown.
        findings: The item with this text is among them.
        analyser: The one that cut the question.
    """
    folded = analyser.fold(text)
    matches: list[Match] = []
    for term in findings.marked:
        place, length = folded.find(term), len(term)
        while place >= 0:
            matches.append(Match(place, place + length, term))
            place = folded.find(term, place + 1)
    if not matches and findings.heard:
        heard = set(findings.heard)
        numbers, places = analyser.cut(analyser.codes(folded), Cut.SOUND)
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            term = analyser.term(number, Cut.SOUND)
            if term in heard:
                matches.append(Match(place, place + 2, term))
    return sorted(matches, key=lambda match: match.start)
