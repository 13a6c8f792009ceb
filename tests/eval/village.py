"""What villagers ask, over the starter pack as it is built and installed.

Three sets, all graded before anything was tuned to them; the third was written by somebody who had not seen the search.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import BUILT_ON
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from kiosk.words import SearchAnswer
from tests.eval import ours

STARTER = ours.ROOT / "content_packs" / "starter"
FIXTURES = ours.ROOT / "tests" / "fixtures"
SETS: Mapping[str, str] = {
    "village": "village_queries.tsv",
    "village, unseen": "village_unseen.tsv",
    "village, strangers": "village_strangers.tsv",
    "village, newcomers": "village_newcomers.tsv",
}
EMERGENCIES = "emergencies.tsv"
EMERGENCY = "emergency"
OUT = "out"
FIRST = 3
FIRST_OF: Mapping[str, int] = {"docno": 1, "initials": 5}
"""Sorts of question whose right topic may stand higher or lower than `FIRST`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many questions of one sort were answered rightly."""

    right: int
    asked: int

    @property
    def share(self) -> float:
        """Right ones, 0 to 1."""
        return self.right / max(1, self.asked)


Village = Mapping[str, Mapping[str, Told]]
"""Set → sort of question → how many were right."""


def is_right(sort: str, topics: Sequence[str], expected: str) -> bool:
    """Return whether one of the right topics stands high enough; nothing may, where nothing is right.

    Args:
        sort: Of the question.
        topics: Of the hits, best first.
        expected: Topics parted by bars; empty where the content does not cover the question.
    """
    if not expected:
        return not topics
    return not set(expected.split("|")).isdisjoint(topics[: FIRST_OF.get(sort, FIRST)])


def measure(work: Path) -> Village:
    """Build and install the starter pack through the ordinary commands, and ask everything."""
    folder = work / "village"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ours.cunkou("pack", "build", STARTER, folder / "release", "--json")
    ours.install(folder / "release", folder / "home")
    with Kiosk(Home((folder / "home").resolve()), Settings(), today=lambda: BUILT_ON) as kiosk:
        found = {name: _told(_graded(kiosk, file)) for name, file in SETS.items()}
        cries = [(EMERGENCY, _phone(kiosk.searcher.search(query)) == phone) for query, phone in _rows(EMERGENCIES)]
    return found | {"emergencies": _told(cries)}


def _graded(kiosk: Kiosk, file: str) -> Iterator[tuple[str, bool]]:
    for sort, query, expected in _rows(file):
        topics = [hit.ref.id.split("-")[0] for hit in kiosk.searcher.search(query).hits]
        yield sort, is_right(sort, topics, expected)


def _phone(answer: SearchAnswer) -> str:
    return answer.phone if answer.emergency else ""


def _told(graded: Iterable[tuple[str, bool]]) -> Mapping[str, Told]:
    counts: defaultdict[str, list[bool]] = defaultdict(list)
    for sort, right in graded:
        counts[sort].append(right)
    return {sort: Told(right=sum(rights), asked=len(rights)) for sort, rights in counts.items()}


def _rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in (FIXTURES / file).read_text("utf-8").splitlines()[1:]]
