"""A source folder → everything in it that can be read, and findings for everything else."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import msgspec

from content_packs.errors import PackError, PackFormatError
from content_packs.findings import Finding
from content_packs.item_source import read_item
from content_packs.limits import ITEMS, PICTURE_BYTES, RECORDING_BYTES
from content_packs.model import PackInfo, Picture
from content_packs.pack_source import PACK_FILE, SYNONYM_FILE, read_pack, read_synonyms
from content_packs.pictures import PICTURE_SUFFIXES, RECORDING_SUFFIXES, prepare_picture, recording_type
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from content_packs.source_files import line_of, read_bytes, read_text, walk_files
from content_packs.source_words import LoadedItem, LoadedMedia, LoadedSource

KeepMedia = Callable[[LoadedMedia, bytes], None]
"""Takes the prepared bytes of each picture and recording, once."""


def read_source(
    root: Path,
    *,
    keep: KeepMedia | None = None,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> LoadedSource:
    """Read a source, gathering all that is wrong instead of stopping at the first.

    Args:
        root: Folder that holds ``pack.toml``.
        keep: Takes the prepared media; without it they are checked and forgotten.
        on_progress: Told after each item.
        cancel: Asked before each item.

    Raises:
        PackFormatError: There is no such folder.
        PackVersionError: The source is of a newer format than this program.
        SourceError: The disk does not give a folder or a file.
        CancelledError: Somebody asked to stop.
    """
    if not root.is_dir():
        raise PackFormatError(f"没有文件夹 {root}。", todo="请检查路径；新的资料包用 cunkou pack new 建立。")
    return _Reader(root, keep, cancel or CancelToken()).read(on_progress)


_PLACEHOLDER = PackInfo(id="unreadable", version=1, title="-", publisher="-", issued_on=date.min)
"""Stands in for a ``pack.toml`` that cannot be read, so that the items are still checked."""


class _Reader:
    """Reads one source once."""

    def __init__(self, root: Path, keep: KeepMedia | None, cancel: CancelToken) -> None:
        self._root = root
        self._keep = keep
        self._cancel = cancel
        self._findings: list[Finding] = []
        self._by_path: dict[str, LoadedMedia | None] = {}
        self._media: dict[str, LoadedMedia] = {}
        self._file = ""

    def read(self, on_progress: OnProgress) -> LoadedSource:
        """Read everything."""
        info, info_lines = self._pack()
        shown = info or _PLACEHOLDER
        files = self._item_files()
        items: list[LoadedItem] = []
        for number, file in enumerate(files):
            self._cancel.check()
            on_progress(Progress(number, len(files), "读取条目"))
            loaded = self._item(file, shown)
            if loaded:
                items.append(loaded)
        on_progress(Progress(len(files), max(1, len(files)), "读取条目"))
        self._unused()
        return LoadedSource(
            info=info,
            info_lines=info_lines,
            items=tuple(sorted(items, key=lambda loaded: (loaded.item.id, loaded.file))),
            media=dict(sorted(self._media.items())),
            findings=tuple(self._findings),
        )

    def _pack(self) -> tuple[PackInfo | None, dict[str, int]]:
        text = self._text(PACK_FILE)
        if text is None:
            return None, {}
        info, lines, findings = read_pack(text)
        self._findings += findings
        if info and (self._root / SYNONYM_FILE).exists() and (text := self._text(SYNONYM_FILE)) is not None:
            synonyms, findings = read_synonyms(text)
            self._findings += findings
            info = msgspec.structs.replace(info, synonyms=synonyms)
        return info, lines

    def _item_files(self) -> list[str]:
        files: list[str] = []
        for file in walk_files(self._root, "items"):
            if file.endswith(".md") or (self._root / file).is_symlink():
                files.append(file)
            else:
                self._say(file, "items 里只放 .md 文件，这个文件没有用上。", "请改名或移走。", blocking=False)
        if len(files) > ITEMS:
            self._say("items", f"条目太多：{len(files)} 个。", f"一个资料包最多 {ITEMS} 个条目，请分成几个包。")
            return []
        return files

    def _item(self, file: str, info: PackInfo) -> LoadedItem | None:
        self._file = file
        text = self._text(file)
        if text is None:
            return None
        loaded, findings = read_item(text, file, info, picture=self._picture, recording=self._recording)
        self._findings += findings
        return loaded

    def _picture(self, path: str, alt: str, line: int) -> Picture | None:
        found = self._medium(path, line, PICTURE_SUFFIXES, "pictures")
        if not found:
            return None
        return Picture(sha256=found.sha256, alt=alt, width=found.width, height=found.height)

    def _recording(self, path: str, line: int) -> str:
        found = self._medium(path, line, RECORDING_SUFFIXES, "recordings")
        return found.sha256 if found else ""

    def _medium(self, path: str, line: int, suffixes: tuple[str, ...], folder: str) -> LoadedMedia | None:
        """Prepare a picture or a recording once, however often it is shown."""
        if path in self._by_path:
            found = self._by_path[path]
            if found is None:
                self._say(self._file, f"文件 {path} 不能用，前面已经说明。", "请按前面的说明改。", line)
            return found
        self._by_path[path] = None
        try:
            self._by_path[path] = self._prepared(path, suffixes, folder)
        except PackError as error:
            why = f"{error.what}（{error.why}）" if error.why else error.what
            self._say(self._file, why, error.todo, line)
        return self._by_path[path]

    def _prepared(self, path: str, suffixes: tuple[str, ...], folder: str) -> LoadedMedia:
        limit = PICTURE_BYTES if suffixes is PICTURE_SUFFIXES else RECORDING_BYTES
        data = read_bytes(self._root, path, limit)
        if not path.lower().endswith(suffixes) or not path.startswith(f"{folder}/"):
            wanted = "、".join(suffix[1:] for suffix in suffixes)
            raise PackFormatError(f"文件 {path} 放的地方或类型不对。", todo=f"放在 {folder}/ 里，类型为 {wanted}。")
        width = height = 0
        if suffixes is PICTURE_SUFFIXES:
            picture = prepare_picture(data, path)
            data, media_type, width, height = picture.data, picture.media_type, picture.width, picture.height
        else:
            media_type = recording_type(data, path)
        sha256 = hashlib.sha256(data).hexdigest()
        medium = LoadedMedia(sha256=sha256, media_type=media_type, size=len(data), width=width, height=height)
        if sha256 not in self._media:
            self._media[sha256] = medium
            if self._keep:
                self._keep(medium, data)
        return medium

    def _unused(self) -> None:
        used = {unquote(path) for path in self._by_path}
        for folder in ("pictures", "recordings"):
            for file in walk_files(self._root, folder):
                if (self._root / file).is_symlink():
                    self._say(file, f"{file} 是一个链接，不是文件。", "请把真正的文件复制进来。")
                elif file not in used:
                    self._say(file, "没有条目用到这个文件。", "用不到就删掉，它不会进资料包。", blocking=False)

    def _text(self, file: str) -> str | None:
        try:
            return read_text(self._root, file)
        except PackError as error:
            line = line_of(error)
            why = f"{error.what}（{error.why}）" if error.why and not line else error.what
            self._say(file, why, error.todo, line)
            return None

    def _say(self, file: str, what: str, todo: str, line: int = 0, *, blocking: bool = True) -> None:
        self._findings.append(Finding(file=file, line=line, what=what, todo=todo, blocking=blocking))
