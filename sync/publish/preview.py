"""A small web server for trying a repository out on one's own machine; real ones are served by nginx, S3 or a CDN."""

import re
import shutil
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from typing_extensions import override

from sync.layout import BUNDLES, METADATA, TARGETS

_SERVED = (METADATA, TARGETS, BUNDLES)
_RANGE = re.compile(r"bytes=(\d+)-(\d*)", re.ASCII)


def preview_server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server on 127.0.0.1 that serves what a repository offers, drafts apart; the caller runs and closes it.

    Args:
        folder: The repository.
        port: 0 for any that is free.

    Raises:
        OSError: The port is taken.
    """

    class Handler(_Handler):
        base = folder

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class _Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files, with ranges."""

    base = Path()
    protocol_version = "HTTP/1.1"
    server_version = "cunkou-preview"

    @override
    def send_head(self) -> BytesIO | BinaryIO | None:
        path = self._file()
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        size = path.stat().st_size
        start, end = self._range(size, self._etag(path))
        whole = (start, end) == (0, size)
        if start >= size and size:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return None
        self.send_response(HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT)
        if not whole:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Length", str(end - start))
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("ETag", self._etag(path))
        self.end_headers()
        opened = path.open("rb")
        opened.seek(start)
        self._left = end - start
        return opened

    @override
    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]  # bytes both ways
        left = self._left
        while left and (piece := source.read(min(left, shutil.COPY_BUFSIZE))):  # type: ignore[attr-defined]  # untyped
            outputfile.write(piece)
            left -= len(piece)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the command prints what matters."""

    def _file(self) -> Path | None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[0] not in _SERVED or any(part in {"", ".", ".."} or "\0" in part for part in parts):
            return None
        path = self.base.joinpath(*parts)
        return path if path.is_file() and not path.is_symlink() else None

    def _range(self, size: int, etag: str) -> tuple[int, int]:
        found = _RANGE.fullmatch(self.headers.get("Range", ""))
        if found is None or self.headers.get("If-Range", etag) != etag:
            return 0, size
        return int(found[1]), min(size, int(found[2]) + 1) if found[2] else size

    def _etag(self, path: Path) -> str:
        state = path.stat()
        return f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
