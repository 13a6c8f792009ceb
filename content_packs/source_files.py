"""Finding and reading the files of a source: nothing outside the folder, no links, nothing too large."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from content_packs.errors import PackError, PackFormatError, PackLimitError, SourceError
from content_packs.limits import TEXT_FILE_BYTES

_ALLOWED_CONTROLS = {"\n", "\t"}


def walk_files(root: Path, folder: str) -> Iterator[str]:
    """Give the paths of all files below ``root/folder``, relative to ``root``, with ``/``, in order.

    Hidden names are left out. Links are given like files, so that reading them says what is wrong.

    Raises:
        SourceError: A folder cannot be read.
    """
    top = root / folder
    if not top.is_dir() or top.is_symlink():
        if top.is_symlink():
            yield folder
        return
    try:
        entries = sorted(os.scandir(top), key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(folder, error) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        inside = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk_files(root, inside)
        else:
            yield inside


def read_bytes(root: Path, path: str, limit_bytes: int) -> bytes:
    """Return the contents of one file of a source.

    Args:
        root: Folder of the source.
        path: As somebody wrote it, relative to ``root``; may be percent-encoded.
        limit_bytes: A larger file is refused before it is read.

    Raises:
        PackFormatError: The path leads outside, or there is no plain file.
        PackLimitError: The file is larger than the limit.
        SourceError: The disk does not give it.
    """
    inside = _safe(path)
    try:
        for folder in reversed((root / inside).relative_to(root).parents):
            if (root / folder).is_symlink() and folder != Path():
                raise _link(path)
        handle = os.open(root / inside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if (root / inside).is_symlink():
            raise _link(path) from error
        raise PackFormatError(
            f"找不到文件 {inside}。", why=str(error.strerror), todo="请检查文件名，大小写也要一样。", code="P-115"
        ) from error
    with os.fdopen(handle, "rb") as opened:
        state = os.fstat(opened.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise PackFormatError(f"{inside} 不是普通文件。", todo="请换成普通文件。", code="P-112")
        if state.st_size > limit_bytes:
            raise PackLimitError(
                f"文件 {inside} 太大。",
                why=f"{state.st_size} 字节",
                todo=f"最多 {limit_bytes // 1024} KiB，请缩小或拆开。",
            )
        try:
            return opened.read(limit_bytes + 1)
        except OSError as error:
            raise _unreadable(inside, error) from error


def read_text(root: Path, path: str) -> str:
    """Return a text file of a source, with plain line ends.

    Raises:
        PackError: As for `read_bytes`; also for what is not UTF-8 or holds control characters, with the line.
    """
    data = read_bytes(root, path, TEXT_FILE_BYTES)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackFormatError(
            f"{path} 不是 UTF-8 文字。", why=f"第 {line} 行", todo="请用 UTF-8 编码另存。", code="P-116"
        ) from error
    odd = next((at for at, sign in enumerate(text) if sign < " " and sign not in _ALLOWED_CONTROLS), None)
    if odd is not None:
        line = text.count("\n", 0, odd) + 1
        raise PackFormatError(f"{path} 里有控制字符。", why=f"第 {line} 行", todo="请删掉看不见的字符。", code="P-116")
    return text


def line_of(error: PackError) -> int:
    """Return the line that an error of this module names; 0 if none."""
    digits = "".join(sign for sign in error.why if sign.isdigit()) if error.why.startswith("第 ") else ""
    return int(digits) if digits else 0


def _safe(path: str) -> str:
    plain = unquote(path)
    if not plain or plain.startswith(("/", "~")) or "\\" in plain or ":" in plain or "\0" in plain:
        raise PackFormatError(
            f"路径 {path} 不在资料包的文件夹里。", todo="请写资料包里面的路径，如 pictures/card.png。", code="P-112"
        )
    if any(part in {"", ".", ".."} for part in plain.split("/")):
        raise PackFormatError(
            f"路径 {path} 里有 .. 或空的一段。", todo="请写资料包里面的路径，如 pictures/card.png。", code="P-112"
        )
    return plain


def _unreadable(path: str, error: OSError) -> SourceError:
    return SourceError(f"{path} 读不出来。", why=str(error.strerror), todo="请检查权限和磁盘，再试一次。", code="S-204")


def _link(path: str) -> PackFormatError:
    return PackFormatError(f"{path} 是一个链接，不是文件。", todo="请把真正的文件复制进来。", code="P-112")
