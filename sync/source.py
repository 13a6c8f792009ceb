"""Where packs come from: one seam between a stick, a folder and a server.

Paths are those of `sync.layout`, relative to the repository's top, parted by ``/``. A source believes nothing: whoever
reads from it limits, hashes and verifies. It tells apart three ways of not getting bytes, because what a clerk does
about them differs: the file is not there, the source is gone for the moment, the source answers nonsense.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from content_packs.errors import SourceError

ASK_PUBLISHER = "请告诉发布单位。"
TRY_AGAIN = "请插好 U 盘或接好网线，再试一次；会从断开的地方接着来。"


class SourceMissingError(SourceError):
    """The source is there and has no such file."""

    code = "S-210"


class SourceGoneError(SourceError):
    """The stick was pulled or the line is down: what was fetched stays, and trying again goes on from there."""

    code = "S-211"


class SourceWrongError(SourceError):
    """The source answers, but not with what was asked: endless, redirected, encoded, a login page."""

    code = "S-212"


def path_parts(path: str) -> tuple[str, ...]:
    """Return the parts of a path within a repository.

    Raises:
        SourceWrongError: It is absolute, empty, or could lead out of the repository.
    """
    parts = tuple(path.split("/"))
    if any(part in {"", ".", ".."} or not part.isprintable() or "\\" in part for part in parts):
        raise SourceWrongError("来源里没有这样的路径。", why=repr(path), todo=ASK_PUBLISHER, code="S-216")
    return parts


class RangeReply(Protocol):
    """Bytes of one file, from `start` on."""

    @property
    def start(self) -> int:
        """Where the bytes begin, counted from the start of the file: as asked, or 0 if the file has changed."""

    @property
    def validator(self) -> str | None:
        """What names this state of the file: a strong ETag, or size and time of change; None if there is none."""

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in order, in pieces that are never empty, up to the end that was asked for and no further.

        Ends early if the file does; whoever asked counts.

        Raises:
            SourceGoneError: The source went away, after all its own attempts to come back.
            SourceWrongError: It goes on with something else.
        """


class PackSource(Protocol):
    """A repository that can be read. Used by one thread at a time."""

    @property
    def label(self) -> str:
        """What people call it: the name of a stick or folder, the host of a server; never a password."""

    @property
    def is_stick(self) -> bool:
        """Whether it is carried by hand, so that the rules for offline media hold (expired but newer metadata)."""

    def fetch(self, path: str, limit: int) -> bytes:
        """Return the whole of a small file.

        Args:
            path: Within the repository.
            limit: Most bytes that are accepted; at most one more is read.

        Raises:
            SourceMissingError: There is no such file.
            SourceGoneError: The source is gone for the moment.
            SourceWrongError: The file is larger, or no plain file, or the server answers something else.
        """

    def open_range(
        self, path: str, start: int, length: int, validator: str | None
    ) -> AbstractContextManager[RangeReply]:
        """Open a part of a file for reading.

        Args:
            path: Within the repository.
            start: First byte that is wanted.
            length: How many, at least 1.
            validator: Only bytes of this state of the file will do: if it has changed, the reply starts at 0. None if
                the caller proves each piece by its hash: then a file that was put there anew, with the same bytes, is
                as good, and the reply starts where it was asked to.

        Raises:
            SourceMissingError: There is no such file.
            SourceGoneError: The source is gone for the moment.
            SourceWrongError: The file ends before ``start``, is no plain file, or the server answers something else.
        """
