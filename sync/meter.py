"""How far a sync is, with every phase weighed by the time it takes: pure but for the clock that is handed in.

A progress that stands at 0 % while hashes are checked, or at 100 % while an index is built, makes a clerk pull the
stick. Each phase of each pack has its share of the expected time, and the expectation follows what is measured.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from content_packs.progress import OnProgress, Progress
from sync.line import Clock

_EVERY_S = 0.05
"""Between two reports about the same phase of the same pack."""

_SURE_S = 2.0
"""A phase must have run this long before its speed is believed."""


class Phase(StrEnum):
    """What is done with a pack, in this order."""

    FETCH = "fetch"
    INSTALL = "install"
    INDEX = "index"


_WORDS = {Phase.FETCH: "取", Phase.INSTALL: "校验并安装", Phase.INDEX: "建立索引"}
_ORDER = tuple(Phase)


class Work(Struct, frozen=True):
    """One pack that is installed.

    Attributes:
        pack_id: Its id.
        title: For people.
        expected_s: Of each phase, in the order of `Phase`.
    """

    pack_id: str
    title: str
    expected_s: tuple[float, float, float]


class Meter:
    """Turns where each phase is into where the whole is.

    Args:
        works: In the order in which they are done.
        on_progress: Told about the whole.
        clock: Seconds that only grow.
    """

    def __init__(self, works: Sequence[Work], on_progress: OnProgress, clock: Clock) -> None:
        self._works = {work.pack_id: work for work in works}
        self._on_progress = on_progress
        self._clock = clock
        self._seen: set[tuple[str, Phase]] = set()
        self._shares = {(work.pack_id, phase): 0.0 for work in works for phase in Phase}
        self._spent = dict.fromkeys(Phase, 0.0)
        self._earned = dict.fromkeys(Phase, 0.0)
        self._now = clock()
        self._percent = 0.0

    def report(self, pack_id: str, phase: Phase, progress: Progress) -> None:
        """Tell where one phase of one pack stands. Where it stands first is where it began: nothing is learned of it.

        What comes too soon after the last report is passed over, except the end of a phase.

        Args:
            pack_id: Of one of the works.
            phase: That is running; those before it count as done.
            progress: Of this phase alone; its words are replaced where it has none.
        """
        is_first, is_last = (pack_id, phase) not in self._seen, progress.done >= progress.total
        if not (is_first or is_last) and self._clock() - self._now < _EVERY_S:
            return
        work = self._works[pack_id]
        share = min(1.0, progress.done / max(1, progress.total))
        before = self._shares[pack_id, phase]
        now = self._clock()
        self._spent[phase] += now - self._now
        self._now = now
        if (pack_id, phase) in self._seen:
            self._earned[phase] += max(0.0, share - before) * self._expected(work, phase)
        self._seen.add((pack_id, phase))
        self._shares[pack_id, phase] = max(before, share)
        for earlier in _ORDER[: _ORDER.index(phase)]:
            self._shares[pack_id, earlier] = 1.0
        self._percent = max(self._percent, self._share_done() * 100)
        words = f"{_WORDS[phase]}《{work.title}》"
        self._on_progress(
            Progress(progress.done, progress.total, words, progress.unit, round(self._percent, 1), self._seconds_left())
        )

    def skip(self, pack_id: str) -> None:
        """Count a pack as done, whatever became of it."""
        for phase in Phase:
            self._shares[pack_id, phase] = 1.0

    def _share_done(self) -> float:
        total = sum(sum(work.expected_s) for work in self._works.values())
        done = sum(
            self._shares[work.pack_id, phase] * self._expected(work, phase)
            for work in self._works.values()
            for phase in Phase
        )
        return done / total if total else 1.0

    def _seconds_left(self) -> int:
        slowness = self._slowness()
        return round(
            sum(
                (1 - self._shares[work.pack_id, phase]) * self._expected(work, phase) * slowness[phase]
                for work in self._works.values()
                for phase in Phase
            )
        )

    def _slowness(self) -> Mapping[Phase, float]:
        """Return how many times longer each phase takes than was expected."""
        return {
            phase: self._spent[phase] / self._earned[phase]
            if self._spent[phase] >= _SURE_S and self._earned[phase] > 0
            else 1.0
            for phase in Phase
        }

    def _expected(self, work: Work, phase: Phase) -> float:
        return work.expected_s[_ORDER.index(phase)]
