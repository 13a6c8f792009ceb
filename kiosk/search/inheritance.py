"""Takes over from the index of an earlier version what the new one goes on with."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kiosk.search.citations import Citations, read_counts
from kiosk.search.increment import Increment
from kiosk.search.index import PackIndex
from kiosk.search.layer import Known
from kiosk.search.portion import DIGEST_BYTES


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over.

    Attributes:
        items: Places for items in the layers that stay.
        sections: Sections in them.
        known: What they number, and how long their texts are.
        names: Names of the items that are alive, one a line.
        owners: Item of every line.
        cited: Laws, and how many of these items cite each.
    """

    items: int = 0
    sections: int = 0
    known: Known = field(default_factory=Known)
    names: str = ""
    owners: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    cited: Mapping[str, int] = field(default_factory=dict)


def digests_of(index: PackIndex) -> list[list[bytes]]:
    """Return the SHA-256 of every item of each layer of an index; empty for a place that is empty."""
    found, slot = [], 0
    for layer in index.layers:
        digests = [digest.tobytes() for digest in np.load(layer.folder / "digests.npy").reshape(-1, DIGEST_BYTES)]
        found.append([b"" if place in index.dead else digest for place, digest in enumerate(digests, slot)])
        slot += len(digests)
    return found


class Inheritance:
    """The index of an earlier version, and what of it stays.

    Args:
        index: Open as long as this is used.
        way: From its digests.
    """

    def __init__(self, index: PackIndex, way: Increment) -> None:
        self._index = index
        self._layers = index.layers[: way.layers]
        self._items = sum(layer.about.items for layer in self._layers)
        self._stays = np.arange(index.about.items) < self._items
        self._stays[list(way.dead)] = False

    def take_over(self, folder: Path) -> Taken:
        """Bring the layers that stay into a new folder, without copying where the volume allows it.

        Raises:
            OSError: The disk refused.
        """
        for number, layer in enumerate(self._layers):
            (folder / str(number)).mkdir()
            for path in layer.folder.iterdir():
                _link(path, folder / str(number) / path.name)
        names, owners = self._names()
        return Taken(
            items=self._items,
            sections=sum(layer.about.sections for layer in self._layers),
            known=Known(
                chapters=[name for layer in self._layers for name in layer.chapter_names()],
                laws=[name for layer in self._layers for name in layer.law_names],
                lengths=_lengths(layer.about.lengths for layer in self._layers),
            ),
            names=names,
            owners=owners,
            cited=self._cited(),
        )

    def _names(self) -> tuple[str, NDArray[np.int32]]:
        owners: NDArray[np.int32] = np.load(self._index.folder / "names.npy")
        lines = (self._index.folder / "names.txt").read_text("utf-8").split("\n")[:-1]
        kept = self._stays[owners]
        text = "".join(f"{line}\n" for line, stays in zip(lines, kept.tolist(), strict=True) if stays)
        return text, owners[kept]

    def _cited(self) -> Counter[str]:
        counts = read_counts([self._index.cited])
        gone = np.flatnonzero(~self._stays).tolist()
        counts.subtract(self._cited_by([slot for slot in gone if slot not in self._index.dead]))
        return counts

    def _cited_by(self, slots: Sequence[int]) -> dict[str, int]:
        index, citations = self._index, Citations()
        for slot in slots:
            if index.laws[slot] < 0:
                sections = range(int(index.firsts[slot]), int(index.firsts[slot + 1]))
                citations.add(index.row(slot).title, map(index.text, sections))
        return citations.counts


def _lengths(layers: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the average lengths of the first layer that has any of a field."""
    found: dict[str, float] = {}
    for lengths in layers:
        found |= {name: length for name, length in lengths.items() if not found.get(name)}
    return found


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a volume without hard links
        shutil.copyfile(source, target)
