"""Writes a layer of an index from portions: Whoosh's postings, what they are worth, and what is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from content_packs.progress import CancelToken, OnProgress, Progress
from kiosk.search.analysis import Analyser
from kiosk.search.arrays import save_array
from kiosk.search.fields import FIELDS, Field, Part, field_name, is_numbered
from kiosk.search.impacts import ImpactsWriter
from kiosk.search.inverted import Sorted, merged, spelled
from kiosk.search.layout import LAYER, AboutLayer
from kiosk.search.portion import DIGEST_BYTES, Portion
from kiosk.search.postings import PostingsWriter, TermRun, quantised_lengths, remove_scratch

WRITE_PHASE: Final = "建立索引"

_OF_SECTIONS: Final = frozenset({Part.TEXT, Part.BODY})
_NONE: Final = -1

Numbers = NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What the layers below have numbered already, and how long their texts are.

    Attributes:
        chapters: Law and heading of every chapter.
        laws: Names of the laws.
        lengths: Terms that a text of each field has on average.
    """

    chapters: Sequence[tuple[str, str]] = ()
    laws: Sequence[str] = ()
    lengths: Mapping[str, float] = field(default_factory=dict)


def write_layer(
    folder: Path,
    portions: Sequence[Portion],
    known: Known,
    analyser: Analyser,
    on_progress: OnProgress,
    cancel: CancelToken,
) -> AboutLayer:
    """Write a layer into an empty folder; nothing is durable yet.

    Args:
        folder: Exists.
        portions: In the order of the items.
        known: From the layers below.
        analyser: Spells the terms.
        on_progress: Told about fields written.
        cancel: Asked between two steps.

    Returns:
        What the layer says about itself.

    Raises:
        CancelledError: ``cancel`` was asked to.
        OSError: The disk refused.
    """
    layer = _Layer(folder, portions, known, analyser)
    layer.write_shown()
    lengths = layer.write_postings(on_progress, cancel)
    remove_scratch(folder)
    about = AboutLayer(
        items=sum(portion.items for portion in portions),
        sections=layer.sections,
        chapters=layer.chapters,
        lengths=lengths,
        sizes={path.name: path.stat().st_size for path in sorted(folder.iterdir())},
    )
    (folder / LAYER).write_bytes(msgspec.json.encode(about))
    return about


class _Layer:
    """One layer that is being written."""

    def __init__(self, folder: Path, portions: Sequence[Portion], known: Known, analyser: Analyser) -> None:
        self._folder = folder
        self._portions = portions
        self._known = known
        self._analyser = analyser
        self._firsts = np.cumsum([0, *(portion.sections for portion in portions)])
        self._chapters = _numbered(known.chapters, (portion.chapters for portion in portions))
        self._laws = _numbered(known.laws, (portion.laws for portion in portions))
        self.sections = int(self._firsts[-1])
        self.chapters = len(self._chapters) - len(known.chapters)

    def write_shown(self) -> None:
        """Write texts, rows, and what belongs to items and sections."""
        folder, portions = self._folder, self._portions
        digests = np.frombuffer(b"".join(digest for portion in portions for digest in portion.digests), np.uint8)
        save_array(folder / "digests.npy", digests.reshape(-1, DIGEST_BYTES))
        firsts = [portion["firsts"][:-1] + first for portion, first in zip(portions, self._firsts, strict=False)]
        save_array(folder / "firsts.npy", _joined([*firsts, self._firsts[-1:]], np.int32))
        save_array(folder / "kinds.npy", _joined([portion["kinds"] for portion in portions], np.uint8))
        laws = [_places(self._laws, portion.laws)[portion["laws"]] for portion in portions]
        save_array(folder / "laws.npy", _joined(laws, np.int32))
        chapters = [_places(self._chapters, portion.chapters)[portion["chapters"]] for portion in portions]
        save_array(folder / "chapters.npy", _joined(chapters, np.int32))
        new_laws = list(self._laws)[len(self._known.laws) :]
        (folder / "laws.txt").write_bytes("".join(f"{law}\n" for law in new_laws).encode())
        new_chapters = list(self._chapters)[len(self._known.chapters) :]
        (folder / "chapters.json").write_bytes(msgspec.json.encode(new_chapters))
        for name in ("texts", "rows"):
            self._write_pile(name)

    def write_postings(self, on_progress: OnProgress, cancel: CancelToken) -> dict[str, float]:
        """Write every field; return how many terms a text of each has on average."""
        lengths = {each: self._lengths(each) for each in FIELDS}
        averages: dict[str, float] = {}
        with PostingsWriter(self._folder, map(field_name, FIELDS), self.sections) as writer:
            writer.lengths({field_name(each): lengths[each] for each in FIELDS})
            for done, each in enumerate(FIELDS):
                name = field_name(each)
                on_progress(Progress(done, len(FIELDS), WRITE_PHASE, "fields"))
                quantised = quantised_lengths(lengths[each])
                averages[name] = self._known.lengths.get(name, 0.0) or self._average(each, lengths[each])
                numbered = is_numbered(each)
                relative = quantised / np.float32(averages[name] or 1.0)
                with ImpactsWriter(self._folder, each, relative) if numbered else nullcontext() as impacts:
                    writer.field(name, _told(self._runs(each), impacts, cancel), quantised)
                for portion in self._portions:
                    portion.rest()
        on_progress(Progress(len(FIELDS), len(FIELDS), WRITE_PHASE, "fields"))
        return averages

    def _write_pile(self, name: str) -> None:
        begin, offsets = 0, [np.zeros(1, np.uint64)]
        with (self._folder / f"{name}.bin").open("wb") as file:
            for portion in self._portions:
                file.write(portion[name].data)
                offsets.append(portion[f"{name}.offsets"][1:] + np.uint64(begin))
                begin += len(portion[name])
                portion.rest()
        save_array(self._folder / f"{name}.npy", np.concatenate(offsets))

    def _documents(self, portion: int, part: Part) -> Numbers:
        """Return the numbers in this layer of the documents of a portion; -1 for chapters that a lower layer has."""
        if part is Part.CHAPTER:
            chapters = _places(self._chapters, self._portions[portion].chapters)[:-1] - len(self._known.chapters)
            return np.asarray(np.where(chapters < 0, _NONE, chapters), np.int64)
        first = int(self._firsts[portion])
        return np.arange(first, first + self._portions[portion].sections, dtype=np.int64)

    def _lengths(self, each: Field) -> Numbers:
        lengths = np.zeros(self.sections, np.int64)
        if is_numbered(each):
            for number, portion in enumerate(self._portions):
                documents, counts = portion.lengths(each)
                numbers = self._documents(number, each[0])[documents]
                np.add.at(lengths, numbers[numbers >= 0], counts[numbers >= 0])
        return lengths

    def _average(self, each: Field, lengths: Numbers) -> float:
        if each[0] is Part.CHAPTER:
            texts = self.chapters
        else:
            texts = self.sections if each[0] in _OF_SECTIONS else sum(portion.items for portion in self._portions)
        return float(lengths.sum()) / max(1, texts)

    def _runs(self, each: Field) -> Iterator[TermRun]:
        documents = [self._documents(number, each[0]) for number in range(len(self._portions))]
        if not is_numbered(each):
            return spelled(
                (term, {int(numbers[document]): count for document, count in counts.items()})
                for portion, numbers in zip(self._portions, documents, strict=True)
                for term, counts in portion.spelled(each)
            )
        parts = [
            Sorted(portion.keys(each), portion.counts(each), numbers)
            for portion, numbers in zip(self._portions, documents, strict=True)
        ]
        return merged(parts, self._analyser, each[1])


def _told(runs: Iterable[TermRun], impacts: ImpactsWriter | None, cancel: CancelToken) -> Iterator[TermRun]:
    for run in runs:
        cancel.check()
        if impacts:
            impacts.add(run)
        yield run


def _numbered(known: Sequence[T], more: Iterable[Sequence[T]]) -> dict[T, int]:
    """Return the numbers of names: first those that are known, then the others as they come."""
    numbers = {name: number for number, name in enumerate(known)}
    for names in more:
        for name in names:
            numbers.setdefault(name, len(numbers))
    return numbers


def _places(numbers: Mapping[T, int], names: Sequence[T]) -> Numbers:
    """Return the numbers of names, and -1 behind them, where -1 leads."""
    return np.array([*(numbers[name] for name in names), _NONE], np.int64)


def _joined(arrays: Sequence[NDArray[np.generic]], kind: type[np.generic]) -> NDArray[np.generic]:
    return np.concatenate([*arrays, np.zeros(0, kind)]).astype(kind, copy=False)
