"""A stick with all that a kiosk of a region needs, whatever it has already.

::

    STICK/请先读我.txt
    STICK/cunkou/<repository>/metadata, targets, bundles       as in `sync.layout`
    STICK/cunkou-receipts/                                     where kiosks leave word of what they took

What is on the stick already is kept where its hash fits. What an earlier export left and nobody needs now is removed;
nothing else on the stick is touched.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from content_packs.durable import disk_error, fsync_folder, move_into_place, write_in_place
from content_packs.errors import DiskFullError, PackIntegrityError
from content_packs.limits import MIB
from content_packs.manifest import decode_manifest
from content_packs.progress import CancelToken, OnProgress, Progress, ignore_progress
from sync.layout import (
    BUNDLES,
    METADATA,
    RECEIPTS_FOLDER,
    STICK_FOLDER,
    TARGETS,
    bundle_path,
    manifest_path,
    parse_target_path,
    region_chain,
)
from sync.publish.draft import overlay
from sync.publish.errors import PublishError
from sync.publish.releases import listed
from sync.publish.repository import Repository
from sync.publish.shelf import ROOT, TIMESTAMP, TOP_TARGETS, State
from sync.publish.terms import snapshot_file
from sync.trust.fields import REPOSITORY

README_FILE = "请先读我.txt"

_CHUNK_BYTES = MIB
_RESERVE_BYTES = 4 * MIB
_OURS = re.compile(r"[0-9a-f]{16}\.bundle|[1-9]\d*\.[a-z0-9]+\.json|[0-9a-f]{64}\.[A-Za-z0-9._-]+\.json", re.ASCII)


class Exported(Struct, frozen=True):
    """What an export put on a stick.

    Attributes:
        packs: Titles of the packs on it, in order.
        files: Files that were copied.
        size: Their bytes.
        kept: Files that were there already.
        removed: Files of earlier exports that nobody needs now.
    """

    packs: tuple[str, ...]
    files: int
    size: int
    kept: int
    removed: int


class _File(Struct, frozen=True):
    path: str
    size: int
    sha256: str


def export(
    repository: Repository,
    stick: Path,
    region: str,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Exported:
    """Put on a stick what kiosks of a region, or within it, need from this repository.

    Args:
        repository: Only what is served goes out, no draft.
        stick: Folder of the stick.
        region: Code; packs of wider regions are meant for it too.
        on_progress: Told in bytes.
        cancel: Asked between two pieces.

    Raises:
        PublishError: Nothing is served yet, or a file of the repository is missing or damaged.
        DiskFullError: The stick is too small; nothing was copied.
        SiteError: The stick cannot be written.
        CancelledError: Somebody asked to stop; running it again goes on.
    """
    state = repository.state()
    if state is None:
        todo = "请先签完，见 cunkou publish sign。"
        raise PublishError("仓库还没有对外的内容。", why=str(repository.shelf.folder), todo=todo, code="U-523")
    base = repository.shelf.folder
    target = stick / STICK_FOLDER / str(state.root.signed.unrecognized_fields.get(REPOSITORY, "packs"))
    titles, files = _wanted(base, state, region)
    if not stick.is_dir():
        raise PublishError("没有找到 U 盘。", why=str(stick), todo="请插好，再试一次。", code="U-524")
    try:
        lacking = [file for file in files if not _is_there(target / file.path, file)]
        size = sum(file.size for file in lacking)
        _require_room(stick, size)
        _write(base, target, lacking, on_progress, cancel or CancelToken())
        removed = _remove_others(target, {file.path for file in files})
        (stick / RECEIPTS_FOLDER).mkdir(exist_ok=True)
        write_in_place(stick / README_FILE, _readme(titles).encode("utf-8-sig"))
        fsync_folder(stick)
    except OSError as error:
        raise disk_error(error, stick) from error
    return Exported(titles, len(lacking), size, len(files) - len(lacking), removed)


def _write(base: Path, target: Path, files: Sequence[_File], on_progress: OnProgress, cancel: CancelToken) -> None:
    total, done = max(1, sum(file.size for file in files)), 0
    # The timestamp names everything else: it comes last, so that a stick pulled halfway still offers what it had.
    for file in sorted(files, key=lambda file: file.path == f"{METADATA}/{TIMESTAMP}.json"):
        for size in _copy(base / file.path, target / file.path, file):
            cancel.check()
            done += size
            on_progress(Progress(done, total, "写入 U 盘", "bytes"))


def _wanted(base: Path, state: State, region: str) -> tuple[tuple[str, ...], tuple[_File, ...]]:
    """Return the titles of the packs that are meant for a region or lie within it, and every file that they need."""
    paths = [f"{METADATA}/{version}.{ROOT}.json" for version in range(1, state.root.signed.version + 1)]
    paths += [f"{METADATA}/{TIMESTAMP}.json", f"{METADATA}/{snapshot_file(state.snapshot.signed.version)}"]
    for role, metadata in state.targets.items():
        if role == TOP_TARGETS or _concerns(role, region):
            paths.append(f"{METADATA}/{metadata.signed.version}.{role}.json")
    files = {path: _described(base, path) for path in paths}
    titles: list[str] = []
    seen = overlay(state, {})
    for entry in listed(seen) if seen else ():
        parsed = parse_target_path(entry.path)
        if parsed is None or not _concerns(parsed[0], region):
            continue
        path = manifest_path(entry.path, entry.target.hashes["sha256"])
        files[path] = _described(base, path)
        manifest = decode_manifest((base / path).read_bytes())
        titles.append(f"{manifest.pack.title} 第{manifest.pack.version}版（{manifest.pack.publisher}）")
        for bundle in manifest.bundles:
            path = bundle_path(bundle.name)
            files[path] = _File(path, bundle.size, bundle.sha256)
    return tuple(sorted(titles)), tuple(sorted(files.values(), key=lambda file: file.path))


def _concerns(other: str, region: str) -> bool:
    """Whether kiosks of a region, or within it, are served by another one."""
    return other in region_chain(region) or region in region_chain(other)


def _described(base: Path, path: str) -> _File:
    try:
        data = (base / path).read_bytes()
    except OSError as error:
        why = f"{path}：{error.strerror}"
        raise PublishError("仓库里缺了一个文件。", why=why, todo="请从备份恢复。", code="U-502") from error
    return _File(path, len(data), hashlib.sha256(data).hexdigest())


def _is_there(path: Path, file: _File) -> bool:
    """Whether a file lies there already, by its hash: a size proves nothing."""
    try:
        with path.open("rb") as opened:
            same_size = os.fstat(opened.fileno()).st_size == file.size
            return same_size and hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _copy(source: Path, target: Path, file: _File) -> Iterator[int]:
    """Copy one file aside, hashing what is written, and put it into place; give the bytes of each piece."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    digest = hashlib.sha256()
    try:
        with source.open("rb") as opened, aside.open("wb") as written:
            while piece := opened.read(_CHUNK_BYTES):
                digest.update(piece)
                written.write(piece)
                yield len(piece)
        if digest.hexdigest() != file.sha256:
            raise PackIntegrityError("仓库里的一个文件损坏了。", why=file.path, todo="请从备份恢复。", code="P-132")
        move_into_place(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def _remove_others(target: Path, wanted: set[str]) -> int:
    removed = 0
    for name in (BUNDLES, METADATA, TARGETS):
        for path in sorted((target / name).rglob("*")):
            is_ours = _OURS.fullmatch(path.name) and path.is_file() and not path.is_symlink()
            if is_ours and path.relative_to(target).as_posix() not in wanted:
                path.unlink()
                removed += 1
    return removed


def _require_room(stick: Path, size: int) -> None:
    missing = size + _RESERVE_BYTES - shutil.disk_usage(stick).free
    if missing > 0:
        raise DiskFullError(
            "U 盘放不下，什么也没有写。",
            why=f"还差 {-(-missing // MIB)} MiB",
            todo="请腾出空间，或换一个大一点的 U 盘。",
        )


def _readme(titles: tuple[str, ...]) -> str:
    lines = [
        "这个 U 盘装的是“村口”便民信息机的内容。",
        "",
        "捡到它的人：里面没有个人信息。请交给就近的村委会，或交给下面的发布单位。",
        "",
        "村里的工作人员：插到信息机的 USB 口，屏幕上会出现一张卡片，照着做就行。",
        "中途拔出也不要紧，插回去会接着装。屏幕说“可以拔出U盘了”再拔最好。",
        "请不要改动 cunkou 文件夹里的文件：改过的内容，信息机不会收。",
        "",
        "里面有：",
        *(f"  {title}" for title in titles),
        "",
    ]
    return "\r\n".join(lines)
