"""A collection of documents, one JSON object a line → a source that can be checked, built and edited."""

import gzip
import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from content_packs.durable import disk_error
from content_packs.errors import PackFormatError, PackLimitError, SourceError
from content_packs.import_record import KEYS, Record, item_file, record_of, theme_id
from content_packs.limits import ITEMS, MIB, TEXT_FILE_BYTES
from content_packs.pack_source import PACK_FILE
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.unreadable import UNREADABLE

_LINE_BYTES = 8 * MIB
_ASIDE = ".importing-"
_HUES = 12


class ImportOptions(Struct, frozen=True, kw_only=True):
    """What the collection does not say about the pack.

    Attributes:
        pack_id: Stable name.
        title: Of the pack.
        publisher: Who answers for it.
        verified_on: When somebody last compared the collection with its sources; also the day of issue.
        regions: Where it holds.
    """

    pack_id: str
    title: str
    publisher: str
    verified_on: date
    regions: tuple[str, ...] = ("0",)


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did.

    Attributes:
        items: How many items were written.
        themes: Theme titles with their number of items, largest first.
        ignored_keys: Keys of the collection that have no place in an item, with how often they held something.
        changes: Kinds of change that were needed, with how often.
    """

    items: int
    themes: tuple[tuple[str, int], ...]
    ignored_keys: dict[str, int]
    changes: dict[str, int]


def import_jsonl(
    collection: Path,
    folder: Path,
    options: ImportOptions,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Write a source from a collection; all of it or nothing.

    Args:
        collection: ``.jsonl`` or ``.jsonl.gz``.
        folder: Becomes the source; must be missing or empty.
        options: What the collection does not say.
        on_progress: Told about the bytes of the collection that were read.
        cancel: Asked before each document.

    Raises:
        PackFormatError: A line cannot be used; names the file and the line.
        PackLimitError: A document, or the number of documents, is too large.
        SourceError: The collection cannot be read.
        SiteError: The folder cannot be written.
        CancelledError: Somebody asked to stop.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PackFormatError(f"文件夹 {folder} 里已经有东西。", todo="请换一个空的文件夹。", code="P-119")
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder.parent))
        try:
            (aside / "items").mkdir()
            report = _Import(collection, aside, options, cancel or CancelToken()).run(on_progress)
            aside.chmod(0o755)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, folder) from error
    return report


class _Import:
    """One run over one collection."""

    def __init__(self, collection: Path, folder: Path, options: ImportOptions, cancel: CancelToken) -> None:
        self._collection = collection
        self._folder = folder
        self._options = options
        self._cancel = cancel
        self._lines_of_ids: dict[str, int] = {}
        self._themes: Counter[str] = Counter()
        self._ignored: Counter[str] = Counter()
        self._changes: Counter[str] = Counter()

    def run(self, on_progress: OnProgress) -> ImportReport:
        """Write every item, then ``pack.toml``."""
        for number, line in _lines(self._collection, on_progress):
            self._cancel.check()
            if line.strip():
                self._take(number, line)
        if not self._lines_of_ids:
            raise PackFormatError("文件里没有文档。", why=str(self._collection), todo="每行写一个 JSON 对象。")
        themes = tuple(sorted(self._themes.items(), key=lambda theme: (-theme[1], theme[0])))
        (self._folder / PACK_FILE).write_text(self._pack([title for title, _ in themes]), encoding="utf-8")
        return ImportReport(
            items=len(self._lines_of_ids),
            themes=themes,
            ignored_keys=dict(sorted(self._ignored.items())),
            changes=dict(sorted(self._changes.items())),
        )

    def _take(self, number: int, line: bytes) -> None:
        record = self._record(number, line)
        if record.id in self._lines_of_ids:
            first = self._lines_of_ids[record.id]
            raise self._refuse(number, f"编号 {record.id} 在第 {first} 行已经用过", "每行的 id 要不同。")
        self._lines_of_ids[record.id] = number
        if len(self._lines_of_ids) > ITEMS:
            raise PackLimitError("文档太多。", why=f"超过 {ITEMS} 个", todo="请分成几个文件，做成几个包。")
        options = self._options
        converted = item_file(record, verified_on=options.verified_on, publisher=options.publisher)
        data = converted.text.encode()
        if len(data) > TEXT_FILE_BYTES:
            raise PackLimitError("文档太长。", why=self._place(number), todo="一个条目最多 1 MiB，请拆开。")
        (self._folder / "items" / f"{record.id}.md").write_bytes(data)
        self._changes.update(converted.notes)
        if record.theme:
            self._themes[record.theme] += 1

    def _record(self, number: int, line: bytes) -> Record:
        try:
            fields = msgspec.json.decode(line, type=dict[str, object])
        except UNREADABLE as error:
            raise self._refuse(number, f"不是 JSON 对象（{error}）", "每行写一个 JSON 对象。") from error
        self._ignored.update(key for key, value in fields.items() if key not in KEYS and value not in (None, ""))
        record = record_of(fields)
        if isinstance(record, str):
            raise self._refuse(number, record, "请改正这一行。")
        return record

    def _pack(self, themes: list[str]) -> str:
        options = self._options

        def quoted(value: object) -> str:
            return msgspec.json.encode(value).decode()

        lines = [
            "format = 1",
            f"id = {quoted(options.pack_id)}",
            "version = 1",
            f"title = {quoted(options.title)}",
            f"publisher = {quoted(options.publisher)}",
            f"issued_on = {options.verified_on.isoformat()}",
            f"regions = {quoted(options.regions)}",
        ]
        for number, title in enumerate(themes):
            hue = number % _HUES + 1
            lines += ["", "[[themes]]", f"id = {quoted(theme_id(title))}", f"title = {quoted(title)}", f"hue = {hue}"]
        return "\n".join(lines) + "\n"

    def _refuse(self, number: int, why: str, todo: str) -> PackFormatError:
        return PackFormatError("导入的文件里有一行不能用。", why=f"{self._place(number)}：{why}", todo=todo)

    def _place(self, number: int) -> str:
        return f"{self._collection.name} 第 {number} 行"


def _lines(collection: Path, on_progress: OnProgress) -> Iterator[tuple[int, bytes]]:
    """Give the lines with their numbers, never more than a line's limit in memory, whatever a gzip file holds."""
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(collection.open("rb"))
            total = max(1, collection.stat().st_size)
            opened: IO[bytes] | gzip.GzipFile = raw
            if collection.suffix == ".gz":
                opened = stack.enter_context(gzip.GzipFile(fileobj=raw))
            number = 0
            while line := opened.readline(_LINE_BYTES + 1):
                number += 1
                if len(line) > _LINE_BYTES:
                    why = f"{collection.name} 第 {number} 行"
                    raise PackLimitError("导入的文件里有一行太长。", why=why, todo="一个文档最多 1 MiB。")
                on_progress(Progress(min(raw.tell(), total), total, "导入", "bytes"))
                yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            "要导入的文件读不出来。", why=f"{collection}：{error}", todo="请检查文件，再试一次。", code="S-203"
        ) from error
