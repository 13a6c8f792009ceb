"""Builds the search index of an installed pack: aside, then swapped into place."""

import os
import shutil
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from content_packs.docno import keys_of_item
from content_packs.durable import disk_error, fsync_file, fsync_folder
from content_packs.errors import SiteError
from content_packs.model import Item
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.reader import ItemRow, PackReader
from kiosk.search.analysis import ANALYSER_VERSION, Analyser, words_of
from kiosk.search.chapters import Chapters
from kiosk.search.citations import Citations, LawNumbers, law_name
from kiosk.search.fields import FIELDS, Cut, Field, Part, field_name, is_numbered
from kiosk.search.impacts import ImpactsWriter
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.inverted import NumberedField, SpelledField
from kiosk.search.layout import ABOUT, BUILDING, KINDS, LAYOUT_VERSION, About, read_about
from kiosk.search.names import NameLines
from kiosk.search.postings import INDEX_NAME, IndexDamageError, PostingsWriter, TermRun, quantised_lengths
from kiosk.search.sections import sections_of
from kiosk.search.selftest import self_test
from kiosk.tables.layout import TABLES_VERSION
from kiosk.tables.read import Tables

READ_PHASE = "读取条目"
WRITE_PHASE = "建立索引"

_BATCH_CHARS = 500_000
_STEP_ITEMS = 20
_EVERY_READING = frozenset({Part.TITLE, Part.KEYWORD})


def is_current(index_dir: Path, digest: str) -> bool:
    """Return whether an index is complete, belongs to this content and was cut as queries are cut now.

    Args:
        index_dir: Folder of the index.
        digest: SHA-256 of the pack's manifest.
    """
    about = read_about(index_dir)
    made = (LAYOUT_VERSION, ANALYSER_VERSION, TABLES_VERSION, digest)
    return about is not None and (about.layout, about.analyser, about.tables, about.digest) == made


def index_pack(
    content_db: Path,
    index_dir: Path,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
    tables: Tables | None = None,
) -> About:
    """Build the index of an installed pack. What stood at ``index_dir`` is used until the new one is complete.

    Args:
        content_db: Of the installed pack.
        index_dir: Where the index will lie, see `kiosk.search.layout.index_folder`.
        on_progress: Told about items read, then fields written.
        cancel: Asked between two steps.
        tables: Characters and sounds; by default those of this program.

    Returns:
        What the index says about itself.

    Raises:
        CancelledError: ``cancel`` was asked to; nothing has changed.
        PackIntegrityError: The pack cannot be read.
        SiteError: The disk is full or cannot be written, or the new index does not know the words of its own titles.
    """
    analyser = Analyser(tables or Tables())
    try:
        index_dir.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=index_dir.parent))
        try:
            with PackReader(content_db) as reader:
                about = _Build(aside, analyser, on_progress, cancel or CancelToken()).run(reader)
                _require_sound(aside, reader, analyser)
            _swap(aside, index_dir)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, index_dir) from error
    return about


def _require_sound(folder: Path, reader: PackReader, analyser: Analyser) -> None:
    """Refuse an index that does not find what it holds; the one of before stays in use.

    Raises:
        SiteError: It does not.
    """
    try:
        index = PackIndex(folder, PostingsCache(0))
        try:
            self_test(index, reader.item_count, analyser)
        finally:
            index.close()
    except IndexDamageError as error:
        raise SiteError(
            "搜索索引建好了，但自己查自己没有通过。", why=str(error), todo="请检查磁盘，再装一次。", code="M-315"
        ) from error


class _Build:
    """One build in one folder."""

    def __init__(self, folder: Path, analyser: Analyser, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._folder = folder
        self._analyser = analyser
        self._on_progress = on_progress
        self._cancel = cancel
        self._scratch = folder / "scratch"
        self._scratch.mkdir()
        self._numbered = {
            field: NumberedField(field, analyser, self._scratch) for field in FIELDS if is_numbered(field)
        }
        self._spelled = {field: SpelledField() for field in FIELDS if not is_numbered(field)}
        self._lengths: dict[Field, list[NDArray[np.int64]]] = {field: [] for field in FIELDS}
        self._names = NameLines()
        self._chapters = Chapters()
        self._kinds: list[int] = []
        self._laws = LawNumbers()
        self._citations = Citations()
        self._firsts = [0]

    def run(self, reader: PackReader) -> About:
        """Read all items, write all fields, then say that the index is complete."""
        with (self._folder / "texts.bin").open("wb") as texts, (self._folder / "rows.bin").open("wb") as rows:
            self._read(reader, _Pile(texts), _Pile(rows))
        np.save(self._folder / "firsts.npy", np.array(self._firsts, np.int32))
        np.save(self._folder / "kinds.npy", np.array(self._kinds, np.uint8))
        np.save(self._folder / "laws.npy", np.array(self._laws.of_items, np.int32))
        (self._folder / "laws.txt").write_bytes(self._laws.lines.encode())
        (self._folder / "cited.txt").write_bytes(self._citations.lines.encode())
        np.save(self._folder / "chapters.npy", np.array(self._chapters.of_sections, np.int32))
        self._write()
        shutil.rmtree(self._scratch)
        shutil.rmtree(self._folder / f"{INDEX_NAME}.tmp", ignore_errors=True)  # Whoosh's own scratch
        about = About(
            layout=LAYOUT_VERSION,
            analyser=ANALYSER_VERSION,
            tables=TABLES_VERSION,
            digest=reader.manifest_digest,
            items=len(self._firsts) - 1,
            sections=self._firsts[-1],
            chapters=len(self._chapters),
        )
        (self._folder / ABOUT).write_bytes(msgspec.json.encode(about))
        return about

    # --- reading ----------------------------------------------------------------------------------------------------

    def _read(self, reader: PackReader, texts: "_Pile", rows: "_Pile") -> None:
        batch = _Batch()
        catalogue = reader.rows()
        total = max(1, len(catalogue))
        for done, (row, item) in enumerate(zip(catalogue, reader.items(), strict=True)):
            if done % _STEP_ITEMS == 0:
                self._cancel.check()
                self._on_progress(Progress(done, total, READ_PHASE))
            rows.add(msgspec.json.encode(row))
            self._kinds.append(KINDS.index(row.kind))
            self._names.add(done, row, self._analyser)
            self._add_item(row, item, texts, batch)
            if batch.chars >= _BATCH_CHARS:
                self._count(batch)
                batch = _Batch()
        self._count(batch)
        self._on_progress(Progress(total, total, READ_PHASE))
        np.save(self._folder / "texts.npy", texts.offsets)
        np.save(self._folder / "rows.npy", rows.offsets)
        (self._folder / "names.txt").write_bytes(self._names.text.encode())
        np.save(self._folder / "names.npy", np.array(self._names.items, np.int32))

    def _add_item(self, row: ItemRow, item: Item, texts: "_Pile", batch: "_Batch") -> None:
        first = self._firsts[-1]
        titles = " ".join(dict.fromkeys(filter(None, (row.title, row.plain_title))))
        fold = self._analyser.fold
        is_article = self._chapters.is_article(row.kind, row.title)
        self._laws.add(law_name(row.title) if is_article else "")
        if not is_article:
            batch.add(Part.TITLE, first, fold(titles))
        batch.add(Part.KEYWORD, first, fold(" ".join(row.keywords)))
        batch.add(Part.SUMMARY, first, fold(row.summary))
        for key in keys_of_item(row.doc_no):
            self._spelled[Part.TITLE, Cut.NUMBER].add(key, first)
        sections = sections_of(item)
        for number, section in enumerate(sections, first):
            texts.add(section.text.encode())
            text = fold(f"{row.title} {section.heading} {section.text}")
            batch.add(Part.TEXT, number, text)
            batch.add(Part.BODY, number, text[len(text) - len(section.text) :] if is_article else text)
            chapter = self._chapters.add(row.kind, row.title, section.heading)
            if chapter >= 0:
                batch.add(Part.CHAPTER, chapter, text)
        if not is_article:
            self._citations.add(row.title, (section.text for section in sections))
        self._firsts.append(first + len(sections))

    def _count(self, batch: "_Batch") -> None:
        for field in FIELDS:
            part, cut = field
            documents, folded = batch.documents[part], batch.texts[part]
            if cut is Cut.WORD:
                for document, text in zip(documents, folded, strict=True):
                    for word in words_of(text):
                        self._spelled[field].add(word, document)
            elif field in self._numbered and documents:
                terms, owners = self._terms(field, folded)
                numbers = np.array(documents, np.int64)
                self._numbered[field].add(terms, numbers[owners].astype(np.uint64))
                self._lengths[field].append(np.stack([numbers, np.bincount(owners, minlength=len(numbers))]))

    def _terms(self, field: Field, folded: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Return the terms of several texts, and for each the place of the text it comes from."""
        part, cut = field
        if cut is Cut.SOUND and part in _EVERY_READING:
            heard = [
                [self._analyser.number_of_sounds(term) for term in self._analyser.all_sounds(text)] for text in folded
            ]
            owners = np.repeat(np.arange(len(folded)), [len(numbers) for numbers in heard])
            return np.array([number for numbers in heard for number in numbers], np.uint64), owners
        terms, places = self._analyser.cut(self._analyser.codes("\n".join(folded)), cut)
        ends = np.cumsum([len(text) + 1 for text in folded])
        return terms, np.searchsorted(ends, places, side="right")

    # --- writing ----------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        sections = self._firsts[-1]
        lengths = {field: self._whole_lengths(field, sections) for field in FIELDS}
        quantised = np.stack([quantised_lengths(lengths[field]) for field in FIELDS])
        with PostingsWriter(self._folder, map(field_name, FIELDS), sections) as writer:
            writer.lengths({field_name(field): lengths[field] for field in FIELDS})
            for done, field in enumerate(FIELDS):
                self._cancel.check()
                self._on_progress(Progress(done, len(FIELDS), WRITE_PHASE, "fields"))
                if is_numbered(field):
                    total = max(1.0, float(lengths[field].sum())) / max(1, self._documents(field[0]))
                    with ImpactsWriter(self._folder, field, quantised[done] / np.float32(total)) as impacts:
                        writer.field(field_name(field), self._checked(self._numbered[field], impacts), quantised[done])
                else:
                    writer.field(field_name(field), self._checked(self._spelled[field]), quantised[done])
        self._on_progress(Progress(len(FIELDS), len(FIELDS), WRITE_PHASE, "fields"))

    def _checked(self, source: NumberedField | SpelledField, impacts: ImpactsWriter | None = None) -> Iterator[TermRun]:
        for run in source.runs():
            self._cancel.check()
            if impacts:
                impacts.add(run)
            yield run

    def _whole_lengths(self, field: Field, sections: int) -> NDArray[np.int64]:
        lengths = np.zeros(sections, np.int64)
        for documents, counts in self._lengths[field]:
            np.add.at(lengths, documents, counts)
        return lengths

    def _documents(self, part: Part) -> int:
        if part is Part.CHAPTER:
            return len(self._chapters)
        return self._firsts[-1] if part in {Part.TEXT, Part.BODY} else len(self._kinds)


class _Batch:
    """Folded texts that are counted together, with the section each belongs to."""

    def __init__(self) -> None:
        self.texts: dict[Part, list[str]] = {part: [] for part in Part}
        self.documents: dict[Part, list[int]] = {part: [] for part in Part}
        self.chars = 0

    def add(self, part: Part, document: int, folded: str) -> None:
        """Add the text of one part of a section, if there is any."""
        if folded.strip():
            self.texts[part].append(folded)
            self.documents[part].append(document)
            self.chars += len(folded)


class _Pile:
    """A file of pieces, and where each begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offsets = array("Q", [0])

    def add(self, piece: bytes) -> None:
        """Append one piece."""
        self._file.write(piece)
        self._offsets.append(self._offsets[-1] + len(piece))

    @property
    def offsets(self) -> NDArray[np.uint64]:
        """Where each piece begins, and where the last one ends."""
        return np.array(self._offsets, np.uint64)


def _swap(aside: Path, index_dir: Path) -> None:
    """Put a complete index into place; whoever has the old one open keeps reading it."""
    for path in sorted(aside.iterdir()):
        fsync_file(path)
    fsync_folder(aside)
    old = aside.with_name(f"{aside.name}-old")
    if index_dir.exists():
        os.replace(index_dir, old)  # noqa: PTH105 - the call whose promise this rests on
    os.replace(aside, index_dir)  # noqa: PTH105 - as above
    fsync_folder(index_dir.parent)
    shutil.rmtree(old, ignore_errors=True)
