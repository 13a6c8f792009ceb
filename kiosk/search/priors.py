"""What items earn whatever was asked: what helps at once, and articles of laws that are much cited, come first."""

from collections.abc import Sequence
from functools import cached_property

from kiosk.search.citations import priors, read_counts, reordered
from kiosk.search.collection import Collection
from kiosk.search.findings import Found
from kiosk.search.index import PackIndex
from kiosk.search.ranking import FACTORS_BY_NUMBER, KIND_FACTORS


class Priors:
    """Knows what the items of a collection count beside others that match alike.

    Args:
        collection: The open packs.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def of_kind(self, number: int, item: int) -> float:
        """Return what an item counts for being of its kind.

        Args:
            number: Of the pack.
            item: Its number in the pack.
        """
        pack = self._collection.packs[number]
        if isinstance(pack, PackIndex):
            return float(FACTORS_BY_NUMBER[pack.kinds[item]])
        return KIND_FACTORS.get(pack.row(item).kind, 1.0)

    def well_known_first(self, candidates: Sequence[Found]) -> list[Found]:
        """Return candidates with articles of much cited laws before others, in the places that articles have."""
        if not self._is_any_cited:
            return list(candidates)
        order = reordered([self._worth_as_article(each) for each in candidates])
        return [candidates[place] for place in order]

    def _worth_as_article(self, found: Found) -> float | None:
        """Return the score of an article with what its law being well known is worth; None for anything else."""
        pack = self._collection.packs[found.pack]
        law = int(pack.laws[found.item]) if isinstance(pack, PackIndex) else -1
        if law < 0:
            return None
        return found.score + self.of_kind(found.pack, found.item) * self._of_laws[found.pack][law]

    @cached_property
    def _is_any_cited(self) -> bool:
        return any(map(any, self._of_laws.values()))

    @cached_property
    def _of_laws(self) -> dict[int, tuple[float, ...]]:
        """For every pack with an index: what being well known is worth for each of its laws."""
        counts = read_counts(index.cited for _, index in self._collection.indexed)
        return {number: priors(index.law_names, counts) for number, index in self._collection.indexed}
