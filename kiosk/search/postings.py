"""Whoosh's postings as numpy arrays, both ways: the only module that knows Whoosh's private names.

Writing goes through Whoosh's codec with postings that are counted already, a block per term; reading takes the same
blocks back as arrays. What is written can be read by stock Whoosh too (see the contract tests). whoosh3 is pinned
exactly.
"""

import dataclasses
import shutil
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from pickle import dumps
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import filestore
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

_Codec: Any = whoosh3.W3Codec  # Any: Whoosh annotates only its public functions
_TermInfo: Any = whoosh3.W3TermInfo
_Storage: Any = filestore.FileStorage
_Toc: Any = index.TOC
_Index: Any = index.FileIndex

INDEX_NAME = "MAIN"
BLOCK_MAGIC = b"W3Bl"

_INLINED = 3
_ARRAYS_FROM = 24
_PICKLE = 4  # the first protocol that pickles arrays as bytes
_KINDS = (("B", np.uint8, 1 << 8), ("H", np.uint16, 1 << 16), ("I", np.uint32, 1 << 32))

Ids = NDArray[np.int32]
Weights = NDArray[np.float32]


class IndexDamageError(Exception):
    """An index that cannot be read; it is built anew, nobody need be told."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term occurs: documents in ascending order, and how often in each."""

    ids: Ids
    weights: Weights

    @property
    def nbytes(self) -> int:
        """Bytes of both arrays."""
        return int(self.ids.nbytes + self.weights.nbytes)


@dataclass(frozen=True, slots=True)
class TermRun:
    """Some neighbouring terms of a field with their postings, one after another.

    Attributes:
        terms: In the order of their code points.
        starts: Place of each term's first posting.
        ids: Documents, ascending within a term.
        weights: How often.
        numbers: What the terms are as numbers, where they are.
    """

    terms: list[str]
    starts: NDArray[np.int64]
    ids: Ids
    weights: Weights
    numbers: NDArray[np.uint64] = dataclasses.field(default_factory=lambda: np.zeros(0, np.uint64))


NOWHERE = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


def quantised_lengths(lengths: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return field lengths as Whoosh remembers them, in one byte each."""
    distinct, places = np.unique(lengths, return_inverse=True)
    kept = [byte_to_length(length_to_byte(int(length))) for length in distinct]
    return np.array(kept, np.float32)[places] if kept else np.zeros(0, np.float32)


def remove_scratch(folder: Path) -> None:
    """Remove what Whoosh leaves behind in the folder of a new index."""
    shutil.rmtree(folder / f"{INDEX_NAME}.tmp", ignore_errors=True)


class PostingsWriter:
    """Writes a whole index of one segment into an empty folder; use as a context manager.

    First `lengths` for the documents, then `field` for every field in the order of their names.

    Args:
        folder: Exists and is empty.
        names: Names of the fields.
        documents: How many documents there are.
    """

    def __init__(self, folder: Path, names: Iterable[str], documents: int) -> None:
        self._schema = fields.Schema(**{name: _field_type() for name in names})
        self._storage = _Storage(str(folder))
        self._segment = _Codec().new_segment(self._storage, INDEX_NAME)
        self._documents = documents
        self._terms: Any = None

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files; the index can be opened only if nothing went wrong."""
        if self._terms is not None:
            self._terms.close()
        if kind is None:
            self._segment.set_doc_count(self._documents)
            _Toc(self._schema, [self._segment], 1).write(self._storage, INDEX_NAME)
        self._storage.close()

    def lengths(self, lengths: Mapping[str, NDArray[np.int64]]) -> None:
        """Write how many terms each document has in each field; called once, first."""
        writer = _Codec().per_document_writer(self._storage, self._segment)
        named = [(name, self._schema[name], values.tolist()) for name, values in lengths.items()]
        for document in range(self._documents):
            writer.start_doc(document)
            for name, field, values in named:
                if values[document]:
                    writer.add_field(name, field, None, values[document])
            writer.finish_doc()
        writer.close()
        self._terms = _Codec().field_writer(self._storage, self._segment)

    def field(self, name: str, runs: Iterable[TermRun], lengths: NDArray[np.float32]) -> None:
        """Write one field.

        Args:
            name: Of the field.
            runs: All its terms, ordered by their code points, in runs of any size.
            lengths: Of every document, from `quantised_lengths`.
        """
        writer = self._terms
        writer.start_field(name, self._schema[name])
        number = writer._fieldid.to_bytes(2, "big")  # noqa: SLF001 - contract-tested
        file, index = writer._postfile, writer._tindex  # noqa: SLF001 - contract-tested
        for run in runs:
            ids, weights = run.ids.tolist(), run.weights.tolist()
            for term, start, end, info in _facts(run, lengths):
                if end - start <= _INLINED:
                    info.set_inlined(ids[start:end], weights[start:end], (b"",) * (end - start))
                else:
                    begin = file.tell()
                    if end - start < _ARRAYS_FROM:
                        _write_short(file, info, ids[start:end], weights[start:end])
                    else:
                        _write_long(file, info, run.ids[start:end], run.weights[start:end])
                    info.set_extent(begin, file.tell() - begin)
                index.add(number + term.encode(), info.to_bytes())
        writer.finish_field()


class PostingsReader:
    """Reads an index that `PostingsWriter`, or Whoosh itself, has written. Close it.

    Args:
        folder: Of the index.

    Raises:
        IndexDamageError: It cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._storage = _Storage(str(folder), readonly=True)
            reader = _Index(self._storage, indexname=INDEX_NAME).reader()
        except Exception as error:  # Whoosh lets anything through: unpickling, struct, assertion errors
            raise IndexDamageError(str(error)) from error
        if not isinstance(reader, SegmentReader):
            raise IndexDamageError("one segment expected")
        self._reader = reader

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self._reader.doc_count_all())

    def total_length(self, name: str) -> int:
        """Return the number of terms of a field over all documents."""
        return int(self._reader.field_length(name))

    def read(self, name: str, term: str) -> Postings:
        """Return where a term occurs in a field; nowhere if the index does not have it."""
        try:
            info: Any = self._reader.term_info(name, term)
        except TermNotFound:
            return NOWHERE
        if info.is_inlined():
            ids, weights, _ = info.inlined_postings()
            return Postings(np.array(ids, np.int32), np.array(weights, np.float32))
        matcher = self._reader.postings(name, term)
        blocks = list(_blocks(matcher))
        if len(blocks) == 1:
            return blocks[0]
        return Postings(
            np.concatenate([block.ids for block in blocks]), np.concatenate([block.weights for block in blocks])
        )

    def close(self) -> None:
        """Close the files."""
        self._reader.close()
        self._storage.close()


def _blocks(matcher: Any) -> Iterator[Postings]:  # noqa: ANN401 - Whoosh's own matcher
    while not matcher._atend:  # noqa: SLF001 - contract-tested
        matcher._read_data()  # noqa: SLF001 - contract-tested
        steps, weights, _ = matcher._data  # noqa: SLF001 - contract-tested
        count = matcher._blocklength  # noqa: SLF001 - contract-tested
        ids = np.cumsum(np.asarray(steps), dtype=np.int32)
        if weights is None or isinstance(weights, float):
            values = np.full(count, 1.0 if weights is None else weights, np.float32)
        else:
            values = np.asarray(weights, np.float32)
        yield Postings(ids, values)
        matcher._next_block()  # noqa: SLF001 - contract-tested


def _field_type() -> fields.FieldType:
    field = fields.KEYWORD(scorable=True)
    field.format = formats.Existence()  # counts are weights; nothing else is kept per posting
    return field


def _facts(run: TermRun, lengths: NDArray[np.float32]) -> Iterator[tuple[str, int, int, Any]]:
    """Give term, first and last place, and what Whoosh keeps about each term of a run."""
    starts = run.starts
    here = lengths[run.ids]
    columns = (
        run.terms,
        starts.tolist(),
        [*starts[1:].tolist(), len(run.ids)],
        np.add.reduceat(run.weights, starts).tolist(),
        np.minimum.reduceat(here, starts).astype(np.int64).tolist(),
        np.maximum.reduceat(here, starts).astype(np.int64).tolist(),
        np.maximum.reduceat(run.weights, starts).tolist(),
    )
    for term, start, end, weight, shortest, longest, heaviest in zip(*columns, strict=True):
        first, last = int(run.ids[start]), int(run.ids[end - 1])
        yield term, start, end, _TermInfo(weight, end - start, shortest, longest, heaviest, first, last)


def _write_short(file: Any, info: Any, ids: list[int], weights: list[float]) -> None:  # noqa: ANN401
    steps = [after - before for before, after in pairwise((0, *ids))]
    distinct = set(weights)
    kept: object = tuple(weights) if len(distinct) > 1 else None if distinct == {1.0} else weights[0]
    _write_block(file, info, dumps((tuple(steps), kept, None), _PICKLE))


def _write_long(file: Any, info: Any, ids: Ids, weights: Weights) -> None:  # noqa: ANN401
    steps = _packed(np.diff(ids, prepend=np.int32(0)))
    _write_block(file, info, dumps((steps, _packed(weights), None), _PICKLE))


def _packed(numbers: Ids | Weights) -> "array[int]":
    """Return whole numbers in as few bytes each as hold the largest: pickled as bytes, read back without a copy."""
    most = int(numbers.max())
    kind, dtype = next((kind, dtype) for kind, dtype, limit in _KINDS if most < limit)
    return array(kind, numbers.astype(dtype).tobytes())


def _write_block(file: Any, info: Any, data: bytes) -> None:  # noqa: ANN401
    """Write a term's only block in Whoosh's layout: length, pickled facts, pickled steps between ids and weights."""
    shortest, longest = length_to_byte(info.min_length()), length_to_byte(info.max_length())
    facts = dumps((info.doc_frequency(), info.max_id(), info.max_weight(), 0, shortest, longest), _PICKLE)
    file.write(BLOCK_MAGIC)
    file.write_int(-(len(facts) + len(data)))  # negative: the term's last block
    file.write(facts)
    file.write(data)
